// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <string_view>

namespace cockpit {

/// A length of time, in milliseconds.
using Duration = std::chrono::milliseconds;
/// A point in time, UTC, in milliseconds. The only time type of a value.
using Instant = std::chrono::sys_time<Duration>;

/// Milliseconds since 1970-01-01T00:00:00Z.
qint64 toEpochMs(Instant instant);
Instant fromEpochMs(qint64 ms);
/// From Unix seconds as Prometheus sends them (fraction allowed), rounded to the millisecond.
Instant fromEpochSeconds(double seconds);

/// RFC 3339 in UTC with milliseconds: "2026-11-23T03:12:40.000Z".
QString toRfc3339(Instant instant);
/// Parses RFC 3339 (any offset, any number of fraction digits). Nothing on anything else.
/// The zero time of Go ("0001-01-01T00:00:00Z") is nothing too.
std::optional<Instant> parseRfc3339(std::string_view text);

/// "03:12:40" in UTC.
QString utcTimeText(Instant instant);
/// "03:12" in UTC.
QString utcShortTimeText(Instant instant);
/// "2026-11-23 03:12:40 UTC", for tool tips and reports.
QString utcDateTimeText(Instant instant);
/// A rough age for a label: "4 s", "12 m", "3 h", "5 d". Negative lengths read "0 s".
QString roughDurationText(Duration length);
/// A precise age for a heading: "10 m 40 s", "2 h 5 m", "3 d 4 h".
QString durationText(Duration length);
/// A running clock: "00:10:09".
QString clockText(Duration length);

} // namespace cockpit
