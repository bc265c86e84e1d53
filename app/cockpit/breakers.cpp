// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/breakers.h"

#include "app/actions/rollout/rollout_scene.h"
#include "app/breakers/istio_breakers.h"
#include "app/cockpit/breaker_sources.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int pollsBetweenNotes = 2;

/// Polls of many cockpits must not march in step: ±10 %.
std::chrono::milliseconds breakerPause(Duration interval)
{
    const double factor = 0.9 + 0.2 * QRandomGenerator::global()->generateDouble();
    return std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(interval.count()) * factor));
}

} // namespace

Breakers::Breakers(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_services(m_parts.configuration.serviceDefinitions())
    , m_notes(m_parts.kubernetes ? std::make_unique<LeaseNotes>(*m_parts.kubernetes) : nullptr)
    , m_past({m_parts.store, m_parts.post, m_parts.prometheus})
    , m_override(actionParts())
    , m_reset(actionParts())
{
    for (const BreakerConfig &given : m_parts.configuration.breakers) {
        const BreakerConfig config = withPlace(given, m_parts.configuration);
        auto source = std::make_unique<Source>();
        source->config = config;
        source->identity = breakerIdentity(config);
        source->timer.setSingleShot(true);
        connect(&source->timer, &QTimer::timeout, this, [this, raw = source.get()] { poll(*raw, HttpLane::Poll); });
        m_sources.push_back(std::move(source));
    }
    connect(&m_parts.rollouts, &RolloutStore::changed, this, &Breakers::podsMayHaveChanged);
}

Breakers::~Breakers() = default;

BreakerActionParts Breakers::actionParts()
{
    return {.clock = m_parts.clock,
            .leases = leaseStore(m_parts.journal),
            .source =
                [this](const SourceId &id) {
                    Source *source = find(id);
                    return source ? source->breakers.get() : nullptr;
                },
            .overrides = [this] { return m_overrides ? m_overrides->all() : QList<Override>(); },
            .fleet = m_parts.fleet,
            .board = {.isSeen = [this](const BreakerKey &key) { return placeOf(key).has_value(); },
                      .post =
                          [this](const BreakerKey &key, const Lease &lease, bool take,
                                 std::function<void(Result<Done>)> done) {
                              m_notes->write(*placeOf(key), key.name, lease, take, std::move(done));
                          }},
            .callersOf = [this](const ServiceId &service) { return m_services.dependantsOf(service); }};
}

Breakers::Source *Breakers::find(const SourceId &id) const
{
    const auto found =
        std::find_if(m_sources.begin(), m_sources.end(), [&id](const auto &one) { return one->identity.id == id; });
    return found == m_sources.end() ? nullptr : found->get();
}

std::optional<LeasePlace> Breakers::placeOf(const BreakerKey &key) const
{
    const Source *source = find(key.source);
    if (source && m_notes && source->config.kind == BreakerConfig::Kind::Istio)
        return key.name.isEmpty() ? std::nullopt
                                  : std::optional(LeasePlace{source->config.context,
                                                             IstioBreakers::path(source->config.nameSpace, key.name)});
    const Rollout *rollout = source && m_notes && !source->config.workload.isEmpty()
                                 ? breakerWorkload(m_parts.rollouts, source->config)
                                 : nullptr;
    if (!rollout)
        return std::nullopt;
    const QString path = pathOf(rollout->key.kind, rollout->key.nameSpace, rollout->key.name);
    return path.isEmpty() ? std::nullopt : std::optional(LeasePlace{rollout->key.context, path});
}

void Breakers::start()
{
    for (const auto &source : m_sources) {
        SourceStatus status{.id = source->identity.id,
                            .name = source->identity.name,
                            .kind = SourceStatus::Kind::Breakers,
                            .cluster = source->identity.cluster};
        m_parts.publish(StatusUpdate{status});
        resolve(*source);
    }
}

void Breakers::publishProblem(const Source &source, const Error &error)
{
    SourceStatus status{.id = source.identity.id,
                        .name = source.identity.name,
                        .kind = SourceStatus::Kind::Breakers,
                        .cluster = source.identity.cluster,
                        .state = stateAfter(error)};
    status.message = error.text();
    m_parts.publish(StatusUpdate{status});
}

void Breakers::resolve(Source &source)
{
    if (source.resolving > 0)
        return;
    const bool isIstio = source.config.kind == BreakerConfig::Kind::Istio;
    if (isIstio && m_parts.kubernetes)
        return makeIstio(source);
    if ((isIstio || !source.config.workload.isEmpty()) && !m_parts.configuration.kubernetes) {
        return publishProblem(source, Error{Error::Kind::Invalid,
                                            tr("%1 is in a cluster, and none is configured.").arg(source.identity.name),
                                            {},
                                            tr("Add `kubernetes:` to the configuration, or give `urls`.")});
    }
    const QList<EndpointConfig> configs = breakerEndpoints(source.config);
    const auto found = std::make_shared<QList<EndpointPtr>>(configs.size());
    source.resolving = static_cast<int>(configs.size());
    for (qsizetype i = 0; i < configs.size(); ++i) {
        m_parts.secrets.resolve(configs.at(i), [this, &source, found, i](const Result<EndpointPtr> &endpoint) {
            if (endpoint)
                (*found)[i] = *endpoint;
            else
                publishProblem(source, endpoint.error());
            if (--source.resolving > 0)
                return;
            if (found->contains(nullptr)) {
                source.timer.start(breakerPause(source.identity.interval));
                return;
            }
            make(source, *found);
        });
    }
}

void Breakers::makeIstio(Source &source)
{
    if (!source.breakers) {
        BreakerFacts facts{.source = source.identity.id,
                           .service = source.config.service,
                           .kind = QStringLiteral("istio"),
                           .possible = {BreakerMode::ForceOpen, BreakerMode::Reset},
                           .dependencies = source.config.dependencies,
                           .fallbacks = source.config.fallbacks};
        source.breakers = std::make_unique<IstioBreakers>(
            *m_parts.kubernetes, m_parts.clock,
            IstioBreakers::Settings{source.identity, std::move(facts), source.config.context, source.config.nameSpace,
                                    [this, raw = &source](const QList<LeaseNote> &notes) {
                                        if (m_overrides)
                                            showNotes(*raw, notes);
                                    }},
            m_parts.publish);
    }
    poll(source, HttpLane::Probe);
}

void Breakers::make(Source &source, const QList<EndpointPtr> &endpoints)
{
    source.endpoints = endpoints;
    if (source.config.kind == BreakerConfig::Kind::Istio)
        return makeIstio(source);
    if (source.breakers) // its next call finds the new credentials
        return poll(source, HttpLane::Probe);
    const auto protocol = breakerProtocol(source.config);
    if (!protocol)
        return;
    BreakerFacts facts{.source = source.identity.id,
                       .service = source.config.service,
                       .kind = protocol->kind(),
                       .possible = protocol->possible(),
                       .dependencies = source.config.dependencies,
                       .fallbacks = source.config.fallbacks};
    const auto instances = [this, raw = &source] {
        return breakerInstances(raw->config, raw->endpoints, askablePods(m_parts.rollouts, raw->config));
    };
    source.breakers = std::make_unique<InstanceBreakers>(
        m_parts.client, m_parts.clock, InstanceBreakers::Settings{source.identity, protocol, std::move(facts)},
        instances, m_parts.post, m_parts.publish);
    poll(source, HttpLane::Probe);
}

void Breakers::poll(Source &source, HttpLane lane)
{
    source.timer.start(breakerPause(source.identity.interval));
    if (!source.breakers)
        return resolve(source);
    if (!source.config.workload.isEmpty() && !m_parts.rollouts.isKnown())
        return; // the pods come with the cluster's first answer, which asks again
    source.breakers->poll(lane);
    if (source.pollsSinceNotes++ % pollsBetweenNotes == 0)
        readNotes(source);
}

void Breakers::pollAll(HttpLane lane)
{
    for (const auto &source : m_sources)
        poll(*source, lane);
}

void Breakers::retry(const SourceId &id)
{
    Source *source = find(id);
    if (!source)
        return;
    resolve(*source); // secrets are read again, too
    poll(*source, HttpLane::Probe);
}

QList<SourceId> Breakers::order() const
{
    QList<SourceId> ids;
    for (const auto &source : m_sources)
        ids.append(source->identity.id);
    return ids;
}

void Breakers::podsMayHaveChanged()
{
    for (const auto &source : m_sources) {
        if (source->config.workload.isEmpty())
            continue;
        const Rollout *rollout = breakerWorkload(m_parts.rollouts, source->config);
        for (const PodFact &pod : rollout ? rollout->pods : QList<PodFact>()) {
            const auto before = source->restarts.constFind(pod.name);
            if (before != source->restarts.constEnd() && *before < pod.restarts)
                source->restartedAt.insert(pod.name, m_parts.clock.now());
            source->restarts.insert(pod.name, pod.restarts);
        }
        const QStringList pods = askablePods(m_parts.rollouts, source->config);
        if (pods == source->pods)
            continue;
        source->pods = pods;
        if (source->breakers)
            poll(*source, HttpLane::Interactive);
    }
}

} // namespace cockpit
