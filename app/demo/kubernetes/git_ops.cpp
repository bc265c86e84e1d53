// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/git_ops.h"

#include "app/demo/pod_templates.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr Offset syncDelay = 60.0;

} // namespace

void GitOps::seed()
{
    if (!m_enabled)
        return;
    for (const ObjectStore::Object &rollout : m_state.store.list(*resourceOfKind("Rollout"), m_state.nameSpace))
        m_wanted[(*rollout)["metadata"]["name"]] = (*rollout)["spec"]["template"];
    Json object{
        {"metadata",
         {{"name", application}, {"namespace", nameSpace}, {"creationTimestamp", m_state.timeText(-90.0 * 86400.0)}}}};
    object["spec"] = {{"project", "default"},
                      {"source",
                       {{"repoURL", "https://git.example.test/dark-tower/deploy.git"},
                        {"path", "overlays/production"},
                        {"targetRevision", "main"}}},
                      {"destination", {{"server", "https://kubernetes.default.svc"}, {"namespace", m_state.nameSpace}}},
                      {"syncPolicy", {{"automated", {{"prune", true}, {"selfHeal", true}}}}}};
    object["status"] = {{"sync", {{"status", "Synced"}}}, {"health", {{"status", "Progressing"}}}};
    m_state.store.put(*resourceOfKind("Application"), std::move(object));
}

bool GitOps::isAutomated() const
{
    const ObjectStore::Object object = m_state.store.find(*resourceOfKind("Application"), nameSpace, application);
    if (!object || !(*object)["spec"].contains("syncPolicy") || !(*object)["spec"]["syncPolicy"].is_object())
        return false;
    const Json &policy = (*object)["spec"]["syncPolicy"];
    return policy.contains("automated") && policy["automated"].is_object();
}

Offset GitOps::reconcile(Offset now)
{
    Offset next = std::numeric_limits<Offset>::infinity();
    if (!m_enabled)
        return next;
    const ResourceType &type = *resourceOfKind("Rollout");
    for (const auto &[name, wanted] : m_wanted) {
        const ObjectStore::Object stored = m_state.store.find(type, m_state.nameSpace, name);
        if (!stored || !isAutomated() || templateHash((*stored)["spec"]["template"]) == templateHash(wanted)) {
            m_differsSince.erase(name);
            continue;
        }
        const Offset due = m_differsSince.emplace(name, now).first->second + syncDelay;
        if (due > now) {
            next = std::min(next, due);
            continue;
        }
        Json rollout = *stored;
        rollout["spec"]["template"] = wanted;
        rollout["metadata"]["generation"] = rollout["metadata"].value("generation", 1) + 1;
        noteManager(rollout, type.apiVersion(), "argocd-controller", m_state.timeText(now),
                    fieldsOf({{"spec", {{"template", {{"spec", Json::object()}}}}}}));
        m_state.store.put(type, std::move(rollout));
        m_differsSince.erase(name);
    }
    return next;
}

} // namespace cockpit::demo
