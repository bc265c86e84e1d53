// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/cluster_state.h"
#include "app/demo/pod_templates.h"

#include <map>
#include <vector>

namespace cockpit::demo {

/// The pods of one workload: makes them, lets them become ready, drains them. A new pod is ready after podStartup; a
/// pod that is to go leaves the endpoints at once and is gone after its grace period.
class PodSet {
public:
    /// Pods of one template.
    struct Group {
        std::string hash{};
        nlohmann::ordered_json podTemplate{};
        nlohmann::ordered_json owner{}; ///< owner reference
        std::string hashLabel{};
        std::string version{};
        std::string track{"stable"};
    };

    PodSet(ClusterState &state, std::string workload)
        : m_state(state)
        , m_workload(std::move(workload))
    {}

    /// To be called before pods of its template are made.
    void define(Group group);
    /// Puts a pod of the scenario in; it becomes ready as any other.
    void addPlanned(const PlannedPod &pod);
    /// Makes or ends pods of the template until so many live.
    void setTarget(const std::string &hash, int count, Offset now);
    /// What the pods of the template serve as, for the labels of the metrics.
    void setTrack(const std::string &hash, const std::string &track, Offset now);
    /// Makes one pod with a name of its own.
    void addNamed(const std::string &hash, const std::string &name, Offset now);
    /// Begins to end the pod. False when it does not live.
    bool end(const std::string &name, Offset now);
    /// Does what is due. Answers when something is due next.
    Offset advance(Offset now);

    int alive(const std::string &hash) const;
    int ready(const std::string &hash) const;
    int aliveInAll() const;
    int readyInAll() const;
    /// A living pod that began before `time`, of any template but `exceptHash`; empty when there is none.
    std::string oldPod(Offset createdBefore, const std::string &exceptHash = {}) const;
    /// True while a pod of that name has not gone.
    bool exists(const std::string &name) const;

    static constexpr Offset gracePeriod = 30.0;

private:
    struct Pod {
        std::string name{};
        std::string hash{};
        Offset createdAt = 0;
        Offset readyAt = 0;
        Offset endedAt = PodLife::forever;
        Offset goneAt = PodLife::forever;
        bool shownReady = false;
        std::size_t life = 0; ///< index in ClusterState::world.pods
        bool lives() const { return endedAt == PodLife::forever; }
    };
    void create(const std::string &hash, const std::string &name, Offset createdAt);
    void end(Pod &pod, Offset now);
    void write(const Pod &pod);
    nlohmann::ordered_json statusOf(const Pod &pod, const Group &group) const;

    ClusterState &m_state;
    std::string m_workload;
    std::map<std::string, Group> m_groups{};
    std::map<std::string, int> m_made{};
    std::vector<Pod> m_pods{};
};

} // namespace cockpit::demo
