// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_engine.h"
#include "app/backends/track_measures.h"
#include "app/backends/update_sink.h"
#include "app/cockpit/rollout_service.h"
#include "app/cockpit/sources.h"
#include "app/config/configuration.h"
#include "app/kubernetes/kubernetes_backend.h"
#include "models/items/requests.h"
#include "models/items/rollout_store.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace cockpit {

/// Opens an endpoint through the API server of a context (SecretSources::throughCluster).
using ThroughCluster = std::function<Result<EndpointPtr>(const EndpointConfig &, const std::atomic_bool *stop)>;

/// The Kubernetes side of a Cockpit: the configured contexts, what rolls out in them, and what is thought of it.
/// Without `kubernetes:` in the configuration it holds nothing and asks for nothing. Owner's thread; never waits.
class Clusters : public QObject {
    Q_OBJECT
public:
    struct Parts {
        HttpClient &client;
        const Clock &clock;
        Sources &sources;
        RolloutStore &store;
        Requests &requests;
        UpdateSink publish;
        Post post;
        std::function<std::shared_ptr<const Fleet>()> fleet;
        std::function<void(ActionRequest)> runByItself; ///< an armed guard rolls back
        QString actor{};
        const Configuration &configuration;
        const QHash<QString, MetricPreset> &presets;
    };

    explicit Clusters(Parts parts, QObject *parent = nullptr);
    ~Clusters() override;

    void start();
    /// To be called once a second.
    void tick();
    /// The process slept or the network changed.
    void woke(Duration missed);
    /// Another network: every watch is opened anew.
    void resetConnections();
    /// Retry now; does nothing for a source that is no context.
    void retry(const SourceId &id);
    void retryAll();
    /// No guard acts any more.
    void quit();
    /// One source per context, in configured order.
    QList<SourceId> order() const;
    /// Null when none is configured.
    KubernetesCalls *calls();
    MeasureAll measureAll();
    /// Empty when none is configured.
    ThroughCluster throughCluster() const;
    QList<Finding> policyProblems() const { return m_rollouts.policyProblems(); }

Q_SIGNALS:
    void noticed(const QString &words);

private:
    void connectRequests();
    void exportPolicy(const ObjectKey &object, const QString &engine);

    Parts m_parts;
    std::unique_ptr<KubernetesBackend> m_backend; ///< null when none is configured
    TrackMeasurer m_measurer;
    RolloutService m_rollouts;
};

} // namespace cockpit
