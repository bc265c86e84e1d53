// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/mesh_rules.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset meshSince = -50.0 * 86400.0;

/// The share of the calls that the routes abort: the first route serves all.
double abortedShare(const Json &service)
{
    const Json percentage =
        service.value("/spec/http/0/fault/abort/percentage/value"_json_pointer, Json());
    return percentage.is_number() ? std::clamp(percentage.get<double>() / 100.0, 0.0, 1.0) : 0.0;
}

} // namespace

void MeshRules::seed()
{
    for (const WorkloadPlan &workload : m_plan.workloads) {
        if (workload.kind != "Rollout")
            continue;
        Json route{{"name", "default"},
                   {"route", Json::array({{{"destination", {{"host", workload.name}, {"port", {{"number", 8080}}}}}}})},
                   {"timeout", "5s"},
                   {"retries", {{"attempts", 2}, {"perTryTimeout", "2s"}}}};
        Json service{{"metadata", metadataOf(m_state, workload.name, meshSince)}};
        service["metadata"]["labels"] = {{"app", workload.name}};
        service["spec"] = {{"hosts", Json::array({workload.name})},
                           {"gateways", Json::array({"mesh"})},
                           {"http", Json::array({std::move(route)})}};
        m_state.store.put(*resourceOfKind("VirtualService"), std::move(service));
        Json rule{{"metadata", metadataOf(m_state, workload.name, meshSince)}};
        rule["metadata"]["labels"] = {{"app", workload.name}};
        rule["spec"] = {{"host", workload.name},
                        {"trafficPolicy",
                         {{"connectionPool",
                           {{"tcp", {{"maxConnections", 256}, {"connectTimeout", "2s"}}},
                            {"http", {{"http1MaxPendingRequests", 64}, {"http2MaxRequests", 512}, {"maxRetries", 3}}}}},
                          {"outlierDetection",
                           {{"consecutive5xxErrors", 5},
                            {"interval", "10s"},
                            {"baseEjectionTime", "30s"},
                            {"maxEjectionPercent", 10}}}}}};
        m_state.store.put(*resourceOfKind("DestinationRule"), std::move(rule));
        m_aborted[workload.name] = 0.0;
    }
}

void MeshRules::reconcile(Offset now)
{
    for (auto &[name, known] : m_aborted) {
        const ObjectStore::Object service =
            m_state.store.find(*resourceOfKind("VirtualService"), m_state.nameSpace, name);
        const double share = service ? abortedShare(*service) : 0.0;
        if (share == known)
            continue;
        known = share;
        m_state.world.aborts.push_back({name, now, share});
        m_state.worldChanged = true;
    }
}

} // namespace cockpit::demo
