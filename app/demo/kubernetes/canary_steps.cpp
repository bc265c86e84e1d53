// SPDX-License-Identifier: GPL-3.0-or-later
// How a canary goes through its steps.
#include "app/demo/kubernetes/analysis_run.h"
#include "app/demo/kubernetes/canary_controller.h"
#include "app/demo/wire_time.h"

#include <cmath>

namespace cockpit::demo {

double CanaryController::pauseLength(const Json &pause)
{
    if (!pause.is_object() || !pause.contains("duration"))
        return PodLife::forever;
    const Json &duration = pause["duration"];
    return duration.is_number() ? duration.get<double>() : wireSeconds(duration.get<std::string>());
}

bool CanaryController::advanceStep(Work &work)
{
    const Json &steps = work.spec()["strategy"]["canary"]["steps"];
    const int replicas = work.spec().value("replicas", 1);
    const bool finishing = m_index >= stepCount(work);
    const Json step = finishing ? Json{{"setWeight", 100}} : steps[static_cast<std::size_t>(m_index)];
    if (step.contains("pause"))
        return advancePause(work, step["pause"]);
    if (!step.contains("setWeight")) {
        completeStep(work);
        return true;
    }
    work.status()["controllerPause"] = false;
    const double weight = step["setWeight"].get<double>();
    if (m_ramp.to != weight) {
        event(work, "TrafficWeightUpdated",
              "Traffic weight updated from " + std::to_string(std::lround(m_ramp.at(work.now))) + " to " +
                  std::to_string(std::lround(weight)));
        setWeight(work, weight, stepSeconds);
    }
    scaleBoth(work);
    const int needed = static_cast<int>(std::ceil(replicas * weight / 100.0));
    if (m_ramp.end > work.now || m_pods.ready(m_canary) < needed)
        return false;
    if (!finishing) {
        completeStep(work);
        return true;
    }
    complete(work);
    return false;
}

bool CanaryController::advancePause(Work &work, const Json &pause)
{
    if (!work.status().value("controllerPause", false)) {
        pauseFor(work, "CanaryPauseStep");
        return false;
    }
    // Somebody took the pause away: that is what a promotion does.
    const bool resumed = !work.hasPause();
    if (!resumed && work.now < m_pausedSince + pauseLength(pause))
        return false;
    if (!resumed && !passesPolicy(work))
        return false;
    endPause(work);
    completeStep(work);
    event(work, "RolloutResumed", "Rollout is resumed");
    return true;
}

bool CanaryController::passesPolicy(Work &work)
{
    if (writeAnalysis(m_state, work.rollout, versionOf(m_canary), m_index, work.now))
        return true;
    pauseByPolicy(work);
    return false;
}

void CanaryController::pauseByPolicy(Work &work)
{
    work.spec()["paused"] = true;
    Json &generation = work.rollout["metadata"]["generation"];
    generation = generation.get<int>() + 1;
    noteManager(work.rollout, type().apiVersion(), "policy", m_state.timeText(work.now),
                fieldsOf({{"spec", {{"paused", 0}}}}));
}

void CanaryController::completeStep(Work &work)
{
    const Json &step = work.spec()["strategy"]["canary"]["steps"][static_cast<std::size_t>(m_index)];
    std::string words = step.begin().key();
    if (step.contains("setWeight"))
        words += ": " + std::to_string(step["setWeight"].get<int>());
    else if (step.contains("pause") && step["pause"].contains("duration"))
        words += ": " + step["pause"]["duration"].dump();
    ++m_index;
    event(work, "RolloutStepCompleted",
          "Rollout step " + std::to_string(m_index) + '/' + std::to_string(stepCount(work)) + " completed (" + words +
              ')');
    work.status()["currentStepIndex"] = m_index;
}

} // namespace cockpit::demo
