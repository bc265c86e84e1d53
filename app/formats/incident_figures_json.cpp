// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_figures_json.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

nlohmann::ordered_json secondsOrNull(const std::optional<Duration> &value)
{
    return value ? nlohmann::ordered_json(double(value->count()) / 1000.0) : nlohmann::ordered_json();
}

} // namespace

QByteArray meanFiguresJson(const QList<MeanFigure> &figures, Instant from, Instant to)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const MeanFigure &one : figures)
        list.push_back({{"name", one.name.toStdString()},
                        {"meanSeconds", secondsOrNull(one.mean)},
                        {"medianSeconds", secondsOrNull(one.median)},
                        {"counted", one.counted},
                        {"excluded", one.excluded},
                        {"exclusion", one.exclusion.toStdString()},
                        {"definition", one.definition.toStdString()}});
    const nlohmann::ordered_json whole{
        {"from", toRfc3339(from).toStdString()}, {"to", toRfc3339(to).toStdString()}, {"figures", std::move(list)}};
    return QByteArray::fromStdString(whole.dump());
}

} // namespace cockpit
