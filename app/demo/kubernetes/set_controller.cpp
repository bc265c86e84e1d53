// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/set_controller.h"

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

} // namespace

void SetController::seed()
{
    Json set = manifest();
    if (isStateful())
        set["spec"]["serviceName"] = m_plan.name;
    else
        set["spec"].erase("replicas");
    set["spec"]["updateStrategy"] = {{"type", "RollingUpdate"}};
    const Json owner = *m_state.store.put(type(), std::move(set));
    m_newest = m_plan.newestRevision - static_cast<int>(m_plan.revisions.size());
    for (const RevisionPlan &revision : m_plan.revisions)
        revise(owner, podTemplateOf(m_plan, revision), revision.createdAt);
    m_before = m_hash;
    for (const PlannedPod &pod : plannedPodsOf(m_plan, m_state.seed))
        m_pods.addPlanned(pod);
    m_pods.advance(0.0);
    m_replicas = m_plan.replicas;
    Json written = *object();
    writeStatus(written);
    m_state.store.put(type(), std::move(written));
}

void SetController::revise(const Json &owner, const Json &podTemplate, Offset now)
{
    const ResourceType &revisions = *resourceOfKind("ControllerRevision");
    m_hash = templateHash(podTemplate);
    const std::string revisionName = m_plan.name + '-' + m_hash;
    Json revision;
    if (const ObjectStore::Object before = m_state.store.find(revisions, m_state.nameSpace, revisionName)) {
        revision = *before;
    } else {
        revision["metadata"] = metadataOf(m_state, revisionName, now);
        revision["metadata"]["labels"] = {{"app", m_plan.name}, {"controller.kubernetes.io/hash", m_hash}};
        const Json &annotations = owner["metadata"]["annotations"];
        revision["metadata"]["annotations"] = annotations.is_object() ? annotations : Json::object();
        revision["metadata"]["ownerReferences"] = Json::array({ownerReference(m_plan.kind, owner)});
        noteManager(revision, revisions.apiVersion(), "kube-controller-manager", m_state.timeText(now),
                    fieldsOf({{"data", 0}, {"revision", 0}}));
        Json patch = podTemplate;
        patch["metadata"]["creationTimestamp"] = nullptr;
        patch["$patch"] = "replace";
        revision["data"] = {{"spec", {{"template", std::move(patch)}}}};
    }
    revision["revision"] = ++m_newest;
    m_state.store.put(revisions, std::move(revision));
    m_pods.define({m_hash, podTemplate, ownerReference(m_plan.kind, owner), "controller-revision-hash",
                   imageTag(podTemplate), "stable"});
}

Offset SetController::reconcile(Offset now)
{
    const ObjectStore::Object stored = object();
    if (!stored)
        return PodLife::forever;
    m_pods.advance(now);
    Json set = *stored;
    const int replicas = set["spec"].value("replicas", m_plan.replicas);
    if (templateHash(set["spec"]["template"]) != m_hash)
        revise(set, set["spec"]["template"], now);
    if (isStateful()) {
        noteReplicas(replicas, now);
        for (int i = m_pods.aliveInAll(); i > replicas; --i)
            m_pods.end(m_plan.name + '-' + std::to_string(i - 1), now);
    }
    replaceOne(now);
    writeStatus(set);
    m_state.store.put(type(), std::move(set));
    return m_pods.advance(now);
}

/// A pod that is missing comes back with the newest template; when all are ready, the next old one goes.
void SetController::replaceOne(Offset now)
{
    const int wanted = m_replicas;
    if (isStateful()) {
        for (int i = 0; i < wanted; ++i)
            if (const std::string pod = m_plan.name + '-' + std::to_string(i); !m_pods.exists(pod))
                m_pods.addNamed(m_hash, pod, now);
    } else if (m_pods.aliveInAll() < wanted) {
        m_pods.setTarget(m_hash, m_pods.alive(m_hash) + wanted - m_pods.aliveInAll(), now);
    }
    if (m_pods.readyInAll() < wanted)
        return;
    if (const std::string old = m_pods.oldPod(now, m_hash); !old.empty())
        m_pods.end(old, now);
    else
        m_before = m_hash;
}

void SetController::writeStatus(Json &set)
{
    Json &status = set["status"];
    status["observedGeneration"] = set["metadata"].value("generation", 1);
    if (!isStateful()) {
        status["currentNumberScheduled"] = m_pods.aliveInAll();
        status["desiredNumberScheduled"] = m_replicas;
        status["numberMisscheduled"] = 0;
        status["numberReady"] = status["numberAvailable"] = m_pods.readyInAll();
        status["updatedNumberScheduled"] = m_pods.alive(m_hash);
        return;
    }
    status["replicas"] = m_pods.aliveInAll();
    status["readyReplicas"] = status["availableReplicas"] = m_pods.readyInAll();
    status["currentReplicas"] = m_pods.alive(m_before);
    status["updatedReplicas"] = m_pods.alive(m_hash);
    status["currentRevision"] = m_plan.name + '-' + m_before;
    status["updateRevision"] = m_plan.name + '-' + m_hash;
    status["collisionCount"] = 0;
}

} // namespace cockpit::demo
