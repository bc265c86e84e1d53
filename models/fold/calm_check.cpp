// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/calm_check.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

/// Rules that were not evaluated for longer than this (or three intervals) stand still.
constexpr Duration evaluationStandsStill{std::chrono::minutes(5)};
/// A rules answer older than this (or four polls) says nothing about now.
constexpr Duration rulesTooOld{std::chrono::minutes(2)};

QString calmWords(const char *text) { return QCoreApplication::translate("Calm", text); }

/// At most three of a list of names, and how many more there are.
QString someOf(QStringList names)
{
    names.removeDuplicates();
    const qsizetype more = names.size() - 3;
    QString text = names.mid(0, 3).join(QStringLiteral(", "));
    if (more > 0)
        text += calmWords(" and %1 more").arg(more);
    return text;
}

/// Makes the checks one by one.
class CalmChecker {
public:
    CalmChecker(const Fleet &fleet, const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
                const FleetRules &rules, const AlertFindings &findings, Instant now)
        : m_fleet(fleet), m_inputs(inputs), m_clusters(clusters), m_rules(rules), m_findings(findings), m_now(now)
    {
    }

    QList<Evidence> checks() const
    {
        return {checkSources(), checkWatchdog(), checkRules(), checkAgreement(), checkRestart(), checkFiring()};
    }

    /// A watchdog that nobody promised is a gap that is shown; its absence alone does not take calm away.
    bool watchdogCounts() const { return m_rules.watchdogRequired || m_findings.watchdog.inRules; }

    std::optional<Instant> oldestAlerts() const
    {
        std::optional<Instant> oldest;
        for (const ClusterView &cluster : m_clusters) {
            if (cluster.at && (!oldest || *cluster.at < *oldest))
                oldest = cluster.at;
        }
        return oldest;
    }

    QString namesOf(SourceStatus::Kind kind) const
    {
        QStringList names;
        for (const SourceStatus &source : m_fleet.sources) {
            if (source.kind == kind)
                names.append(source.name);
        }
        return names.join(QStringLiteral(", "));
    }

private:
    static Evidence check(const char *id, Verdict verdict, QString text)
    {
        Evidence evidence;
        evidence.id = QString::fromLatin1(id);
        evidence.verdict = verdict;
        evidence.text = std::move(text);
        return evidence;
    }

    Evidence checkSources() const
    {
        QStringList bad;
        QStringList unsure;
        std::optional<Instant> oldest;
        for (const SourceStatus &source : m_fleet.sources) {
            const bool down =
                source.state == SourceStatus::State::Down || source.state == SourceStatus::State::Unauthorized;
            if (down)
                bad.append(source.name);
            else if (source.state != SourceStatus::State::Ok)
                unsure.append(calmWords("%1 (%2)").arg(source.name, toWireName(source.state)));
            if (source.lastSuccess && (!oldest || *source.lastSuccess < *oldest))
                oldest = source.lastSuccess;
        }
        Evidence evidence = sourcesVerdict(bad, unsure);
        evidence.sampledAt = oldest;
        evidence.count = m_fleet.sources.size();
        return evidence;
    }

    Evidence sourcesVerdict(const QStringList &bad, const QStringList &unsure) const
    {
        if (m_clusters.empty())
            return check("calm.sources", Verdict::Unknown, calmWords("No Alertmanager is configured"));
        if (!bad.isEmpty())
            return check("calm.sources", Verdict::Bad, calmWords("Not answering: %1").arg(someOf(bad + unsure)));
        if (!unsure.isEmpty())
            return check("calm.sources", Verdict::Unknown, calmWords("Not current: %1").arg(someOf(unsure)));
        return check("calm.sources", Verdict::Good, calmWords("All %1 sources answer").arg(m_fleet.sources.size()));
    }

