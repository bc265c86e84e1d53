// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/opencost_query.h"

#include "app/demo/wire_time.h"

#include <chrono>

namespace cockpit::demo {

namespace {

using CostDays = std::chrono::sys_days;

Instant midnight(CostDays day)
{
    return fromEpochMs(static_cast<qint64>(day.time_since_epoch().count()) * 86400000);
}

CostDays dayWith(Instant instant)
{
    return CostDays(std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(toEpochMs(instant))));
}

/// The named windows; weeks begin on Sunday, as OpenCost's do.
std::optional<CostWindow> namedWindow(const std::string &name, Instant now)
{
    using std::chrono::days;
    const CostDays today = dayWith(now);
    const CostDays week = today - days(std::chrono::weekday(today).c_encoding());
    const std::chrono::year_month_day date(today);
    const auto month = date.year() / date.month();
    if (name == "today")
        return CostWindow{midnight(today), now};
    if (name == "yesterday")
        return CostWindow{midnight(today - days(1)), midnight(today)};
    if (name == "week")
        return CostWindow{midnight(week), now};
    if (name == "lastweek")
        return CostWindow{midnight(week - days(7)), midnight(week)};
    if (name == "month")
        return CostWindow{midnight(CostDays(month / 1)), now};
    if (name == "lastmonth")
        return CostWindow{midnight(CostDays((month - std::chrono::months(1)) / 1)), midnight(CostDays(month / 1))};
    return std::nullopt;
}

} // namespace

std::optional<CostWindow> costWindow(const std::string &text, Instant now)
{
    if (const std::optional<CostWindow> named = namedWindow(text, now))
        return named;
    if (const std::size_t comma = text.find(','); comma != std::string::npos) {
        const std::optional<Instant> from = wireInstant(text.substr(0, comma));
        const std::optional<Instant> to = wireInstant(text.substr(comma + 1));
        return from && to && *from < *to ? std::optional(CostWindow{*from, *to}) : std::nullopt;
    }
    const bool hasUnit = !text.empty() && std::string("mhdw").find(text.back()) != std::string::npos;
    const double seconds = hasUnit ? wireSeconds(text) : 0.0;
    if (!(seconds > 0.0) || seconds > 1.0e9)
        return std::nullopt;
    return CostWindow{now - Duration(static_cast<qint64>(seconds * 1000.0)), now};
}

} // namespace cockpit::demo
