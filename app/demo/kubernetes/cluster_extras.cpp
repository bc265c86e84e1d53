// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/cluster_extras.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset extrasMadeAt = -60.0 * 86400.0;

void addConfigMap(ClusterState &state, const WorkloadPlan &workload)
{
    Json map{{"metadata", metadataOf(state, workload.name + "-config", extrasMadeAt)}};
    map["metadata"]["labels"] = {{"app", workload.name}};
    map["data"] = {{"LOG_LEVEL", "info"}, {"MAX_CONNECTIONS", "200"}};
    noteManager(map, "v1", "release", state.timeText(extrasMadeAt), fieldsOf({{"data", {{"LOG_LEVEL", 0}}}}));
    state.store.put(*resourceOfKind("ConfigMap"), std::move(map));
}

void addDisruptionBudget(ClusterState &state, const WorkloadPlan &workload)
{
    const int least = std::max(1, workload.replicas - 2);
    Json budget{{"metadata", metadataOf(state, workload.name, extrasMadeAt)}};
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
        Json space{{"metadata", {{"name", name}, {"creationTimestamp", state.timeText(extrasMadeAt)}}}};
        space["status"] = {{"phase", "Active"}};
        state.store.put(*resourceOfKind("Namespace"), std::move(space));
    }
    for (const WorkloadPlan &workload : plan.workloads) {
        addConfigMap(state, workload);
        if (workload.kind == "Rollout" || workload.kind == "StatefulSet")
            addDisruptionBudget(state, workload);
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
