// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cluster_plan.h"
#include "app/demo/kubernetes/cluster_state.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// The HorizontalPodAutoscalers: each gives its Rollout more pods when its pods are too busy, within its limits, and
/// never takes any away by itself (scaleDown is disabled); limits hold at once. Without anything that says how busy
/// pods are, only the limits count.
class Autoscalers {
public:
    explicit Autoscalers(ClusterState &state, const ClusterPlan &plan)
        : m_state(state)
        , m_plan(plan)
    {}
    void seed();
    /// Looks at all of them. Answers when to look next.
    Offset reconcile(Offset now);

    static constexpr Offset every = 15.0;
    static constexpr int targetUtilization = 70; ///< per cent

private:
    void reconcileOne(const std::string &name, Offset now);
    void writeStatus(const std::string &name, int current, int wanted, int desired, Offset now, bool scaled);

    ClusterState &m_state;
    const ClusterPlan &m_plan;
    std::map<std::string, std::pair<int, int>> m_limits{}; ///< that the world knows
};

} // namespace cockpit::demo
