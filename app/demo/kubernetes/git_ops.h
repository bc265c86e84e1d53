// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/cluster_state.h"

namespace cockpit::demo {

/// Argo CD as it keeps an application in sync: a pod template that differs from Git is put back after a minute, unless
/// the Application has no automated sync policy. What it leaves alone is everything else, an abort too.
class GitOps {
public:
    GitOps(ClusterState &state, bool enabled)
        : m_state(state)
        , m_enabled(enabled)
    {}
    /// Takes the templates of all Rollouts as what Git says, and writes the Application.
    void seed();
    /// Does what is due. Answers when something is due next.
    Offset reconcile(Offset now);

    static constexpr const char *nameSpace = "argocd";
    static constexpr const char *application = "dark-tower";
    static constexpr const char *trackingAnnotation = "argocd.argoproj.io/tracking-id";

private:
    bool isAutomated() const;

    ClusterState &m_state;
    bool m_enabled;
    std::map<std::string, nlohmann::ordered_json> m_wanted{};
    std::map<std::string, Offset> m_differsSince{};
};

} // namespace cockpit::demo
