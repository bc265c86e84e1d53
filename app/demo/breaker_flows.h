// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/breaker_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cockpit::demo {

class World;
struct ServiceFlows;
struct ServingPod;

/// The calls through one breaker: of all pods of its caller, or of one.
struct BreakerFlows {
    const BreakerPlan *plan = nullptr;
    Flow passed{};
    Flow failed{};
    Flow slow{}; ///< those of `passed` and `failed` that were slow
    Flow rejected{};
    Flow lost{}; ///< requests of the caller that its fallback cannot serve
    double calls(Offset time, double window) const
    {
        return passed.increase(time, window) + failed.increase(time, window);
    }
};

/// Of all pods in `pods` together; the caller has `requests` per second.
BreakerFlows breakerFlows(const BreakerPlan &plan, const std::vector<PodLife> &pods, const Wobble &load,
                          double requests);
/// Of one pod, by its own state and its share of its caller's calls.
BreakerFlows podBreakerFlows(const World &world, const BreakerPlan &plan, const ServingPod &pod);

/// What one pod tells of one of its breakers.
struct BreakerReading {
    std::string state{};
    Offset since = 0;   ///< when that state began; -infinity = always so
    int buffered = 0;   ///< calls that the shares rest on
    int failed = 0;     ///< of these
    int slow = 0;       ///< of these
    int slowFailed = 0; ///< of these
    double rejected = 0; ///< since the state began
    /// Per cent; −1 with too few calls.
    double failureRate() const { return buffered < leastCalls ? -1.0 : 100.0 * failed / buffered; }
    double slowRate() const { return buffered < leastCalls ? -1.0 : 100.0 * slow / buffered; }
    static constexpr int window = 100;   ///< calls, of a sliding window
    static constexpr int leastCalls = 5; ///< below which there are no shares
};
BreakerReading breakerReading(const World &world, const BreakerPlan &plan, const ServingPod &pod, Offset time);
/// The same from the flows of that pod.
BreakerReading breakerReading(const BreakerPlan &plan, const BreakerFlows &flows, const ServingPod &pod, Offset time);
/// True while one of the caller's pods has it in that state.
bool hasState(const ServiceFlows &caller, const BreakerPlan &plan, const std::string &state, Offset time);

/// One change of state of one pod's breaker.
struct BreakerMove {
    Offset at = 0;
    std::string before{};
    std::string after{};
    bool byHand = false;
};
/// Oldest first; only what the pod lived to see.
std::vector<BreakerMove> breakerMoves(const BreakerPlan &plan, const PodLife &pod, Offset until);

} // namespace cockpit::demo
