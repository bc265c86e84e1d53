// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/cost_series.h"

#include "app/demo/cost_book.h"

#include <algorithm>
#include <array>

namespace cockpit::demo {

namespace {

constexpr double egressPerGib = 0.09;
constexpr double gibBytes = 1073741824.0;
constexpr std::array<const char *, 3> nodeNames{"node-a", "node-b", "node-c"};

bool mayAskForCosts(const std::vector<Matcher> &matchers)
{
    return std::none_of(matchers.begin(), matchers.end(), [](const Matcher &matcher) {
        const std::string &name = matcher.value;
        return matcher.name == "__name__" && !matcher.isRegex && matcher.isEqual && !name.starts_with("node_") &&
               !name.starts_with("pv_") && !name.starts_with("container_") && !name.starts_with("kubecost_");
    });
}

/// What a workload had on average in the hour up to a moment.
std::function<std::optional<double>(Offset)> hourly(const World &world, const CostItem &item,
                                                    double CostEntry::*amount, double factor)
{
    return [all = &world, one = &item, amount, factor](Offset time) -> std::optional<double> {
        const Instant to = all->toInstant(time);
        const CostEntry entry = CostBook(*all).entry(*one, to - Duration(3600000), to);
        return entry.hours > 0.0 ? std::optional(entry.*amount / entry.hours * factor) : std::nullopt;
    };
}

} // namespace

std::vector<RecordedSeries> costSeries(const World &world, const std::vector<Matcher> &matchers)
{
    std::vector<RecordedSeries> found;
    if (!mayAskForCosts(matchers))
        return found;
    const auto add = [&](const char *name, LabelSet labels, std::function<std::optional<double>(Offset)> value) {
        labels["__name__"] = name;
        if (allMatch(matchers, labels))
            found.push_back({std::move(labels), std::move(value)});
    };
    const auto fixed = [](double value) { return [value](Offset) { return std::optional(value); }; };
    const CostPlan &plan = world.scenario().costs;
    const std::string &cluster = world.scenario().cluster.contexts.front();
    for (const char *name : nodeNames) {
        const LabelSet node{{"node", cluster + '-' + name}, {"instance", cluster + '-' + name}, {"provider_id", name}};
        add("node_cpu_hourly_cost", node, fixed(plan.cpuCoreHour));
        add("node_ram_hourly_cost", node, fixed(plan.ramGibHour));
        add("node_total_hourly_cost", node, fixed(64.0 * plan.cpuCoreHour + 256.0 * plan.ramGibHour));
    }
    add("pv_hourly_cost", {{"persistentvolume", "volumes"}, {"provider_id", "volumes"}}, fixed(plan.volumeGibHour));
    add("kubecost_network_internet_egress_cost", {}, fixed(egressPerGib));
    for (const CostItem &item : plan.items) {
        if (item.controller.empty())
            continue;
        const LabelSet container{{"namespace", item.nameSpace}, {"pod", item.controller + "-0"},
                                 {"container", item.controller}, {"node", cluster + "-node-a"}};
        add("container_cpu_allocation", container, hourly(world, item, &CostEntry::cpuCoreHours, 1.0));
        add("container_memory_allocation_bytes", container, hourly(world, item, &CostEntry::ramGibHours, gibBytes));
    }
    return found;
}

} // namespace cockpit::demo
