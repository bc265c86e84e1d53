// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cluster_plan.h"
#include "app/demo/kubernetes/api_status.h"

#include <optional>
#include <string>

namespace cockpit::demo {

/// Who calls and what the roles of the demo allow them. Users: operator and second (may act), viewer (may read).
class ApiAccess {
public:
    explicit ApiAccess(const ClusterPlan &plan)
        : m_nameSpace(plan.nameSpace)
        , m_readOnly(plan.switches.forbidPatches)
    {}

    /// The user of an Authorization header; "system:anonymous" without one; nothing for a token that is not valid.
    static std::optional<std::string> userOf(const std::string &authorization);
    /// The token of a user, for the kubeconfig.
    static std::string tokenOf(const std::string &userName);
    bool allows(const AccessRequest &request) const;
    /// `status` of a SelfSubjectAccessReview.
    nlohmann::ordered_json review(const AccessRequest &request) const;
    /// `status` of a SelfSubjectRulesReview.
    nlohmann::ordered_json rules(const std::string &user) const;

private:
    bool mayWrite(const AccessRequest &request) const;

    std::string m_nameSpace;
    bool m_readOnly;
};

} // namespace cockpit::demo
