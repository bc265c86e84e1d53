// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/policy_words.h"

#include "models/plain_line.h"
#include "models/verdict_words.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString policyText(const char *text) { return QCoreApplication::translate("PolicyWords", text); }

QString intervalWords(Duration interval)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(interval);
    if (minutes.count() == 1)
        return policyText(QT_TRANSLATE_NOOP("PolicyWords", "minute"));
    return Duration(minutes) == interval ? QCoreApplication::translate("PolicyWords", "%1 minutes").arg(minutes.count())
                                         : durationText(interval);
}

QString limitOf(const MetricRule &rule, const CanaryVerdict *verdict)
{
    if (!rule.relative)
        return metricText(rule.metric, rule.limit);
    const QString factor = QString::number(rule.limit, 'g', 3);
    if (verdict) {
        for (const CriterionVerdict &one : verdict->criteria) {
            if (one.metric == rule.metric && one.stable)
                return QCoreApplication::translate("PolicyWords", "%1 times the baseline of %2")
                    .arg(factor, metricText(rule.metric, *one.stable));
        }
    }
    return QCoreApplication::translate("PolicyWords", "%1 times the baseline").arg(factor);
}

QString ruleWords(const MetricRule &rule, const CanaryVerdict *verdict)
{
    const bool below =
        rule.comparison == MetricRule::Comparison::Below || rule.comparison == MetricRule::Comparison::AtMost;
    return (below ? QCoreApplication::translate("PolicyWords", "%1 stays below %2")
                  : QCoreApplication::translate("PolicyWords", "%1 passes %2"))
        .arg(metricName(rule.metric), limitOf(rule, verdict));
}

QString triggerWords(const RollbackTrigger &trigger, const CanaryVerdict *verdict)
{
    if (const auto *rule = std::get_if<MetricRule>(&trigger))
        return ruleWords(*rule, verdict);
    const auto &alert = std::get<AlertTrigger>(trigger);
    return alert.severity.isEmpty()
               ? QCoreApplication::translate("PolicyWords", "the alert %1 fires").arg(plainLine(alert.alertName, 60))
               : QCoreApplication::translate("PolicyWords", "the alert %1 fires as %2")
                     .arg(plainLine(alert.alertName, 60), plainLine(alert.severity, 20));
}

QString joinWords(const QStringList &parts, const QString &last)
{
    if (parts.size() < 2)
        return parts.join(QString());
    return parts.mid(0, parts.size() - 1).join(QStringLiteral(", ")) + last + parts.last();
}

/// "errors 6.8 % over 5 %" of each trigger that is met, or criterion that fails when there is none.
QStringList brokenWords(const CanaryVerdict &verdict)
{
    QStringList triggers;
    QStringList criteria;
    for (const CriterionVerdict &one : verdict.criteria) {
        if (one.result != CriterionVerdict::Result::Fail)
            continue;
        QString words = plainLine(one.rule, 60);
        if (one.metric && one.canary && one.limit)
            words =
                QCoreApplication::translate("PolicyWords", "%1 %2 over %3")
                    .arg(*one.metric == PolicyMetric::ErrorRate ? policyText(QT_TRANSLATE_NOOP("PolicyWords", "errors"))
                                                                : metricName(*one.metric),
                         metricText(*one.metric, *one.canary).section(u' ', 0, 0), metricText(*one.metric, *one.limit));
        (one.kind == CriterionVerdict::Kind::Rollback ? triggers : criteria).append(words);
    }
    return triggers.isEmpty() ? criteria : triggers;
}

} // namespace

QString metricName(PolicyMetric metric)
{
    switch (metric) {
    case PolicyMetric::ErrorRate:
        return policyText(QT_TRANSLATE_NOOP("PolicyWords", "error rate"));
    case PolicyMetric::P50Latency:
        return QStringLiteral("p50");
    case PolicyMetric::P95Latency:
        return QStringLiteral("p95");
    case PolicyMetric::P99Latency:
        return QStringLiteral("p99");
    case PolicyMetric::Saturation:
        return policyText(QT_TRANSLATE_NOOP("PolicyWords", "saturation"));
    }
    return {};
}

