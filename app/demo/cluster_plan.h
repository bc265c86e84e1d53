// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/curve.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// One revision in the past of a workload.
struct RevisionPlan {
    std::string version{};
    Offset createdAt = 0;
    std::string changedBy{"release"};                 ///< field manager that wrote the template
    std::string tag{};                                ///< of the image; empty = the version
    std::map<std::string, std::string> annotations{}; ///< of the pod template
    std::map<std::string, std::string> environment{}; ///< of the container
};

/// An override that another cockpit noted on a workload, in its annotation dt-cockpit/lease.
struct LeasePlan {
    std::string id{};
    std::string subject{}; ///< the breaker's name
    std::string title{};
    std::string was{};
    std::string is{};
    std::string by{};
    std::string reason{};
    Offset since = 0;
    Offset until = 0;
};

/// One workload of the cluster as it is when the world starts, and how it came to that.
struct WorkloadPlan {
    std::string kind{"Rollout"}; ///< Rollout, Deployment, StatefulSet, DaemonSet
    std::string name{};          ///< also the service's, where it is one
    bool blueGreen = false;      ///< a Rollout's strategy; otherwise canary
    int replicas = 1;
    int newestRevision = 1;
    std::vector<RevisionPlan> revisions{}; ///< oldest first; the last is the newest template
    bool updating = false;                 ///< the last but one still serves as stable
    /// Of a canary that is updating: when each weight was set, in per cent.
    std::vector<std::pair<Offset, int>> weightsSet{};
    std::optional<Offset> pausedAt{};                 ///< spec.paused, by the policy's own controller
    std::vector<std::pair<Offset, int>> scaledFrom{}; ///< when, and how many pods there were before
    Offset completedAt = 0; ///< when the newest revision became stable; of one that is not updating
    std::map<std::string, std::string> annotations{}; ///< of the object itself
    std::map<std::string, std::string> labels{};      ///< of the object itself
    std::vector<LeasePlan> leases{};
    std::optional<Offset> atMaximumSince{}; ///< since when its autoscaler wants more pods than it may make
    int minimumReplicas = 0; ///< of its autoscaler; 0: half of `replicas`
    int maximumReplicas = 0; ///< of its autoscaler; 0: twice `replicas`

    int leastReplicas() const { return minimumReplicas > 0 ? minimumReplicas : replicas > 4 ? replicas / 2 : 2; }
    int mostReplicas() const { return maximumReplicas > 0 ? maximumReplicas : replicas * 2; }
};

/// What the API servers of the world do on purpose.
struct ClusterSwitches {
    bool forbidPatches = false;  ///< the user may read but not patch
    bool conflictOnce = false;   ///< another actor changes the object between the first dry run and the patch
    bool gitOpsReverts = false;  ///< a GitOps controller puts a changed pod template back after a minute
    bool dropPatches = false;    ///< a patch is answered 200 and nothing is stored
    bool cutWatches = false;     ///< every watch ends in the middle of a chunk after a few seconds
    bool expireWatches = false;  ///< every resourceVersion of a watch is too old
    bool conflictAlways = false; ///< every patch loses against somebody else's
    bool restarts = false;       ///< the API server starts again every few seconds
};

/// The Kubernetes side of a scenario.
struct ClusterPlan {
    std::vector<std::string> contexts{"eu-west-1"};
    std::string nameSpace{"dark-tower"};
    std::vector<WorkloadPlan> workloads{};
    ClusterSwitches switches{};

    WorkloadPlan *workload(const std::string &name);
    const WorkloadPlan *workload(const std::string &name) const;
};

/// The workloads of the healthy fleet with their histories.
ClusterPlan healthyCluster();
/// Begins an update of a canary to `revision`; its weights were set at the times of `weightsSet`.
void beginCanary(WorkloadPlan &workload, RevisionPlan revision, std::vector<std::pair<Offset, int>> weightsSet);

} // namespace cockpit::demo
