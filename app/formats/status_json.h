// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/feature_flag.h"
#include "models/fleet.h"
#include "models/incident.h"
#include "models/items/rollout_store.h"
#include "models/override.h"
#include "models/runbook_link.h"

#include <QByteArray>

#include <functional>

namespace cockpit {

/// What the contract tells beside the Fleet; null = not known.
struct StatusLists {
    const std::vector<RolloutEntry> *rollouts = nullptr;
    const std::vector<BreakerPtr> *breakers = nullptr;
    const std::vector<FlagPtr> *flags = nullptr;
    const QList<Override> *overrides = nullptr;
    const QList<IncidentPtr> *incidents = nullptr; ///< only open ones are told
    std::function<RunbookLink(const Alert &)> runbook{}; ///< empty = runbooks are not read (yet)
};

/// The `status --json` contract (architecture.md), schema 1. What is not known is null, never 0; an array is null
/// without a source.
QByteArray statusJson(const Fleet &fleet, const StatusLists &lists = {});

/// The array "rollouts" of the contract alone, for `rollouts --json`.
QByteArray rolloutsJson(const std::vector<RolloutEntry> &rollouts);

/// 2: an urgent alert (P1, P2, unknown severity; acknowledged counts) fires. 3: a source is not ok.
/// 1: anything else fires. 0: nothing does.
int statusExitCode(const Fleet &fleet);

/// The array "alerts" of the contract alone, for `alerts --json`. Resolved ones are left out, as in statusJson().
QByteArray alertsJson(const std::vector<Alert> &alerts);

} // namespace cockpit
