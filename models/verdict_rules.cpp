// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/verdict_rules.h"

#include "models/verdict_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using Outcome = CriterionVerdict::Result;

QString ruleWords(const char *text) { return QCoreApplication::translate("Verdict", text); }

bool isCount(const std::optional<double> &value) { return value && std::isfinite(*value) && *value >= 0.0; }

/// One metric of one side: its value, or why there is none.
struct SideValue {
    std::optional<double> value{};
    std::optional<QuantileMeasure> bucket{};
    QString problem{};
};

QString sampleProblem(const TrackMeasure &side, const RuleContext &context, const QString &who)
{
    if (!isCount(side.requests))
        return ruleWords("%1: there is no series of its requests").arg(who);
    if (!hasMinimumSample(side, context.policy))
        return ruleWords("%1: %2 requests in %3, %4 are needed")
            .arg(who, QString::number(qint64(*side.requests)), roughDurationText(context.measures.window),
                 QString::number(context.policy.minimumSample));
    if (side.sampledAt && context.measures.windowEnd - *side.sampledAt > context.measures.window)
        return ruleWords("%1: its newest sample is %2 old")
            .arg(who, roughDurationText(context.measures.windowEnd - *side.sampledAt));
    return {};
}

const std::optional<QuantileMeasure> &quantile(const TrackMeasure &side, PolicyMetric metric)
{
    return metric == PolicyMetric::P50Latency ? side.p50 : metric == PolicyMetric::P95Latency ? side.p95 : side.p99;
}

SideValue sideValue(const TrackMeasure &side, PolicyMetric metric, const RuleContext &context, const QString &who)
{
    if (metric == PolicyMetric::Saturation) {
        if (isCount(side.saturation))
            return {.value = side.saturation};
        return {.problem = ruleWords("%1: there is no series of its saturation").arg(who)};
    }
    if (const QString problem = sampleProblem(side, context, who); !problem.isEmpty())
        return {.problem = problem};
    if (metric == PolicyMetric::ErrorRate) {
        if (isCount(side.errors))
            return {.value = *side.errors / *side.requests};
        return {.problem = ruleWords("%1: there is no series of its errors").arg(who)};
    }
    const std::optional<QuantileMeasure> &bucket = quantile(side, metric);
    if (!bucket || !std::isfinite(bucket->value))
        return {.problem = ruleWords("%1: there is no series of its latency").arg(who)};
    return {.value = bucket->value, .bucket = bucket};
}

enum class HeldTo { Holds, DoesNot, Unsure };

/// A quantile is anywhere in its bucket: a limit inside decides nothing.
HeldTo compare(const MetricRule &rule, const SideValue &side, double bound)
{
    if (!side.bucket)
        return rule.holds(*side.value, bound) ? HeldTo::Holds : HeldTo::DoesNot;
    const double slack = bound * 1e-9;
    if (bound + slack >= side.bucket->upper)
        return rule.isUpperBound() ? HeldTo::Holds : HeldTo::DoesNot;
    if (bound - slack <= side.bucket->lower)
        return rule.isUpperBound() ? HeldTo::DoesNot : HeldTo::Holds;
    return HeldTo::Unsure;
}

QString bucketProblem(const MetricRule &rule, const SideValue &canary, double bound)
{
    return ruleWords("the limit %1 lies inside the bucket of the %2 (%3)")
        .arg(metricText(rule.metric, bound), toWireName(rule.metric), bucketText(*canary.bucket));
}

void setInconclusive(CriterionVerdict &verdict, const QString &words)
{
    verdict.result = Outcome::Inconclusive;
    verdict.words = words;
}

/// The bound of a relative rule, or why there is none.
SideValue baselineBound(const MetricRule &rule, const SideValue &stable)
{
    if (!stable.value)
        return {.problem = ruleWords("no baseline: %1").arg(stable.problem)};
    if (!(*stable.value > 0.0))
        return {.problem = ruleWords("the baseline is zero: nothing can be compared with it")};
    return {.value = rule.limit * *stable.value};
}

void holdAgainstStable(CriterionVerdict &verdict, const MetricRule &rule, const SideValue &stable)
{
    if (!stable.value)
        return;
    const HeldTo outcome = compare(rule, stable, rule.limit);
    const bool isTrigger = verdict.kind == CriterionVerdict::Kind::Rollback;
    verdict.stableKnown = outcome != HeldTo::Unsure;
    verdict.stableBreaches = outcome == (isTrigger ? HeldTo::Holds : HeldTo::DoesNot);
}

