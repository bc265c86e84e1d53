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
/// A figure of the proof. Its text reads "error rate: 1.7 % before, 0.03 % now, limit below 1 %, held 2 m 39 s of 5 m";
/// what is missing stays empty, and a text of another shape stands whole in the name.
StripProof stripProof(const Evidence &evidence);

} // namespace cockpit
