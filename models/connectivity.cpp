// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectivity.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ConnectivityTexts {
    Q_DECLARE_TR_FUNCTIONS(Connectivity)
};

bool isDown(const SourceStatus &source) { return source.state == SourceStatus::State::Down; }

/// Pages and chat are asked once in a while and live elsewhere: they say nothing about the way to the fleet.
bool tellsOfFleet(const SourceStatus &source)
{
    return source.kind != SourceStatus::Kind::Paging && source.kind != SourceStatus::Kind::Chat;
}

bool fleetIsOutOfReach(const QList<SourceStatus> &sources)
{
    int asked = 0;
    for (const SourceStatus &source : sources) {
        if (!tellsOfFleet(source))
            continue;
        if (!isDown(source))
            return false;
        ++asked;
    }
    return asked > 0;
}

/// The oldest last success among those that gave anything.
std::optional<Instant> oldestSuccess(const QList<SourceStatus> &sources)
{
    std::optional<Instant> oldest;
    for (const SourceStatus &source : sources) {
        if (source.lastSuccess)
            oldest = oldest ? std::min(*oldest, *source.lastSuccess) : *source.lastSuccess;
    }
    return oldest;
}

/// Heard since: another success than the one before, in either direction, because the clock may have been set back.
bool answeredSince(const SourceStatus &source, Instant before)
{
    return source.state == SourceStatus::State::Unauthorized || (source.lastSuccess && *source.lastSuccess != before);
}

struct Count {
    int answered = 0;
    int failed = 0;
    std::optional<Instant> dataFrom{};
};

Count countOf(const QHash<SourceId, Instant> &awaited, const QList<SourceStatus> &sources)
{
    Count count;
    for (const SourceStatus &source : sources) {
        const auto before = awaited.constFind(source.id);
        if (before == awaited.constEnd())
            continue;
        if (answeredSince(source, *before)) {
            ++count.answered;
            continue;
        }
        if (isDown(source))
            ++count.failed;
        count.dataFrom = count.dataFrom ? std::min(*count.dataFrom, *before) : *before;
    }
    return count;
}

Connectivity offline(const Connectivity &before, const QList<SourceStatus> &sources, Instant now)
{
    if (before.state == Connectivity::State::Offline)
        return before;
    Connectivity after = before;
    if (before.state == Connectivity::State::Current) {
        after.cause = Connectivity::Cause::NetworkLoss;
        after.since = now;
        after.missed = std::nullopt;
        after.awaited.clear();
        for (const SourceStatus &source : sources) {
            if (source.lastSuccess)
                after.awaited.insert(source.id, *source.lastSuccess);
        }
    }
    after.state = Connectivity::State::Offline;
    after.answered = 0;
    after.dataFrom = oldestSuccess(sources);
    return after;
}

QString causeText(const Connectivity &connectivity)
{
    switch (connectivity.cause) {
    case Connectivity::Cause::Sleep:
        return connectivity.missed ? ConnectivityTexts::tr("Nothing was seen for ") + durationText(*connectivity.missed)
                                   : ConnectivityTexts::tr("The computer slept");
    case Connectivity::Cause::ClockJump:
        return ConnectivityTexts::tr("The clock was set");
    case Connectivity::Cause::NetworkChange:
        return ConnectivityTexts::tr("The network changed");
    case Connectivity::Cause::NetworkLoss:
    case Connectivity::Cause::None:
        break;
    }
    return ConnectivityTexts::tr("Nothing of the fleet answers");
}

/// With the day when it is not within the last 12 h: "02:58" of yesterday must not read as of this night.
QString momentText(Instant moment, Instant now)
{
    return now - moment < std::chrono::hours(12) ? utcTimeText(moment) + QStringLiteral(" UTC") : utcDateTimeText(moment);
}

} // namespace

Connectivity afterInterruption(const Connectivity &before, const Interruption &interruption,
                               const QList<SourceStatus> &sources, Instant now)
{
    Connectivity after{.state = Connectivity::State::CatchingUp,
                       .cause = interruption.cause,
                       .since = now,
                       .missed = interruption.missed,
                       .dataFrom = oldestSuccess(sources)};
    for (const SourceStatus &source : sources) {
        if (source.lastSuccess && !(isDown(source) && before.state == Connectivity::State::Current))
            after.awaited.insert(source.id, *source.lastSuccess);
    }
    if (after.awaited.isEmpty() && before.state == Connectivity::State::Offline)
        return before;
    if (after.awaited.isEmpty())
        return {};
    if (before.state != Connectivity::State::Current && before.dataFrom && after.dataFrom)
        after.dataFrom = std::min(*before.dataFrom, *after.dataFrom);
    return after;
}

Connectivity afterSources(const Connectivity &before, const QList<SourceStatus> &sources, Instant now)
{
    if (fleetIsOutOfReach(sources))
        return offline(before, sources, now);
    if (before.state == Connectivity::State::Current)
        return before;
    const Count count = countOf(before.awaited, sources);
    const bool isOver = count.answered + count.failed >= int(before.awaited.size());
    if (isOver && (count.answered > 0 || before.awaited.isEmpty()))
        return {};
    Connectivity after = before;
    after.state = Connectivity::State::CatchingUp;
    after.answered = count.answered;
    after.dataFrom = count.dataFrom;
    return after;
}

QString toWireName(Connectivity::State state)
{
    switch (state) {
    case Connectivity::State::CatchingUp:
        return QStringLiteral("catching-up");
    case Connectivity::State::Offline:
        return QStringLiteral("offline");
    case Connectivity::State::Current:
        break;
    }
    return QStringLiteral("current");
}

ConnectivityWords connectivityWords(const Connectivity &connectivity, Instant now)
{
    if (connectivity.state == Connectivity::State::Current)
        return {};
    const QString from = connectivity.dataFrom ? momentText(*connectivity.dataFrom, now) : QString();
    if (connectivity.state == Connectivity::State::Offline) {
        const QString shown = from.isEmpty() ? ConnectivityTexts::tr("Nothing has been read yet.")
                                             : ConnectivityTexts::tr("What is shown is of ") + from + u'.';
        return {ConnectivityTexts::tr("Offline: nothing of the fleet answers"),
                shown + ConnectivityTexts::tr(" Check the network and the VPN; everything is read again as soon as "
                                              "one answers.")};
    }
    const QString title = from.isEmpty() ? ConnectivityTexts::tr("Catching up")
                                         : ConnectivityTexts::tr("Catching up: data from ") + from;
    return {title, causeText(connectivity) + QStringLiteral(". ") +
                       ConnectivityTexts::tr("%1 of %2 sources have answered since.")
                           .arg(connectivity.answered)
                           .arg(connectivity.awaited.size())};
}

} // namespace cockpit
