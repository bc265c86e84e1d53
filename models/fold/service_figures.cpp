// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/service_figures.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr Duration shortestTrust{std::chrono::minutes(1)};

bool addsUp(Figure figure)
{
    return figure == Figure::RequestsPerSecond || figure == Figure::InstancesUp || figure == Figure::InstancesTotal
        || figure == Figure::ReplicasReady || figure == Figure::ReplicasDesired;
}

double combined(Figure figure, double a, double b)
{
    if (addsUp(figure))
        return a + b;
    return figure == Figure::BudgetLeft ? std::min(a, b) : std::max(a, b);
}

/// Reads the figures of one Prometheus.
class FigureReader {
public:
    FigureReader(ServiceFigures &figures, const FleetInputs &inputs, const FleetRules &rules, const Fleet *previous,
                 const SourceId &source)
        : m_figures(figures), m_services(rules.services), m_told(*inputs.figures.constFind(source))
    {
        const auto status = inputs.statuses.constFind(source);
        m_name = status == inputs.statuses.constEnd() ? source.toString() : status->name;
        const Duration interval = status == inputs.statuses.constEnd() ? Duration::zero() : status->interval;
        m_trusted = std::max(2 * interval, shortestTrust);
        if (previous) {
            for (const ServiceHealth &service : previous->services)
                m_before.insert(service.id, &service);
        }
    }

    void read()
    {
        readSampleTimes();
        for (const FigureUpdate &update : m_told) {
            if (!update.values || update.figure == Figure::SampleTime || update.figure >= Figure::Count)
                continue;
            const bool any = !update.values->empty();
            m_figures.instancesTold = m_figures.instancesTold || (any && update.figure == Figure::InstancesUp);
            m_figures.replicasTold = m_figures.replicasTold || (any && update.figure == Figure::ReplicasDesired);
            for (const FigureUpdate::Value &value : *update.values)
                readValue(update, value);
        }
    }

private:
    void readSampleTimes()
    {
        const auto told = m_told.constFind(static_cast<int>(Figure::SampleTime));
        m_hasSampleTimes = told != m_told.constEnd() && told->values;
        if (!m_hasSampleTimes)
            return;
        for (const FigureUpdate::Value &value : *told->values) {
            // A time beyond what a clock can hold is no time.
            if (!value.value || !(*value.value > 0) || *value.value > 4e9)
                continue;
            const ServiceId id = m_services.serviceOf(value.labels);
            const Instant at = fromEpochSeconds(*value.value);
            const auto known = m_sampleTimes.constFind(id);
            if (known == m_sampleTimes.constEnd() || *known < at)
                m_sampleTimes.insert(id, at);
        }
    }

    /// When the sample behind a value was taken; nothing when it cannot be told.
    std::optional<Instant> sampleTime(const ServiceId &id, const FigureUpdate &update, const FigureUpdate::Value &value)
    {
        if (!m_hasSampleTimes)
            return value.at;
        if (const auto known = m_sampleTimes.constFind(id); known != m_sampleTimes.constEnd())
            return std::min(*known, value.at);
        // `up` is written by Prometheus itself: that nothing is up is told without a sample of the service.
        const bool nothingUp = update.figure == Figure::InstancesUp && value.value == 0.0;
        if (nothingUp || update.figure == Figure::InstancesTotal)
            return value.at;
        const ServiceHealth *before = m_before.value(id, nullptr);
        return before ? before->sampledAt : std::nullopt;
    }

    void readValue(const FigureUpdate &update, const FigureUpdate::Value &value)
    {
        const ServiceId id = m_services.serviceOf(value.labels);
        if (id.isEmpty())
            return;
        ServiceFigures::Entry &entry = m_figures.entry(id);
        entry.source = m_name;
        entry.trusted = std::max(entry.trusted, m_trusted);
        entry.ageOfQuery = entry.ageOfQuery || !m_hasSampleTimes;
        entry.askedAt = std::max(entry.askedAt.value_or(update.at), update.at);
        const std::optional<Instant> at = sampleTime(id, update, value);
        if (!value.value || !std::isfinite(*value.value) || !at)
            return;
        ServiceHealth &health = entry.health;
        health.knownOnce |= 1U << static_cast<unsigned>(update.figure);
        health.sampledAt = std::max(health.sampledAt.value_or(*at), *at);
        keep(health, update.figure, value.labels, Sample{*value.value, *at});
    }

    static void keep(ServiceHealth &health, Figure figure, const Labels &labels, const Sample &sample)
    {
        const VersionSample versioned{labels.value(u"version"), labels.value(u"track"), sample};
        switch (figure) {
        case Figure::Version:
        case Figure::P50SecondsByVersion:
        case Figure::P95SecondsByVersion:
        case Figure::SaturationByVersion: break;
        case Figure::RequestsPerSecondByVersion: health.requestsByVersion.append(versioned); break;
        case Figure::ErrorRatioByVersion: health.errorRatioByVersion.append(versioned); break;
        case Figure::P99SecondsByVersion: health.p99ByVersion.append(versioned); break;
        default: {
            std::optional<Sample> &held = health.figures[static_cast<size_t>(figure)];
            if (held)
                held = Sample{combined(figure, held->value, sample.value), std::min(held->sampledAt, sample.sampledAt)};
            else
                held = sample;
            return;
        }
        }
        if (!versioned.version.isEmpty() && !health.versions.contains(versioned.version))
            health.versions.append(versioned.version);
    }

    ServiceFigures &m_figures;
    const ServiceMap &m_services;
    const QHash<int, FigureUpdate> &m_told;
    QString m_name{};
    Duration m_trusted{};
    bool m_hasSampleTimes = false;
    QHash<ServiceId, Instant> m_sampleTimes{};
    QHash<ServiceId, const ServiceHealth *> m_before{};
};

void sortVersions(ServiceHealth &health)
{
    const auto byVersion = [](const VersionSample &a, const VersionSample &b) {
        return a.version != b.version ? a.version < b.version : a.track < b.track;
    };
    health.versions.sort();
    std::sort(health.requestsByVersion.begin(), health.requestsByVersion.end(), byVersion);
    std::sort(health.errorRatioByVersion.begin(), health.errorRatioByVersion.end(), byVersion);
    std::sort(health.p99ByVersion.begin(), health.p99ByVersion.end(), byVersion);
}

} // namespace

ServiceFigures::Entry &ServiceFigures::entry(const ServiceId &id)
{
    const auto known = byId.constFind(id);
    if (known != byId.constEnd())
        return entries[*known];
    byId.insert(id, entries.size());
    entries.emplace_back().health.id = id;
    return entries.back();
}

ServiceFigures collectFigures(const FleetInputs &inputs, const FleetRules &rules, const Fleet *previous, Instant now)
{
    ServiceFigures figures;
    for (const ServiceDefinition &definition : rules.services.definitions())
        figures.entry(definition.id);
    QList<SourceId> sources = inputs.figures.keys();
    std::sort(sources.begin(), sources.end());
    for (const SourceId &source : std::as_const(sources))
        FigureReader(figures, inputs, rules, previous, source).read();
    if (previous) {
        for (const ServiceHealth &before : previous->services) {
            if (!before.sampledAt || now - *before.sampledAt > rules.resolvedKept)
                continue;
            ServiceHealth &health = figures.entry(before.id).health;
            health.knownOnce |= before.knownOnce;
            if (!health.sampledAt)
                health.sampledAt = before.sampledAt;
        }
    }
    for (ServiceFigures::Entry &entry : figures.entries)
        sortVersions(entry.health);
    return figures;
}

} // namespace cockpit
