// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/flags/flag_source.h"
#include "models/action.h"
#include "models/fleet.h"

namespace cockpit {

// What is said of a flag before and after it is switched. Pure.

/// What would happen, and what is known about whether it can. Errors: NotFound (not in this environment), Conflict
/// (already so), Rejected (its service takes no commands), Invalid (no reason, a wrong end). `fleet` may be null.
Result<ActionPlan> flagPlan(const ActionRequest &request, const FlagReading &reading, const Fleet *fleet, Instant now);

/// What must be the same when it is sent.
QString flagPrecondition(const FlagReading &reading, const QString &environment);

/// The last time that somebody switched the flag in that environment; null when the log does not tell.
const FlagEvent *lastSwitch(const FlagReading &reading, const QString &environment);
/// It was the user of our token. Nothing when it is not known who we are.
std::optional<bool> isOurs(const FlagReading &reading, const FlagEvent &event);

/// "on", "off", "not known".
QString flagStateText(const std::optional<bool> &enabled);
/// "bob at 03:12 UTC".
QString flagHandText(const FlagEvent &event);

} // namespace cockpit
