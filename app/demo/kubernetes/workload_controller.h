// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/cluster_state.h"
#include "app/demo/kubernetes/pod_set.h"

#include <memory>

namespace cockpit::demo {

/// What makes one workload's objects follow its specification, as time goes by. Does nothing by itself: its cluster
/// calls it when something is due and after every write.
class WorkloadController {
public:
    explicit WorkloadController(ClusterState &state, const WorkloadPlan &plan)
        : m_state(state)
        , m_plan(plan)
        , m_pods(state, plan.name)
    {}
    virtual ~WorkloadController() = default;
    WorkloadController(const WorkloadController &) = delete;
    WorkloadController &operator=(const WorkloadController &) = delete;

    const std::string &name() const { return m_plan.name; }
    /// Writes the objects as they are when the world starts.
    virtual void seed() = 0;
    /// Does what is due at `now`. Answers when something is due next.
    virtual Offset reconcile(Offset now) = 0;
    /// Somebody deletes a pod. False when it is not one of this workload's.
    bool endPod(const std::string &pod, Offset now) { return m_pods.end(pod, now); }

protected:
    /// The object; null when somebody deleted it.
    ObjectStore::Object object() const { return m_state.store.find(type(), m_state.nameSpace, m_plan.name); }
    const ResourceType &type() const { return *resourceOfKind(m_plan.kind); }
    /// Metadata, selector, replicas and template as the release tool wrote them.
    nlohmann::ordered_json manifest() const;
    /// Tells the world of a new number of pods.
    void noteReplicas(int replicas, Offset now);
    void shift(const std::string &version, const std::string &track, double weight, Offset at, Offset done);

    ClusterState &m_state;
    WorkloadPlan m_plan;
    PodSet m_pods;
    int m_replicas = 0;
};

std::unique_ptr<WorkloadController> makeController(ClusterState &state, const WorkloadPlan &plan);

} // namespace cockpit::demo
