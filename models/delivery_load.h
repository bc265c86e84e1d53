// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"

#include <QTimeZone>

namespace cockpit {

/// One time that somebody was called: an alert of P1 or P2 that fired.
struct PageFact {
    enum class Actionable { Unmarked, Yes, No };
    QString alert{};
    QString service{};
    Instant at{};
    std::optional<Instant> endedAt{}; ///< nothing while it fires, or where the end was not seen
    Actionable actionable = Actionable::Unmarked;
    bool operator==(const PageFact &) const = default;
};

/// From 22:00 (included) to 06:00 in that zone.
bool isAtNight(Instant at, const QTimeZone &zone);

/// Shifts from 08:00 to 20:00 ("day") and from 20:00 to 08:00 ("night") of that zone that touch [from, to), newest
/// first: what stands where no paging service tells who was on call.
QList<ShiftLoad> halfDayShifts(Instant from, Instant to, const QTimeZone &zone);
/// The shifts with their pages counted; a page belongs to every shift that was running.
QList<ShiftLoad> withPages(QList<ShiftLoad> shifts, const QList<PageFact> &pages, const QTimeZone &zone);

/// Per alert of a service, over the pages in [from, to): most pages first, at most 20, each with what to do about it.
QList<AlertLoad> noisiestAlerts(const QList<PageFact> &pages, Instant from, Instant to, const QTimeZone &zone);

} // namespace cockpit
