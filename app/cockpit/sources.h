// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/alertmanager_backend.h"
#include "app/backends/prometheus_backend.h"
#include "app/clock/clock.h"
#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"
#include "app/net/http_client.h"
#include "models/fleet.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace cockpit {

/// The configured sources: resolves how one gets in, polls each by its own interval, and asks again on demand.
/// Lives on the owner's thread and never waits.
class Sources : public QObject {
    Q_OBJECT
public:
    Sources(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish, QObject *parent = nullptr);
    ~Sources() override;

    /// Makes one source per configured server; publishes each as connecting. Call once.
    void configure(const Configuration &configuration, const QHash<QString, MetricPreset> &presets);
    /// Resolves secrets and begins to poll.
    void start();
    /// Everything at once: after sleep, a change of network, or by hand.
    void pollAll(HttpLane lane);
    /// Retry now: past the poll breaker; secrets are read again when that was the trouble.
    void retry(const SourceId &id);
    /// A source said 401: its token may have been renewed. At most once a minute per source.
    void renewCredentials(const SourceId &id);

    QList<SourceId> order() const;
    /// The Prometheus sources that can be asked now.
    QList<PrometheusBackend *> everyPrometheus() const;
    /// The Prometheus sources that can draw this chart.
    QList<PrometheusBackend *> prometheusFor(const ChartKey &key);
    /// Name and address of the members of a cluster, in configured order; those without credentials yet are left out.
    struct Member {
        SourceId id{};
        QString name{};
        EndpointPtr endpoint{};
    };
    QList<Member> alertmanagers(const QString &cluster) const;

Q_SIGNALS:
    /// Its address and credentials are known: it can be asked now.
    void sourceReady(const cockpit::SourceId &id);

private:
    struct Source;
    void resolve(Source &source);
    void poll(Source &source, HttpLane lane);
    void publishProblem(const Source &source, const Error &error);
    Source *find(const SourceId &id) const;

    HttpClient &m_client;
    const Clock &m_clock;
    SecretResolver &m_secrets;
    UpdateSink m_publish;
    std::shared_ptr<LabelPool> m_labels; ///< what one source tells, another tells too
    std::vector<std::unique_ptr<Source>> m_sources;
};

/// What decides how updates are read, from the configuration and the presets that it names.
FleetRules fleetRules(const Configuration &configuration, const QHash<QString, MetricPreset> &presets);

} // namespace cockpit
