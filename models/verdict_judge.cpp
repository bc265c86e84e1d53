// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/verdict_judge.h"

#include "models/verdict_rules.h"
#include "models/verdict_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace cockpit {

namespace {

using Outcome = CriterionVerdict::Result;
using RuleKind = CriterionVerdict::Kind;

QString judgeWords(const char *text) { return QCoreApplication::translate("Verdict", text); }

/// Why nothing is decided before `start` + the policy's warm-up; empty when that is over.
QString warmUpWords(Instant start, const DeploymentPolicy &policy, Instant now)
{
    const Duration left = start + policy.warmUp - now;
    return left.count() <= 0 ? QString() : judgeWords("warming up, %1 left").arg(durationText(left));
}

std::vector<JudgedRule> judgeAll(const RuleContext &context, const AlertSight &alerts, const Rollout &rollout)
{
    std::vector<JudgedRule> all;
    for (const MetricRule &rule : context.policy.successCriteria)
        all.push_back(judgeRule(rule, RuleKind::Success, context));
    for (const RollbackTrigger &trigger : context.policy.triggers) {
        if (const auto *rule = std::get_if<MetricRule>(&trigger))
            all.push_back(judgeRule(*rule, RuleKind::Rollback, context));
        else
            all.push_back(judgeAlert(std::get<AlertTrigger>(trigger), alerts, rollout));
    }
    return all;
}

/// Who is to blame for the rules that are broken (operations.md §0).
class Blame {
public:
    Blame(const std::vector<JudgedRule> &rules, const RuleContext &context)
        : m_rules(rules)
        , m_stableMeasured(context.measures.split != TrackSplit::None &&
                           hasMinimumSample(context.measures.stable, context.policy))
    {
        for (const JudgedRule &rule : rules)
            m_stableOutside |= rule.verdict.metric && rule.verdict.stableBreaches;
    }