QList<TextRun> policyRuns(const DeploymentPolicy &policy, const CanaryVerdict *verdict)
{
    QStringList criteria;
    for (const MetricRule &rule : policy.successCriteria)
        criteria.append(ruleWords(rule, verdict));
    QStringList triggers;
    for (const RollbackTrigger &trigger : policy.triggers)
        triggers.append(triggerWords(trigger, verdict));
    QString words = QCoreApplication::translate("PolicyWords", "Start at %1 %, add %2 % every %3")
                        .arg(policy.initialPercentage)
                        .arg(policy.increment)
                        .arg(intervalWords(policy.interval));
    if (!criteria.isEmpty())
        words += QCoreApplication::translate("PolicyWords", " while %1")
                     .arg(joinWords(criteria, policyText(QT_TRANSLATE_NOOP("PolicyWords", " and "))));
    words += QStringLiteral(". ");
    if (!triggers.isEmpty())
        words += QCoreApplication::translate("PolicyWords", "If %1, roll back. ")
                     .arg(joinWords(triggers, policyText(QT_TRANSLATE_NOOP("PolicyWords", " or "))));
    QList<TextRun> runs = numberRuns(words, FontRole::Row12, FontRole::MonoMedium12, Role::Muted, Role::Text);
    if (!verdict || verdict->enforced.verdict == Evidence::Verdict::Unknown) {
        runs.append({policyText(QT_TRANSLATE_NOOP("PolicyWords", "Whether the cluster enforces it is not known.")),
                     FontRole::Row12, Role::Muted});
    } else if (verdict->enforced.verdict == Evidence::Verdict::Good) {
        runs.append(
            {policyText(QT_TRANSLATE_NOOP("PolicyWords", "The cluster enforces it.")), FontRole::Row12, Role::Ok});
    } else {
        runs.append({policyText(QT_TRANSLATE_NOOP("PolicyWords", "The cluster ")), FontRole::Row12, Role::Muted});
        runs.append(
            {policyText(QT_TRANSLATE_NOOP("PolicyWords", "does not enforce")), FontRole::RowMedium12, Role::Text});
        runs.append({policyText(QT_TRANSLATE_NOOP("PolicyWords", " it yet.")), FontRole::Row12, Role::Muted});
    }
    return runs;
}

QList<VerdictNotice> verdictNotices(const RolloutEntry &entry)
{
    QList<VerdictNotice> notices;
    const CanaryVerdict *verdict = entry.verdict.get();
    if (verdict && !verdict->disagreement.isEmpty())
        notices.append({true, policyText(QT_TRANSLATE_NOOP("PolicyWords", "The cluster and the cockpit disagree")),
                        plainLine(verdict->disagreement, 400)});
    if (verdict && verdict->notTheCanary)
        notices.append(
            {false, policyText(QT_TRANSLATE_NOOP("PolicyWords", "Not the canary: the platform")),
             policyText(QT_TRANSLATE_NOOP(
                 "PolicyWords",
                 "Stable breaks the same rules. A rollback would not help, and nothing rolls back by itself."))});
    if (verdict && verdict->measures.split == TrackSplit::None && !verdict->measures.splitProblem.isEmpty())
        notices.append({false, policyText(QT_TRANSLATE_NOOP("PolicyWords", "Canary and stable cannot be told apart")),
                        plainLine(verdict->measures.splitProblem, 300)});
    return notices;
}

QList<TextRun> verdictRuns(const RolloutEntry &entry)
{
    const CanaryVerdict *verdict = entry.verdict.get();
    if (!verdict)
        return {};
    QString title = policyText(QT_TRANSLATE_NOOP("PolicyWords", "Policy cannot tell yet:  "));
    Role ink = Role::Text;
    QString words = plainLine(verdict->words, 200);
    if (verdict->rollBackNow) {
        title = policyText(QT_TRANSLATE_NOOP("PolicyWords", "Policy says roll back:  "));
        words = brokenWords(*verdict).join(QStringLiteral(", ")) + u'.';
        if (verdict->enforced.verdict == Evidence::Verdict::Bad)
            words += policyText(QT_TRANSLATE_NOOP("PolicyWords", " Cluster does not act."));
    } else if (verdict->notTheCanary) {
        title = policyText(QT_TRANSLATE_NOOP("PolicyWords", "Not the canary: the platform.  "));
        ink = Role::Warning;
    } else if (verdict->result == CriterionVerdict::Result::Fail) {
        title = policyText(QT_TRANSLATE_NOOP("PolicyWords", "Criteria fail:  "));
        words = brokenWords(*verdict).join(QStringLiteral(", ")) + u'.';
    } else if (verdict->result == CriterionVerdict::Result::Pass) {
        title = policyText(QT_TRANSLATE_NOOP("PolicyWords", "All criteria pass.  "));
        ink = Role::Ok;
    }
    QList<TextRun> runs{{title, FontRole::RowStrong12, ink}};
    runs += numberRuns(words, FontRole::Row12, FontRole::MonoMedium12, Role::Muted, Role::Text);
    return runs;
}

} // namespace cockpit
