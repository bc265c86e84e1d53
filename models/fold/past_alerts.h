// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fold/alert_fold.h"

namespace cockpit {

/// Appends, as Resolved, the alerts that Prometheus remembers to have fired and ended within FleetRules::resolvedKept
/// and that nobody here saw: what happened before this cockpit ran. One that any alert of `alerts` carries on (its
/// labels are a part of that alert's) is left out.
void appendPastAlerts(const FleetInputs &inputs, const FleetRules &rules, Instant now, std::vector<Alert> &alerts);

} // namespace cockpit
