// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/breaker_plan.h"

namespace cockpit::demo {

const std::string &BreakerPlan::stateAt(Offset time) const
{
    static const std::string closed = "closed";
    const std::string *state = &closed;
    for (const auto &[at, stateName] : states)
        if (at <= time)
            state = &stateName;
    return *state;
}

const std::string &BreakerPlan::stateOf(const PodLife &pod, Offset time) const
{
    static const std::vector<std::string> forcedNames{"closed", "forced_open", "forced_closed", "disabled"};
    const BreakerForce *last = nullptr;
    for (const BreakerForce &force : forces)
        if (force.at <= time && force.at >= pod.begin() && (force.pod.empty() || force.pod == pod.name))
            last = &force;
    if (last == nullptr)
        return stateAt(time);
    const Offset freeSince = last->mode == BreakerForce::Mode::None ? last->at : last->until;
    if (time < freeSince)
        return forcedNames[static_cast<std::size_t>(last->mode)];
    return time < freeSince + closedAfterReset ? forcedNames.front() : stateAt(time);
}

double BreakerPlan::abortedAt(Offset time) const
{
    double share = 0;
    for (const AbortShift &shift : aborts)
        if (shift.at <= time)
            share = shift.share;
    return share;
}

const std::vector<std::string> &breakerStates()
{
    static const std::vector<std::string> all{"closed",      "open",     "half_open",    "forced_open",
                                              "forced_closed", "disabled", "metrics_only"};
    return all;
}

bool FlagPlan::isOnAt(Offset time) const
{
    bool on = onAt && *onAt <= time;
    for (const auto &[at, state] : flips)
        if (at <= time)
            on = state;
    return on;
}

} // namespace cockpit::demo
