// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/object_patch.h"

#include <algorithm>
#include <map>
#include <set>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

void mergeStrategic(Json &target, const Json &patch);

/// Lists whose items have names are merged by name; others are replaced.
void mergeList(Json &target, const Json &patch)
{
    const auto named = [](const Json &item) { return item.is_object() && item.contains("name"); };
    if (!target.is_array() || !std::all_of(patch.begin(), patch.end(), named)) {
        target = patch;
        return;
    }
    for (const Json &item : patch) {
        const auto found = std::find_if(target.begin(), target.end(), [&](const Json &other) {
            return named(other) && other["name"] == item["name"];
        });
        if (found == target.end())
            target.push_back(item);
        else
            mergeStrategic(*found, item);
    }
}

void mergeStrategic(Json &target, const Json &patch)
{
    if (!patch.is_object()) {
        target = patch;
        return;
    }
    if (patch.value("$patch", std::string()) == "replace") {
        target = patch;
        target.erase("$patch");
        return;
    }
    if (!target.is_object())
        target = Json::object();
    for (const auto &[key, value] : patch.items()) {
        if (value.is_null())
            target.erase(key);
        else if (value.is_array())
            mergeList(target[key], value);
        else
            mergeStrategic(target[key], value);
    }
}

bool startsWith(const std::string &contentType, const char *name) { return contentType.rfind(name, 0) == 0; }

const std::set<std::string> &specFieldsOf(const std::string &kind)
{
    static const std::map<std::string, std::set<std::string>> fields{
        {"Rollout",
         {"replicas", "selector", "template", "workloadRef", "minReadySeconds", "revisionHistoryLimit", "paused",
          "progressDeadlineSeconds", "progressDeadlineAbort", "restartAt", "rollbackWindow", "analysis", "strategy"}},
        {"Deployment",
         {"replicas", "selector", "template", "strategy", "minReadySeconds", "revisionHistoryLimit", "paused",
          "progressDeadlineSeconds"}},
        {"StatefulSet",
         {"replicas", "selector", "template", "serviceName", "updateStrategy", "minReadySeconds",
          "revisionHistoryLimit", "podManagementPolicy", "volumeClaimTemplates", "ordinals",
          "persistentVolumeClaimRetentionPolicy"}},
        {"DaemonSet", {"selector", "template", "updateStrategy", "minReadySeconds", "revisionHistoryLimit"}}};
    static const std::set<std::string> none;
    const auto found = fields.find(kind);
    return found == fields.end() ? none : found->second;
}

void checkReplicas(const ResourceType &type, const Json &spec, std::vector<FieldProblem> &problems)
{
    if (!spec.contains("replicas") || spec["replicas"].is_null())
        return;
    const Json &replicas = spec["replicas"];
    if (!replicas.is_number_integer()) {
        const std::string found = replicas.is_string() ? "string" : replicas.type_name();
        problems.push_back(
            {"FieldValueTypeInvalid",
             "Invalid value: \"" + found + "\": spec.replicas in body must be of type integer: \"" + found + '"',
             "spec.replicas"});
    } else if (replicas.get<long long>() < 0 && !type.custom) {
        problems.push_back({"FieldValueInvalid",
                            "Invalid value: " + replicas.dump() + ": must be greater than or equal to 0",
                            "spec.replicas"});
    }
}

void checkSteps(const Json &spec, std::vector<FieldProblem> &problems)
{
    const Json &steps = spec.value("/strategy/canary/steps"_json_pointer, Json());
    for (std::size_t i = 0; steps.is_array() && i < steps.size(); ++i)
        if (steps[i].is_object() && steps[i].contains("setWeight") && !steps[i]["setWeight"].is_number_integer()) {
            const std::string field = "spec.strategy.canary.steps[" + std::to_string(i) + "].setWeight";
            problems.push_back({"FieldValueTypeInvalid",
                                "Invalid value: \"string\": " + field + " in body must be of type integer: \"string\"",
                                field});
        }
}

} // namespace

std::variant<Json, ApiStatus> patchedObject(const ResourceType &type, const Json &object,
                                            const std::string &contentType, const std::string &body)
{
    const bool merge = startsWith(contentType, "application/merge-patch+json");
    const bool list = startsWith(contentType, "application/json-patch+json");
    const bool strategic = startsWith(contentType, "application/strategic-merge-patch+json");
    if ((!merge && !list && !strategic) || (strategic && type.custom))
        return ApiStatus::unsupportedMediaType(type.custom);
    const Json patch = Json::parse(body, nullptr, false);
    if (patch.is_discarded() || patch.is_array() != list)
        return ApiStatus::malformedPatch();
    Json result = object;
    try {
        if (merge)
            result.merge_patch(patch);
        else if (list)
            result = result.patch(patch);
        else
            mergeStrategic(result, patch);
    } catch (const Json::exception &) {
        return ApiStatus::badPatch();
    }
    return result;
}

std::vector<FieldProblem> problemsOf(const ResourceType &type, const Json &object)
{
    std::vector<FieldProblem> problems;
    if (!object.contains("spec") || !object["spec"].is_object())
        return problems;
    const Json &spec = object["spec"];
    if (type.custom)
        checkSteps(spec, problems);
    checkReplicas(type, spec, problems);
    if (type.custom && !problems.empty())
        problems.push_back({"FieldValueInvalid",
                            "Invalid value: \"null\": some validation rules were not checked because the object was "
                            "invalid; correct the existing errors to complete validation",
                            "<nil>"});
    return problems;
}

std::vector<std::string> dropUnknownFields(const ResourceType &type, Json &object)
{
    std::vector<std::string> unknown;
    const std::set<std::string> &known = specFieldsOf(type.kind);
    if (known.empty() || !object.contains("spec") || !object["spec"].is_object())
        return unknown;
    Json &spec = object["spec"];
    for (const auto &[key, value] : spec.items())
        if (known.count(key) == 0)
            unknown.push_back("spec." + key);
    for (const std::string &path : unknown)
        spec.erase(path.substr(5));
    // The schema of the CRD has no such field, though every template of a ReplicaSet carries it.
    if (type.custom && spec.contains("template") && spec["template"].contains("metadata") &&
        spec["template"]["metadata"].erase("creationTimestamp") > 0)
        unknown.push_back("spec.template.metadata.creationTimestamp");
    return unknown;
}

} // namespace cockpit::demo
