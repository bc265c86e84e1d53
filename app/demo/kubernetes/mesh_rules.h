// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cluster_plan.h"
#include "app/demo/kubernetes/cluster_state.h"

#include <map>
#include <string>

namespace cockpit::demo {

/// Istio's objects: a VirtualService and a DestinationRule for each Rollout, and what a fault in a route does to the
/// calls (design/backends.md §7 c).
class MeshRules {
public:
    explicit MeshRules(ClusterState &state, const ClusterPlan &plan)
        : m_state(state)
        , m_plan(plan)
    {}
    void seed();
    /// Tells the world of what routes abort now.
    void reconcile(Offset now);

private:
    ClusterState &m_state;
    const ClusterPlan &m_plan;
    std::map<std::string, double> m_aborted{}; ///< share of the calls, by service
};

} // namespace cockpit::demo
