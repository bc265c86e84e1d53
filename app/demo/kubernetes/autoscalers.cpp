// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/autoscalers.h"

#include <algorithm>
#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset longAgo = -60.0 * 86400.0;
/// Within this share of the target nothing is done, as the real controller does.
constexpr double tolerance = 0.1;

const ResourceType &scalerType() { return *resourceOfKind("HorizontalPodAutoscaler"); }

Json utilizationMetric(int percent)
{
    Json current{{"name", "cpu"},
                 {"current",
                  {{"averageUtilization", percent}, {"averageValue", std::to_string(percent * 5) + 'm'}}}};
    return Json::array({{{"type", "Resource"}, {"resource", std::move(current)}}});
}

std::string rescaled(int replicas, const char *why)
{
    return "New size: " + std::to_string(replicas) + "; reason: " + why;
}

constexpr const char *tooBusy = "cpu resource utilization (percentage of request) above target";

} // namespace

void Autoscalers::seed()
{
    for (const WorkloadPlan &workload : m_plan.workloads) {
        if (workload.kind != "Rollout")
            continue;
        Json scaler{{"metadata", metadataOf(m_state, workload.name, longAgo)}};
        scaler["spec"] = {
            {"scaleTargetRef", {{"kind", "Rollout"}, {"name", workload.name}, {"apiVersion", "argoproj.io/v1alpha1"}}},
            {"minReplicas", workload.leastReplicas()},
            {"maxReplicas", workload.mostReplicas()},
            {"metrics",
             Json::array({{{"type", "Resource"},
                           {"resource",
                            {{"name", "cpu"},
                             {"target", {{"type", "Utilization"}, {"averageUtilization", targetUtilization}}}}}}})},
            {"behavior", {{"scaleDown", {{"selectPolicy", "Disabled"}}}}}};
        scaler["status"] = {{"currentMetrics", utilizationMetric(58)}};
        const ObjectStore::Object stored = m_state.store.put(scalerType(), std::move(scaler));
        m_limits[workload.name] = {workload.leastReplicas(), workload.mostReplicas()};
        const Offset scaledAt = workload.scaledFrom.empty() ? longAgo : workload.scaledFrom.back().first;
        writeStatus(workload.name, workload.replicas, workload.replicas, workload.replicas, scaledAt, true);
        if (workload.atMaximumSince)
            writeStatus(workload.name, workload.replicas, workload.replicas + 1, workload.replicas,
                        *workload.atMaximumSince, false);
        for (const auto &[at, before] : workload.scaledFrom)
            m_state.addEvent("HorizontalPodAutoscaler", *stored, "SuccessfulRescale",
                             rescaled(workload.replicas, tooBusy), at);
    }
}

Offset Autoscalers::reconcile(Offset now)
{
    for (const auto &[name, limits] : m_limits)
        reconcileOne(name, now);
    return m_state.utilization ? now + every : PodLife::forever;
}

void Autoscalers::reconcileOne(const std::string &name, Offset now)
{
    const ResourceType &rolloutType = *resourceOfKind("Rollout");
    const ObjectStore::Object scaler = m_state.store.find(scalerType(), m_state.nameSpace, name);
    const ObjectStore::Object rollout = m_state.store.find(rolloutType, m_state.nameSpace, name);
    if (!scaler || !rollout)
        return;
    const int least = (*scaler)["spec"].value("minReplicas", 1);
    const int most = (*scaler)["spec"].value("maxReplicas", 1);
    if (std::pair<int, int> &known = m_limits[name]; known != std::pair(least, most)) {
        known = {least, most};
        m_state.world.limits.push_back({name, now, least, most});
        m_state.worldChanged = true;
    }
    const int current = (*rollout)["spec"].value("replicas", 1);
    int wanted = current;
    if (m_state.utilization) {
        const double ratio = 100.0 * m_state.utilization(name, now) / targetUtilization;
        if (ratio > 1.0 + tolerance)
            wanted = static_cast<int>(std::ceil(current * ratio));
    }
    const int desired = std::clamp(wanted, least, std::max(least, most));
    if (desired != current) {
        Json changed = *rollout;
        changed["spec"]["replicas"] = desired;
        changed["metadata"]["generation"] = changed["metadata"].value("generation", 1) + 1;
        noteManager(changed, rolloutType.apiVersion(), "kube-controller-manager", m_state.timeText(now),
                    fieldsOf({{"spec", {{"replicas", 0}}}}), "scale");
        m_state.store.put(rolloutType, std::move(changed));
        const char *why = wanted > current ? tooBusy : desired > current ? "Current number of replicas below Spec.MinReplicas"
                                                                         : "Current number of replicas above Spec.MaxReplicas";
        m_state.addEvent("HorizontalPodAutoscaler", *scaler, "SuccessfulRescale", rescaled(desired, why), now);
    }
    writeStatus(name, current, wanted, desired, now, desired != current);
}

void Autoscalers::writeStatus(const std::string &name, int current, int wanted, int desired, Offset now, bool scaled)
{
    Json scaler = *m_state.store.find(scalerType(), m_state.nameSpace, name);
    Json &status = scaler["status"];
    const std::string time = m_state.timeText(now);
    if (scaled)
        status["lastScaleTime"] = time;
    status["currentReplicas"] = current;
    status["desiredReplicas"] = desired;
    if (m_state.utilization && now >= 0.0) {
        const int percent = static_cast<int>(std::lround(100.0 * m_state.utilization(name, now)));
        const int shown = status.value("/currentMetrics/0/resource/current/averageUtilization"_json_pointer, 0);
        // Small moves are not news: each would be an event of every watch.
        if (std::abs(percent - shown) >= 2)
            status["currentMetrics"] = utilizationMetric(percent);
    }
    setCondition(status, "AbleToScale", "True", scaled && now >= 0.0 ? "SucceededRescale" : "ReadyForNewScale",
                 scaled && now >= 0.0 ? "the HPA controller was able to update the target scale to " +
                                            std::to_string(desired)
                                      : std::string("recommended size matches current size"),
                 time);
    setCondition(status, "ScalingActive", "True", "ValidMetricFound",
                 "the HPA was able to successfully calculate a replica count from cpu resource utilization "
                 "(percentage of request)",
                 time);
    if (wanted > desired)
        setCondition(status, "ScalingLimited", "True", "TooManyReplicas",
                     "the desired replica count is more than the maximum replica count", time);
    else if (wanted < desired)
        setCondition(status, "ScalingLimited", "True", "TooFewReplicas",
                     "the desired replica count is less than the minimum replica count", time);
    else
        setCondition(status, "ScalingLimited", "False", "DesiredWithinRange",
                     "the desired count is within the acceptable range", time);
    m_state.store.put(scalerType(), std::move(scaler));
}

} // namespace cockpit::demo
