// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/verdict_judge.h"

namespace cockpit::test {

using namespace std::chrono_literals;

/// gc-service half way: canary at 25 %, judged over 5 min by the policy of operations.md §1.
struct VerdictScene {
    Instant now = fromEpochMs(1'795'403'560'000); // 2026-11-23T03:12:40Z
    Instant stepBegan = now - 10min;
    DeploymentPolicy policy{};
    TrackMeasures measures{};
    Rollout rollout{};
    AlertSight alerts{.known = true};

    static MetricRule rule(PolicyMetric metric, MetricRule::Comparison comparison, double limit, bool relative,
                           const char *words)
    {
        return {metric, comparison, relative, limit, QString::fromLatin1(words)};
    }

    static TrackMeasure side(double requests, double errors, QuantileMeasure p99)
    {
        TrackMeasure made;
        made.requests = requests;
        made.errors = errors;
        made.p99 = p99;
        made.pods = 2;
        return made;
    }

    VerdictScene()
    {
        using Comparison = MetricRule::Comparison;
        policy.successCriteria = {
            rule(PolicyMetric::ErrorRate, Comparison::Below, 0.01, false, "error_rate < 1%"),
            rule(PolicyMetric::P99Latency, Comparison::Below, 1.2, true, "p99_latency < baseline * 1.2")};
        policy.triggers = {rule(PolicyMetric::ErrorRate, Comparison::Above, 0.05, false, "error_rate > 5%"),
                           rule(PolicyMetric::P99Latency, Comparison::Above, 2.0, true, "p99_latency > baseline * 2.0"),
                           AlertTrigger{QStringLiteral("ServiceDegraded"), QStringLiteral("critical"),
                                        QStringLiteral("alert: ServiceDegraded severity=critical")}};
        measures.split = TrackSplit::PodTemplateHash;
        measures.window = 5min;
        measures.windowEnd = now;
        measures.canary = side(60'000, 60, {0.188, 0.175, 0.2});
        measures.stable = side(180'000, 90, {0.182, 0.175, 0.2});
        rollout.key = {
            .context = QStringLiteral("eu"), .kind = QStringLiteral("Rollout"), .name = QStringLiteral("gc-service")};
        rollout.service = ServiceId(QStringLiteral("gc-service"));
        rollout.stableHash = QStringLiteral("aaa");
        rollout.currentHash = QStringLiteral("bbb");
        rollout.startedAt = now - 25min;
        rollout.readAt = now;
        rollout.weights = policy.weights();
        for (const int weight : policy.weights()) {
            rollout.steps.append({.kind = RolloutStep::Kind::SetWeight, .weight = weight});
            rollout.steps.append({.kind = RolloutStep::Kind::Pause, .duration = policy.interval});
            rollout.steps.append({.kind = RolloutStep::Kind::Analysis});
        }
    }

    void makeCanaryBad() { measures.canary = side(60'000, 4'080, {0.412, 0.4, 0.45}); }
    void makeStableBad() { measures.stable = side(180'000, 12'000, {0.412, 0.4, 0.45}); }
    void addAlert(const char *severity = "critical", const char *service = "gc-service")
    {
        alerts.firing.append({QStringLiteral("ServiceDegraded"),
                              QString::fromLatin1(severity),
                              ServiceId(QString::fromLatin1(service)),
                              {},
                              now - 5min});
    }
    CanaryVerdict judged() const { return judge(policy, measures, rollout, alerts, stepBegan, now); }
};

} // namespace cockpit::test
