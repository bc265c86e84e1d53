// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/items/breaker_store.h"
#include "models/items/rollout_store.h"
#include "models/runbook_action.h"

namespace cockpit {

/// What a runbook's action may mean now.
struct RunbookActionScene {
    const RolloutStore &rollouts;
    const BreakerStore *breakers = nullptr; ///< breakers and flags; null = neither is configured
    QString context{};                      ///< of the alert: chosen where the name fits several
    QString nameSpace{};                    ///< the same
    Instant now{};
};

/// The very request that the pages make for it, to be planned and confirmed as everywhere. Rollback is what the
/// Rollouts page offers: abort while an update runs, else an earlier revision. Pure.
/// Errors: Invalid (the block cannot be read, several fit, a key is missing), NotFound (no such rollout, breaker, flag,
/// revision), Unavailable (nothing of that kind is configured, or no cluster has answered).
Result<ActionRequest> requestOf(const RunbookActionReference &reference, const RunbookActionScene &scene);

} // namespace cockpit
