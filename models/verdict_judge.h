// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/canary_verdict.h"
#include "models/deployment_policy.h"
#include "models/labels.h"
#include "models/rollout.h"

namespace cockpit {

/// An alert that fires now (silenced and acknowledged ones too: muted is not mended).
struct FiringAlert {
    QString name{};
    QString severity{};
    ServiceId service{};
    Labels labels{}; ///< `track` = "stable" says that it speaks of stable
    std::optional<Instant> since{};
    bool operator==(const FiringAlert &) const = default;
};

/// What is known of firing alerts. Not known is never "none".
struct AlertSight {
    bool known = false;
    QString problem{}; ///< why they are not known, in words
    QList<FiringAlert> firing{};
    std::optional<Instant> at{}; ///< when they were read
};

/// The cockpit's own verdict of a rollout, from raw figures (operations.md §0 and §1). Pure.
/// - Pass needs every criterion passed and every trigger proven not met; no data, too few requests, a zero baseline, or
///   a limit inside the bucket of a quantile make it inconclusive, said in words.
/// - Absolute rules and alerts are held against stable too: when stable breaks the same rule it is not the canary
///   (Inconclusive); no rollBackNow unless stable is known to be inside.
/// - `stepStartedAt`: when the present step began. For the policy's warm-up after it no criterion is decided; triggers
///   wait only for the warm-up after the start of the whole update, for a new weight does not cool a pod down.
/// - Criteria that fail over the whole interval of a step ask for the rollback when the policy says
/// rollback_on_failure.
CanaryVerdict judge(const DeploymentPolicy &policy, const TrackMeasures &measures, const Rollout &rollout,
                    const AlertSight &alerts, Instant stepStartedAt, Instant now);

/// Does the cluster itself enforce the policy while no laptop is open? Id "rollout.enforced".
Evidence enforcedBy(const DeploymentPolicy &policy, const Rollout &rollout);

/// When the present step began, as far as the cluster says so: the start of its pause, else of the update.
std::optional<Instant> stepStartedAt(const Rollout &rollout);

} // namespace cockpit
