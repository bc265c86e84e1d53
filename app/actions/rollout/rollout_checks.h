// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_operation.h"

namespace cockpit {

/// Annotation of a revision (its template or its ReplicaSet) that says what its release did to the database:
/// "none", "expand" (backward compatible) or "contract" (the code before it does not run any more). Absent = not known.
inline constexpr const char *kMigrationAnnotation = "dt-cockpit/migration";
/// Annotation of an object that says who overrides it until when.
inline constexpr const char *kLeaseAnnotation = "dt-cockpit/lease";

/// One check of a rollout's plan, with the cluster as its source.
Evidence rolloutCheck(const RolloutScene &scene, Evidence::Verdict verdict, const char *id, const QString &text);

// Each a pure function of what was read. Ids are stable: "unchanged", "in-flight", "healthy", "gitops", …

/// Whether it is still as the page showed it.
Evidence unchangedCheck(const RolloutScene &scene);
/// Whether another hand wrote to it in the last minute. Never "nobody else is acting": a laptop cannot know.
Evidence inFlightCheck(const RolloutScene &scene);
/// Whether that has to be accepted: an action that is not over, or an operator's hand a moment ago, and this one
/// changes the specification under it. An abort never waits for it.
bool inFlightIsSerious(const RolloutScene &scene);
/// Whether GitOps would undo this action.
Evidence gitOpsCheck(const RolloutScene &scene, bool changesSpecification);
/// Live sessions on the pods that end.
Evidence sessionsCheck(const RolloutScene &scene);

// Of a rollback to `to`:

/// Whether the revision is still there.
Evidence revisionCheck(const RolloutScene &scene, const RolloutRevision &to);
/// Whether its images are known, fixed, and not the ones that it leaves.
Evidence imageCheck(const RolloutScene &scene, const RolloutRevision &to);
/// What the releases in between did to the database.
Evidence migrationCheck(const RolloutScene &scene, const RolloutRevision &to);
/// A contract migration in between: a hard block. Nothing when there is none.
std::optional<Error> blockedByMigration(const RolloutScene &scene, const RolloutRevision &to);
/// ConfigMaps and Secrets that the template names and that were written since that revision.
Evidence driftCheck(const RolloutScene &scene, const RolloutRevision &to);
/// Whether there is room for the pods that have to come first.
Evidence roomCheck(const RolloutScene &scene, const RolloutRevision &to);
/// What PodDisruptionBudgets say of its pods.
Evidence disruptionCheck(const RolloutScene &scene);
/// Blue-green: whether the old colour is still up.
std::optional<Evidence> windowCheck(const RolloutScene &scene, const RolloutRevision &to);
/// A healthy object needs no rollback.
std::optional<Evidence> healthyCheck(const RolloutScene &scene);

/// "about 45 s, as the last 3 times", from the object's events; empty when they tell nothing. `beginsWith`: the reason
/// of the event that such an update begins with; "" = any.
QString durationFromEvents(const ObjectsRead &events, const char *beginsWith);

} // namespace cockpit
