// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/instant.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cockpit {

namespace {

QDateTime toDateTime(Instant instant) { return QDateTime::fromMSecsSinceEpoch(toEpochMs(instant), Qt::UTC); }

QString part(qint64 count, QStringView unit) { return QString::number(count) + u' ' + unit.toString(); }

} // namespace

qint64 toEpochMs(Instant instant) { return instant.time_since_epoch().count(); }

Instant fromEpochMs(qint64 ms) { return Instant(Duration(ms)); }

Instant fromEpochSeconds(double seconds) { return Instant(Duration(std::llround(seconds * 1000.0))); }

QString toRfc3339(Instant instant) { return toDateTime(instant).toString(Qt::ISODateWithMs); }

namespace {

/// Reads `digits` decimal digits at the front of `text`; nothing when they are not all digits.
std::optional<int> takeDigits(std::string_view &text, size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool takeOneOf(std::string_view &text, std::string_view wanted)
{
    if (text.empty() || wanted.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Any number of digits, cut to milliseconds.
std::optional<int> takeFraction(std::string_view &text)
{
    if (!takeOneOf(text, "."))
        return 0;
    int fraction = 0;
    size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits, text.remove_prefix(1)) {
        if (digits < 3)
            fraction = fraction * 10 + (text.front() - '0');
    }
    if (digits == 0)
        return std::nullopt;
    for (; digits < 3; ++digits)
        fraction *= 10;
    return fraction;
}

/// "Z" or "+01:00".
std::optional<std::chrono::minutes> takeOffset(std::string_view &text)
{
    if (takeOneOf(text, "Zz"))
        return std::chrono::minutes(0);
    const bool west = !text.empty() && text.front() == '-';
    if (!takeOneOf(text, "+-"))
        return std::nullopt;
    const std::optional<int> hour = takeDigits(text, 2);
    if (!hour || !takeOneOf(text, ":"))
        return std::nullopt;
    const std::optional<int> minute = takeDigits(text, 2);
    if (!minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    return std::chrono::minutes((west ? -1 : 1) * (*hour * 60 + *minute));
}

} // namespace

std::optional<Instant> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    // By hand: QDateTime takes a time without an offset for local time, and costs 20 times as much, three times for
    // each of 10 000 alerts.
    std::optional<int> part[6];
    constexpr std::string_view separators[] = {"-", "-", "Tt ", ":", ":", ""};
    for (size_t i = 0; i < std::size(part); ++i) {
        part[i] = takeDigits(text, i == 0 ? 4 : 2);
        if (!part[i] || (!separators[i].empty() && !takeOneOf(text, separators[i])))
            return std::nullopt;
    }
    const std::optional<int> ms = takeFraction(text);
    const std::optional<minutes> offset = ms ? takeOffset(text) : std::nullopt;
    const year_month_day date{year(*part[0]), month(unsigned(*part[1])), day(unsigned(*part[2]))};
    const bool inRange = *part[0] >= 1970 && date.ok() && *part[3] < 24 && *part[4] < 60 && *part[5] <= 60;
    if (!offset || !text.empty() || !inRange)
        return std::nullopt;
    return sys_days(date) + hours(*part[3]) + minutes(*part[4]) + seconds(*part[5]) + milliseconds(*ms) - *offset;
}

QString utcTimeText(Instant instant) { return toDateTime(instant).toString(u"HH:mm:ss"); }

QString utcShortTimeText(Instant instant) { return toDateTime(instant).toString(u"HH:mm"); }

QString utcDateTimeText(Instant instant) { return toDateTime(instant).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"); }

QString roughDurationText(Duration length)
{
    const qint64 s = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(length).count());
    if (s < 90)
        return part(s, u"s");
    if (s < 90 * 60)
        return part(s / 60, u"m");
    if (s < 36 * 3600)
        return part(s / 3600, u"h");
    return part(s / 86400, u"d");
}

QString durationText(Duration length)
{
    const qint64 s = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(length).count());
    if (s < 60)
        return part(s, u"s");
    if (s < 3600)
        return part(s / 60, u"m") + u' ' + part(s % 60, u"s");
    if (s < 86400)
        return part(s / 3600, u"h") + u' ' + part(s % 3600 / 60, u"m");
    return part(s / 86400, u"d") + u' ' + part(s % 86400 / 3600, u"h");
}

QString clockText(Duration length)
{
    const qint64 s = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(length).count());
    return QStringLiteral("%1:%2:%3")
        .arg(s / 3600, 2, 10, QLatin1Char('0'))
        .arg(s % 3600 / 60, 2, 10, QLatin1Char('0'))
        .arg(s % 60, 2, 10, QLatin1Char('0'));
}

} // namespace cockpit
