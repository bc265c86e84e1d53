// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/rollout_controller.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *controllerName = "rollouts-controller";

} // namespace

RolloutController::Work RolloutController::seedRollout(const Json &strategy)
{
    Json rollout = manifest();
    rollout["spec"]["progressDeadlineSeconds"] = 600;
    rollout["spec"]["strategy"] = strategy;
    rollout["metadata"]["annotations"]["rollout.argoproj.io/revision"] = std::to_string(m_plan.newestRevision);
    noteManager(rollout, type().apiVersion(), controllerName, m_state.timeText(m_plan.revisions.back().createdAt + 1.0),
                fieldsOf({{"status", {{"phase", 0}, {"currentPodHash", 0}, {"stableRS", 0}}}}), "status");
    Json owner = *m_state.store.put(type(), rollout);
    m_sets.setNewest(m_plan.newestRevision - static_cast<int>(m_plan.revisions.size()));
    std::vector<std::string> hashes;
    for (const RevisionPlan &revision : m_plan.revisions) {
        owner["metadata"]["annotations"]["kubernetes.io/change-cause"] = revision.changedBy + ' ' + revision.version;
        const Json podTemplate = podTemplateOf(m_plan, revision);
        m_state.versions[templateHash(podTemplate)] = revision.version;
        hashes.push_back(m_sets.revise(owner, podTemplate, revision.createdAt));
    }
    Work work{*object(), m_plan.revisions.back().createdAt};
    work.status() = {{"currentPodHash", hashes.back()},
                     {"stableRS", m_plan.updating ? hashes[hashes.size() - 2] : hashes.back()},
                     {"blueGreen", Json::object()},
                     {"canary", Json::object()}};
    m_replicas = m_plan.replicas;
    return work;
}

void RolloutController::seedPods()
{
    for (const PlannedPod &pod : plannedPodsOf(m_plan, m_state.seed))
        m_pods.addPlanned(pod);
    m_pods.advance(0.0);
    for (const std::string &hash : m_sets.hashes())
        m_sets.scale(m_plan.name, hash, m_pods.alive(hash), -1.0e9);
}

Offset RolloutController::reconcile(Offset now)
{
    const ObjectStore::Object stored = object();
    if (!stored)
        return PodLife::forever;
    const Offset pods = m_pods.advance(now);
    Work work{*stored, now};
    const std::string hash = templateHash(work.spec()["template"]);
    if (hash != work.current()) {
        m_sets.revise(work.rollout, work.spec()["template"], now);
        keep(hash);
        work.rollout["metadata"]["annotations"]["rollout.argoproj.io/revision"] = std::to_string(m_sets.newest());
        endPause(work);
        work.status().erase("promoteFull");
        work.status()["abort"] = false;
        event(work, "RolloutUpdated", "Rollout updated to revision " + std::to_string(m_sets.newest()));
        begin(work, hash);
        work.status()["currentPodHash"] = hash;
    }
    noteReplicas(work.spec().value("replicas", 1), now);
    restartPods(work);
    const Offset own = follow(work);
    const Offset retired = endRetired(work);
    finish(work);
    return std::min({pods, own, retired, m_pods.advance(now)});
}

void RolloutController::pauseFor(Work &work, const std::string &reason)
{
    m_pausedSince = work.now;
    work.status()["controllerPause"] = true;
    work.status()["pauseConditions"] = Json::array({{{"reason", reason}, {"startTime", m_state.timeText(work.now)}}});
    event(work, "RolloutPaused", "Rollout is paused (" + reason + ")");
}

void RolloutController::endPause(Work &work)
{
    work.status().erase("pauseConditions");
    work.status()["controllerPause"] = false;
}

void RolloutController::markAborted(Work &work)
{
    endPause(work);
    work.status()["abort"] = true;
    work.status()["abortedAt"] = m_state.timeText(work.now);
    event(work, "RolloutAborted", "Rollout aborted update to revision " + std::to_string(revisionOf(work.current())),
          true);
}

void RolloutController::event(Work &work, const std::string &reason, const std::string &message, bool warning)
{
    m_state.addEvent("Rollout", work.rollout, reason, message, work.now, warning);
}

void RolloutController::retire(const std::string &hash, Offset at) { m_retired[hash] = at; }

std::string RolloutController::versionOf(const std::string &hash) const
{
    const ObjectStore::Object set =
        m_state.store.find(*resourceOfKind("ReplicaSet"), m_state.nameSpace, m_plan.name + '-' + hash);
    return set ? m_state.versionOf(hash, (*set)["spec"]["template"]) : std::string();
}

