// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/past_alerts.h"

#include "models/fold/alert_merge.h"
#include "models/fold/label_index.h"
#include "models/fold/rule_alerts.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

std::vector<const PastAlertsUpdate *> pastInOrder(const FleetInputs &inputs)
{
    std::vector<const PastAlertsUpdate *> updates;
    for (const PastAlertsUpdate &update : inputs.pastAlerts) {
        if (update.ended)
            updates.push_back(&update);
    }
    std::sort(updates.begin(), updates.end(),
              [](const PastAlertsUpdate *a, const PastAlertsUpdate *b) { return a->source < b->source; });
    return updates;
}

/// What an earlier run of the cockpit kept has no labels: the same name that ended at about the same time is the same.
class KeptWithoutLabels {
public:
    explicit KeptWithoutLabels(const std::vector<Alert> &alerts)
    {
        for (const Alert &alert : alerts) {
            if (alert.labels.isEmpty() && alert.resolvedAt)
                m_ends.insert(alert.name, *alert.resolvedAt);
        }
    }
    bool holds(const QString &name, Instant endedAt) const
    {
        const QList<Instant> ends = m_ends.values(name);
        return std::any_of(ends.begin(), ends.end(),
                           [&](Instant end) { return std::chrono::abs(end - endedAt) < std::chrono::minutes(10); });
    }

private:
    QMultiHash<QString, Instant> m_ends{};
};

} // namespace

void appendPastAlerts(const FleetInputs &inputs, const FleetRules &rules, Instant now, std::vector<Alert> &alerts)
{
    if (inputs.pastAlerts.isEmpty())
        return;
    LabelIndex seen(alerts, [](const Alert &) { return true; });
    const KeptWithoutLabels kept(alerts);
    QSet<AlertKey> present;
    for (const Alert &alert : alerts)
        present.insert(alert.key);
    for (const PastAlertsUpdate *update : pastInOrder(inputs)) {
        for (const PastAlertsUpdate::Ended &ended : *update->ended) {
            const AlertKey key{update->cluster, labelFingerprint(ended.labels)};
            const QString name = ended.labels.value(u"alertname");
            if (now - ended.endedAt >= rules.resolvedKept || present.contains(key)
                || isWatchdog(name, ended.labels, rules) || seen.find(ended.labels) || kept.holds(name, ended.endedAt))
                continue;
            present.insert(key); // a second Prometheus of a pair remembers the same
            Alert alert;
            alert.key = key;
            alert.labels = ended.labels;
            alert.startsAt = ended.startsAt;
            alert.updatedAt = ended.endedAt;
            alert.resolvedAt = ended.endedAt;
            alert.state = AlertState::Resolved;
            alert.fromRules = true;
            classify(alert, rules);
            alerts.push_back(std::move(alert));
        }
    }
}

} // namespace cockpit
