// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/instant.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace std::chrono;

namespace {

QDateTime toDateTime(Instant instant) { return QDateTime::fromMSecsSinceEpoch(toEpochMs(instant), Qt::UTC); }

/// The number of exactly `count` digits at `at`.
std::optional<int> digits(std::string_view text, size_t at, size_t count)
{
    if (text.size() < at + count)
        return std::nullopt;
    int value = 0;
    for (size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// Takes ".123456789" off the front; digits beyond the millisecond are cut off.
Duration takeFraction(std::string_view &text)
{
    if (text.size() < 2 || text[0] != '.' || text[1] < '0' || text[1] > '9')
        return {};
    int value = 0;
    size_t at = 1;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        if (at <= 3)
            value = value * 10 + (text[at] - '0');
    }
    for (size_t missing = at; missing <= 3; ++missing)
        value *= 10;
    text.remove_prefix(at);
    return Duration(value);
}

/// "Z" or "+02:00", and nothing behind it.
std::optional<minutes> zoneOffset(std::string_view text)
{
    if (text == "Z" || text == "z")
        return minutes(0);
    const std::optional<int> h = digits(text, 1, 2), m = digits(text, 4, 2);
    if (text.size() != 6 || !h || !m || text[3] != ':' || *h > 23 || *m > 59 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    const minutes offset = hours(*h) + minutes(*m);
    return text[0] == '-' ? -offset : offset;
}

QString part(qint64 count, QStringView unit) { return QString::number(count) + u' ' + unit.toString(); }

} // namespace

qint64 toEpochMs(Instant instant) { return instant.time_since_epoch().count(); }

Instant fromEpochMs(qint64 ms) { return Instant(Duration(ms)); }

Instant fromEpochSeconds(double seconds) { return Instant(Duration(std::llround(seconds * 1000.0))); }

QString toRfc3339(Instant instant) { return toDateTime(instant).toString(Qt::ISODateWithMs); }

std::optional<Instant> parseRfc3339(std::string_view text)
{
    // By hand, for it runs three times per alert: QDateTime would cost more than all other parsing together.
    const std::optional<int> y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    const std::optional<int> h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    if ((text[10] | 0x20) != 't' && text[10] != ' ')
        return std::nullopt;
    const year_month_day date{year(*y), month(unsigned(*mo)), day(unsigned(*d))};
    if (!date.ok() || *y < 1970 || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    text.remove_prefix(19);
    const Duration fraction = takeFraction(text);
    const std::optional<minutes> offset = zoneOffset(text);
    if (!offset)
        return std::nullopt;
    const Instant instant = sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s) + fraction - *offset;
    return instant < Instant() ? std::nullopt : std::optional<Instant>(instant);
}

QString utcTimeText(Instant instant) { return toDateTime(instant).toString(u"HH:mm:ss"); }

QString utcShortTimeText(Instant instant) { return toDateTime(instant).toString(u"HH:mm"); }

QString utcDateTimeText(Instant instant) { return toDateTime(instant).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"); }

QString roughDurationText(Duration length)
{
    const qint64 s = std::max<qint64>(0, duration_cast<seconds>(length).count());
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
    const qint64 s = std::max<qint64>(0, duration_cast<seconds>(length).count());
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
    const qint64 s = std::max<qint64>(0, duration_cast<seconds>(length).count());
    return QStringLiteral("%1:%2:%3")
        .arg(s / 3600, 2, 10, QLatin1Char('0'))
        .arg(s % 3600 / 60, 2, 10, QLatin1Char('0'))
        .arg(s % 60, 2, 10, QLatin1Char('0'));
}

} // namespace cockpit
