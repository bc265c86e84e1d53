// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/instant.h"

#include <QString>

namespace cockpit {

/// "Detection", "Triage", … for people.
QString phaseName(IncidentPhase phase);
/// "Commander", "Operations lead", … for people.
QString roleName(IncidentRole role);
/// "Impact started", "Users affected", … for people.
QString fieldName(IncidentField field);

/// A length in words, as a sentence has it: "44 seconds", "1 minute", "10 minutes and 9 seconds", "2 hours and
/// 5 minutes". Two units at most; less than nothing reads as "0 seconds".
QString durationInWords(Duration length);
/// The same in whole minutes for what need not be precise: "less than a minute", "4 minutes", "1 hour and 1 minute".
QString roughlyInWords(Duration length);
/// "once", "twice", "3 times".
QString timesInWords(int count);
/// "a", "a and b", "a, b and c".
QString enumerated(const QStringList &words);

/// When service was restored, once the incident left Mitigation: when the last of its alerts ended, where all of them
/// ended before somebody said so; else when it was said (mitigatedAt).
std::optional<Instant> serviceRestoredAt(const Incident &incident);
/// "words." without a second full stop.
QString withFullStop(const QString &words);

/// Text from outside of any number of lines: line ends stay, other control characters and marks that turn the direction
/// of text are taken out.
QString plainBlock(const QString &text);
/// A note as it is kept: one that is longer than IncidentNote::kLongestNote is cut there, and its last line says so.
/// Cutting twice cuts once.
QString keptNote(const QString &text);

} // namespace cockpit
