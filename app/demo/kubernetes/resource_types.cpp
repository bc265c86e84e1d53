// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/resource_types.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

ResourceType coreType(std::string plural, std::string kind)
{
    ResourceType type;
    type.plural = std::move(plural);
    type.kind = std::move(kind);
    return type;
}

ResourceType groupType(std::string group, std::string plural, std::string kind, bool hasStatus, bool hasScale)
{
    ResourceType type = coreType(std::move(plural), std::move(kind));
    type.group = std::move(group);
    type.hasStatus = hasStatus;
    type.hasScale = hasScale;
    type.countsGenerations = hasStatus;
    return type;
}

ResourceType customType(std::string plural, std::string singular, std::string kind, bool hasStatus, bool hasScale)
{
    ResourceType type = groupType("argoproj.io", std::move(plural), std::move(kind), hasStatus, hasScale);
    type.version = "v1alpha1";
    type.singular = std::move(singular);
    type.custom = true;
    type.countsGenerations = true;
    return type;
}

ResourceType meshType(std::string plural, std::string singular, std::string kind)
{
    ResourceType type = customType(std::move(plural), std::move(singular), std::move(kind), true, false);
    type.group = "networking.istio.io";
    type.version = "v1";
    return type;
}

std::vector<ResourceType> makeTypes()
{
    std::vector<ResourceType> types{
        coreType("configmaps", "ConfigMap"),
        coreType("events", "Event"),
        coreType("namespaces", "Namespace"),
        coreType("pods", "Pod"),
        coreType("resourcequotas", "ResourceQuota"),
        coreType("secrets", "Secret"),
        groupType("apps", "controllerrevisions", "ControllerRevision", false, false),
        groupType("apps", "daemonsets", "DaemonSet", true, false),
        groupType("apps", "deployments", "Deployment", true, true),
        groupType("apps", "replicasets", "ReplicaSet", true, true),
        groupType("apps", "statefulsets", "StatefulSet", true, true),
        groupType("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true, false),
        groupType("policy", "poddisruptionbudgets", "PodDisruptionBudget", true, false),
        meshType("destinationrules", "destinationrule", "DestinationRule"),
        meshType("virtualservices", "virtualservice", "VirtualService"),
        customType("analysisruns", "analysisrun", "AnalysisRun", false, false),
        customType("analysistemplates", "analysistemplate", "AnalysisTemplate", false, false),
        customType("applications", "application", "Application", false, false),
        customType("rollouts", "rollout", "Rollout", true, true)};
    for (ResourceType &type : types) {
        if (type.plural == "namespaces")
            type.namespaced = false;
        if (type.plural == "horizontalpodautoscalers") {
            type.version = "v2";
            type.countsGenerations = false;
        }
    }
    return types;
}

} // namespace

const std::vector<ResourceType> &resourceTypes()
{
    static const std::vector<ResourceType> types = makeTypes();
    return types;
}

const ResourceType *resourceType(std::string_view group, std::string_view version, std::string_view plural)
{
    const auto &types = resourceTypes();
    const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceType &type) {
        return type.group == group && type.version == version && type.plural == plural;
    });
    return found == types.end() ? nullptr : &*found;
}

const ResourceType *resourceOfKind(std::string_view kind)
{
    const auto &types = resourceTypes();
    const auto found =
        std::find_if(types.begin(), types.end(), [&](const ResourceType &type) { return type.kind == kind; });
    return found == types.end() ? nullptr : &*found;
}

} // namespace cockpit::demo
