// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

/// The figures of the services and how far they can be trusted.
struct ServiceFigures {
    struct Entry {
        ServiceHealth health{};     ///< figures, versions, sampledAt and knownOnce are set
        QString source{};           ///< the Prometheus that told the figures, by name
        bool ageOfQuery = false;    ///< no sample times: ages are those of the query
        Duration trusted{};         ///< older samples prove nothing
        std::optional<Instant> askedAt{}; ///< the newest answer that named the service
    };
    std::vector<Entry> entries{};
    QHash<ServiceId, size_t> byId{};
    bool instancesTold = false; ///< some Prometheus tells InstancesUp at all
    bool replicasTold = false;  ///< some Prometheus tells ReplicasDesired at all

    Entry &entry(const ServiceId &id);
};

/// Reads every figure of every Prometheus. Figures that several of them tell of one service are added up (rates,
/// counts) or the worst stands (ratios, latencies). Services that had samples within FleetRules::resolvedKept stay,
/// with what is known of them: nothing.
ServiceFigures collectFigures(const FleetInputs &inputs, const FleetRules &rules, const Fleet *previous, Instant now);

} // namespace cockpit
