// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/series_identity.h"

namespace cockpit {

SeriesIdentity::SeriesIdentity(ServiceMap services, MetricPreset preset)
    : m_services(std::move(services)), m_preset(std::move(preset))
{
}

Labels SeriesIdentity::named(const Labels &labels, Figure figure) const
{
    const FigureQuery query = m_preset.figures.value(figure, m_preset.ranges.value(figure));
    ServiceId service = m_services.serviceOf(labels);
    for (const QString &label : m_preset.serviceLabels) {
        if (!service.isEmpty())
            break;
        service = ServiceId(labels.value(label));
    }
    std::vector<Labels::Pair> pairs(labels.begin(), labels.end());
    const auto rename = [&pairs, &labels](const QString &from, const QString &to) {
        if (from != to && labels.contains(from))
            pairs.emplace_back(to, labels.value(from));
    };
    rename(query.versionLabel, QStringLiteral("version"));
    rename(query.trackLabel, QStringLiteral("track"));
    if (!service.isEmpty())
        pairs.emplace_back(QStringLiteral("service"), service.toString());
    return Labels(std::move(pairs));
}

QString SeriesIdentity::labelValue(const ServiceId &service) const
{
    if (const ServiceDefinition *definition = m_services.definition(service)) {
        for (const QString &label : m_preset.serviceLabels) {
            if (definition->match.contains(label))
                return definition->match.value(label);
        }
    }
    return service.toString();
}

} // namespace cockpit
