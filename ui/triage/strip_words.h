// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "ui/widgets/action_strip.h"

namespace cockpit {

/// What the strip shows of an action. `byKey`: it was opened by a key, so only a second key runs it.
ActionStripView stripView(const ActionRecord &record, bool byKey);
/// The same before there is a record: the plan is being made.
ActionStripView planningView(const QString &title);
/// A check as the strip shows it, with source and time in its detail.
StripCheck stripCheck(const Evidence &evidence);

} // namespace cockpit
