// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/api_access.h"

#include "app/demo/kubernetes/git_ops.h"

#include <algorithm>
#include <array>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char *, 3> userNames{"operator", "second", "viewer"};

bool oneOf(const std::string &text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return text == word; });
}

bool isViewer(const std::string &user) { return user == "viewer@example.test"; }

} // namespace

std::string ApiAccess::tokenOf(const std::string &userName) { return "demo-token-of-" + userName; }

std::optional<std::string> ApiAccess::userOf(const std::string &authorization)
{
    if (authorization.empty())
        return "system:anonymous";
    for (const char *name : userNames)
        if (authorization == "Bearer " + tokenOf(name))
            return std::string(name) + "@example.test";
    return std::nullopt;
}

bool ApiAccess::mayWrite(const AccessRequest &request) const
{
    if (m_readOnly || isViewer(request.user))
        return false;
    if (request.group == "argoproj.io")
        return oneOf(request.verb, {"patch", "update"}) &&
               oneOf(request.resource, {"rollouts", "rollouts/status", "rollouts/scale", "applications"});
    if (request.group == "apps")
        return oneOf(request.verb, {"patch", "update"}) &&
               oneOf(request.resource,
                     {"deployments", "deployments/scale", "statefulsets", "statefulsets/scale", "daemonsets"});
    if (request.group == "autoscaling" || request.group == "networking.istio.io")
        return oneOf(request.verb, {"patch", "update"});
    if (request.resource == "pods/proxy" || request.resource == "services/proxy")
        return oneOf(request.verb, {"create", "update", "delete"});
    return request.group.empty() && request.resource == "pods" && request.verb == "delete";
}

bool ApiAccess::allows(const AccessRequest &request) const
{
    if (request.user == "system:anonymous")
        return false;
    if (request.group == "authorization.k8s.io")
        return request.verb == "create";
    const std::string plural = request.resource.substr(0, request.resource.find('/'));
    // Roles are of one namespace: nothing is allowed at the cluster scope, and Secrets are not in them.
    if ((request.nameSpace != m_nameSpace && request.nameSpace != GitOps::nameSpace) || plural == "secrets" ||
        plural == "namespaces")
        return false;
    if (request.resource == "services/proxy" && request.verb == "get")
        return true;
    if (oneOf(request.verb, {"get", "list", "watch"}))
        return std::any_of(resourceTypes().begin(), resourceTypes().end(), [&](const ResourceType &type) {
            return type.group == request.group && type.plural == plural;
        });
    return mayWrite(request);
}

Json ApiAccess::review(const AccessRequest &request) const
{
    if (!allows(request))
        return {{"allowed", false}};
    const std::string role = isViewer(request.user) ? "cockpit-viewer" : "cockpit-operator";
    return {{"allowed", true},
            {"reason", "RBAC: allowed by RoleBinding \"" + role + '/' + request.nameSpace + "\" of Role \"" + role +
                           "\" to User \"" + request.user + '"'}};
}

Json ApiAccess::rules(const std::string &user) const
{
    Json list = Json::array();
    const auto add = [&](Json verbs, const char *group, Json resources) {
        list.push_back(
            {{"verbs", std::move(verbs)}, {"apiGroups", Json::array({group})}, {"resources", std::move(resources)}});
    };
    const Json read{"get", "list", "watch"};
    add({"create"}, "authorization.k8s.io", {"selfsubjectaccessreviews", "selfsubjectrulesreviews"});
    add(read, "argoproj.io", {"rollouts", "analysisruns", "analysistemplates", "applications"});
    add(read, "apps", {"deployments", "replicasets", "statefulsets", "daemonsets", "controllerrevisions"});
    add(read, "", {"pods", "events", "configmaps"});
    add(read, "autoscaling", Json::array({"horizontalpodautoscalers"}));
    add(read, "policy", Json::array({"poddisruptionbudgets"}));
    add(read, "networking.istio.io", {"destinationrules", "virtualservices"});
    add(Json::array({"get"}), "", {"pods/proxy", "services/proxy"});
    if (!m_readOnly && !isViewer(user)) {
        const Json change{"patch", "update", "get"};
        add(change, "argoproj.io", {"rollouts", "rollouts/status", "rollouts/scale", "applications"});
        add(change, "apps", {"deployments", "deployments/scale", "statefulsets", "statefulsets/scale", "daemonsets"});
        add(change, "autoscaling", Json::array({"horizontalpodautoscalers"}));
        add(change, "networking.istio.io", {"destinationrules", "virtualservices"});
        add({"create", "update", "delete"}, "", {"pods/proxy", "services/proxy"});
        add(Json::array({"delete"}), "", Json::array({"pods"}));
    }
    return {{"resourceRules", std::move(list)}, {"nonResourceRules", Json::array()}, {"incomplete", false}};
}

} // namespace cockpit::demo
