// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/items/rollout_store.h"
#include "models/verdict_judge.h"

namespace cockpit {

/// The alerts of a fleet that fire, muted ones too. Not known while a cluster of Alertmanagers has no member that
/// answers. `fleet` may be null.
AlertSight alertSightOf(const Fleet *fleet);

/// What a guard sees of one rollout. `oldest` is how old what the cluster said may be.
GuardSight guardSightOf(const RolloutEntry &entry, const Fleet *fleet, Duration oldest, Instant now);

} // namespace cockpit
