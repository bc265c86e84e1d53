// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_facts.h"
#include "models/rollout.h"
#include "models/service.h"

#include <vector>

namespace cockpit {

/// What belongs to one workload. Everything may be empty: what is not known stays empty in the Rollout.
/// Of a Rollout with workloadRef `target` is the referred Deployment. Of a Flagger Canary `target` is its targetRef,
/// `primary` the workload "NAME-primary", and replicaSets, controllerRevisions and pods are those of both.
struct RelatedFacts {
    std::vector<const ReplicaSetFacts *> replicaSets{};                 ///< controlled by it
    std::vector<const ControllerRevisionFacts *> controllerRevisions{}; ///< controlled by it
    std::vector<const PodFacts *> pods{};                               ///< of its ReplicaSets, or controlled by it
    std::vector<const AnalysisRunFacts *> analysisRuns{};               ///< controlled by it
    const AutoscalerFacts *autoscaler = nullptr;                        ///< whose scaleTargetRef names it
    const WorkloadFacts *target = nullptr;
    const WorkloadFacts *primary = nullptr;
};

/// What the assembled objects belong to.
struct ClusterScene {
    QString context{};
    QString environment{};
    bool rolloutStatusSubresource = true; ///< discovery knows "rollouts/status"
};

/// The one model of everything that rolls out (backends.md §4.1 to 4.5, §5, §6): effective phase, steps, weights,
/// revisions newest first, who owns it. Pure. `readAt` is the last proven read.
Rollout assembleRollout(const WorkloadFacts &workload, const RelatedFacts &related, const ClusterScene &scene,
                        const ServiceId &service, Instant readAt);

/// The service of an object: a definition whose `workloads` names it ("rollout/gc-service", "namespace/rollout/…"),
/// else the one whose name its label app.kubernetes.io/name, app or name holds (in this order), else its own name.
ServiceId serviceOfObject(const QString &kind, const ObjectFacts &object, const ServiceMap &services);

/// Whether this workload is driven by another one and is not shown itself: the target of a workloadRef or of a
/// Canary, and a Canary's primary. `drivers` are the Rollouts and Canaries of the context.
bool isDrivenByAnother(const WorkloadFacts &workload, const std::vector<const WorkloadFacts *> &drivers);

/// An Event as a ClusterEvent. `service` is that of the object that it is about.
ClusterEvent clusterEvent(const EventFacts &event, const ClusterScene &scene, const ServiceId &service);
/// A written ConfigMap or Secret as a ClusterEvent with the reason "ConfigMapChanged" or "SecretChanged": nobody makes
/// Events for them. Nothing when the server does not say when it was written, and for locks and authorities that
/// machines write.
std::optional<ClusterEvent> changeEvent(const MetadataFacts &object, const ClusterScene &scene,
                                        const ServiceId &service);

} // namespace cockpit
