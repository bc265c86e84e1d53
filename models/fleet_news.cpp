// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet_news.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString newsWords(const char *text) { return QCoreApplication::translate("FleetNews", text); }

std::optional<FleetNews> newsOf(const Alert &alert)
{
    const QString where = alert.service.isEmpty() ? QString() : newsWords(" of ") + alert.service.toString();
    switch (alert.state) {
    case AlertState::Firing:
    case AlertState::Acknowledged:
        return FleetNews{.at = alert.startsAt,
                         .glyph = alert.isUrgent() ? StateGlyph::Critical : StateGlyph::Warning,
                         .text = alert.name + where + newsWords(" fires: ") + alert.summaryLine()};
    case AlertState::Resolved:
        if (!alert.resolvedAt)
            return std::nullopt;
        return FleetNews{.at = *alert.resolvedAt,
                         .glyph = StateGlyph::Ok,
                         .text = alert.name + where + newsWords(" resolved after ")
                                 + roughDurationText(*alert.resolvedAt - alert.startsAt)};
    default: return std::nullopt;
    }
}

std::optional<FleetNews> newsOf(const SourceStatus &source)
{
    if (!source.downSince
        || (source.state != SourceStatus::State::Down && source.state != SourceStatus::State::Unauthorized))
        return std::nullopt;
    return FleetNews{.at = *source.downSince,
                     .glyph = StateGlyph::Critical,
                     .text = displayName(source) + newsWords(" is down: ") + source.message};
}

} // namespace

std::optional<FleetNews> newestNews(const Fleet &fleet)
{
    std::optional<FleetNews> newest;
    const auto take = [&newest](std::optional<FleetNews> news) {
        if (news && (!newest || newest->at < news->at))
            newest = std::move(news);
    };
    for (const Alert &alert : fleet.alerts) {
        // Words only for what can win: of 10 000 alerts one is shown.
        if (!newest || newest->at < alert.resolvedAt.value_or(alert.startsAt))
            take(newsOf(alert));
    }
    for (const SourceStatus &source : fleet.sources)
        take(newsOf(source));
    return newest;
}

} // namespace cockpit
