// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/cluster_extras.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset longAgo = -60.0 * 86400.0;

void addConfigMap(ClusterState &state, const WorkloadPlan &workload)
{
    Json map{{"metadata", metadataOf(state, workload.name + "-config", longAgo)}};
    map["metadata"]["labels"] = {{"app", workload.name}};
    map["data"] = {{"LOG_LEVEL", "info"}, {"MAX_CONNECTIONS", "200"}};
    noteManager(map, "v1", "release", state.timeText(longAgo), fieldsOf({{"data", {{"LOG_LEVEL", 0}}}}));
    state.store.put(*resourceOfKind("ConfigMap"), std::move(map));
}

void addAutoscaler(ClusterState &state, const WorkloadPlan &workload)
{
    Json scaler{{"metadata", metadataOf(state, workload.name, longAgo)}};
    scaler["spec"] = {
        {"scaleTargetRef", {{"kind", "Rollout"}, {"name", workload.name}, {"apiVersion", "argoproj.io/v1alpha1"}}},
        {"minReplicas", std::max(2, workload.replicas / 2)},
        {"maxReplicas", workload.replicas * 2},
        {"metrics",
         Json::array(
             {{{"type", "Resource"},
               {"resource", {{"name", "cpu"}, {"target", {{"type", "Utilization"}, {"averageUtilization", 70}}}}}}})}};
    const std::string time = state.timeText(workload.scaledFrom.empty() ? longAgo : workload.scaledFrom.back().first);
    Json current{{"name", "cpu"}, {"current", {{"averageUtilization", 58}, {"averageValue", "290m"}}}};
    scaler["status"] = {{"lastScaleTime", time},
                        {"currentReplicas", workload.replicas},
                        {"desiredReplicas", workload.replicas},
                        {"currentMetrics", Json::array({{{"type", "Resource"}, {"resource", std::move(current)}}})}};
    setCondition(scaler["status"], "AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size",
                 time);
    setCondition(scaler["status"], "ScalingActive", "True", "ValidMetricFound",
                 "the HPA was able to successfully calculate a replica count from cpu resource utilization", time);
    setCondition(scaler["status"], "ScalingLimited", "False", "DesiredWithinRange",
                 "the desired count is within the acceptable range", time);
    const ObjectStore::Object stored = state.store.put(*resourceOfKind("HorizontalPodAutoscaler"), std::move(scaler));
    for (const auto &[at, before] : workload.scaledFrom)
        state.addEvent("HorizontalPodAutoscaler", *stored, "SuccessfulRescale",
                       "New size: " + std::to_string(workload.replicas) +
                           "; reason: cpu resource utilization (percentage of request) above target",
                       at);
}

void addDisruptionBudget(ClusterState &state, const WorkloadPlan &workload)
{
    const int least = std::max(1, workload.replicas - 2);
    Json budget{{"metadata", metadataOf(state, workload.name, longAgo)}};
    budget["spec"] = {{"minAvailable", least}, {"selector", {{"matchLabels", {{"app", workload.name}}}}}};
    budget["status"] = {{"observedGeneration", 1},
                        {"disruptionsAllowed", workload.replicas - least},
                        {"currentHealthy", workload.replicas},
                        {"desiredHealthy", least},
                        {"expectedPods", workload.replicas}};
    state.store.put(*resourceOfKind("PodDisruptionBudget"), std::move(budget));
}

} // namespace

void seedClusterExtras(ClusterState &state, const ClusterPlan &plan)
{
    for (const std::string &name : {plan.nameSpace, std::string("argocd")}) {
        Json space{{"metadata", {{"name", name}, {"creationTimestamp", state.timeText(longAgo)}}}};
        space["status"] = {{"phase", "Active"}};
        state.store.put(*resourceOfKind("Namespace"), std::move(space));
    }
    for (const WorkloadPlan &workload : plan.workloads) {
        addConfigMap(state, workload);
        if (workload.kind == "Rollout" || workload.kind == "StatefulSet")
            addDisruptionBudget(state, workload);
        if (workload.kind == "Rollout")
            addAutoscaler(state, workload);
    }
}

void touchByAnother(ClusterState &state, const ResourceType &type, const std::string &name, Offset at)
{
    const ObjectStore::Object stored = state.store.find(type, state.nameSpace, name);
    if (!stored)
        return;
    Json object = *stored;
    object["metadata"]["annotations"]["example.test/touched-by"] = "second";
    noteManager(object, type.apiVersion(), "second", state.timeText(at),
                fieldsOf({{"metadata", {{"annotations", {{"example.test/touched-by", 0}}}}}}));
    state.store.put(type, std::move(object));
}

} // namespace cockpit::demo
