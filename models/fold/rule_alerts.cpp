// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/rule_alerts.h"

#include "models/fold/alert_merge.h"
#include "models/fold/label_index.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

/// A notification takes up to this long in normal life (group_wait, the next poll).
constexpr Duration notificationDelay{std::chrono::minutes(1)};
/// Prometheus tells Alertmanager each minute what still fires; twice that without a word is a difference.
constexpr Duration resendTwice{std::chrono::minutes(2)};

bool sameCluster(const std::vector<ClusterView> &clusters, const QString &prometheusCluster, const QString &cluster)
{
    const bool named = std::any_of(clusters.begin(), clusters.end(),
                                   [&](const ClusterView &view) { return view.cluster == prometheusCluster; });
    // A Prometheus of a cluster without an Alertmanager of its own may send to any of them.
    return !named || cluster == prometheusCluster;
}

/// Reads the rules of one Prometheus.
class RuleReader {
public:
    RuleReader(const RulesUpdate &update, const std::vector<ClusterView> &clusters, const FleetRules &rules, Instant now,
               std::vector<Alert> &alerts, AlertFindings &findings)
        : m_update(update), m_rules(rules), m_now(now), m_alerts(alerts), m_findings(findings),
          m_fromAlertmanager(alerts.size()),
          m_index(alerts, [&](const Alert &alert) {
              return !alert.fromRules && sameCluster(clusters, update.cluster, alert.key.cluster);
          })
    {
        for (const ClusterView &view : clusters) {
            if (sameCluster(clusters, update.cluster, view.cluster) && view.anyLive())
                m_alertmanagerLives = true;
        }
    }

    void read(QSet<AlertKey> &taken)
    {
        m_matched.resize(m_fromAlertmanager, false);
        for (const AlertRule &rule : *m_update.rules) {
            m_ruleNames.insert(rule.name, rule.lastEvaluation.value_or(m_update.at));
            if (isWatchdog(rule.name, rule.labels, m_rules))
                readWatchdog(rule);
            else
                readRule(rule, taken);
        }
        compareWithAlertmanager();
    }

private:
    void readWatchdog(const AlertRule &rule)
    {
        m_findings.watchdog.inRules = true;
        for (const AlertRule::Instance &instance : rule.instances)
            m_findings.watchdog.firesInRules = m_findings.watchdog.firesInRules || instance.firing;
    }

    void readRule(const AlertRule &rule, QSet<AlertKey> &taken)
    {
        for (const AlertRule::Instance &instance : rule.instances) {
            if (!instance.firing) {
                appendAlert(rule, instance, taken);
                continue;
            }
            ++m_findings.firingInRules;
            const std::optional<size_t> shown = m_index.find(instance.labels);
            if (shown)
                joinShown(m_alerts[*shown], *shown, rule, instance);
            else
                appendAlert(rule, instance, taken);
        }
    }

    Duration grace(const AlertRule &rule) const { return std::max(rule.interval, notificationDelay); }

    void markMissing(Alert &alert, const AlertRule &rule, Instant since)
    {
        alert.notInAlertmanager = m_alertmanagerLives && m_now > since + grace(rule);
        if (alert.notInAlertmanager)
            m_findings.onlyInRules.append(alert.name);
    }

    void joinShown(Alert &alert, size_t index, const AlertRule &rule, const AlertRule::Instance &instance)
    {
        m_matched[index] = true;
        alert.value = instance.value;
        if (alert.state == AlertState::Resolved) {
            const Instant evaluatedAt = rule.lastEvaluation.value_or(m_update.at);
            if (*alert.resolvedAt >= evaluatedAt)
                return; // the rules were read before it ended
            const Instant lost = *alert.resolvedAt;
            alert.state = AlertState::Firing;
            alert.resolvedAt.reset();
            alert.missedSince = lost;
            markMissing(alert, rule, lost);
        } else if (alert.missedSince) {
            markMissing(alert, rule, *alert.missedSince);
        }
    }

    void appendAlert(const AlertRule &rule, const AlertRule::Instance &instance, QSet<AlertKey> &taken)
    {
        Alert alert;
        alert.key = {m_update.cluster, labelFingerprint(instance.labels)};
        if (taken.contains(alert.key)) {
            // Another Prometheus of an HA pair tells the same; another rule of the same name is another alert.
            if (m_own.value(alert.key) == nullptr || m_own.value(alert.key) == &rule)
                return;
            alert.key.fingerprint += u'.' + rule.group;
        }
        taken.insert(alert.key);
        m_own.insert(alert.key, &rule);
        alert.labels = instance.labels;
        alert.annotations = instance.annotations;
        alert.startsAt = instance.activeAt;
        alert.updatedAt = m_update.at;
        alert.firesAt = instance.activeAt + rule.holdFor;
        alert.value = instance.value;
        alert.state = instance.firing ? AlertState::Firing : AlertState::Pending;
        alert.fromRules = true;
        classify(alert, m_rules);
        if (instance.firing) {
            alert.startsAt = *alert.firesAt;
            markMissing(alert, rule, *alert.firesAt);
        }
        m_alerts.push_back(std::move(alert));
    }

