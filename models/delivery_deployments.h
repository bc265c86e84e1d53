// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity.h"
#include "models/delivery.h"
#include "models/incident.h"
#include "models/rollout.h"

namespace cockpit {

/// A stretch in which a service spent its error budget faster than promised.
struct BudgetTrouble {
    QString service{};
    Instant began{};
    std::optional<Instant> ended{}; ///< nothing while it goes on
    double worst = 0;               ///< greatest burn rate in it
    bool operator==(const BudgetTrouble &) const = default;
};

/// Everything that tells what was deployed and how it ended.
struct DeliveryFacts {
    QList<RolloutPtr> rollouts{};
    QList<DeploymentRecord> seen{}; ///< of earlier days, as the store keeps them
    QList<ActivityEntry> activity{};
    QList<IncidentPtr> incidents{};
    QList<BudgetTrouble> troubles{};
};

/// Trouble of a deployment's own service is put down to it when it began so long after it at most.
inline constexpr Duration blamedWithin{std::chrono::hours(1)};

/// The versions that the cluster still knows of one workload, oldest first: a template with a version that it had
/// before is none, but says that the one before it was rolled back. StatefulSets and DaemonSets have none: what they
/// run is upgraded, not delivered. Pure.
QList<DeploymentRecord> deploymentsOf(const Rollout &rollout);

/// All deployments with their outcomes, oldest first: what the cluster shows over what was seen, then what the activity
/// log, the incidents and the error budgets say of each. Pure.
QList<DeploymentRecord> gatherDeployments(const DeliveryFacts &facts);

} // namespace cockpit
