// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/opencost_query.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *unallocated = "__unallocated__";
constexpr double bytesOfGib = 1073741824.0;

/// As OpenCost writes a number: five decimals, and null for what is none.
Json costNumber(double value)
{
    return std::isfinite(value) ? Json(std::round(value * 1.0e5) / 1.0e5) : Json();
}

std::string wholeSeconds(Instant instant)
{
    return toRfc3339(fromEpochMs(toEpochMs(instant) / 1000 * 1000)).left(19).toStdString() + 'Z';
}

std::string sanitized(std::string label)
{
    for (char &c : label)
        if (!std::isalnum(static_cast<unsigned char>(c)))
            c = '_';
    return label;
}

std::string orUnallocated(const std::string &text) { return text.empty() ? unallocated : text; }

std::string propertyOf(const CostItem &item, const std::string &property, const std::string &cluster)
{
    const auto label = [&](const std::string &name) {
        const auto found = item.labels.find(sanitized(name));
        return found == item.labels.end() ? std::string(unallocated) : found->second;
    };
    if (property.starts_with("label:"))
        return label(property.substr(6));
    if (property == "team" || property == "owner" || property == "department")
        return label(property);
    if (property == "environment")
        return label("env");
    if (property == "product")
        return label("app");
    if (property == "cluster")
        return cluster;
    if (property == "namespace")
        return item.nameSpace;
    if (property == "controllerKind")
        return orUnallocated(item.kind);
    if (property == "controller")
        return item.controller.empty() ? std::string(unallocated) : item.kind + ':' + item.controller;
    if (property == "deployment" || property == "statefulset" || property == "daemonset" || property == "job")
        return property == item.kind ? item.controller : std::string(unallocated);
    if (property == "service")
        return item.kind == "rollout" || item.kind == "statefulset" ? item.controller : std::string(unallocated);
    if (property == "container")
        return orUnallocated(item.controller);
    if (property == "pod")
        return item.controller.empty() ? item.nameSpace + "-0" : item.controller + "-0";
    return property == "node" ? cluster + "-node-a" : std::string(unallocated);
}

/// What shares one name.
struct CostSet {
    std::vector<CostEntry> parts{};
    double shared = 0; ///< of the idle costs
};

Json propertiesOf(const CostSet &set, const AllocationQuery &query, const std::string &cluster)
{
    const CostItem &first = *set.parts.front().item;
    Json properties{{"cluster", cluster}};
    const auto same = [&](auto member) {
        return std::all_of(set.parts.begin(), set.parts.end(),
                           [&](const CostEntry &part) { return part.item->*member == first.*member; });
    };
    if (same(&CostItem::nameSpace))
        properties["namespace"] = first.nameSpace;
    if (same(&CostItem::controller) && !first.controller.empty()) {
        properties["controller"] = first.controller;
        properties["controllerKind"] = first.kind;
    }
    Json labels = Json::object();
    for (const auto &[name, value] : first.labels) {
        const bool asked = std::find(query.aggregate.begin(), query.aggregate.end(), "label:" + name) != query.aggregate.end();
        const bool shared = std::all_of(set.parts.begin(), set.parts.end(), [&](const CostEntry &part) {
            const auto found = part.item->labels.find(name);
            return found != part.item->labels.end() && found->second == value;
        });
        if (shared && (asked || query.withMetadata || query.aggregate.empty()))
            labels[name] = value;
    }
    if (!labels.empty())
        properties["labels"] = labels;
    return properties;
}

/// The parts of one name, added.
CostEntry sumOf(const CostSet &set)
{
    CostEntry sum;
    for (const CostEntry &part : set.parts) {
        for (std::size_t i = 0; i < costKinds; ++i)
            sum.amounts[i] += part.amounts[i];
        sum.hours = std::max(sum.hours, part.hours);
        sum.cpuCoreHours += part.cpuCoreHours;
        sum.ramGibHours += part.ramGibHours;
        sum.volumeGibHours += part.volumeGibHours;
    }
    return sum;
}

