// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fold/alert_fold.h"

namespace cockpit {

/// Appends what the previous fleet held of Alertmanager's alerts and the present lists do not: Resolved, where that is
/// proven, else as it was, with `missedSince`. Proven is: every member of the cluster answers without it and none has
/// just restarted or is settling; or, while a member is missing, a sound member answers without it and Prometheus no
/// longer fires it, or Alertmanager's own resolve timeout (5 min) has passed where no rule of that name is known.
/// Resolved ones are kept for FleetRules::resolvedKept.
void appendMissedAlerts(const std::vector<ClusterView> &clusters, const FleetInputs &inputs, const FleetRules &rules,
                        const Fleet &previous, Instant now, std::vector<Alert> &alerts);

} // namespace cockpit
