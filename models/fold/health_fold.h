// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

namespace cockpit {

/// Joins what the services' own health endpoints say into live, ready and healthy, each for itself: a bad word of theirs
/// stands, a good one fills in where nothing else is known, and their components are the details. Answers older than two
/// looks, at least 1 min, prove nothing. A service that only its endpoint tells of is added.
void foldProbes(std::vector<ServiceHealth> &services, const FleetInputs &inputs, Instant now);

} // namespace cockpit
