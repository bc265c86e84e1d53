// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_figures.h"

#include "models/verdict_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct FigureWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutFigures)
};

QString metricName(PolicyMetric metric)
{
    switch (metric) {
    case PolicyMetric::ErrorRate:
        return FigureWords::tr("error rate");
    case PolicyMetric::P50Latency:
        return FigureWords::tr("p50");
    case PolicyMetric::P95Latency:
        return FigureWords::tr("p95");
    case PolicyMetric::P99Latency:
        return FigureWords::tr("p99");
    case PolicyMetric::Saturation:
        return FigureWords::tr("saturation");
    }
    return {};
}

QString figureText(PolicyMetric metric, const std::optional<double> &value)
{
    return value ? metricText(metric, *value) : FigureWords::tr("not known");
}

bool isInside(MetricRule::Comparison comparison, double value, double limit)
{
    switch (comparison) {
    case MetricRule::Comparison::Below:
        return value < limit;
    case MetricRule::Comparison::AtMost:
        return value <= limit;
    case MetricRule::Comparison::Above:
        return value > limit;
    case MetricRule::Comparison::AtLeast:
        return value >= limit;
    }
    return false;
}

bool wantsLess(MetricRule::Comparison comparison)
{
    return comparison == MetricRule::Comparison::Below || comparison == MetricRule::Comparison::AtMost;
}

/// Nothing when it compares with a baseline that is missing or zero.
std::optional<double> limitOf(const MetricRule &rule, const ProofFigures &figures)
{
    if (!rule.relative)
        return rule.limit;
    const auto baseline = figureOf(rule.metric, figures.baseline);
    return baseline && *baseline > 0.0 ? std::optional(*baseline * rule.limit) : std::nullopt;
}

/// The good side of a tenth: what a figure without counts moves by from one window to the next is not told from chance.
bool movedByATenth(double before, double now, bool less)
{
    return less ? now < before * 0.9 : now > before * 1.1;
}

/// Two counted rates: further apart than twice the standard error of their difference.
bool ratesDiffer(double errorsBefore, double before, double errorsNow, double now, bool less)
{
    const double rateBefore = errorsBefore / before;
    const double rateNow = errorsNow / now;
    const double variance = rateBefore * (1.0 - rateBefore) / before + rateNow * (1.0 - rateNow) / now;
    const double moved = less ? rateBefore - rateNow : rateNow - rateBefore;
    return moved > 2.0 * std::sqrt(std::max(0.0, variance));
}

/// Nothing for what is no quantile.
std::optional<QuantileMeasure> quantileOf(PolicyMetric metric, const TrackMeasure &measure)
{
    switch (metric) {
    case PolicyMetric::P50Latency:
        return measure.p50;
    case PolicyMetric::P95Latency:
        return measure.p95;
    case PolicyMetric::P99Latency:
        return measure.p99;
    case PolicyMetric::ErrorRate:
    case PolicyMetric::Saturation:
        break;
    }
    return std::nullopt;
}

Evidence criterionProof(const MetricRule &rule, const ProofFigures &figures)
{
    const auto before = figureOf(rule.metric, figures.before);
    const auto now = figureOf(rule.metric, figures.now);
    const auto limit = limitOf(rule, figures);
    Evidence proof;
    proof.id = rule.text;
    proof.source = figures.source;
    proof.window = figures.window;
    proof.verdict = !now || !limit                            ? Verdict::Unknown
                    : isInside(rule.comparison, *now, *limit) ? Verdict::Good
                                                              : Verdict::Bad;
    proof.text = FigureWords::tr("%1: %2 before, %3 now, limit %4")
                     .arg(metricName(rule.metric), figureText(rule.metric, before), figureText(rule.metric, now),
                          figureText(rule.metric, limit));
    if (figures.now) {
        proof.sampledAt = figures.now->sampledAt;
        if (figures.now->requests)
            proof.count = static_cast<qint64>(*figures.now->requests);
    }
    return proof;
}

} // namespace

std::optional<double> figureOf(PolicyMetric metric, const std::optional<TrackMeasure> &measure)
{
    if (!measure)
        return std::nullopt;
    const auto quantile = [](const std::optional<QuantileMeasure> &one) {
        return one ? std::optional(one->value) : std::nullopt;
    };
    switch (metric) {
    case PolicyMetric::ErrorRate:
        if (!measure->requests || !measure->errors || *measure->requests <= 0.0)
            return std::nullopt;
        return *measure->errors / *measure->requests;
    case PolicyMetric::P50Latency:
        return quantile(measure->p50);
    case PolicyMetric::P95Latency:
        return quantile(measure->p95);
    case PolicyMetric::P99Latency:
        return quantile(measure->p99);
    case PolicyMetric::Saturation:
        return measure->saturation;
    }
    return std::nullopt;
}

bool movedBeyondNoise(const MetricRule &rule, const TrackMeasure &before, const TrackMeasure &now)
{
    const auto from = figureOf(rule.metric, before);
    const auto to = figureOf(rule.metric, now);
    if (!from || !to)
        return false;
    const bool less = wantsLess(rule.comparison);
    if (rule.metric == PolicyMetric::ErrorRate)
        return ratesDiffer(*before.errors, *before.requests, *now.errors, *now.requests, less);
    const auto bucketBefore = quantileOf(rule.metric, before);
    const auto bucketNow = quantileOf(rule.metric, now);
    if (bucketBefore && bucketNow && bucketBefore->lower == bucketNow->lower && bucketBefore->upper == bucketNow->upper)
        return false; // only the interpolation moved
    return movedByATenth(*from, *to, less);
}

FigureJudgement judgeFigures(const DeploymentPolicy &policy, const ProofFigures &figures)
{
    FigureJudgement judgement;
    const Instant newest =
        figures.now && figures.now->sampledAt ? std::min(*figures.now->sampledAt, figures.at) : figures.at;
    judgement.fullWindow = figures.now && newest - figures.window >= figures.sentAt;
    const double requests = figures.now ? figures.now->requests.value_or(0.0) : 0.0;
    judgement.enough = requests >= static_cast<double>(policy.minimumSample);
    judgement.pass = !policy.successCriteria.isEmpty();
    judgement.wasHealthy = judgement.pass;
    for (const MetricRule &rule : policy.successCriteria) {
        const Evidence proof = criterionProof(rule, figures);
        judgement.pass = judgement.pass && proof.verdict == Verdict::Good;
        judgement.anyFailed = judgement.anyFailed || proof.verdict == Verdict::Bad;
        judgement.proof.append(proof);
        const auto before = figureOf(rule.metric, figures.before);
        const auto now = figureOf(rule.metric, figures.now);
        const auto limit = limitOf(rule, figures);
        const bool met = before && limit && isInside(rule.comparison, *before, *limit);
        judgement.wasHealthy = judgement.wasHealthy && met;
        if (!before || !now)
            continue;
        if (judgement.words.isEmpty()) {
            judgement.words =
                FigureWords::tr("%1 %2 → %3")
                    .arg(metricName(rule.metric), figureText(rule.metric, before), figureText(rule.metric, now));
            judgement.better = movedBeyondNoise(rule, *figures.before, *figures.now);
        }
    }
    return judgement;
}

} // namespace cockpit
