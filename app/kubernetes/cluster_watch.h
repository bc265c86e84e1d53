// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/cluster_facts.h"
#include "app/kubernetes/resource_watch.h"
#include "models/source_update.h"

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

/// The times of a context. Tests make them short.
struct ClusterWatchOptions {
    ResourceWatchOptions watch{};
    std::chrono::milliseconds proofInterval{30'000}; ///< between two reads that prove that the server answers
    std::chrono::milliseconds proofAgain{5'000};     ///< after one that failed
    std::chrono::milliseconds proofLimit{8'000};
    std::chrono::milliseconds settleLimit{5'000}; ///< how long the first update waits for slower kinds
    std::chrono::milliseconds publishPause{50};   ///< shortest time between two updates
};

/// Watches everything that rolls out in one context and publishes what follows: RolloutsUpdate when something changed,
/// StatusUpdate when the state or the time of the last proven read did. A watch that is silent proves nothing, so that
/// the age of everything is that of the last read that was answered. Lives on the worker's thread.
class ClusterWatch : public std::enable_shared_from_this<ClusterWatch> {
public:
    struct Settings {
        SourceId id{};
        QString environment{};
        QStringList namespaces{}; ///< empty = all; where that is forbidden, the context's own
        ServiceMap services{};
        ClusterWatchOptions options{};
    };
    ClusterWatch(std::shared_ptr<ContextLink> link, std::shared_ptr<TaskThread> worker, const Clock &clock,
                 Settings settings, std::function<void(SourceUpdate)> publish);
    ~ClusterWatch();

    void start();
    /// Everything that waits tries now, open watches go on over new connections.
    void retry();
    /// How it looks before the first answer.
    static SourceStatus connecting(const SourceId &id, const QString &context, const Clock &clock,
                                   const ClusterWatchOptions &options);

private:
    void addWatch(KubernetesKind kind, const QString &nameSpace);
    void onStateChanged(KubernetesKind kind, const QString &nameSpace);
    void splitByNamespace(KubernetesKind kind);
    void onFirstAnswer();
    void askIdentity();
    void askDiscovery();

    void prove();
    void proveLater(std::chrono::milliseconds delay);
    void takeProof(quint64 proof, const std::optional<Error> &error);
    const ResourceWatch *provable() const;
    bool isWatchingWorkloads() const;
    bool isOtherCluster();

    void publishLater();
    void publishNow();
    bool isSettled() const;
    void publishStatus();
    SourceStatus status() const;
    void describeWatches(SourceStatus &status) const;

    const std::shared_ptr<ContextLink> m_link;
    const std::shared_ptr<TaskThread> m_worker;
    const Clock &m_clock;
    const Settings m_settings;
    const std::function<void(SourceUpdate)> m_publish;
    ClusterFacts m_facts;
    std::vector<std::shared_ptr<ResourceWatch>> m_watches{};
    QString m_place{}; ///< which cluster and user the facts are of
    bool m_answered = false;
    bool m_publishing = false; ///< an update is on its way
    bool m_published = false;
    Clock::Monotonic m_began{};
    std::optional<Clock::Monotonic> m_publishedAt{};
    quint64 m_proof = 0; ///< answers of an older one are dropped
    std::optional<Error> m_proofError{};
    std::optional<Instant> m_lastSuccess{};
    std::optional<Instant> m_downSince{};
    std::optional<SourceStatus> m_status{}; ///< as published
};

} // namespace cockpit