void holdAgainstCanary(CriterionVerdict &verdict, const MetricRule &rule, const SideValue &canary, double bound)
{
    const HeldTo outcome = compare(rule, canary, bound);
    const bool isTrigger = verdict.kind == CriterionVerdict::Kind::Rollback;
    // A criterion leaves room on its own side of the limit, a trigger on the other one.
    const double below = bound - *canary.value;
    verdict.margin = rule.isUpperBound() == isTrigger ? -below : below;
    if (outcome == HeldTo::Unsure)
        setInconclusive(verdict, bucketProblem(rule, canary, bound));
    else
        verdict.result = (outcome == HeldTo::Holds) == isTrigger ? Outcome::Fail : Outcome::Pass;
}

void judgeValues(CriterionVerdict &verdict, const MetricRule &rule, const RuleContext &context)
{
    const SideValue canary = sideValue(context.measures.canary, rule.metric, context, ruleWords("canary"));
    const SideValue stable =
        sideValue(context.measures.stable, rule.metric, context,
                  context.measures.baselineIsPast ? ruleWords("before the change") : ruleWords("stable"));
    verdict.canary = canary.value;
    verdict.stable = stable.value;
    const SideValue bound = rule.relative ? baselineBound(rule, stable) : SideValue{.value = rule.limit};
    verdict.limit = bound.value;
    if (rule.relative)
        verdict.stableKnown = bound.value.has_value();
    else
        holdAgainstStable(verdict, rule, stable);
    if (!canary.value || !bound.value)
        return setInconclusive(verdict, canary.value ? bound.problem : canary.problem);
    holdAgainstCanary(verdict, rule, canary, *bound.value);
    const bool openBaseline = rule.relative && stable.bucket && !std::isfinite(stable.bucket->upper);
    if (openBaseline && verdict.result != Outcome::Inconclusive)
        setInconclusive(verdict, ruleWords("the baseline lies %1, in the last bucket").arg(bucketText(*stable.bucket)));
}

} // namespace

bool hasMinimumSample(const TrackMeasure &side, const DeploymentPolicy &policy)
{
    return isCount(side.requests) && *side.requests > 0.0 && *side.requests >= double(policy.minimumSample);
}

JudgedRule judgeRule(const MetricRule &rule, CriterionVerdict::Kind kind, const RuleContext &context)
{
    JudgedRule judged{.verdict = {.kind = kind, .rule = rule.text, .metric = rule.metric}, .relative = rule.relative};
    CriterionVerdict &verdict = judged.verdict;
    const TrackMeasures &measures = context.measures;
    if (isCount(measures.canary.requests))
        verdict.count = qint64(*measures.canary.requests);
    verdict.sampledAt = measures.canary.sampledAt;
    if (measures.split == TrackSplit::None) {
        setInconclusive(verdict, measures.splitProblem.isEmpty() ? ruleWords("canary and stable cannot be told apart")
                                                                 : measures.splitProblem);
        return judged;
    }
    judgeValues(verdict, rule, context);
    const QString &wait = kind == CriterionVerdict::Kind::Success ? context.criteriaWait : context.triggersWait;
    if (!wait.isEmpty())
        setInconclusive(verdict, wait);
    return judged;
}

JudgedRule judgeAlert(const AlertTrigger &trigger, const AlertSight &sight, const Rollout &rollout)
{
    JudgedRule judged{.verdict = {.kind = CriterionVerdict::Kind::Rollback, .rule = trigger.text}};
    CriterionVerdict &verdict = judged.verdict;
    verdict.sampledAt = sight.at;
    if (!sight.known) {
        setInconclusive(verdict, sight.problem.isEmpty() ? ruleWords("it is not known what fires") : sight.problem);
        return judged;
    }
    qint64 met = 0;
    qint64 ofCanary = 0;
    for (const FiringAlert &alert : sight.firing) {
        const bool meant = alert.name == trigger.alertName && alert.service == rollout.service &&
                           !alert.service.isEmpty() &&
                           (trigger.severity.isEmpty() || alert.severity == trigger.severity);
        const bool ofStable = alert.labels.value(u"track") == u"stable";
        const bool before = alert.since && rollout.startedAt && *alert.since < *rollout.startedAt;
        met += meant ? 1 : 0;
        ofCanary += meant && !ofStable && !before ? 1 : 0;
    }
    verdict.result = met > 0 ? Outcome::Fail : Outcome::Pass;
    verdict.count = met;
    verdict.stableBreaches = met > 0 && ofCanary == 0;
    verdict.stableKnown = verdict.stableBreaches;
    if (verdict.stableBreaches)
        verdict.words = ruleWords("it fires for stable, or since before the update began");
    return judged;
}

} // namespace cockpit
