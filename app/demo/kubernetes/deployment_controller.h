// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/replica_sets.h"
#include "app/demo/kubernetes/workload_controller.h"

namespace cockpit::demo {

/// A Deployment: the new ReplicaSet comes up, then the old one goes; a paused one waits.
class DeploymentController final : public WorkloadController {
public:
    DeploymentController(ClusterState &state, const WorkloadPlan &plan)
        : WorkloadController(state, plan)
        , m_sets(state, m_pods, "Deployment", "deployment.kubernetes.io", "pod-template-hash")
    {}
    void seed() override;
    Offset reconcile(Offset now) override;

private:
    void writeStatus(nlohmann::ordered_json &deployment, const std::string &hash, Offset now);

    ReplicaSets m_sets;
    std::string m_hash{};
};

} // namespace cockpit::demo
