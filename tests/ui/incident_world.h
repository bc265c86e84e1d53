// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/pages_world.h"

namespace cockpit {

/// INC-42 of the pictures, as its entries make it, `extra` added.
IncidentPtr worldIncident(std::vector<IncidentEntry> extra = {});
/// An entry of INC-42 at that time of the day, by that person ("cockpit" for what wrote itself).
IncidentEntry worldEntry(const QString &time, const QString &actor, IncidentBody body);
/// An entry of INC-42 with that id, so that a test can speak of it.
IncidentEntry namedEntry(const QString &id, const QString &time, const QString &actor, IncidentBody body);
/// Shows INC-42 with paging, chat, a draft and its targets; the person at the screen is "oncall-a".
void fillIncident(PagesWorld &world, const IncidentPtr &incident);
/// `count` notes, alerts and changes of one incident, one a second.
IncidentPtr longIncident(int count);

} // namespace cockpit