double used(const CostSet &set, double CostEntry::*amount, double CostItem::*share)
{
    double sum = 0;
    for (const CostEntry &part : set.parts)
        sum += part.*amount * (part.item != nullptr ? part.item->*share : 0.0);
    return sum;
}

void addProcessors(Json &json, const CostSet &set, const CostEntry &sum)
{
    const double use = used(set, &CostEntry::cpuCoreHours, &CostItem::cpuUse);
    json["cpuCores"] = costNumber(sum.cpuCoreHours / sum.hours);
    json["cpuCoreRequestAverage"] = costNumber(sum.cpuCoreHours / sum.hours);
    json["cpuCoreUsageAverage"] = costNumber(use / sum.hours);
    json["cpuCoreHours"] = costNumber(sum.cpuCoreHours);
    json["cpuCost"] = costNumber(sum.of(CostKind::Cpu));
    json["cpuCostAdjustment"] = 0;
    json["cpuCostIdle"] = 0;
    json["cpuEfficiency"] = costNumber(use / sum.cpuCoreHours);
    json["gpuCount"] = json["gpuHours"] = json["gpuCost"] = json["gpuCostAdjustment"] = 0;
    json["gpuCostIdle"] = json["gpuEfficiency"] = 0;
}

void addMemory(Json &json, const CostSet &set, const CostEntry &sum)
{
    const double use = used(set, &CostEntry::ramGibHours, &CostItem::ramUse);
    json["ramBytes"] = costNumber(sum.ramGibHours * bytesOfGib / sum.hours);
    json["ramByteRequestAverage"] = json["ramBytes"];
    json["ramByteUsageAverage"] = costNumber(use * bytesOfGib / sum.hours);
    json["ramByteHours"] = costNumber(sum.ramGibHours * bytesOfGib);
    json["ramCost"] = costNumber(sum.of(CostKind::Ram));
    json["ramCostAdjustment"] = 0;
    json["ramCostIdle"] = 0;
    json["ramEfficiency"] = costNumber(use / sum.ramGibHours);
}

void addTheRest(Json &json, const CostEntry &sum)
{
    json["networkCost"] = json["networkInternetCost"] = costNumber(sum.of(CostKind::Network));
    json["networkCrossZoneCost"] = json["networkCrossRegionCost"] = json["networkCostAdjustment"] = 0;
    json["loadBalancerCost"] = costNumber(sum.of(CostKind::LoadBalancer));
    json["loadBalancerCostAdjustment"] = 0;
    json["pvBytes"] = costNumber(sum.volumeGibHours * bytesOfGib / sum.hours);
    json["pvByteHours"] = costNumber(sum.volumeGibHours * bytesOfGib);
    json["pvCost"] = costNumber(sum.of(CostKind::Volume));
    json["pvs"] = nullptr;
    json["pvCostAdjustment"] = 0;
    json["externalCost"] = costNumber(sum.of(CostKind::External));
}

Json allocationOf(const std::string &name, const CostSet &set, const CostWindow &window, const Json &properties)
{
    const CostEntry sum = sumOf(set);
    const Json span{{"start", wholeSeconds(window.from)}, {"end", wholeSeconds(window.to)}};
    Json json{{"name", name}, {"properties", properties}, {"window", span}, {"start", span["start"]},
              {"end", span["end"]}, {"minutes", costNumber(sum.hours * 60.0)}};
    addProcessors(json, set, sum);
    addMemory(json, set, sum);
    addTheRest(json, sum);
    json["sharedCost"] = costNumber(set.shared);
    json["totalCost"] = costNumber(sum.total() + set.shared);
    const double paid = sum.of(CostKind::Cpu) + sum.of(CostKind::Ram);
    double inUse = 0;
    for (const CostEntry &part : set.parts)
        if (part.item != nullptr)
            inUse += part.of(CostKind::Cpu) * part.item->cpuUse + part.of(CostKind::Ram) * part.item->ramUse;
    json["totalEfficiency"] = costNumber(inUse / paid);
    json["lbAllocations"] = nullptr;
    return json;
}

} // namespace

