// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "models/incident.h"

namespace cockpit {

/// Which incident a command means, and the words that are left of its arguments.
struct MeantIncident {
    IncidentPtr incident{}; ///< never null
    QStringList words{};
};
/// `words` may begin with "INC-42", "42" or "local-3"; without it the gravest open one is meant, for reading
/// (`forReading`) also the newest that has ended. Errors: NotFound.
Result<MeantIncident> incidentMeant(Session &session, QStringList words, bool forReading);

/// An entry of its timeline by the last digits of its id, as `incident show` prints them. Errors: NotFound, Invalid
/// (several are meant).
Result<IncidentEntry> entryMeant(const Incident &incident, const QString &words);
/// "9f3c1a2b": enough of an entry's id to name it.
QString shortEntryId(const EntryId &id);

/// "INC-42  P1  mitigation  00:10:09  Meeting joins fail".
QStringList incidentRow(const Incident &incident, Instant now);
/// Its head, response clock, roles, tasks and timeline, for a terminal.
QString incidentText(Session &session, const Incident &incident);
/// Reports a refusal, with the code of an action that was refused.
void refuseIncident(const Error &error, const Finish &finish);

} // namespace cockpit
