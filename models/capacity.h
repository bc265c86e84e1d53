// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// One metric that an autoscaler looks at.
struct ScalingMetric {
    QString name{};
    QString current{}; ///< with its unit, as the API server tells it
    QString target{};
    std::optional<double> ratio{}; ///< current / target
    bool operator==(const ScalingMetric &) const = default;
};

/// How many pods of one workload there are, may be, and should be (operations.md §9).
struct Capacity {
    ObjectKey workload{};
    ObjectKey autoscaler{}; ///< empty name = none
    ServiceId service{};
    int current = 0;
    int desired = 0;
    std::optional<int> minimum{};
    std::optional<int> maximum{};
    QList<ScalingMetric> metrics{};
    bool atMaximum = false;
    std::optional<Instant> atMaximumSince{};
    std::optional<Instant> lastScaledAt{};
    std::optional<double> saturation{};  ///< 0…1, of the service
    std::optional<double> costPerHour{}; ///< of all its pods, in `currency`
    std::optional<double> costPerPodHour{};
    QString currency{};
    QString resourceVersion{}; ///< of the autoscaler
    Evidence advice{};         ///< "scale now: 96 % for 6 min at the maximum of 8"; Good = nothing to do
    QString lease{};           ///< dt-cockpit/lease annotation of the autoscaler or the workload
    bool operator==(const Capacity &) const = default;
};
using CapacityPtr = std::shared_ptr<const Capacity>;

/// Change an autoscaler's limits until `endsAt`; with `lease` it ends that override.
struct SetReplicaLimits {
    static constexpr const char *wireName = "capacity.limits";
    ObjectKey object{}; ///< the HorizontalPodAutoscaler
    int minimum = 1;
    int maximum = 1;
    std::optional<Instant> endsAt{};
    QString lease{};
    bool operator==(const SetReplicaLimits &) const = default;
};

} // namespace cockpit
