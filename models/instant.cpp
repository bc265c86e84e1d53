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

QString part(qint64 count, QStringView unit) { return QString::number(count) + u' ' + unit.toString(); }

} // namespace

qint64 toEpochMs(Instant instant) { return instant.time_since_epoch().count(); }

Instant fromEpochMs(qint64 ms) { return Instant(Duration(ms)); }

Instant fromEpochSeconds(double seconds) { return Instant(Duration(std::llround(seconds * 1000.0))); }

QString toRfc3339(Instant instant) { return toDateTime(instant).toString(Qt::ISODateWithMs); }

std::optional<Instant> parseRfc3339(std::string_view text)
{
    const QDateTime parsed =
        QDateTime::fromString(QString::fromLatin1(text.data(), qsizetype(text.size())), Qt::ISODateWithMs);
    if (!parsed.isValid() || parsed.date().year() < 1970)
        return std::nullopt;
    return fromEpochMs(parsed.toMSecsSinceEpoch());
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
