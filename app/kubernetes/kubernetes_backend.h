// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/update_sink.h"
#include "app/config/configuration.h"
#include "app/config/configuration_loader.h"
#include "app/kubernetes/cluster_watch.h"
#include "app/kubernetes/kubernetes_client.h"

#include <memory>

namespace cockpit {

/// All configured contexts: watches what rolls out in each (RolloutsUpdate, StatusUpdate per context, id
/// "kubernetes/CONTEXT"), and calls their API servers. A context that hangs delays no other. Without configured
/// contexts it is the current one of the kubeconfig. Lives on the owner's thread, which never waits; its own worker and
/// the client's I/O thread do everything. The client must outlive it, and `publish` may come on any thread.
class KubernetesBackend {
public:
    /// Delivers a callback on the owner's thread.
    using Post = KubernetesClient::Post;
    struct Settings {
        KubernetesConfig config{};
        QString environment{}; ///< its name, for ObjectKey
        ServiceMap services{};
        EnvironmentVariables variables{}; ///< of the process: KUBECONFIG, HOME, PATH, SHELL
        ClusterWatchOptions options{};
        std::chrono::milliseconds pluginLimit{30'000}; ///< of a credential plugin
    };
    KubernetesBackend(HttpClient &client, const Clock &clock, Settings settings, Post post, UpdateSink publish);
    ~KubernetesBackend();
    KubernetesBackend(const KubernetesBackend &) = delete;
    KubernetesBackend &operator=(const KubernetesBackend &) = delete;

    /// Publishes each context as connecting, and begins.
    void start();
    /// Retry now: everything that waits tries at once, failed logins too.
    void retry(const SourceId &id);
    /// Ends a login of that context that runs.
    void cancelLogin(const SourceId &id);
    /// After HttpClient::resetConnections(): nothing waits out its pause.
    void resetAfterSleep();
    KubernetesCalls &calls();
    /// For SecretSources::throughCluster: opens endpoints with `via: {kubernetes: …}`. The function blocks like a
    /// login, may be called on any thread and after the end of this object (Error Cancelled).
    std::function<Result<EndpointPtr>(const EndpointConfig &, const std::atomic_bool *stop)> throughCluster() const;
    /// The configured contexts, in order; of an unnamed one, once it is known.
    QList<SourceId> order() const;

private:
    struct Work;
    std::shared_ptr<Work> m_work;
};

/// "kubernetes/prod-eu".
SourceId kubernetesSourceId(const QString &context);

} // namespace cockpit
