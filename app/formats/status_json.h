// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QByteArray>

namespace cockpit {

/// The `status --json` contract (architecture.md), schema 1. What is not known is null, never 0; an array is null
/// without a source.
QByteArray statusJson(const Fleet &fleet);

/// 2: an urgent alert (P1, P2, unknown severity; acknowledged counts) fires. 3: a source is not ok.
/// 1: anything else fires. 0: nothing does.
int statusExitCode(const Fleet &fleet);

/// The array "alerts" of the contract alone, for `alerts --json`. Resolved ones are left out, as in statusJson().
QByteArray alertsJson(const std::vector<Alert> &alerts);

} // namespace cockpit
