// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_reader.h"

namespace cockpit {

namespace {

constexpr int mostSteps = 1000; ///< a stepWeight of 1 makes a hundred

/// stepWeights as they stand, or stepWeight again and again up to maxWeight.
QList<RolloutStep> flaggerSteps(JsonNode analysis, int maxWeight)
{
    using Kind = RolloutStep::Kind;
    QList<RolloutStep> steps;
    analysis["stepWeights"].elements([&](JsonNode weight) {
        if (steps.size() < mostSteps)
            steps.append({Kind::SetWeight, weight.integer(), {}, {}});
    });
    const int step = analysis["stepWeight"].integer();
    if (!steps.isEmpty() || step <= 0)
        return steps;
    for (int weight = step; weight <= maxWeight && steps.size() < mostSteps; weight += step)
        steps.append({Kind::SetWeight, weight, {}, {}});
    return steps;
}

/// The words of the newest condition: there is only "Promoted".
QString flaggerMessage(const QList<ConditionFacts> &conditions)
{
    return conditions.isEmpty() ? QString() : conditions.constLast().message;
}

} // namespace

void readFlagger(JsonNode object, WorkloadFacts &facts, TextPool &pool)
{
    const JsonNode spec = object["spec"];
    const JsonNode status = object["status"];
    const JsonNode analysis = spec["analysis"] ? spec["analysis"] : spec["canaryAnalysis"];
    facts.targetKind = pool.take(spec["targetRef"]["kind"].text());
    facts.targetName = pool.take(spec["targetRef"]["name"].text());
    facts.paused = spec["suspend"].flag();
    facts.maxWeight = std::clamp(analysis["maxWeight"].integer(100), 1, 1000);
    facts.steps = flaggerSteps(analysis, facts.maxWeight);
    facts.strategy = facts.steps.isEmpty() ? RolloutStrategy::BlueGreen : RolloutStrategy::Canary;
    facts.trafficRouting = !facts.steps.isEmpty() && spec["provider"].text() != "kubernetes";
    analysis["webhooks"].elements([&](JsonNode hook) { facts.webhookTypes.append(pool.take(hook["type"].text())); });

    facts.phase = pool.take(status["phase"].text());
    facts.message = flaggerMessage(facts.conditions);
    facts.stableHash = pool.take(status["lastPromotedSpec"].text());
    facts.currentHash = pool.take(status["lastAppliedSpec"].text());
    if (status["canaryWeight"].number()) {
        const int canary = std::clamp(status["canaryWeight"].integer(), 0, 100);
        facts.weights = WeightFacts{canary, 100 - canary, 0, true};
    }
    // status has no generation of its own: what the controller has not seen has another lastAppliedSpec.
    facts.observedGeneration.reset();
}

} // namespace cockpit
