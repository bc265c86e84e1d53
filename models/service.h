// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/ids.h"
#include "models/labels.h"
#include "models/matcher.h"
#include "models/probed_component.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <array>
#include <optional>

namespace cockpit {

/// One entry of `services:`; decides what is one service in every room.
struct ServiceDefinition {
    ServiceId id{};
    Labels match{};         ///< all must be equal; empty = the name alone decides
    QStringList workloads{}; ///< "rollout/gc-service"
    QList<ServiceId> dependsOn{};
    QString owner{};
    int tier = 0; ///< 0 = not said
    bool operator==(const ServiceDefinition &) const = default;
};

/// Maps labels of alerts and series to services.
class ServiceMap {
public:
    ServiceMap() = default;
    explicit ServiceMap(QList<ServiceDefinition> definitions);
    /// The configured service whose matchers hold (most matchers first), else the label `service`, `job` or `app`
    /// (in this order, without a "-local" guess), else empty.
    ServiceId serviceOf(const Labels &labels) const;
    /// Nothing when only the data names it.
    const ServiceDefinition *definition(const ServiceId &id) const;
    const QList<ServiceDefinition> &definitions() const { return m_definitions; }
    /// Services that depend on `id`, directly.
    QList<ServiceId> dependantsOf(const ServiceId &id) const;

private:
    static bool holds(const ServiceDefinition &definition, const Labels &labels);
    QList<ServiceDefinition> m_definitions{};
    /// Definitions by the name and value of their first matcher, so that 10 000 alerts need no 10 000 scans.
    QHash<QString, QHash<QString, QList<int>>> m_byFirstMatch{};
};

/// The figures of a service. One instant query each for the whole fleet.
enum class Figure {
    RequestsPerSecond, ///< 1/s
    ErrorRatio,        ///< 0…1
    P99Seconds,        ///< s
    InstancesUp,
    InstancesTotal,
    ReplicasReady,
    ReplicasDesired,
    BudgetLeft, ///< 0…1
    BurnRate,   ///< multiples of the sustainable rate
    Saturation, ///< 0…1
    SampleTime, ///< Unix seconds of the newest sample
    Version,    ///< carries the label `version`; the value is 1
    RequestsPerSecondByVersion,
    ErrorRatioByVersion,
    P99SecondsByVersion,
    P50SecondsByVersion, ///< this and the two below only as charts of one service
    P95SecondsByVersion,
    SaturationByVersion,
    Count
};
/// The key of a figure in a preset file and in JSON: "requestsPerSecond".
QString toWireName(Figure figure);
std::optional<Figure> figureFromWireName(QStringView name);

/// One value with the time of its sample. NaN and infinities never get here: they are absent.
struct Sample {
    double value = 0.0;
    Instant sampledAt{};
    bool operator==(const Sample &) const = default;
};

/// A figure of one version of a service.
struct VersionSample {
    QString version{};
    QString track{}; ///< "canary", "stable" or empty
    Sample sample{};
    bool operator==(const VersionSample &) const = default;
};

/// What is known of one service.
struct ServiceHealth {
    enum class Level { Healthy, Degraded, Unhealthy, Unknown };
    ServiceId id{};
    std::array<std::optional<Sample>, static_cast<size_t>(Figure::Count)> figures{};
    QList<VersionSample> requestsByVersion{};
    QList<VersionSample> errorRatioByVersion{};
    QList<VersionSample> p99ByVersion{};
    QStringList versions{};
    std::optional<Instant> sampledAt{}; ///< newest sample behind its figures
    Evidence live{};                    ///< instances answer their scrape
    Evidence ready{};                   ///< ready replicas against desired
    Evidence healthy{};                 ///< figures inside their limits and no urgent alert
    Level level = Level::Unknown;
    int firing = 0;
    int silenced = 0;
    QList<AlertKey> alerts{}; ///< firing ones, worst first
    std::optional<double> errorRatioLimit{};
    std::optional<double> p99Limit{};
    int pain = 0; ///< higher hurts more; for sorting
    QList<ProbedComponent> details{}; ///< what its own health endpoints say of its parts, the worst first
    quint32 knownOnce = 0; ///< one bit per figure that it once had: one that vanished is unknown, not absent
    bool operator==(const ServiceHealth &) const = default;

    const std::optional<Sample> &figure(Figure which) const { return figures[static_cast<size_t>(which)]; }
};

} // namespace cockpit