    static bool isBroken(const JudgedRule &rule) { return rule.verdict.result == Outcome::Fail; }
    bool isStableOutside() const { return m_stableOutside; }
    /// Stable breaks it as well; rules that cannot be held against stable go with the others.
    bool isOfPlatform(const JudgedRule &rule) const
    {
        const bool isAbsolute = rule.verdict.metric && !rule.relative;
        return rule.verdict.stableBreaches || (!isAbsolute && m_stableOutside);
    }
    /// Broken, and stable is known to be inside.
    bool isOfCanary(const JudgedRule &rule) const
    {
        if (!isBroken(rule) || m_stableOutside || rule.verdict.stableBreaches)
            return false;
        return rule.verdict.metric ? rule.verdict.stableKnown : m_stableMeasured;
    }
    bool isNotTheCanary() const
    {
        const bool broken = std::any_of(m_rules.begin(), m_rules.end(), isBroken);
        return broken && std::all_of(m_rules.begin(), m_rules.end(),
                                     [&](const JudgedRule &rule) { return !isBroken(rule) || isOfPlatform(rule); });
    }

private:
    const std::vector<JudgedRule> &m_rules;
    bool m_stableMeasured;
    bool m_stableOutside = false;
};

Outcome overall(const std::vector<JudgedRule> &rules, bool notTheCanary)
{
    bool undecided = rules.empty() || notTheCanary;
    for (const JudgedRule &rule : rules) {
        if (rule.verdict.result == Outcome::Fail && !notTheCanary)
            return Outcome::Fail;
        undecided |= rule.verdict.result == Outcome::Inconclusive;
    }
    return undecided ? Outcome::Inconclusive : Outcome::Pass;
}

QString ruleText(const CriterionVerdict &rule)
{
    if (!rule.metric || !rule.canary)
        return rule.rule;
    const QString stable =
        rule.stable ? judgeWords(", stable %1").arg(metricText(*rule.metric, *rule.stable)) : QString();
    return judgeWords("%1 (canary %2%3)").arg(rule.rule, metricText(*rule.metric, *rule.canary), stable);
}

const CriterionVerdict *firstWith(const QList<CriterionVerdict> &rules, Outcome result)
{
    // A trigger that is met says more than a criterion that is missed.
    for (const RuleKind kind : {RuleKind::Rollback, RuleKind::Success}) {
        for (const CriterionVerdict &rule : rules) {
            if (rule.result == result && rule.kind == kind)
                return &rule;
        }
    }
    return nullptr;
}

QString failWords(const CanaryVerdict &verdict, const CriterionVerdict &rule, bool stableOutside)
{
    const QString broken = ruleText(rule);
    if (verdict.notTheCanary)
        return judgeWords("Not the canary: the platform. Stable breaks the rules too: %1.").arg(broken);
    if (verdict.rollBackNow)
        return judgeWords("Roll back now: %1; stable is inside.").arg(broken);
    if (stableOutside)
        return judgeWords("Broken: %1. Stable is outside the criteria too, so a person decides.").arg(broken);
    if (rule.kind == RuleKind::Rollback)
        return judgeWords("Broken: %1. It is not known whether stable is inside, so a person decides.").arg(broken);
    return judgeWords("Fails: %1.").arg(broken);
}

QString verdictWords(const CanaryVerdict &verdict, bool stableOutside)
{
    QString words;
    if (const CriterionVerdict *broken = firstWith(verdict.criteria, Outcome::Fail)) {
        words = failWords(verdict, *broken, stableOutside);
    } else if (verdict.criteria.isEmpty()) {
        words = judgeWords("Inconclusive: the policy has no rule.");
    } else if (const CriterionVerdict *open = firstWith(verdict.criteria, Outcome::Inconclusive)) {
        words = judgeWords("Inconclusive: %1.").arg(open->words.endsWith(u'.') ? open->words.chopped(1) : open->words);
    } else {
        words = judgeWords("Every rule holds over %1 requests in %2.")
                    .arg(QString::number(qint64(verdict.measures.canary.requests.value_or(0.0))),
                         roughDurationText(verdict.measures.window));
    }
    if (verdict.measures.baselineIsPast)
        words += judgeWords(" The baseline is the last %1 before the change.")
                     .arg(roughDurationText(verdict.measures.window));
    return words;
}

/// The cluster's newest word about this revision that still counts for the window.
const AnalysisFact *clusterVerdict(const Rollout &rollout, Instant since)
{
    for (const AnalysisFact &run : rollout.analyses) {
        const bool isOurs = run.hash.isEmpty() || run.hash == rollout.currentHash;
        const bool isDone = run.phase == u"Successful" || run.phase == u"Failed" || run.phase == u"Error";
        if (isOurs && isDone && run.completedAt && *run.completedAt >= since)
            return &run;
    }
    return nullptr;
}

QString disagreementWords(const CanaryVerdict &verdict, const Rollout &rollout, bool isWarm)
{
    const AnalysisFact *run = clusterVerdict(rollout, verdict.at - verdict.measures.window);
    if (!run)
        return {};
    const bool clusterPasses = run->phase == u"Successful";
    const bool differs = clusterPasses
                             ? verdict.result == Outcome::Fail || (verdict.result == Outcome::Inconclusive && isWarm)
                             : verdict.result == Outcome::Pass || verdict.notTheCanary;
    if (!differs)
        return {};
    return judgeWords("The cluster's analysis %1 says %2; the cockpit's own figures say %3.")
        .arg(run->name, run->phase, verdict.notTheCanary ? judgeWords("not the canary") : toWireName(verdict.result));
}

} // namespace

CanaryVerdict judge(const DeploymentPolicy &policy, const TrackMeasures &measures, const Rollout &rollout,
                    const AlertSight &alerts, Instant stepStartedAt, Instant now)
{
    const RuleContext context{.policy = policy,
                              .measures = measures,
                              .criteriaWait = warmUpWords(stepStartedAt, policy, now),
                              .triggersWait = warmUpWords(rollout.startedAt.value_or(stepStartedAt), policy, now)};
    const std::vector<JudgedRule> rules = judgeAll(context, alerts, rollout);
    const Blame blame(rules, context);
    CanaryVerdict verdict{.measures = measures, .at = now};
    const bool intervalIsOver = now - stepStartedAt >= policy.interval;
    for (const JudgedRule &rule : rules) {
        verdict.criteria.append(rule.verdict);
        const bool decides = rule.verdict.kind == RuleKind::Rollback || (policy.rollbackOnFailure && intervalIsOver);
        verdict.rollBackNow |= decides && blame.isOfCanary(rule);
    }
    verdict.notTheCanary = blame.isNotTheCanary();
    verdict.result = overall(rules, verdict.notTheCanary);
    verdict.words = verdictWords(verdict, blame.isStableOutside());
    verdict.disagreement = disagreementWords(verdict, rollout, context.criteriaWait.isEmpty());
    verdict.enforced = enforcedBy(policy, rollout);
    return verdict;
}

} // namespace cockpit
