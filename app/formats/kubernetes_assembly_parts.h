// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_assembly.h"

namespace cockpit {

// The parts of assembleRollout(), in the order in which they run.

/// revisions, stableHash and currentHash.
void assembleRevisions(const WorkloadFacts &workload, const RelatedFacts &related, Rollout &rollout);
/// steps, stepIndex and weights. REQUIRES: revisions are there.
void assembleSteps(const WorkloadFacts &workload, Rollout &rollout);
/// phase, message, pauses and waitsForPerson. REQUIRES: revisions, steps and pods are there.
void assemblePhase(const WorkloadFacts &workload, Rollout &rollout);

/// A plain workload whose newest template is not everywhere yet (backends.md §5).
bool isRollingOut(const WorkloadFacts &workload, const RelatedFacts &related);
/// The condition of that type; null when there is none.
const ConditionFacts *conditionOf(const WorkloadFacts &workload, QStringView type);
/// The kind as a kind of rollout.
WorkloadKind workloadKindOf(KubernetesKind kind);

} // namespace cockpit
