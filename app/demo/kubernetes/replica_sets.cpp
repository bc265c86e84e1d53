// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/replica_sets.h"

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *causeAnnotation = "kubernetes.io/change-cause";

/// Keeps the numbers that a ReplicaSet had before, as an undo leaves them.
void renumber(Json &annotations, const std::string &prefix, int number)
{
    const std::string was = annotations.value(prefix + "/revision", std::string());
    if (!was.empty()) {
        const std::string history = annotations.value(prefix + "/revision-history", std::string());
        annotations[prefix + "/revision-history"] = history.empty() ? was : history + ',' + was;
    }
    annotations[prefix + "/revision"] = std::to_string(number);
}

} // namespace

ObjectStore::Object ReplicaSets::find(const std::string &workload, const std::string &hash) const
{
    return m_state.store.find(*resourceOfKind("ReplicaSet"), m_state.nameSpace, workload + '-' + hash);
}

std::string ReplicaSets::revise(const Json &owner, const Json &podTemplate, Offset now)
{
    const ResourceType &type = *resourceOfKind("ReplicaSet");
    const std::string workload = owner["metadata"]["name"];
    const std::string hash = templateHash(podTemplate);
    const ObjectStore::Object before = find(workload, hash);
    Json object;
    if (before) {
        object = *before;
    } else {
        Json labels = podTemplate.value("/metadata/labels"_json_pointer, Json::object());
        labels[m_hashLabel] = hash;
        object["metadata"] = metadataOf(m_state, workload + '-' + hash, now);
        object["metadata"]["labels"] = labels;
        object["metadata"]["annotations"] = Json::object();
        object["metadata"]["ownerReferences"] = Json::array({ownerReference(m_ownerKind, owner)});
        Json selector = owner["spec"].value("/selector/matchLabels"_json_pointer, Json::object());
        selector[m_hashLabel] = hash;
        object["spec"] = {{"replicas", 0}, {"selector", {{"matchLabels", selector}}}, {"template", podTemplate}};
        object["spec"]["template"]["metadata"]["creationTimestamp"] = nullptr;
        object["spec"]["template"]["metadata"]["labels"] = labels;
        object["status"] = {{"replicas", 0}};
        noteManager(object, type.apiVersion(),
                    m_ownerKind == "Rollout" ? "rollouts-controller" : "kube-controller-manager", m_state.timeText(now),
                    fieldsOf({{"spec", {{"replicas", 0}, {"template", {{"spec", Json::object()}}}}}}));
    }
    Json &annotations = object["metadata"]["annotations"];
    renumber(annotations, m_annotations, ++m_newest);
    annotations[m_annotations + "/desired-replicas"] = std::to_string(owner["spec"].value("replicas", 1));
    const Json &own = owner["metadata"].value("annotations", Json::object());
    if (own.contains(causeAnnotation))
        annotations[causeAnnotation] = own[causeAnnotation];
    const ObjectStore::Object stored = m_state.store.put(type, std::move(object));
    m_targets.emplace(hash, 0);
    m_pods.define({hash, podTemplate, ownerReference("ReplicaSet", *stored), m_hashLabel,
                   m_state.versionOf(hash, podTemplate), "stable"});
    return hash;
}

void ReplicaSets::scale(const std::string &workload, const std::string &hash, int replicas, Offset now)
{
    int &target = m_targets[hash];
    if (target != replicas) {
        if (const ObjectStore::Object owner =
                m_state.store.find(*resourceOfKind(m_ownerKind), m_state.nameSpace, workload);
            owner && now > -1.0e6) {
            const std::string number = std::to_string(revisionOf(workload, hash));
            const std::string name = workload + '-' + hash;
            const std::string change = "from " + std::to_string(target) + " to " + std::to_string(replicas);
            m_state.addEvent(m_ownerKind, *owner, "ScalingReplicaSet",
                             m_ownerKind == "Rollout"
                                 ? "Scaled " + std::string(replicas > target ? "up" : "down") + " ReplicaSet " + name +
                                       " (revision " + number + ") " + change
                                 : "Scaled " + std::string(replicas > target ? "up" : "down") + " replica set " + name +
                                       " to " + std::to_string(replicas) + " from " + std::to_string(target),
                             now);
        }
        target = replicas;
    }
    m_pods.setTarget(hash, replicas, now);
    write(workload);
}

void ReplicaSets::write(const std::string &workload)
{
    for (const auto &[hash, target] : m_targets) {
        const ObjectStore::Object stored = find(workload, hash);
        if (!stored)
            continue;
        Json object = *stored;
        if (object["spec"]["replicas"] != target) {
            object["spec"]["replicas"] = target;
            object["metadata"]["generation"] = object["metadata"]["generation"].get<int>() + 1;
        }
        Json status{{"replicas", m_pods.alive(hash)}};
        if (const int living = m_pods.alive(hash); living > 0)
            status["fullyLabeledReplicas"] = living;
        if (const int ready = m_pods.ready(hash); ready > 0)
            status["readyReplicas"] = status["availableReplicas"] = ready;
        status["observedGeneration"] = object["metadata"]["generation"];
        object["status"] = std::move(status);
        m_state.store.put(*resourceOfKind("ReplicaSet"), std::move(object));
    }
}

int ReplicaSets::revisionOf(const std::string &workload, const std::string &hash) const
{
    const ObjectStore::Object object = find(workload, hash);
    if (!object)
        return 0;
    return std::atoi((*object)["metadata"]["annotations"].value(m_annotations + "/revision", std::string("0")).c_str());
}

std::vector<std::string> ReplicaSets::hashes() const
{
    std::vector<std::string> all;
    for (const auto &[hash, target] : m_targets)
        all.push_back(hash);
    return all;
}

int ReplicaSets::target(const std::string &hash) const
{
    const auto found = m_targets.find(hash);
    return found == m_targets.end() ? 0 : found->second;
}

} // namespace cockpit::demo
