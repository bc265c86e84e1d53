// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker_intents.h"

#include <vector>

namespace cockpit {

/// The breaker that could be forced open to stop what ails a service: one of its own towards a dependency that fails,
/// else one of its callers towards it; the one that fails most. Null when none fails (20 % of its calls, or open or
/// half-open), can be forced open, and is in its own hands.
BreakerPtr suspectedBreaker(const ServiceId &service, const std::vector<BreakerPtr> &breakers);

} // namespace cockpit
