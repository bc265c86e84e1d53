// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/breaker_flows.h"

#include "app/demo/levers.h"
#include "app/demo/world.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace cockpit::demo {

namespace {

double permitted(const std::string &state)
{
    if (state == "open" || state == "forced_open")
        return 0.0;
    return state == "half_open" ? BreakerPlan::trialShare : 1.0;
}

/// The calls with the share `let` of them let through.
BreakerFlows flowsOf(const BreakerPlan &plan, const Curve &wanted, const Curve &let, const Wobble &load)
{
    BreakerFlows flows;
    flows.plan = &plan;
    const Curve through = wanted * let;
    flows.passed = Flow(plan.calls, through * plan.failures.complement(), load);
    flows.failed = Flow(plan.calls, through * plan.failures, load);
    flows.slow = Flow(plan.calls, through * plan.slow, load);
    flows.rejected = Flow(plan.calls, wanted * let.complement(), load);
    return flows;
}

double heldOpenShare(const std::string &state) { return state == "forced_open" ? 1.0 : 0.0; }

int partOf(int whole, double share) { return static_cast<int>(std::lround(whole * std::clamp(share, 0.0, 1.0))); }

} // namespace

BreakerFlows breakerFlows(const BreakerPlan &plan, const std::vector<PodLife> &pods, const Wobble &load,
                          double requests)
{
    BreakerFlows flows = flowsOf(plan, Curve(1.0), overPods(plan, pods, permitted), load);
    flows.lost = Flow(requests * plan.lost, overPods(plan, pods, heldOpenShare), load);
    return flows;
}

BreakerFlows podBreakerFlows(const World &world, const BreakerPlan &plan, const ServingPod &pod)
{
    std::set<Offset> times;
    std::vector<PodLife> together;
    for (const ServiceFlows &service : world.services())
        if (service.plan.name == plan.from)
            for (const ServingPod &other : service.pods) {
                together.push_back(other.life);
                times.insert({other.life.readyAt, other.life.until});
            }
    times.erase(PodLife::forever);
    std::vector<Curve::Knot> share;
    double before = 0;
    for (const Offset at : times) {
        const auto serving = std::count_if(together.begin(), together.end(), [at](const PodLife &life) {
            return life.readyAt <= at && at < life.until;
        });
        const double now = pod.servesAt(at) && serving > 0 ? 1.0 / static_cast<double>(serving) : 0.0;
        if (now == before)
            continue;
        share.insert(share.end(), {{at, before}, {at + 0.001, now}});
        before = now;
    }
    if (share.empty())
        share.emplace_back(0.0, 1.0);
    return flowsOf(plan, Curve(std::move(share)), overPods(plan, {pod.life}, permitted), world.breakerLoad(plan));
}

BreakerReading breakerReading(const World &world, const BreakerPlan &plan, const ServingPod &pod, Offset time)
{
    return breakerReading(plan, podBreakerFlows(world, plan, pod), pod, time);
}

bool hasState(const ServiceFlows &caller, const BreakerPlan &plan, const std::string &state, Offset time)
{
    if (plan.forces.empty())
        return plan.stateAt(time) == state;
    return std::any_of(caller.pods.begin(), caller.pods.end(), [&](const ServingPod &pod) {
        return pod.servesAt(time) && plan.stateOf(pod.life, time) == state;
    });
}

BreakerReading breakerReading(const BreakerPlan &plan, const BreakerFlows &flows, const ServingPod &pod, Offset time)
{
    BreakerReading reading;
    reading.state = plan.stateOf(pod.life, time);
    const std::vector<BreakerMove> moves = breakerMoves(plan, pod.life, time);
    reading.since = moves.empty() ? pod.life.begin() : moves.back().at;
    reading.rejected = std::floor(flows.rejected.increase(time, time - reading.since));
    Offset judged = time;
    if (reading.state == "open")
        judged = reading.since - 1.0; // it keeps the figures that opened it
    else if (reading.state == "half_open")
        reading.buffered = std::min(4, static_cast<int>(flows.calls(time, time - reading.since) / 10.0));
    if (reading.state == "open")
        reading.buffered = BreakerReading::window;
    if (reading.state == "closed")
        reading.buffered =
            static_cast<int>(std::min<double>(BreakerReading::window, flows.calls(time, time - reading.since)));
    reading.failed = partOf(reading.buffered, plan.failures.at(judged));
    reading.slow = partOf(reading.buffered, plan.slow.at(judged));
    reading.slowFailed = std::min(reading.failed, reading.slow) / 2;
    return reading;
}

std::vector<BreakerMove> breakerMoves(const BreakerPlan &plan, const PodLife &pod, Offset until)
{
    std::set<Offset> times;
    for (const auto &[at, state] : plan.states)
        times.insert(at);
    for (const BreakerForce &force : plan.forces)
        times.insert({force.at, force.at + BreakerPlan::closedAfterReset, force.until,
                      force.until + BreakerPlan::closedAfterReset});
    std::vector<BreakerMove> moves;
    std::string before = "closed";
    for (const Offset at : times) {
        if (at > until || at >= pod.until)
            break;
        const std::string &after = plan.stateOf(pod, at);
        if (at < pod.begin() || after == before)
            continue;
        const bool byHand = std::any_of(plan.forces.begin(), plan.forces.end(),
                                        [at](const BreakerForce &force) { return force.at == at; });
        moves.push_back({at, before, after, byHand});
        before = after;
    }
    return moves;
}

} // namespace cockpit::demo
