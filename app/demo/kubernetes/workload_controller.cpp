// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/workload_controller.h"

#include "app/demo/kubernetes/blue_green_controller.h"
#include "app/demo/kubernetes/canary_controller.h"
#include "app/demo/kubernetes/deployment_controller.h"
#include "app/demo/kubernetes/set_controller.h"

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

Json leasesOf(const ClusterState &state, const WorkloadPlan &plan)
{
    Json list = Json::array();
    for (const LeasePlan &lease : plan.leases)
        list.push_back({{"id", lease.id},
                        {"subject", lease.subject},
                        {"title", lease.title},
                        {"was", lease.was},
                        {"is", lease.is},
                        {"by", lease.by},
                        {"reason", lease.reason},
                        {"since", state.timeText(lease.since)},
                        {"until", state.timeText(lease.until)}});
    return list;
}

} // namespace

Json WorkloadController::manifest() const
{
    const RevisionPlan &newest = m_plan.revisions.back();
    Json object;
    object["metadata"] = metadataOf(m_state, m_plan.name, m_plan.revisions.front().createdAt - 86400.0);
    object["metadata"]["labels"] = {{"app", m_plan.name}, {"app.kubernetes.io/name", m_plan.name}};
    for (const auto &[name, value] : m_plan.labels)
        object["metadata"]["labels"][name] = value;
    object["metadata"]["annotations"] = {{"kubernetes.io/change-cause", newest.changedBy + ' ' + newest.version}};
    for (const auto &[name, value] : m_plan.annotations)
        object["metadata"]["annotations"][name] = value;
    if (!m_plan.leases.empty())
        object["metadata"]["annotations"]["dt-cockpit/lease"] = leasesOf(m_state, m_plan).dump();
    object["metadata"]["generation"] = m_plan.newestRevision + 1;
    object["spec"] = {{"replicas", m_plan.replicas},
                      {"revisionHistoryLimit", 10},
                      {"selector", {{"matchLabels", {{"app", m_plan.name}}}}},
                      {"template", podTemplateOf(m_plan, newest)}};
    noteManager(
        object, type().apiVersion(), newest.changedBy, m_state.timeText(newest.createdAt),
        fieldsOf({{"metadata", {{"labels", {{"app", 0}}}}},
                  {"spec", {{"replicas", 0}, {"selector", 0}, {"template", {{"spec", {{"containers", 0}}}}}}}}));
    return object;
}

void WorkloadController::noteReplicas(int replicas, Offset now)
{
    if (m_replicas == replicas)
        return;
    m_replicas = replicas;
    m_state.world.scales.push_back({m_plan.name, now, now + podStartup, replicas});
    m_state.worldChanged = true;
}

void WorkloadController::shift(const std::string &version, const std::string &track, double weight, Offset at,
                               Offset done)
{
    m_state.world.shifts.push_back({m_plan.name, version, track, at, done, weight});
    m_state.worldChanged = true;
}

std::unique_ptr<WorkloadController> makeController(ClusterState &state, const WorkloadPlan &plan)
{
    if (plan.kind == "Deployment")
        return std::make_unique<DeploymentController>(state, plan);
    if (plan.kind != "Rollout")
        return std::make_unique<SetController>(state, plan);
    if (plan.blueGreen)
        return std::make_unique<BlueGreenController>(state, plan);
    return std::make_unique<CanaryController>(state, plan);
}

} // namespace cockpit::demo
