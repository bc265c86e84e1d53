// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/canary_controller.h"

#include "app/demo/kubernetes/analysis_run.h"

#include <algorithm>
#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset abortRamp = 45.0;
constexpr int rampReports = 5;
constexpr Offset scaleDownDelay = 30.0;

/// 5 %, then 10 % more every 5 min, up to 100 %.
Json policySteps()
{
    Json steps = Json::array();
    for (int weight = 5; weight <= 95; weight += 10) {
        steps.push_back({{"setWeight", weight}});
        steps.push_back({{"pause", {{"duration", "5m"}}}});
    }
    steps.push_back({{"setWeight", 100}});
    return steps;
}

} // namespace

double CanaryController::Ramp::at(Offset time) const
{
    if (time >= end || end <= start)
        return to;
    return time <= start ? from : from + (to - from) * (time - start) / (end - start);
}

void CanaryController::seed()
{
    const Json routing{{"nginx", {{"stableIngress", m_plan.name}}}};
    Work work = seedRollout({{"canary",
                              {{"canaryService", m_plan.name + "-canary"},
                               {"stableService", m_plan.name},
                               {"trafficRouting", routing},
                               {"dynamicStableScale", true},
                               {"maxSurge", "25%"},
                               {"maxUnavailable", 0},
                               {"steps", policySteps()}}}});
    m_canary = work.current();
    m_pods.define({m_canary, work.spec()["template"],
                   ownerReference("ReplicaSet", *m_state.store.find(*resourceOfKind("ReplicaSet"), m_state.nameSpace,
                                                                    m_plan.name + '-' + m_canary)),
                   "rollouts-pod-template-hash", versionOf(m_canary), m_plan.updating ? "canary" : "stable"});
    seedPods();
    seedHistory(work);
    work.now = m_plan.updating ? m_plan.weightsSet.back().first : m_plan.completedAt;
    writeWeights(work);
    work.status()["currentStepIndex"] = m_index;
    finish(work);
}

void CanaryController::seedHistory(Work &work)
{
    m_index = stepCount(work);
    m_ramp = {100, 100, -1.0, -1.0};
    if (!m_plan.updating) {
        work.now = m_plan.completedAt;
        event(work, "RolloutCompleted",
              "Rollout completed update to revision " + std::to_string(m_plan.newestRevision) + " (" + work.current() +
                  "): Completed all " + std::to_string(m_index) + " canary steps");
        return;
    }
    work.now = m_plan.revisions.back().createdAt;
    event(work, "RolloutUpdated", "Rollout updated to revision " + std::to_string(m_plan.newestRevision));
    int before = 0;
    m_index = 0;
    for (const auto &[at, weight] : m_plan.weightsSet) {
        work.now = at;
        if (m_index > 0) {
            completeStep(work);
            m_state.store.put(type(), work.rollout);
        }
        event(work, "TrafficWeightUpdated",
              "Traffic weight updated from " + std::to_string(before) + " to " + std::to_string(weight));
        work.status()["currentStepIndex"] = m_index;
        work.now = at + stepSeconds;
        completeStep(work);
        pauseFor(work, "CanaryPauseStep");
        before = weight;
        const bool last = at == m_plan.weightsSet.back().first;
        const Offset judged = last ? m_plan.pausedAt.value_or(PodLife::forever) : at + 300.0;
        if (judged <= 0.0)
            writeAnalysis(m_state, work.rollout, versionOf(m_canary), m_index, judged);
    }
    m_ramp = {static_cast<double>(before), static_cast<double>(before), work.now, work.now};
    if (m_plan.pausedAt) {
        work.now = *m_plan.pausedAt;
        pauseByPolicy(work);
        finish(work);
        work = Work{*object(), work.now};
    }
}

void CanaryController::begin(Work &work, const std::string &hash)
{
    // What was the canary until now loses its share.
    if (work.updating() && m_canary != work.stable() && m_canary != hash) {
        const bool back = hash == work.stable();
        setWeight(work, 0.0, back ? abortRamp : stepSeconds);
        retire(m_canary, m_ramp.end);
    }
    m_wasAborted = false;
    if (hash == work.stable()) {
        event(work, "SkipSteps", "Rollback to stable ReplicaSets");
        m_index = stepCount(work);
        m_sets.scale(m_plan.name, hash, work.spec().value("replicas", 1), work.now);
    } else {
        m_canary = hash;
        m_index = 0;
        m_ramp = {0, 0, work.now, work.now};
        m_pods.setTrack(hash, "canary", work.now);
    }
    work.status()["currentStepIndex"] = m_index;
}