    Evidence checkWatchdog() const
    {
        const AlertFindings::Watchdog &watchdog = m_findings.watchdog;
        Evidence evidence = check("calm.watchdog", Verdict::Unknown, {});
        evidence.sampledAt = watchdog.newest;
        evidence.source = namesOf(SourceStatus::Kind::Alertmanager);
        if (m_rules.watchdogAlert.isEmpty()) {
            evidence.text = calmWords("Not checked: no watchdog alert is configured");
        } else if (!oldestAlerts()) {
            evidence.text = calmWords("Not checked: no Alertmanager has answered");
        } else if (m_findings.clustersWithoutWatchdog.isEmpty()) {
            evidence.verdict = Verdict::Good;
            evidence.text = calmWords("%1 arrives in Alertmanager").arg(m_rules.watchdogAlert);
        } else {
            // It fires where it is made and does not arrive: the path is cut, and other alerts do not arrive either.
            evidence.verdict = watchdog.firesInRules ? Verdict::Bad : Verdict::Unknown;
            evidence.text = calmWords("%1 does not arrive in Alertmanager %2: alerts may not arrive either")
                                .arg(m_rules.watchdogAlert, someOf(m_findings.clustersWithoutWatchdog));
        }
        return evidence;
    }

    struct RuleFaults {
        QStringList broken{};
        QStringList unsure{};
        int alerting = 0;
        std::optional<Instant> oldest{};
    };

    void readRules(const RulesUpdate &update, RuleFaults &faults) const
    {
        const auto status = m_inputs.statuses.constFind(update.source);
        const bool known = status != m_inputs.statuses.constEnd();
        const QString name = known ? status->name : update.source.toString();
        const Duration tooOld = std::max(known ? 4 * status->interval : Duration::zero(), rulesTooOld);
        faults.oldest = std::min(faults.oldest.value_or(update.at), update.at);
        if (m_now - update.at > tooOld)
            faults.unsure.append(calmWords("%1 (rules are %2 old)").arg(name, durationText(m_now - update.at)));
        if (update.brokenRecordingRules > 0)
            faults.broken.append(update.brokenRecordingRule);
        if (update.rules->empty())
            faults.unsure.append(calmWords("%1 (shows no alerting rule)").arg(name));
        faults.alerting += int(update.rules->size());
        for (const AlertRule &rule : *update.rules) {
            const Duration still = std::max(3 * rule.interval, evaluationStandsStill);
            if (rule.health == AlertRule::Health::Error)
                faults.broken.append(rule.name);
            else if (rule.health == AlertRule::Health::Unknown)
                faults.unsure.append(calmWords("%1 (not evaluated yet)").arg(rule.name));
            else if (rule.lastEvaluation && update.at - *rule.lastEvaluation > still)
                faults.broken.append(calmWords("%1 (not evaluated since %2)")
                                         .arg(rule.name, utcTimeText(*rule.lastEvaluation)));
        }
    }

    Evidence checkRules() const
    {
        RuleFaults faults;
        bool answered = false;
        for (const RulesUpdate &update : m_inputs.rules) {
            if (!update.rules)
                continue;
            answered = true;
            readRules(update, faults);
        }
        for (const SourceStatus &source : m_fleet.sources) {
            if (source.kind == SourceStatus::Kind::Prometheus && !m_inputs.rules.contains(source.id))
                faults.unsure.append(calmWords("%1 (has not told its rules)").arg(source.name));
        }
        Evidence evidence = rulesVerdict(faults, answered);
        evidence.source = namesOf(SourceStatus::Kind::Prometheus);
        evidence.sampledAt = faults.oldest;
        evidence.count = faults.alerting;
        return evidence;
    }

    static Evidence rulesVerdict(RuleFaults &faults, bool answered)
    {
        faults.broken.sort();
        faults.unsure.sort();
        if (!faults.broken.isEmpty())
            return check("calm.rules", Verdict::Bad, calmWords("Rules in error: %1").arg(someOf(faults.broken)));
        if (!answered && faults.unsure.isEmpty())
            return check("calm.rules", Verdict::Unknown, calmWords("Not checked: no Prometheus tells its rules"));
        if (!faults.unsure.isEmpty())
            return check("calm.rules", Verdict::Unknown, calmWords("Not known: %1").arg(someOf(faults.unsure)));
        return check("calm.rules", Verdict::Good, calmWords("All %1 alerting rules work").arg(faults.alerting));
    }

    Evidence checkAgreement() const
    {
        Evidence evidence = agreementVerdict();
        evidence.source = calmWords("%1 against %2").arg(namesOf(SourceStatus::Kind::Prometheus),
                                                         namesOf(SourceStatus::Kind::Alertmanager));
        evidence.sampledAt = oldestAlerts();
        evidence.count = m_findings.firingInRules;
        return evidence;
    }

