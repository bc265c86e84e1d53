// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/feature_flag.h"
#include "models/rollout_changes.h"

namespace cockpit {

/// What happened to flags in the `window` before `onset` in the environment that is looked after, ranked as changesBefore()
/// ranks rollouts. A switch that still holds carries its real undo: the flag back to what it was, where it can be set.
QList<RankedChange> flagChangesBefore(Instant onset, Duration window, const ServiceId &service,
                                      const std::vector<FlagPtr> &flags, const std::vector<FlagEvent> &events,
                                      const ServiceMap &services);

/// Both lists as one, the likeliest first.
QList<RankedChange> mergedChanges(const QList<RankedChange> &some, const QList<RankedChange> &others);

/// The likeliest switch of a flag that can be taken back and has to do with the service; nothing when there is none.
std::optional<RankedChange> suspectedFlag(const QList<RankedChange> &changes);

} // namespace cockpit
