// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/ground_truth.h"

#include <algorithm>
#include <set>

namespace cockpit::demo {

namespace {

const ObjectiveFlows *objectiveNamed(const World &world, const std::string &service, const std::string &objective)
{
    for (const ObjectiveFlows &flows : world.objectives())
        if (flows.plan().service == service && flows.plan().name == objective)
            return &flows;
    return nullptr;
}

/// A deployment made the trouble of its own service that began within an hour of it.
constexpr double blamed = 3600.0;

void noteFailure(const World &world, TrueDeployment &deployment)
{
    for (const PastTrouble &trouble : pastTrouble(deployment.workload, world.seed()))
        if (trouble.began >= deployment.at && trouble.began < deployment.at + blamed) {
            deployment.failedAt = trouble.began;
            deployment.restoredAt = trouble.began + trouble.length;
        }
}

} // namespace

std::optional<double> trueBudgetLeft(const World &world, const std::string &service, const std::string &objective,
                                     Offset at)
{
    const ObjectiveFlows *flows = objectiveNamed(world, service, objective);
    return flows != nullptr ? flows->budgetLeft(at) : std::nullopt;
}

std::optional<double> trueBurn(const World &world, const std::string &service, const std::string &objective, Offset at,
                               double window)
{
    const ObjectiveFlows *flows = objectiveNamed(world, service, objective);
    const std::optional<double> ratio = flows != nullptr ? flows->errorRatio(at, window) : std::nullopt;
    return ratio ? std::optional(*ratio / (1.0 - flows->plan().target)) : std::nullopt;
}

double trueCost(const World &world, const std::string &label, const std::string &value, Instant from, Instant to)
{
    double sum = 0;
    for (const CostEntry &entry : CostBook(world).entries(from, to)) {
        const auto found = entry.item->labels.find(label);
        if (value == (found == entry.item->labels.end() ? std::string() : found->second))
            sum += entry.total();
    }
    return sum;
}

double trueTotalCost(const World &world, Instant from, Instant to)
{
    double sum = 0;
    for (const CostEntry &entry : CostBook(world).entries(from, to))
        sum += entry.total();
    return sum;
}

std::vector<TrueDeployment> trueDeployments(const World &world, Offset from, Offset to)
{
    std::vector<TrueDeployment> all;
    for (const WorkloadPlan &workload : world.scenario().cluster.workloads) {
        std::set<std::string> seen;
        for (const RevisionPlan &revision : workload.revisions) {
            const bool isNew = seen.insert(revision.version).second;
            if (!isNew || revision.createdAt < from || revision.createdAt >= to ||
                (workload.kind != "Rollout" && workload.kind != "Deployment"))
                continue;
            all.push_back({workload.name, revision.version, revision.createdAt, {}, {}});
            noteFailure(world, all.back());
        }
    }
    std::sort(all.begin(), all.end(), [](const TrueDeployment &a, const TrueDeployment &b) { return a.at < b.at; });
    return all;
}

} // namespace cockpit::demo
