// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_assembly_parts.h"

#include <algorithm>

namespace cockpit {

namespace {

using StepKind = RolloutStep::Kind;

/// The bar: every weight of the steps in per cent, ending with 100.
QList<int> weightBar(const QList<RolloutStep> &steps, int maxWeight)
{
    QList<int> weights;
    for (const RolloutStep &step : steps) {
        if (step.kind == StepKind::SetWeight)
            weights.append(static_cast<int>(qint64{100} * step.weight / std::max(1, maxWeight)));
    }
    if (weights.isEmpty() || weights.constLast() != 100)
        weights.append(100);
    return weights;
}

/// backends.md §4.4: "SetWeight".
int desiredOf(const WorkloadFacts &workload, const Rollout &rollout)
{
    if (workload.abort)
        return 0;
    if (!rollout.stepIndex || *rollout.stepIndex >= rollout.steps.size())
        return rollout.maxWeight;
    for (qsizetype i = *rollout.stepIndex; i >= 0; --i) {
        if (rollout.steps.at(i).kind == StepKind::SetWeight)
            return rollout.steps.at(i).weight;
    }
    return 0;
}

/// backends.md §4.4: "ActualWeight"; nothing where the cluster does not say it.
std::optional<int> measuredOf(const WorkloadFacts &workload, const Rollout &rollout)
{
    const bool inSteps = rollout.stepIndex && *rollout.stepIndex < rollout.steps.size();
    if (!inSteps && !workload.abort)
        return rollout.maxWeight;
    if (workload.trafficRouting)
        return workload.weights ? std::optional<int>(workload.weights->canary) : std::nullopt;
    const RolloutRevision *const canary = rollout.current();
    if (!canary || workload.availableReplicas <= 0)
        return std::nullopt;
    return static_cast<int>(qint64{canary->readyPods} * rollout.maxWeight / workload.availableReplicas);
}

void assembleArgoSteps(const WorkloadFacts &workload, Rollout &rollout)
{
    if (rollout.strategy != RolloutStrategy::Canary)
        return;
    const int count = static_cast<int>(rollout.steps.size());
    if (count > 0) {
        const int unknown = rollout.stableHash == rollout.currentHash ? count : 0;
        rollout.stepIndex = std::min(workload.stepIndex.value_or(unknown), count);
    }
    rollout.desiredWeight = desiredOf(workload, rollout);
    rollout.measuredWeight = measuredOf(workload, rollout);
}

void assembleFlaggerSteps(const WorkloadFacts &workload, Rollout &rollout)
{
    const bool settled = workload.phase == u"Initialized" || workload.phase == u"Succeeded";
    const bool promotes = workload.phase == u"Promoting" || workload.phase == u"Finalising";
    const int weight = workload.weights ? workload.weights->canary : 0;
    if (!rollout.steps.isEmpty()) {
        const auto reached = std::count_if(rollout.steps.cbegin(), rollout.steps.cend(),
                                           [&](const RolloutStep &step) { return step.weight <= weight; });
        const auto index = settled || promotes ? rollout.steps.size() : std::max<qsizetype>(0, reached - 1);
        rollout.stepIndex = rollout.aborted ? 0 : static_cast<int>(index);
    }
    if (rollout.strategy != RolloutStrategy::Canary)
        return;
    rollout.desiredWeight = settled ? rollout.maxWeight : weight;
    if (workload.weights || settled)
        rollout.measuredWeight = rollout.desiredWeight;
}

} // namespace

void assembleSteps(const WorkloadFacts &workload, Rollout &rollout)
{
    rollout.steps = workload.steps;
    if (rollout.kind == WorkloadKind::Rollout)
        assembleArgoSteps(workload, rollout);
    else if (rollout.kind == WorkloadKind::FlaggerCanary)
        assembleFlaggerSteps(workload, rollout);
    if (rollout.strategy == RolloutStrategy::Canary)
        rollout.weights = weightBar(rollout.steps, rollout.maxWeight);
}

} // namespace cockpit
