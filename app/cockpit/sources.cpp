// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/sources.h"

#include "app/formats/label_pool.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

struct Sources::Source {
    SourceIdentity identity;
    EndpointConfig endpointConfig;
    MetricPreset preset; ///< Prometheus only
    ServiceMap services; ///< Prometheus only
    EndpointPtr endpoint;
    std::unique_ptr<PrometheusBackend> prometheus;
    std::unique_ptr<AlertmanagerBackend> alertmanager;
    QTimer timer;
    bool resolving = false;
    std::optional<Clock::Monotonic> renewedAt;
};

namespace {

SourceStatus connectingStatus(const SourceIdentity &identity, const Clock &clock)
{
    return {.id = identity.id,
            .name = identity.name,
            .kind = identity.kind,
            .cluster = identity.cluster,
            .state = SourceStatus::State::Connecting,
            .interval = Duration(qint64(double(identity.interval.count()) * clock.speed()))};
}

/// Polls of many cockpits must not march in step: ±10 % (backends.md, appendix A).
std::chrono::milliseconds withJitter(std::chrono::milliseconds interval)
{
    const double factor = 0.9 + 0.2 * QRandomGenerator::global()->generateDouble();
    return std::chrono::milliseconds(qint64(double(interval.count()) * factor));
}

} // namespace

Sources::Sources(HttpClient &client, const Clock &clock, SecretResolver &secrets, UpdateSink publish, QObject *parent)
    : QObject(parent), m_client(client), m_clock(clock), m_secrets(secrets), m_publish(std::move(publish)), m_labels(std::make_shared<LabelPool>())
{
}

Sources::~Sources() = default;

void Sources::configure(const Configuration &configuration, const QHash<QString, MetricPreset> &presets)
{
    const auto add = [this](SourceIdentity identity, const EndpointConfig &endpoint) -> Source & {
        auto source = std::make_unique<Source>();
        source->identity = std::move(identity);
        source->endpointConfig = endpoint;
        source->timer.setSingleShot(true);
        connect(&source->timer, &QTimer::timeout, this, [this, raw = source.get()] { poll(*raw, HttpLane::Poll); });
        m_publish(StatusUpdate{connectingStatus(source->identity, m_clock)});
        m_sources.push_back(std::move(source));
        return *m_sources.back();
    };
    const ServiceMap services(configuration.serviceDefinitions());
    for (const PrometheusConfig &config : configuration.prometheus) {
        Source &source = add({.id = SourceId(QStringLiteral("prometheus/") + config.name),
                              .name = config.name,
                              .backend = config.name.contains(QStringLiteral("Prometheus")) || config.name.isEmpty()
                                             ? config.name
                                             : QStringLiteral("Prometheus ") + config.name,
                              .kind = SourceStatus::Kind::Prometheus,
                              .cluster = config.cluster,
                              .interval = config.interval},
                             config.endpoint);
        source.preset = presets.value(config.preset);
        source.services = services;
    }
    for (const AlertmanagerConfig &config : configuration.alertmanagers) {
        add({.id = SourceId(QStringLiteral("alertmanager/") + config.cluster + u'/' + config.name),
             .name = config.name,
             .backend = QStringLiteral("Alertmanager ") + config.cluster + u'/' + config.name,
             .kind = SourceStatus::Kind::Alertmanager,
             .cluster = config.cluster,
             .interval = config.interval},
            config.endpoint);
    }
}

void Sources::start()
{
    for (const auto &source : m_sources)
        resolve(*source);
}

