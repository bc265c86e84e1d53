// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/scenario.h"

namespace cockpit::demo {

/// Puts what people did to breakers, flags and the mesh into the scenario's plans, and bends its curves by it: what a
/// lever eases gets well within seconds, and is as bad as before when it is let go; a breaker that is held open costs
/// its caller what its fallback cannot serve. `events` hold all pods.
void pullLevers(Scenario &scenario, const WorldEvents &events);
/// What services reject, move and end because they are too busy, from how busy they are; rejected requests fail.
void shedLoad(Scenario &scenario);
/// The mean over the pods of `breaker.from` of what `figure` makes of the state of each; as steps.
Curve overPods(const BreakerPlan &breaker, const std::vector<PodLife> &pods, double (*figure)(const std::string &state));

} // namespace cockpit::demo
