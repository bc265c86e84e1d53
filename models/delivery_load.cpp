// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_load.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QMap>

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit {

namespace {

constexpr int nightBegins = 22;
constexpr int nightEnds = 6;
constexpr int dayShiftBegins = 8;
constexpr int nightShiftBegins = 20;
constexpr int mostAlerts = 20;
/// A proposal needs so many samples, and so many in a hundred of them on its side.
constexpr int fewestPages = 5;
constexpr int proposalPercent = 70;

struct LoadText {
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

QDateTime localTime(Instant at, const QTimeZone &zone) { return QDateTime::fromMSecsSinceEpoch(toEpochMs(at), zone); }

/// "raise for: by 10 m" where most firings end by themselves soon; empty where they do not.
QString calmingProposal(const QList<PageFact> &pages)
{
    const auto ended = std::count_if(pages.begin(), pages.end(), [](const PageFact &page) { return page.endedAt; });
    if (ended < fewestPages)
        return {};
    for (const int minutes : {5, 10, 15, 30}) {
        const auto brief = std::count_if(pages.begin(), pages.end(), [minutes](const PageFact &page) {
            return page.endedAt && *page.endedAt - page.at <= std::chrono::minutes(minutes);
        });
        if (brief * 100 >= ended * proposalPercent)
            return LoadText::tr("raise for: by %1 m: %2 of %3 ended within that time")
                .arg(minutes)
                .arg(brief)
                .arg(ended);
    }
    return {};
}

QString proposalFor(const AlertLoad &load, const QList<PageFact> &pages)
{
    const int marked = load.actionable + load.notActionable;
    if (marked >= 3 && load.notActionable * 100 >= marked * proposalPercent)
        return LoadText::tr("make it a ticket, not a page: %1 of %2 needed nobody").arg(load.notActionable).arg(marked);
    if (const QString calming = calmingProposal(pages); !calming.isEmpty())
        return calming;
    if (load.atNight >= 3 && load.atNight * 2 > load.pages && marked > 0 && load.actionable == 0)
        return LoadText::tr("let it wait for the morning: %1 of %2 came at night").arg(load.atNight).arg(load.pages);
    if (load.unmarked > 0)
        return LoadText::tr("say at the incident's end whether it needed somebody: %1 of %2 are not marked")
            .arg(load.unmarked)
            .arg(load.pages);
    return LoadText::tr("keep: it was needed %1 of %2 times").arg(load.actionable).arg(marked);
}

AlertLoad loadOf(const QList<PageFact> &pages, const QTimeZone &zone)
{
    AlertLoad load{.alert = pages.first().alert, .service = pages.first().service};
    for (const PageFact &page : pages) {
        ++load.pages;
        load.atNight += isAtNight(page.at, zone) ? 1 : 0;
        load.actionable += page.actionable == PageFact::Actionable::Yes ? 1 : 0;
        load.notActionable += page.actionable == PageFact::Actionable::No ? 1 : 0;
        load.unmarked += page.actionable == PageFact::Actionable::Unmarked ? 1 : 0;
    }
    load.proposal = proposalFor(load, pages);
    return load;
}

Instant shiftStart(const QDate &day, int hour, const QTimeZone &zone)
{
    return fromEpochMs(QDateTime(day, QTime(hour, 0), zone).toMSecsSinceEpoch());
}

} // namespace

bool isAtNight(Instant at, const QTimeZone &zone)
{
    const int hour = localTime(at, zone).time().hour();
    return hour >= nightBegins || hour < nightEnds;
}

QList<ShiftLoad> halfDayShifts(Instant from, Instant to, const QTimeZone &zone)
{
    QList<ShiftLoad> shifts;
    const QDate last = localTime(to, zone).date();
    for (QDate day = localTime(from, zone).date().addDays(-1); day <= last; day = day.addDays(1)) {
        const Instant morning = shiftStart(day, dayShiftBegins, zone);
        const Instant evening = shiftStart(day, nightShiftBegins, zone);
        const Instant next = shiftStart(day.addDays(1), dayShiftBegins, zone);
        const std::array both{ShiftLoad{.from = morning, .to = evening, .person = LoadText::tr("day")},
                              ShiftLoad{.from = evening, .to = next, .person = LoadText::tr("night")}};
        for (const ShiftLoad &shift : both) {
            if (shift.from < to && shift.to > from)
                shifts.prepend(shift);
        }
    }
    return shifts;
}

QList<ShiftLoad> withPages(QList<ShiftLoad> shifts, const QList<PageFact> &pages, const QTimeZone &zone)
{
    for (ShiftLoad &shift : shifts) {
        for (const PageFact &page : pages) {
            if (page.at < shift.from || page.at >= shift.to)
                continue;
            ++shift.pages;
            shift.atNight += isAtNight(page.at, zone) ? 1 : 0;
        }
    }
    return shifts;
}

QList<AlertLoad> noisiestAlerts(const QList<PageFact> &pages, Instant from, Instant to, const QTimeZone &zone)
{
    QMap<std::pair<QString, QString>, QList<PageFact>> byAlert;
    for (const PageFact &page : pages) {
        if (page.at >= from && page.at < to)
            byAlert[{page.alert, page.service}].append(page);
    }
    QList<AlertLoad> loads;
    for (const QList<PageFact> &some : byAlert)
        loads.append(loadOf(some, zone));
    std::stable_sort(loads.begin(), loads.end(), [](const AlertLoad &a, const AlertLoad &b) {
        return std::tie(b.pages, b.atNight) < std::tie(a.pages, a.atNight);
    });
    return loads.mid(0, mostAlerts);
}

} // namespace cockpit
