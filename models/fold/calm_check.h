// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/fold/alert_fold.h"
#include "models/fold/cluster_view.h"

namespace cockpit {

/// Decides whether it is proven that nothing fires (operations.md §0) and sets Fleet::calm and Fleet::calmChecks:
/// calm.sources, calm.watchdog, calm.rules, calm.agreement, calm.restart, calm.firing.
/// REQUIRES: sources and counts of the fleet are set.
void checkCalm(Fleet &fleet, const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
               const FleetRules &rules, const AlertFindings &findings, Instant now);

} // namespace cockpit
