// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/cost_plan.h"

namespace cockpit::demo {

namespace {

/// 22 days of November cost as much as so many working days; with a little less for what staging costs beside it.
constexpr double workingDays = 21.7;

CostItem costItem(std::string nameSpace, std::string kind, std::string controller, int pods, CostAmounts toDate)
{
    CostItem item;
    item.nameSpace = std::move(nameSpace);
    item.kind = std::move(kind);
    item.controller = std::move(controller);
    item.pods = pods;
    for (std::size_t i = 0; i < costKinds; ++i)
        item.workingDay[i] = toDate[i] / workingDays;
    return item;
}

CostItem labelled(CostItem item, const char *team, const char *environment, const char *costCenter)
{
    item.labels = {{"app", item.controller}, {"team", team}, {"environment", environment}, {"cost_center", costCenter}};
    return item;
}

CostItem sizedFor(CostItem item, double cpu, double ram)
{
    item.cpuUse = cpu;
    item.ramUse = ram;
    return item;
}

/// The same workload where it is tried out: a fortieth of its cost.
CostItem stagingOf(const CostItem &item)
{
    CostItem staging = item;
    staging.nameSpace = item.nameSpace + "-staging";
    staging.labels["environment"] = "staging";
    staging.pods = 1;
    staging.perFailure = 0;
    for (double &amount : staging.workingDay)
        amount *= 0.025;
    return staging;
}

/// The load tests, in days counted from the start.
constexpr long long loadTestFrom = -76;
constexpr long long loadTestTo = -72;
/// Holidays, when fewer people meet.
constexpr long long holidaysFrom = -44;
constexpr long long holidaysTo = -31;
constexpr double growthPerDay = 0.0012;

} // namespace

CostPlan healthyCosts()
{
    const char *space = "dark-tower";
    CostPlan plan;
    // Dollars of 1 to 22 November: processors, memory, egress, volumes, load balancers, logs and what is outside.
    CostItem gc = sizedFor(costItem(space, "rollout", "gc-service", 8, {2700, 1540, 700, 580, 110, 920}), 0.58, 0.63);
    gc.perFailure = 0.0001;
    plan.items.push_back(labelled(std::move(gc), "gc", "production", "cc-1001"));
    // Asks for three times what it uses.
    plan.items.push_back(labelled(
        sizedFor(costItem(space, "rollout", "mc-service", 8, {3660, 2200, 1750, 600, 0, 700}), 0.32, 0.41), "mc",
        "production", "cc-1001"));
    plan.items.push_back(labelled(
        sizedFor(costItem(space, "rollout", "mh-service", 6, {5200, 2000, 8450, 1000, 0, 540}), 0.44, 0.52), "mh",
        "production", "cc-2004"));
    plan.items.push_back(labelled(
        sizedFor(costItem(space, "rollout", "ac-service", 4, {1020, 580, 80, 210, 0, 160}), 0.31, 0.5), "ac",
        "production", "cc-1002"));
    const std::size_t services = plan.items.size();
    CostItem postgres = sizedFor(costItem(space, "statefulset", "postgresql", 3, {2300, 2370, 0, 990, 0, 0}), 0.36, 0.71);
    CostItem redis = sizedFor(costItem(space, "statefulset", "redis", 3, {380, 1280, 0, 40, 0, 0}), 0.28, 0.66);
    postgres.restsAtWeekends = redis.restsAtWeekends = false;
    plan.items.push_back(labelled(std::move(postgres), "platform", "production", "cc-3000"));
    plan.items.push_back(labelled(std::move(redis), "platform", "production", "cc-3000"));
    for (std::size_t i = 0; i < services; ++i)
        plan.items.push_back(stagingOf(plan.items[i]));
    // Has an owner and no cost center.
    CostItem collector = costItem(space, "deployment", "otel-collector", 2, {150, 110, 60, 0, 0, 90});
    collector.labels = {{"app", "otel-collector"}, {"team", "platform"}, {"environment", "production"}};
    plan.items.push_back(std::move(collector));
    // Nobody's: no label at all, and a volume that nothing mounts.
    plan.items.push_back(costItem(space, "daemonset", "node-agent", 3, {120, 90, 0, 0, 0, 0}));
    plan.items.push_back(costItem("sandbox", "", "", 1, {140, 60, 25, 75, 0, 0}));
    plan.items.push_back(sizedFor(costItem("__unmounted__", "", "", 1, {0, 0, 0, 85, 0, 0}), 0, 0));
    return plan;
}

double costOfDay(const CostItem &item, CostKind kind, long long day, long long startDay)
{
    const long long weekday = (day + 4) % 7; // 0 = Sunday
    const long long age = day - startDay;
    double factor = 1.0 + growthPerDay * static_cast<double>(age + 10);
    const bool followsLoad = kind == CostKind::Cpu || kind == CostKind::Ram || kind == CostKind::Network ||
                             kind == CostKind::External;
    if (item.restsAtWeekends && followsLoad)
        factor *= weekday == 6 ? 0.84 : weekday == 0 ? 0.86 : 1.0;
    if (!followsLoad || item.labels.empty())
        return factor;
    if (age >= loadTestFrom && age <= loadTestTo)
        return factor * 2.1;
    return age >= holidaysFrom && age <= holidaysTo ? factor * 0.85 : factor;
}

} // namespace cockpit::demo
