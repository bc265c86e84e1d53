// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/replica_sets.h"
#include "app/demo/kubernetes/workload_controller.h"

namespace cockpit::demo {

/// What the two strategies of a Rollout have in common: revisions, restart, the words of its status.
class RolloutController : public WorkloadController {
public:
    RolloutController(ClusterState &state, const WorkloadPlan &plan)
        : WorkloadController(state, plan)
        , m_sets(state, m_pods, "Rollout", "rollout.argoproj.io", "rollouts-pod-template-hash")
    {}
    Offset reconcile(Offset now) final;

protected:
    using Json = nlohmann::ordered_json;
    /// One Rollout while it is worked on.
    struct Work {
        Json rollout{};
        Offset now = 0;
        Json &spec() { return rollout["spec"]; }
        Json &status() { return rollout["status"]; }
        std::string current() { return status().value("currentPodHash", std::string()); }
        std::string stable() { return status().value("stableRS", std::string()); }
        bool updating() { return current() != stable(); }
        bool paused() { return spec().value("paused", false); }
        bool aborted() { return status().value("abort", false); }
        bool hasPause()
        {
            return status().contains("pauseConditions") && status()["pauseConditions"].is_array() &&
                   !status()["pauseConditions"].empty();
        }
    };

    /// Writes the Rollout of the plan with all its ReplicaSets; `status` is to be filled by the strategy.
    Work seedRollout(const Json &strategy);
    void seedPods();
    /// Does the strategy's own work. Answers when something is due next.
    virtual Offset follow(Work &work) = 0;
    /// The pod template changed: `hash` is of the new one, whose ReplicaSet exists and has a new revision.
    virtual void begin(Work &work, const std::string &hash) = 0;

    void pauseFor(Work &work, const std::string &reason);
    void endPause(Work &work);
    void markAborted(Work &work);
    void event(Work &work, const std::string &reason, const std::string &message, bool warning = false);
    /// The ReplicaSet's pods go at that time, unless it is used again before.
    void retire(const std::string &hash, Offset at);
    void keep(const std::string &hash) { m_retired.erase(hash); }
    bool retiring(const std::string &hash) const { return m_retired.count(hash) > 0; }
    std::string versionOf(const std::string &hash) const;
    int revisionOf(const std::string &hash) const { return m_sets.revisionOf(m_plan.name, hash); }
    /// Counts, conditions, phase; and stores the Rollout.
    void finish(Work &work);

    ReplicaSets m_sets;
    Offset m_pausedSince = 0;

private:
    void restartPods(Work &work);
    Offset endRetired(Work &work);
    void writePhase(Work &work);

    std::map<std::string, Offset> m_retired{};
};

} // namespace cockpit::demo
