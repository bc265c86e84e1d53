// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

namespace cockpit {

/// Fills in everything of `incident` that follows from its `head` and its sorted `timeline`. Whatever order the entries
/// came in, the outcome is one: what is set is taken in the order of recordedAt and id, facts in the timeline's own.
/// REQUIRES: an IncidentOpened in the timeline.
void deriveIncident(Incident &incident);

} // namespace cockpit
