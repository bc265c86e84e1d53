// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/cluster_state.h"

#include "app/demo/pod_templates.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

const char *componentOf(const std::string &kind)
{
    if (kind == "Rollout" || kind == "AnalysisRun")
        return "rollouts-controller";
    return kind == "HorizontalPodAutoscaler" ? "horizontal-pod-autoscaler" : "controller-manager";
}

} // namespace

std::string ClusterState::timeText(Offset at) const
{
    const Instant instant = start + Duration(static_cast<qint64>(std::floor(at)) * 1000);
    return toRfc3339(instant).left(19).toStdString() + 'Z';
}

void ClusterState::addEvent(const std::string &kind, const Json &object, const std::string &reason,
                            const std::string &message, Offset at, bool warning)
{
    const Json &about = object["metadata"];
    const std::string name = about.value("name", std::string());
    std::array<char, 20> number{};
    std::snprintf(number.data(), number.size(), "%016llx",
                  static_cast<unsigned long long>(hashOf(seed, name + std::to_string(++eventsMade))));
    Json event{{"metadata", metadataOf(*this, name + '.' + number.data(), at)}};
    event["involvedObject"] = {{"kind", kind},
                               {"namespace", nameSpace},
                               {"name", name},
                               {"uid", about.value("uid", std::string())},
                               {"apiVersion", resourceOfKind(kind)->apiVersion()},
                               {"resourceVersion", about.value("resourceVersion", std::string())}};
    event["reason"] = reason;
    event["message"] = message;
    event["source"] = {{"component", componentOf(kind)}};
    event["firstTimestamp"] = event["lastTimestamp"] = timeText(at);
    event["count"] = 1;
    event["type"] = warning ? "Warning" : "Normal";
    event["eventTime"] = nullptr;
    event["reportingComponent"] = "";
    event["reportingInstance"] = "";
    store.put(*resourceOfKind("Event"), std::move(event));
}

std::string ClusterState::versionOf(const std::string &hash, const Json &podTemplate) const
{
    const auto known = versions.find(hash);
    return known == versions.end() ? imageTag(podTemplate) : known->second;
}

Json metadataOf(const ClusterState &state, const std::string &name, Offset createdAt)
{
    return {{"name", name}, {"namespace", state.nameSpace}, {"creationTimestamp", state.timeText(createdAt)}};
}

Json ownerReference(const std::string &kind, const Json &owner)
{
    return {{"apiVersion", resourceOfKind(kind)->apiVersion()},
            {"kind", kind},
            {"name", owner["metadata"]["name"]},
            {"uid", owner["metadata"]["uid"]},
            {"controller", true},
            {"blockOwnerDeletion", true}};
}

void noteManager(Json &object, const std::string &apiVersion, const std::string &manager, const std::string &time,
                 const Json &fields, const std::string &subresource)
{
    Json &all = object["metadata"]["managedFields"];
    if (!all.is_array())
        all = Json::array();
    for (Json &entry : all)
        if (entry["manager"] == manager && entry.value("subresource", std::string()) == subresource) {
            entry["time"] = time;
            entry["fieldsV1"].merge_patch(fields);
            return;
        }
    Json entry{{"manager", manager}, {"operation", "Update"},    {"apiVersion", apiVersion},
               {"time", time},       {"fieldsType", "FieldsV1"}, {"fieldsV1", fields}};
    if (!subresource.empty())
        entry["subresource"] = subresource;
    all.push_back(std::move(entry));
}

Json fieldsOf(const Json &document)
{
    Json fields = Json::object();
    for (const auto &[key, value] : document.items())
        fields["f:" + key] = value.is_object() ? fieldsOf(value) : Json::object();
    return fields;
}

void setCondition(Json &status, const std::string &type, const std::string &value, const std::string &reason,
                  const std::string &message, const std::string &time)
{
    Json &conditions = status["conditions"];
    if (!conditions.is_array())
        conditions = Json::array();
    for (Json &condition : conditions) {
        if (condition["type"] != type)
            continue;
        if (condition["status"] == value && condition["reason"] == reason && condition["message"] == message)
            return;
        if (condition["status"] != value)
            condition["lastTransitionTime"] = time;
        condition["lastUpdateTime"] = time;
        condition["message"] = message;
        condition["reason"] = reason;
        condition["status"] = value;
        return;
    }
    conditions.push_back({{"lastTransitionTime", time},
                          {"lastUpdateTime", time},
                          {"message", message},
                          {"reason", reason},
                          {"status", value},
                          {"type", type}});
}

} // namespace cockpit::demo