void Sources::resolve(Source &source)
{
    if (source.resolving)
        return;
    source.resolving = true;
    m_secrets.resolve(source.endpointConfig, [this, &source](Result<EndpointPtr> endpoint) {
        source.resolving = false;
        if (!endpoint) {
            publishProblem(source, endpoint.error());
            source.timer.start(withJitter(source.identity.interval));
            return;
        }
        const bool changed = !source.endpoint || !(**endpoint == *source.endpoint);
        source.endpoint = *endpoint;
        if (changed && source.identity.kind == SourceStatus::Kind::Prometheus) {
            source.prometheus = std::make_unique<PrometheusBackend>(
                m_client, m_clock,
                PrometheusBackend::Settings{source.identity, source.endpoint, source.preset, source.services, m_labels},
                m_publish);
        } else if (changed) {
            source.alertmanager = std::make_unique<AlertmanagerBackend>(
                m_client, m_clock, AlertmanagerBackend::Settings{source.identity, source.endpoint, m_labels}, m_publish);
        }
        if (changed) {
            poll(source, HttpLane::Probe);
            Q_EMIT sourceReady(source.identity.id);
        }
    });
}

void Sources::poll(Source &source, HttpLane lane)
{
    if (source.prometheus)
        source.prometheus->poll(lane);
    else if (source.alertmanager)
        source.alertmanager->poll(lane);
    else
        resolve(source);
    source.timer.start(withJitter(source.identity.interval));
}

void Sources::pollAll(HttpLane lane)
{
    for (const auto &source : m_sources)
        poll(*source, lane);
}

void Sources::retry(const SourceId &id)
{
    if (Source *source = find(id))
        poll(*source, HttpLane::Probe);
}

void Sources::renewCredentials(const SourceId &id)
{
    Source *source = find(id);
    const Clock::Monotonic now = m_clock.monotonic();
    if (!source || (source->renewedAt && now - *source->renewedAt < 1min))
        return;
    source->renewedAt = now;
    resolve(*source);
}

void Sources::publishProblem(const Source &source, const Error &error)
{
    SourceStatus status = connectingStatus(source.identity, m_clock);
    status.state = SourceStatus::State::Unauthorized;
    status.message = QCoreApplication::translate("Sources", "Its credentials could not be read. ") + error.text();
    m_publish(StatusUpdate{status});
}

Sources::Source *Sources::find(const SourceId &id) const
{
    const auto found = std::find_if(m_sources.begin(), m_sources.end(),
                                    [&id](const auto &source) { return source->identity.id == id; });
    return found == m_sources.end() ? nullptr : found->get();
}

QList<SourceId> Sources::order() const
{
    QList<SourceId> ids;
    for (const auto &source : m_sources)
        ids.append(source->identity.id);
    return ids;
}

QList<PrometheusBackend *> Sources::everyPrometheus() const
{
    QList<PrometheusBackend *> all;
    for (const auto &source : m_sources) {
        if (source->prometheus)
            all.append(source->prometheus.get());
    }
    return all;
}

QList<PrometheusBackend *> Sources::prometheusFor(const ChartKey &key)
{
    QList<PrometheusBackend *> able;
    for (const auto &source : m_sources) {
        if (source->prometheus && source->prometheus->knowsChart(key))
            able.append(source->prometheus.get());
    }
    return able;
}

QList<Sources::Member> Sources::alertmanagers(const QString &cluster) const
{
    QList<Member> members;
    for (const auto &source : m_sources) {
        if (source->identity.kind == SourceStatus::Kind::Alertmanager && source->identity.cluster == cluster
            && source->endpoint)
            members.append({source->identity.id, source->identity.name, source->endpoint});
    }
    return members;
}

FleetRules fleetRules(const Configuration &configuration, const QHash<QString, MetricPreset> &presets)
{
    FleetRules rules;
    rules.environment = configuration.environment.name;
    rules.environmentKind = toWireName(configuration.environment.kind);
    rules.services = ServiceMap(configuration.serviceDefinitions());
    rules.severities = configuration.severities;
    if (!configuration.watchdog.isEmpty()) {
        rules.watchdogAlert = configuration.watchdog;
        rules.watchdogRequired = true;
    }
    for (const MetricPreset &preset : presets) {
        rules.errorRatioLimits.insert(preset.errorRatioLimits);
        rules.p99Limits.insert(preset.p99Limits);
    }
    rules.errorRatioLimits.insert(configuration.limits.errorRatio);
    rules.p99Limits.insert(configuration.limits.p99Seconds);
    return rules;
}

} // namespace cockpit
