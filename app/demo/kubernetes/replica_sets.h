// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/pod_set.h"

namespace cockpit::demo {

/// The ReplicaSets of one Rollout or Deployment: one per pod template, numbered by revisions.
class ReplicaSets {
public:
    /// `annotations` is the prefix of the controller's annotations: "rollout.argoproj.io" or
    /// "deployment.kubernetes.io".
    ReplicaSets(ClusterState &state, PodSet &pods, std::string ownerKind, std::string annotations,
                std::string hashLabel)
        : m_state(state)
        , m_pods(pods)
        , m_ownerKind(std::move(ownerKind))
        , m_annotations(std::move(annotations))
        , m_hashLabel(std::move(hashLabel))
    {}

    /// Makes the ReplicaSet of a template, or gives the one that there is the next revision number. Answers its hash.
    std::string revise(const nlohmann::ordered_json &owner, const nlohmann::ordered_json &podTemplate, Offset now);
    /// The highest revision; 0 without any.
    int newest() const { return m_newest; }
    void setNewest(int number) { m_newest = number; }
    /// Writes how many pods each has and is to have.
    void write(const std::string &workload);
    /// Sets how many pods the ReplicaSet is to have, and makes or ends them.
    void scale(const std::string &workload, const std::string &hash, int replicas, Offset now);
    int revisionOf(const std::string &workload, const std::string &hash) const;
    /// All hashes, in no order.
    std::vector<std::string> hashes() const;
    /// How many pods the template is to have.
    int target(const std::string &hash) const;

private:
    ObjectStore::Object find(const std::string &workload, const std::string &hash) const;

    ClusterState &m_state;
    PodSet &m_pods;
    std::string m_ownerKind;
    std::string m_annotations;
    std::string m_hashLabel;
    int m_newest = 0;
    std::map<std::string, int> m_targets{};
};

} // namespace cockpit::demo
