// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/change.h"
#include "models/items/rollout_store.h"
#include "models/service.h"

#include <QList>

#include <vector>

namespace cockpit {

/// A change with why it may be the cause. The order of a list of these is a hypothesis, never a verdict.
struct RankedChange {
    /// Whose change it is, as seen from the service that hurts.
    enum class Relation { Same, Dependency, Dependant, Elsewhere };
    Change change{};
    ObjectKey object{};
    Duration gap{}; ///< from the change to the onset, >= 0
    Relation relation = Relation::Elsewhere;
    int distance = 0; ///< steps along dependsOn; 0 for the same service, and where there is no way
};

/// "same service", "dependency", "dependant", "elsewhere".
QString toWireName(RankedChange::Relation relation);

/// Rollouts, their steps, scalings and written configuration in the `window` before `onset`, the likeliest first: close
/// in time, and close along the dependencies (a step towards a dependency weighs as much as ten minutes, towards a
/// dependant twenty, no way at all ninety). Each carries its real undo: abort while the update runs and the kind can,
/// else the revision before; the old number of pods where nobody else scales; nothing where there is none. Bounded.
QList<RankedChange> changesBefore(Instant onset, Duration window, const ServiceId &service,
                                  const std::vector<RolloutEntry> &rollouts, const std::vector<ClusterEvent> &events,
                                  const ServiceMap &services);

/// A change with its place among the causes, as seen from the service that hurts since `onset`.
RankedChange rankedChange(Change change, const ObjectKey &object, Instant onset, const ServiceId &service,
                          const ServiceMap &services);
/// The likeliest first, as changesBefore() has them.
void sortByLikelihood(QList<RankedChange> &changes);

/// The undo that rollback means for this rollout now: abort where an update runs that can be aborted, else the earlier
/// revision; nothing where there is none.
std::optional<ActionIntent> rollbackIntent(const Rollout &rollout);

} // namespace cockpit
