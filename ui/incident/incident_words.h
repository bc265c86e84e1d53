// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/incident_figures.h"
#include "models/state_glyph.h"
#include "ui/theme/icon.h"

#include <optional>

namespace cockpit {

/// "Mitigation".
QString phaseWord(IncidentPhase phase);
/// "Operations lead".
QString roleWord(IncidentRole role);
/// "alert to acknowledged".
QString figureWord(IncidentFigure::What what);
/// "Users affected".
QString fieldWord(IncidentField field);
/// P1 Critical, P2 Warning, else Muted.
Role levelRole(Priority level);
StateGlyph levelGlyph(Priority level);
/// "you" for `me`, "auto" for the cockpit itself, else the name on one line.
QString personWord(const QString &actor, const QString &me);
/// A short clock, never negative: "0:44", "10:09", "1:02:03".
QString shortClockText(Duration length);
/// "1 entry", "17 entries".
QString entryCountWords(qsizetype count);

/// How an entry is drawn: a state's glyph or an icon.
struct EntryLook {
    std::optional<StateGlyph> glyph{};
    Icon icon = Icon::Note;
    Role iconColor = Role::Muted;
    bool byPerson = false; ///< a note, a report: on raised ground
};
EntryLook entryLook(const IncidentEntry &entry);

/// What the timeline is filtered by.
enum class TimelineFilter { All, Alerts, Actions, Changes, Notes };
QString toWireName(TimelineFilter filter);
TimelineFilter timelineFilterOf(const QString &wireName);
/// Corrections are shown on what they correct, never as an entry of their own.
bool isShown(const IncidentEntry &entry, TimelineFilter filter);

/// "03:02", "03:02:10", "2026-11-23 03:02[:10]" in UTC or RFC 3339; a time of day is that of the last 24 h before `now`.
std::optional<Instant> typedInstant(const QString &text, Instant now);
/// What typedInstant reads back: "2026-11-23 03:02:10".
QString typedText(Instant at);
/// "2026-11-23 03:12:05.250 UTC, 04:12:05 local": the time in full.
QString bothTimesText(Instant at);

} // namespace cockpit
