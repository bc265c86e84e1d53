// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/fold/cluster_view.h"

#include <QHash>

#include <vector>

namespace cockpit {

/// How many alerts of which weight a service has.
struct ServiceAlertCounts {
    int firing = 0; ///< firing and acknowledged
    int urgent = 0; ///< of these: P1, P2, unknown severity
    int warning = 0; ///< of these: P3
    int silenced = 0;
};

/// The health of all services, worst pain first, then by name; `alerts` of each is left empty.
/// Figures carry the time of their sample (Figure::SampleTime of the same Prometheus and service; only where the preset
/// has none, the time of the query). Samples older than 2× the poll interval, at least 1 min, prove nothing.
std::vector<ServiceHealth> foldServices(const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
                                        const FleetRules &rules, const std::vector<Alert> &alerts,
                                        const Fleet *previous, Instant now);

} // namespace cockpit