bool isCostProperty(const std::string &property)
{
    constexpr std::array known{"cluster", "node", "namespace", "controllerKind", "controller", "service", "pod",
                               "container", "deployment", "statefulset", "daemonset", "job", "team", "owner",
                               "department", "environment", "product"};
    return std::find(known.begin(), known.end(), property) != known.end() ||
           ((property.starts_with("label:") || property.starts_with("annotation:")) && !property.ends_with(':'));
}

std::string costKey(const CostItem &item, const std::vector<std::string> &aggregate, const std::string &cluster)
{
    static const std::vector<std::string> each{"cluster", "node", "namespace", "pod", "container"};
    std::string key;
    for (const std::string &property : aggregate.empty() ? each : aggregate)
        key += (key.empty() ? "" : "/") + propertyOf(item, property, cluster);
    return key;
}

Json allocationSet(const CostBook &book, const CostWindow &window, const AllocationQuery &query,
                   const std::string &cluster)
{
    std::map<std::string, CostSet> sets;
    const CostEntry idle = book.idle(window.from, window.to);
    double paid = 0;
    for (CostEntry &entry : book.entries(window.from, window.to)) {
        paid += entry.of(CostKind::Cpu) + entry.of(CostKind::Ram);
        sets[costKey(*entry.item, query.aggregate, cluster)].parts.push_back(std::move(entry));
    }
    Json data = Json::object();
    for (auto &[name, set] : sets) {
        const CostEntry sum = sumOf(set);
        if (query.shareIdle)
            set.shared = idle.total() * (sum.of(CostKind::Cpu) + sum.of(CostKind::Ram)) / paid;
        data[name] = allocationOf(name, set, window, propertiesOf(set, query, cluster));
    }
    if (query.includeIdle && !query.shareIdle && !sets.empty())
        data["__idle__"] = allocationOf("__idle__", {{idle}, 0.0}, window, Json{{"cluster", cluster}});
    return data;
}

Json assetSet(const CostBook &book, const CostWindow &window, const std::string &cluster)
{
    CostEntry sum = book.idle(window.from, window.to);
    for (const CostEntry &entry : book.entries(window.from, window.to))
        for (std::size_t i = 0; i < costKinds; ++i)
            sum.amounts[i] += entry.amounts[i];
    Json data = Json::object();
    const auto add = [&](const char *type, const char *name, double cpu, double ram, double other) {
        const std::string key = "AWS/__undefined__/" + cluster + '/' + type + '/' + cluster + '-' + name;
        const Json properties{{"category", "Compute"}, {"provider", "AWS"}, {"service", "Kubernetes"},
                              {"cluster", cluster}, {"name", cluster + '-' + name}};
        data[key] = {{"type", type}, {"properties", properties},
                     {"window", {{"start", wholeSeconds(window.from)}, {"end", wholeSeconds(window.to)}}},
                     {"minutes", costNumber(sum.hours * 60.0)}, {"cpuCost", costNumber(cpu)}, {"ramCost", costNumber(ram)},
                     {"gpuCost", 0}, {"preemptible", 0}, {"adjustment", 0}, {"totalCost", costNumber(cpu + ram + other)}};
    };
    for (const char *node : {"node-a", "node-b", "node-c"})
        add("Node", node, sum.of(CostKind::Cpu) / 3.0, sum.of(CostKind::Ram) / 3.0, 0.0);
    add("Disk", "volumes", 0, 0, sum.of(CostKind::Volume));
    add("LoadBalancer", "ingress", 0, 0, sum.of(CostKind::LoadBalancer));
    add("Network", "egress", 0, 0, sum.of(CostKind::Network));
    return data;
}

} // namespace cockpit::demo