    Evidence agreementVerdict() const
    {
        if (!m_findings.compared)
            return check("calm.agreement", Verdict::Unknown,
                         calmWords("Not checked: Prometheus and Alertmanager have not both answered"));
        if (!m_findings.onlyInRules.isEmpty())
            return check("calm.agreement", Verdict::Bad,
                         calmWords("Fires in Prometheus and not in Alertmanager: %1").arg(someOf(m_findings.onlyInRules)));
        if (!m_findings.onlyInAlertmanager.isEmpty())
            return check("calm.agreement", Verdict::Unknown,
                         calmWords("Fires in Alertmanager and not in Prometheus: %1")
                             .arg(someOf(m_findings.onlyInAlertmanager)));
        return check("calm.agreement", Verdict::Good, calmWords("Prometheus and Alertmanager agree on what fires"));
    }

    Evidence checkRestart() const
    {
        QStringList unsure;
        for (const ClusterView &cluster : m_clusters) {
            for (const MemberView &member : cluster.members) {
                if (member.live && member.unsure)
                    unsure.append(member.name);
            }
        }
        Evidence evidence = check("calm.restart", Verdict::Unknown, {});
        evidence.source = namesOf(SourceStatus::Kind::Alertmanager);
        evidence.sampledAt = oldestAlerts();
        evidence.window = m_rules.justRestarted;
        if (!oldestAlerts()) {
            evidence.text = calmWords("Not checked: no Alertmanager has answered");
        } else if (unsure.isEmpty()) {
            evidence.verdict = Verdict::Good;
            evidence.text = calmWords("No Alertmanager has just restarted");
        } else if (m_findings.compared && m_findings.firingInRules == 0) {
            evidence.verdict = Verdict::Good;
            evidence.text = calmWords("%1 has just restarted; Prometheus fires nothing either").arg(someOf(unsure));
        } else {
            evidence.text = calmWords("%1 has just restarted and may not know all alerts yet").arg(someOf(unsure));
        }
        return evidence;
    }

    Evidence checkFiring() const
    {
        const int firing = m_fleet.counts.firing + m_fleet.counts.acknowledged;
        Evidence evidence = check("calm.firing", Verdict::Unknown, {});
        evidence.source = namesOf(SourceStatus::Kind::Alertmanager);
        evidence.sampledAt = oldestAlerts();
        if (firing > 0) {
            evidence.verdict = Verdict::Bad;
            evidence.text = (firing == 1 ? calmWords("%1 alert fires, %2 of them acknowledged")
                                         : calmWords("%1 alerts fire, %2 of them acknowledged"))
                                .arg(firing)
                                .arg(m_fleet.counts.acknowledged);
            evidence.count = firing;
        } else if (!m_fleet.alertsKnown) {
            evidence.text = calmWords("No Alertmanager has answered");
        } else {
            evidence.verdict = Verdict::Good;
            evidence.text = calmWords("No alert fires, %1 are silenced").arg(m_fleet.counts.silenced);
            evidence.count = 0;
        }
        return evidence;
    }

    const Fleet &m_fleet;
    const FleetInputs &m_inputs;
    const std::vector<ClusterView> &m_clusters;
    const FleetRules &m_rules;
    const AlertFindings &m_findings;
    Instant m_now;
};

} // namespace

void checkCalm(Fleet &fleet, const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
               const FleetRules &rules, const AlertFindings &findings, Instant now)
{
    const CalmChecker checker(fleet, inputs, clusters, rules, findings, now);
    fleet.calmChecks = checker.checks();
    Evidence &calm = fleet.calm;
    calm = fleet.calmChecks.last(); // calm.firing: who says so, when
    calm.id = QStringLiteral("calm");
    if (calm.verdict == Verdict::Bad)
        return;
    QList<Evidence> counted = fleet.calmChecks;
    if (!checker.watchdogCounts())
        counted.removeIf([](const Evidence &evidence) { return evidence.id == u"calm.watchdog"; });
    const auto failing = std::find_if(counted.cbegin(), counted.cend(), [](const Evidence &evidence) {
        return evidence.verdict != Verdict::Good;
    });
    if (failing == counted.cend()) {
        calm.text = calmWords("Nothing is firing");
        return;
    }
    calm.verdict = Verdict::Unknown;
    calm.text = calmWords("Not proven that nothing fires: %1").arg(failing->text);
    calm.count.reset();
}

} // namespace cockpit
