// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/resolved_alerts.h"

#include "models/fold/label_index.h"

#include <algorithm>

namespace cockpit {

namespace {

/// Alertmanager's default resolve_timeout.
constexpr Duration resolveTimeout{std::chrono::minutes(5)};

/// What Prometheus' rules say of an alert that no Alertmanager shows any more.
class RuleWitness {
public:
    enum class Word { NoRule, Fires, DoesNotFire, NotSaid };

    explicit RuleWitness(const FleetInputs &inputs)
    {
        for (const RulesUpdate &update : inputs.rules) {
            if (!update.rules)
                continue;
            for (const AlertRule &rule : *update.rules)
                m_rules[rule.name].push_back({&rule, rule.lastEvaluation.value_or(update.at)});
        }
    }

    Word ask(const Alert &alert, Instant after)
    {
        const auto named = m_rules.constFind(alert.name);
        if (named == m_rules.constEnd())
            return Word::NoRule;
        for (const auto &[rule, evaluatedAt] : *named) {
            if (rule->health != AlertRule::Health::Ok || evaluatedAt <= after)
                return Word::NotSaid;
            for (const AlertRule::Instance &instance : rule->instances) {
                if (--m_comparisonsLeft < 0)
                    return Word::NotSaid;
                if (instance.firing && isSubset(instance.labels, alert.labels))
                    return Word::Fires;
            }
        }
        return Word::DoesNotFire;
    }

private:
    QHash<QString, std::vector<std::pair<const AlertRule *, Instant>>> m_rules{};
    int m_comparisonsLeft = 300000;
};

/// When it ended, where that is proven.
std::optional<Instant> provenEnd(const Alert &alert, const ClusterView &cluster, RuleWitness &witness, Instant now)
{
    const std::optional<Instant> soundAt = cluster.soundAnswerAt();
    if (!soundAt || cluster.provesAbsence())
        return soundAt;
    const Instant missedSince = alert.missedSince.value_or(now);
    switch (witness.ask(alert, missedSince)) {
    case RuleWitness::Word::DoesNotFire: return soundAt;
    case RuleWitness::Word::NoRule:
        return now - missedSince > resolveTimeout ? std::optional(missedSince) : std::nullopt;
    case RuleWitness::Word::Fires:
    case RuleWitness::Word::NotSaid: break;
    }
    return std::nullopt;
}

const ClusterView *clusterOf(const std::vector<ClusterView> &clusters, const QString &name)
{
    const auto found = std::find_if(clusters.begin(), clusters.end(),
                                    [&](const ClusterView &cluster) { return cluster.cluster == name; });
    return found == clusters.end() ? nullptr : &*found;
}

Alert resolved(Alert alert, Instant at)
{
    alert.state = AlertState::Resolved;
    alert.resolvedAt = at;
    alert.missedSince.reset();
    alert.notInAlertmanager = false;
    return alert;
}

} // namespace

void appendMissedAlerts(const std::vector<ClusterView> &clusters, const FleetInputs &inputs, const FleetRules &rules,
                        const Fleet &previous, Instant now, std::vector<Alert> &alerts)
{
    RuleWitness witness(inputs);
    for (const Alert &before : previous.alerts) {
        if (before.fromRules || before.state == AlertState::Pending)
            continue;
        const ClusterView *cluster = clusterOf(clusters, before.key.cluster);
        if (!cluster || cluster->holds(before.key.fingerprint))
            continue;
        if (before.state == AlertState::Resolved) {
            if (before.resolvedAt && now - *before.resolvedAt < rules.resolvedKept)
                alerts.push_back(before);
            continue;
        }
        if (const std::optional<Instant> end = provenEnd(before, *cluster, witness, now)) {
            alerts.push_back(resolved(before, *end));
        } else {
            alerts.push_back(before);
            alerts.back().missedSince = before.missedSince.value_or(now);
        }
    }
}

} // namespace cockpit
