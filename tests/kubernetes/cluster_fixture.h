// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/kubernetes/kubernetes_backend.h"
#include "app/net/curl_http_client.h"
#include "app/net/network_runtime.h"
#include "kubeconfig_fixture.h"
#include "tests/support/wire_server.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace cockpit {

/// Times of a test: tenths of a second where the product has seconds.
inline ResourceWatchOptions fastWatch()
{
    using namespace std::chrono_literals;
    ResourceWatchOptions options;
    options.firstBackoff = 20ms;
    options.longestBackoff = 100ms;
    options.relistJitter = 20ms;
    options.absentPause = 150ms;
    options.forbiddenPause = 150ms;
    options.healthyAfter = 5s;
    options.listLimit = 2s;
    return options;
}
inline ClusterWatchOptions fastCluster()
{
    using namespace std::chrono_literals;
    ClusterWatchOptions options;
    options.watch = fastWatch();
    options.proofInterval = 100ms;
    options.proofAgain = 50ms;
    options.proofLimit = 500ms;
    options.settleLimit = 1s;
    options.publishPause = 10ms;
    return options;
}

/// Keeps what a backend published, from any thread.
class SeenUpdates {
public:
    UpdateSink sink()
    {
        return [this](SourceUpdate update) {
            const std::lock_guard lock(m_mutex);
            m_updates.push_back(std::move(update));
        };
    }
    template <typename T> std::vector<T> all() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<T> found;
        for (const SourceUpdate &update : m_updates) {
            if (const auto *one = std::get_if<T>(&update))
                found.push_back(*one);
        }
        return found;
    }
    std::optional<SourceStatus> status(const QString &context = QStringLiteral("prod")) const
    {
        std::optional<SourceStatus> last;
        for (const StatusUpdate &update : all<StatusUpdate>()) {
            if (update.status.id == kubernetesSourceId(context))
                last = update.status;
        }
        return last;
    }
    SourceStatus::State state(const QString &context = QStringLiteral("prod")) const
    {
        const auto last = status(context);
        return last ? last->state : SourceStatus::State::Connecting;
    }
    std::optional<RolloutsUpdate> rollouts(const QString &context = QStringLiteral("prod")) const
    {
        std::optional<RolloutsUpdate> last;
        for (const RolloutsUpdate &update : all<RolloutsUpdate>()) {
            if (update.context == context)
                last = update;
        }
        return last;
    }
    RolloutPtr rollout(const QString &name) const
    {
        const auto update = rollouts();
        if (!update)
            return nullptr;
        const auto found = std::find_if(update->rollouts->begin(), update->rollouts->end(),
                                        [&name](const RolloutPtr &rollout) { return rollout->key.name == name; });
        return found == update->rollouts->end() ? nullptr : *found;
    }

private:
    mutable std::mutex m_mutex{};
    std::vector<SourceUpdate> m_updates{};
};

/// Answers a WireServer gives so that a whole context is there: six recorded Rollouts, everything else empty.
inline void serveCluster(WireServer &server)
{
    for (const char *kind : {"deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions", "pods",
                             "horizontalpodautoscalers", "events", "configmaps", "analysisruns"}) {
        server.on(std::string("/") + kind + "?limit", {WireServer::emptyList("700")});
        server.on(std::string("/") + kind + "?watch", {WireServer::watch({})});
    }
    server.on("/rollouts?limit", {WireServer::recorded("rollouts-list")});
    server.on("/rollouts?watch", {WireServer::watch({})});
    server.on("POST /apis/authentication.k8s.io", {WireServer::recorded("selfsubjectreview-not-in-1.26-403")});
    server.on("GET /apis/argoproj.io/v1alpha1$", {WireServer::recorded("discovery-argoproj.io-v1alpha1")});
}

} // namespace cockpit
