// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/deployment_controller.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *revisionAnnotation = "deployment.kubernetes.io/revision";

} // namespace

void DeploymentController::seed()
{
    Json deployment = manifest();
    deployment["metadata"]["annotations"][revisionAnnotation] = std::to_string(m_plan.newestRevision);
    deployment["spec"]["strategy"] = {{"type", "RollingUpdate"},
                                      {"rollingUpdate", {{"maxUnavailable", "25%"}, {"maxSurge", "25%"}}}};
    deployment["spec"]["progressDeadlineSeconds"] = 600;
    Json owner = *m_state.store.put(type(), deployment);
    m_sets.setNewest(m_plan.newestRevision - static_cast<int>(m_plan.revisions.size()));
    for (const RevisionPlan &revision : m_plan.revisions) {
        owner["metadata"]["annotations"]["kubernetes.io/change-cause"] = revision.changedBy + ' ' + revision.version;
        m_hash = m_sets.revise(owner, podTemplateOf(m_plan, revision), revision.createdAt);
    }
    for (const PlannedPod &pod : plannedPodsOf(m_plan, m_state.seed))
        m_pods.addPlanned(pod);
    m_pods.advance(0.0);
    m_sets.scale(m_plan.name, m_hash, m_plan.replicas, -1.0e9);
    m_replicas = m_plan.replicas;
    deployment = *object();
    writeStatus(deployment, m_hash, m_plan.completedAt);
    m_state.store.put(type(), std::move(deployment));
}

Offset DeploymentController::reconcile(Offset now)
{
    const ObjectStore::Object stored = object();
    if (!stored)
        return PodLife::forever;
    m_pods.advance(now);
    Json deployment = *stored;
    const int replicas = deployment["spec"].value("replicas", 1);
    noteReplicas(replicas, now);
    const std::string hash = templateHash(deployment["spec"]["template"]);
    const bool paused = deployment["spec"].value("paused", false);
    if (!paused && hash != m_hash) {
        m_sets.revise(deployment, deployment["spec"]["template"], now);
        m_hash = hash;
        deployment["metadata"]["annotations"][revisionAnnotation] = std::to_string(m_sets.newest());
    }
    m_sets.scale(m_plan.name, m_hash, replicas, now);
    if (!paused && m_pods.ready(m_hash) >= replicas)
        for (const std::string &other : m_sets.hashes())
            if (other != m_hash)
                m_sets.scale(m_plan.name, other, 0, now);
    m_sets.write(m_plan.name);
    writeStatus(deployment, m_hash, now);
    m_state.store.put(type(), std::move(deployment));
    return m_pods.advance(now);
}

void DeploymentController::writeStatus(Json &deployment, const std::string &hash, Offset now)
{
    Json &status = deployment["status"];
    const int replicas = deployment["spec"].value("replicas", 1);
    const int ready = m_pods.readyInAll();
    const bool done = m_pods.ready(hash) >= replicas && m_pods.aliveInAll() == m_pods.alive(hash);
    const std::string time = m_state.timeText(now);
    const std::string set = "ReplicaSet \"" + m_plan.name + '-' + hash + '"';
    status["observedGeneration"] = deployment["metadata"].value("generation", 1);
    status["replicas"] = m_pods.aliveInAll();
    status["updatedReplicas"] = m_pods.alive(hash);
    status["readyReplicas"] = status["availableReplicas"] = ready;
    if (const int missing = std::max(0, replicas - ready); missing > 0)
        status["unavailableReplicas"] = missing;
    else
        status.erase("unavailableReplicas");
    setCondition(status, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", time);
    if (deployment["spec"].value("paused", false))
        setCondition(status, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", time);
    else
        setCondition(status, "Progressing", "True", done ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                     set + (done ? " has successfully progressed." : " is progressing."), time);
}

} // namespace cockpit::demo