    void compareWithAlertmanager()
    {
        for (size_t i = 0; i < m_fromAlertmanager; ++i) {
            const Alert &alert = m_alerts[i];
            const auto evaluated = m_ruleNames.constFind(alert.name);
            if (m_matched[i] || alert.state != AlertState::Firing || alert.fromRules || alert.missedSince
                || evaluated == m_ruleNames.constEnd() || *evaluated - alert.updatedAt <= resendTwice)
                continue;
            m_findings.onlyInAlertmanager.append(alert.name);
        }
    }

    const RulesUpdate &m_update;
    const FleetRules &m_rules;
    Instant m_now;
    std::vector<Alert> &m_alerts;
    AlertFindings &m_findings;
    size_t m_fromAlertmanager;
    LabelIndex m_index;
    std::vector<bool> m_matched{};
    QHash<QString, Instant> m_ruleNames{};
    QHash<AlertKey, const AlertRule *> m_own{};
    bool m_alertmanagerLives = false;
};

std::vector<const RulesUpdate *> inConfiguredOrder(const FleetInputs &inputs)
{
    std::vector<const RulesUpdate *> updates;
    for (const RulesUpdate &update : inputs.rules) {
        if (update.rules)
            updates.push_back(&update);
    }
    std::sort(updates.begin(), updates.end(),
              [](const RulesUpdate *a, const RulesUpdate *b) { return a->source < b->source; });
    return updates;
}

/// It ended when the newest answer of its Prometheus no longer held it.
void resolveAsAnswered(Alert &alert, const FleetInputs &inputs)
{
    Instant answered = alert.updatedAt;
    for (const RulesUpdate &update : inputs.rules) {
        if (update.cluster == alert.key.cluster)
            answered = std::max(answered, update.at);
    }
    alert.state = AlertState::Resolved;
    alert.resolvedAt = answered;
    alert.notInAlertmanager = false;
}

} // namespace

QString labelFingerprint(const Labels &labels)
{
    quint64 hash = 14695981039346656037ULL;
    const auto mix = [&](quint8 byte) { hash = (hash ^ byte) * 1099511628211ULL; };
    const auto mixText = [&](const QString &text) {
        for (const char byte : text.toUtf8())
            mix(static_cast<quint8>(byte));
        mix(0xFF);
    };
    for (const auto &[name, value] : labels) {
        mixText(name);
        mixText(value);
    }
    return QStringLiteral("%1").arg(hash, 16, 16, QLatin1Char('0'));
}

void appendRuleAlerts(const FleetInputs &inputs, const std::vector<ClusterView> &clusters, const FleetRules &rules,
                      Instant now, std::vector<Alert> &alerts, AlertFindings &findings)
{
    QSet<AlertKey> taken;
    for (const RulesUpdate *update : inConfiguredOrder(inputs))
        RuleReader(*update, clusters, rules, now, alerts, findings).read(taken);
    const bool anyAnswer = std::any_of(clusters.begin(), clusters.end(),
                                       [](const ClusterView &cluster) { return cluster.at.has_value(); });
    findings.compared = anyAnswer && !inputs.rules.isEmpty();
}

void appendEndedRuleAlerts(const FleetInputs &inputs, const FleetRules &rules, const Fleet &previous, Instant now,
                           std::vector<Alert> &alerts)
{
    const bool anyBefore = std::any_of(previous.alerts.begin(), previous.alerts.end(),
                                       [](const Alert &alert) { return alert.fromRules; });
    if (!anyBefore)
        return;
    QSet<AlertKey> present;
    for (const Alert &alert : alerts)
        present.insert(alert.key);
    LabelIndex index(alerts, [](const Alert &alert) { return alert.state != AlertState::Resolved; });
    for (const Alert &before : previous.alerts) {
        const bool kept = before.state == AlertState::Resolved && now - *before.resolvedAt < rules.resolvedKept;
        if (!before.fromRules || (before.state != AlertState::Firing && !kept) || present.contains(before.key)
            || index.find(before.labels))
            continue;
        alerts.push_back(before);
        if (!kept)
            resolveAsAnswered(alerts.back(), inputs);
    }
}

} // namespace cockpit
