// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/service.h"

#include <algorithm>

namespace cockpit {

ServiceMap::ServiceMap(QList<ServiceDefinition> definitions) : m_definitions(std::move(definitions))
{
    for (int i = 0; i < int(m_definitions.size()); ++i) {
        const Labels &match = m_definitions.at(i).match;
        if (!match.isEmpty())
            m_byFirstMatch[match.begin()->first][match.begin()->second].append(i);
    }
}

ServiceId ServiceMap::serviceOf(const Labels &labels) const
{
    const ServiceDefinition *best = nullptr;
    for (auto name = m_byFirstMatch.cbegin(); name != m_byFirstMatch.cend(); ++name) {
        for (const int index : name->value(labels.value(name.key()))) {
            const ServiceDefinition &candidate = m_definitions.at(index);
            const bool better = !best || candidate.match.size() > best->match.size()
                || (candidate.match.size() == best->match.size() && &candidate < best);
            if (better && holds(candidate, labels))
                best = &candidate;
        }
    }
    if (best)
        return best->id;
    for (const QStringView name : {QStringView(u"service"), QStringView(u"job"), QStringView(u"app")}) {
        const QString *value = labels.find(name);
        if (value && !value->isEmpty())
            return ServiceId(*value);
    }
    return {};
}

bool ServiceMap::holds(const ServiceDefinition &definition, const Labels &labels)
{
    return std::all_of(definition.match.begin(), definition.match.end(),
                       [&](const Labels::Pair &pair) { return labels.value(pair.first) == pair.second; });
}

const ServiceDefinition *ServiceMap::definition(const ServiceId &id) const
{
    const auto found = std::find_if(m_definitions.begin(), m_definitions.end(),
                                    [&](const ServiceDefinition &definition) { return definition.id == id; });
    return found == m_definitions.end() ? nullptr : &*found;
}

QList<ServiceId> ServiceMap::dependantsOf(const ServiceId &id) const
{
    QList<ServiceId> dependants;
    for (const ServiceDefinition &definition : m_definitions) {
        if (definition.dependsOn.contains(id))
            dependants.append(definition.id);
    }
    return dependants;
}

namespace {

/// In the order of the enum.
constexpr std::array<QStringView, static_cast<size_t>(Figure::Count)> figureWireNames{
    u"requestsPerSecond", u"errorRatio",     u"p99Seconds", u"instancesUp", u"instancesTotal",
    u"replicasReady",     u"replicasDesired", u"budgetLeft", u"burnRate",    u"saturation",
    u"sampleTime",        u"version",        u"requestsPerSecondByVersion", u"errorRatioByVersion",
    u"p99SecondsByVersion", u"p50SecondsByVersion", u"p95SecondsByVersion", u"saturationByVersion"};

} // namespace

QString toWireName(Figure figure)
{
    return figure < Figure::Count ? figureWireNames[static_cast<size_t>(figure)].toString() : QString();
}

std::optional<Figure> figureFromWireName(QStringView name)
{
    const auto found = std::find(figureWireNames.begin(), figureWireNames.end(), name);
    if (found == figureWireNames.end())
        return std::nullopt;
    return static_cast<Figure>(found - figureWireNames.begin());
}

} // namespace cockpit
