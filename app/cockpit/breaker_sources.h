// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/breakers/instance_breakers.h"
#include "app/cockpit/breakers.h"

#include <QTimer>

namespace cockpit {

/// One configured source of breakers and what is known on the way to it.
struct Breakers::Source {
    BreakerConfig config{};
    SourceIdentity identity{};
    QList<EndpointPtr> endpoints{}; ///< as configured; of a workload the API server
    std::unique_ptr<BreakerSource> breakers{};
    QTimer timer{};
    int resolving = 0;
    QStringList pods{}; ///< of the workload, as last seen
    QHash<QString, int> restarts{};
    QHash<QString, Instant> restartedAt{};
    QStringList asserting{}; ///< leases that are being asserted again
    QHash<QString, BreakerPtr> shown{};
    int pollsSinceNotes = 0;
    bool notesRead = false;
};

/// "breakers/gc"; of one without a name by its kind and service.
SourceIdentity breakerIdentity(const BreakerConfig &config);
/// How one gets to it: the addresses, or the API server of the workload's context.
QList<EndpointConfig> breakerEndpoints(const BreakerConfig &config);
/// The pods of a workload that can be asked; empty while they are not known.
QStringList askablePods(const RolloutStore &rollouts, const BreakerConfig &config);
/// Null when no such workload is known.
const Rollout *breakerWorkload(const RolloutStore &rollouts, const BreakerConfig &config);
std::shared_ptr<const BreakerProtocol> breakerProtocol(const BreakerConfig &config);
/// Where each instance is asked.
Result<QList<BreakerInstance>> breakerInstances(const BreakerConfig &config, const QList<EndpointPtr> &endpoints,
                                                const QStringList &pods);
/// The configuration with the places filled in that it leaves to `kubernetes:`.
BreakerConfig withPlace(BreakerConfig config, const Configuration &configuration);

} // namespace cockpit
