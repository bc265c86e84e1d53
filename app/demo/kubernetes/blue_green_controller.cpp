// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/blue_green_controller.h"

#include "app/demo/kubernetes/analysis_run.h"

namespace cockpit::demo {

namespace {

constexpr Offset rollbackWindow = 3600.0;
constexpr Offset abortedPreviewDelay = 30.0;
constexpr const char *deadlineAnnotation = "scale-down-deadline";

} // namespace

void BlueGreenController::seed()
{
    Work work = seedRollout({{"blueGreen",
                              {{"activeService", m_plan.name + "-active"},
                               {"previewService", m_plan.name + "-preview"},
                               {"autoPromotionEnabled", false},
                               {"scaleDownDelaySeconds", static_cast<int>(rollbackWindow)}}}});
    seedPods();
    work.status()["blueGreen"] = {{"activeSelector", work.stable()}, {"previewSelector", work.current()}};
    if (m_plan.updating) {
        event(work, "RolloutUpdated", "Rollout updated to revision " + std::to_string(m_plan.newestRevision));
        work.now = m_plan.completedAt;
        writeSmokeTests(m_state, work.rollout, work.now);
        pauseFor(work, "BlueGreenPause");
    }
    finish(work);
}

void BlueGreenController::begin(Work &work, const std::string &hash)
{
    m_wasAborted = false;
    m_fastTrack = hash == work.stable() || m_pods.ready(hash) >= work.spec().value("replicas", 1);
    if (work.updating() && work.current() != hash)
        retire(work.current(), work.now + abortedPreviewDelay);
    work.status()["blueGreen"]["previewSelector"] = hash;
}

Offset BlueGreenController::follow(Work &work)
{
    const int replicas = work.spec().value("replicas", 1);
    m_sets.scale(m_plan.name, work.stable(), replicas, work.now);
    if (!work.updating()) {
        work.status()["abort"] = false;
        return PodLife::forever;
    }
    if (work.aborted()) {
        if (!m_wasAborted) {
            m_wasAborted = true;
            markAborted(work);
            retire(work.current(), work.now + abortedPreviewDelay);
        }
        return PodLife::forever;
    }
    if (m_wasAborted) {
        m_wasAborted = false;
        keep(work.current());
        work.status().erase("abortedAt");
        event(work, "RolloutRetry", "Retrying Rollout after abort");
    }
    m_sets.scale(m_plan.name, work.current(), replicas, work.now);
    if (m_pods.ready(work.current()) < replicas || work.paused())
        return PodLife::forever;
    const bool asked = work.status().value("controllerPause", false);
    if (m_fastTrack || work.status().value("promoteFull", false) || (asked && !work.hasPause()))
        switchTo(work);
    else if (!asked) {
        writeSmokeTests(m_state, work.rollout, work.now);
        pauseFor(work, "BlueGreenPause");
    }
    return PodLife::forever;
}

void BlueGreenController::switchTo(Work &work)
{
    const std::string old = work.stable();
    const std::string version = versionOf(work.current());
    endPause(work);
    m_fastTrack = false;
    work.status().erase("promoteFull");
    shift(versionOf(old), "stable", 0.0, work.now, work.now);
    shift(version, "stable", 1.0, work.now, work.now);
    work.status()["stableRS"] = work.current();
    work.status()["blueGreen"]["activeSelector"] = work.current();
    retire(old, work.now + rollbackWindow);
    const ResourceType &sets = *resourceOfKind("ReplicaSet");
    for (const std::string &hash : {old, work.current()})
        if (const auto stored = m_state.store.find(sets, m_state.nameSpace, m_plan.name + '-' + hash)) {
            Json set = *stored;
            set["metadata"]["annotations"].erase(deadlineAnnotation);
            if (hash == old)
                set["metadata"]["annotations"][deadlineAnnotation] = m_state.timeText(work.now + rollbackWindow);
            m_state.store.put(sets, std::move(set));
        }
    event(work, "SwitchService",
          "Switched selector for service '" + m_plan.name + "-active' from '" + old + "' to '" + work.current() + '\'');
    event(work, "RolloutCompleted",
          "Rollout completed update to revision " + std::to_string(revisionOf(work.current())) + " (" + work.current() +
              "): Completed blue-green update");
}

} // namespace cockpit::demo