Offset CanaryController::follow(Work &work)
{
    if (!work.updating()) {
        work.status()["abort"] = false;
        work.status().erase("promoteFull");
        work.status()["currentStepIndex"] = m_index = stepCount(work);
        scaleBoth(work);
        writeWeights(work);
        return nextDue(work);
    }
    if (work.aborted() && !m_wasAborted)
        abort(work);
    if (!work.aborted() && m_wasAborted) {
        m_wasAborted = false;
        m_index = 0;
        keep(m_canary);
        work.status()["currentStepIndex"] = 0;
        work.status().erase("abortedAt");
        event(work, "RolloutRetry", "Retrying Rollout after abort");
    }
    if (work.status().value("promoteFull", false)) {
        endPause(work);
        work.status()["currentStepIndex"] = m_index = stepCount(work);
    }
    if (index(work) != m_index) {
        endPause(work);
        m_index = index(work);
    }
    while (!work.aborted() && !work.paused() && advanceStep(work)) {
    }
    if (work.updating())
        scaleBoth(work);
    writeWeights(work);
    return nextDue(work);
}

void CanaryController::abort(Work &work)
{
    m_wasAborted = true;
    markAborted(work);
    work.status()["currentStepIndex"] = m_index = 0;
    event(work, "TrafficWeightUpdated",
          "Traffic weight updated from " + std::to_string(std::lround(m_ramp.at(work.now))) + " to 0");
    setWeight(work, 0.0, abortRamp);
    retire(m_canary, m_ramp.end);
}

void CanaryController::setWeight(Work &work, double percent, Offset seconds)
{
    m_ramp = {m_ramp.at(work.now), percent, work.now, work.now + seconds};
    shift(versionOf(m_canary), "canary", percent / 100.0, work.now, m_ramp.end);
    shift(versionOf(work.stable()), "stable", 1.0 - percent / 100.0, work.now, m_ramp.end);
}

void CanaryController::complete(Work &work)
{
    const std::string old = work.stable();
    const std::string version = versionOf(m_canary);
    shift(version, "canary", 0.0, work.now, work.now);
    if (versionOf(old) != version)
        shift(versionOf(old), "stable", 0.0, work.now, work.now);
    shift(version, "stable", 1.0, work.now, work.now);
    m_pods.setTrack(m_canary, "stable", work.now);
    retire(old, work.now + scaleDownDelay);
    work.status()["stableRS"] = m_canary;
    work.status().erase("promoteFull");
    event(work, "RolloutCompleted",
          "Rollout completed update to revision " + std::to_string(revisionOf(m_canary)) + " (" + m_canary +
              "): Completed all " + std::to_string(stepCount(work)) + " canary steps");
}

void CanaryController::scaleBoth(Work &work)
{
    const int replicas = work.spec().value("replicas", 1);
    if (!work.updating() || work.aborted()) {
        m_sets.scale(m_plan.name, work.stable(), replicas, work.now);
        return;
    }
    const double share = m_ramp.to / 100.0;
    m_sets.scale(m_plan.name, m_canary, static_cast<int>(std::ceil(replicas * share)), work.now);
    const int rest = static_cast<int>(std::ceil(replicas * (1.0 - share)));
    if (rest > m_pods.alive(work.stable()) || m_ramp.end <= work.now)
        m_sets.scale(m_plan.name, work.stable(), std::max(1, rest), work.now);
}

void CanaryController::writeWeights(Work &work)
{
    const bool alone = !work.updating() && m_ramp.end <= work.now;
    const auto canary = alone ? 0L : std::lround(m_ramp.at(work.now));
    const Json canaryPart{{"podTemplateHash", m_canary}, {"serviceName", m_plan.name + "-canary"}, {"weight", canary}};
    const Json stablePart{{"podTemplateHash", work.stable()}, {"serviceName", m_plan.name}, {"weight", 100 - canary}};
    work.status()["canary"]["weights"] = {{"canary", canaryPart}, {"stable", stablePart}};
}

Offset CanaryController::nextDue(Work &work) const
{
    Offset next = PodLife::forever;
    // The weights of a long ramp are reported a few times on their way.
    if (m_ramp.end > work.now) {
        const Offset apart = (m_ramp.end - m_ramp.start) / rampReports;
        const double done = std::floor((work.now - m_ramp.start) / apart + 1e-6);
        next = std::min(m_ramp.end, m_ramp.start + (done + 1.0) * apart);
    }
    if (work.updating() && work.hasPause() && !work.paused() && m_index < stepCount(work)) {
        const Json &step = work.spec()["strategy"]["canary"]["steps"][static_cast<std::size_t>(m_index)];
        if (step.contains("pause"))
            next = std::min(next, m_pausedSince + pauseLength(step["pause"]));
    }
    return next;
}

int CanaryController::stepCount(Work &work) const
{
    return static_cast<int>(work.spec()["strategy"]["canary"]["steps"].size());
}

int CanaryController::index(Work &work) const { return work.status().value("currentStepIndex", 0); }

} // namespace cockpit::demo