/// One pod after another: the next one goes when all are ready again.
void RolloutController::restartPods(Work &work)
{
    const std::string wanted = work.spec().value("restartAt", std::string());
    if (wanted.empty() || wanted == work.status().value("restartedAt", std::string()))
        return;
    const std::optional<Instant> instant = parseRfc3339(wanted);
    if (!instant)
        return;
    const Offset since = std::chrono::duration<double>(*instant - m_state.start).count();
    // A restart in the future waits for its time; the next reconcile sees it.
    if (since > work.now + 1.0)
        return;
    const std::string old = m_pods.oldPod(since);
    if (old.empty()) {
        work.status()["restartedAt"] = wanted;
        return;
    }
    if (m_pods.readyInAll() < m_pods.aliveInAll())
        return;
    const std::string hash = old.substr(m_plan.name.size() + 1, old.rfind('-') - m_plan.name.size() - 1);
    m_pods.end(old, work.now);
    m_pods.setTarget(hash, m_sets.target(hash), work.now);
}

Offset RolloutController::endRetired(Work &work)
{
    Offset next = PodLife::forever;
    for (auto entry = m_retired.begin(); entry != m_retired.end();) {
        if (entry->second <= work.now) {
            m_sets.scale(m_plan.name, entry->first, 0, work.now);
            entry = m_retired.erase(entry);
        } else {
            next = std::min(next, entry->second);
            ++entry;
        }
    }
    return next;
}

void RolloutController::writePhase(Work &work)
{
    Json &status = work.status();
    const std::string time = m_state.timeText(work.now);
    const std::string revision = std::to_string(revisionOf(work.current()));
    const bool ready = m_pods.ready(work.current()) >= work.spec().value("replicas", 1);
    std::string phase = "Healthy";
    std::string message;
    std::string progress = "NewReplicaSetAvailable";
    std::string words = "ReplicaSet \"" + m_plan.name + '-' + work.current() + "\" has successfully progressed.";
    std::string progressing = "True";
    if (work.aborted()) {
        phase = "Degraded";
        progress = "RolloutAborted";
        words = "Rollout aborted update to revision " + revision;
        message = progress + ": " + words;
        progressing = "False";
    } else if (work.paused() || work.hasPause()) {
        phase = "Paused";
        message = work.paused() ? "manually paused" : status["pauseConditions"].front().value("reason", std::string());
        progress = "RolloutPaused";
        words = "Rollout is paused";
        progressing = "Unknown";
    } else if (work.updating() || !ready) {
        phase = "Progressing";
        message =
            work.updating() ? "more replicas need to be updated" : "updated replicas are still becoming available";
        progress = "ReplicaSetUpdated";
        words = "ReplicaSet \"" + m_plan.name + '-' + work.current() + "\" is progressing.";
    }
    const bool healthy = phase == "Healthy";
    status["phase"] = phase;
    if (message.empty())
        status.erase("message");
    else
        status["message"] = message;
    // What the world begins with became so when its update began, or when it was completed.
    const Offset became = work.updating() ? m_plan.revisions.back().createdAt : m_plan.completedAt;
    const std::string since = status.contains("conditions") ? time : m_state.timeText(became);
    setCondition(status, "Available", "True", "AvailableReason", "Rollout has minimum availability", since);
    setCondition(status, "Healthy", healthy ? "True" : "False", "RolloutHealthy",
                 healthy ? "Rollout is healthy" : "Rollout is not healthy", since);
    setCondition(status, "Completed", work.updating() ? "False" : "True", "RolloutCompleted",
                 "Rollout completed update to revision " + std::to_string(revisionOf(work.stable())) + " (" +
                     work.stable() + "): Completed all steps",
                 since);
    setCondition(status, "Progressing", progressing, progress, words, time);
    setCondition(status, "Paused", phase == "Paused" ? "True" : "False", "RolloutPaused", "Rollout is paused", time);
}

void RolloutController::finish(Work &work)
{
    Json &status = work.status();
    status["HPAReplicas"] = status["replicas"] = m_pods.aliveInAll();
    status["readyReplicas"] = status["availableReplicas"] = m_pods.readyInAll();
    status["updatedReplicas"] = m_pods.alive(work.current());
    status["observedGeneration"] = std::to_string(work.rollout["metadata"].value("generation", 1));
    status["selector"] = "app=" + m_plan.name;
    writePhase(work);
    m_sets.write(m_plan.name);
    m_state.store.put(type(), std::move(work.rollout));
}

} // namespace cockpit::demo
