// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/scenario.h"

namespace cockpit::demo {

// What goes wrong between services, and what eases it: a dependency that is gone, a flag, too much load, an override.

Scenario redisDown();
Scenario flagGoneWrong();
Scenario loadShedding();
Scenario forgottenOverride();

/// The two alerts that someone has already silenced for the night.
void addSilencedAlerts(Scenario &scenario);
/// What joins that wait for mc-service do to it and to the breaker in front of it since the flag fast-join is on; the
/// flag off or that breaker held open ends it.
void addJoinTrouble(Scenario &scenario);

} // namespace cockpit::demo
