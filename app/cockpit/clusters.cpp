// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/clusters.h"

#include "app/cockpit/policy_export_basis.h"

namespace cockpit {

namespace {

std::unique_ptr<KubernetesBackend> makeBackend(const Clusters::Parts &parts)
{
    const Configuration &configuration = parts.configuration;
    if (!configuration.kubernetes)
        return nullptr;
    return std::make_unique<KubernetesBackend>(
        parts.client, parts.clock,
        KubernetesBackend::Settings{.config = *configuration.kubernetes,
                                    .environment = configuration.environment.name,
                                    .services = ServiceMap(configuration.serviceDefinitions()),
                                    .variables = processEnvironment()},
        parts.post, parts.publish);
}


} // namespace

Clusters::Clusters(Parts parts, QObject *parent)
    : QObject(parent), m_parts(std::move(parts)), m_backend(makeBackend(m_parts)),
      m_measurer([&sources = m_parts.sources] { return sources.everyPrometheus(); }, m_parts.post),
      m_rollouts({.clock = m_parts.clock,
                  .store = m_parts.store,
                  .measurer = m_measurer,
                  .fleet = m_parts.fleet,
                  .request = m_parts.runByItself,
                  .actor = m_parts.actor},
                 m_parts.configuration.policies)
{
    connect(&m_rollouts, &RolloutService::noticed, this, &Clusters::noticed);
    connectRequests();
}

Clusters::~Clusters() = default;

void Clusters::connectRequests()
{
    Requests &requests = m_parts.requests;
    connect(&requests, &Requests::guardArmRequested, this, [this, &requests](const ObjectKey &object) {
        if (const auto armed = m_rollouts.arm(object); !armed)
            Q_EMIT requests.guardRefused(object, armed.error().text());
    });
    connect(&requests, &Requests::guardDisarmRequested, this,
            [this](const ObjectKey &object) { m_rollouts.disarm(object, tr("You disarmed it.")); });
    connect(&requests, &Requests::judgeRequested, &m_rollouts, &RolloutService::judgeNow);
    connect(&requests, &Requests::exportPolicyRequested, this, &Clusters::exportPolicy);
}

void Clusters::exportPolicy(const ObjectKey &object, const QString &engine)
{
    const auto refuse = [&](const QString &words) { Q_EMIT m_parts.requests.policyExported(object, {}, words); };
    const RolloutEntry *entry = m_parts.store.find(object);
    const auto known = policyEngineFromWireName(engine);
    if (!entry || !entry->policy || !known)
        return refuse(tr("No policy holds for %1.").arg(object.name));
    const QString preset = m_parts.configuration.prometheus.value(0).preset;
    auto basis = policyExportBasis(m_parts.configuration, m_parts.presets.value(preset), entry->rollout->service);
    if (!basis)
        return refuse(basis.error().text());
    basis->policy = *entry->policy;
    basis->nameSpace = object.nameSpace;
    fitToStrategy(*basis, entry->rollout->strategy);
    Q_EMIT m_parts.requests.policyExported(object, cockpit::exportPolicy(*basis, *known).yaml, {});
}

void Clusters::start()
{
    if (!m_backend)
        return;
    m_backend->start();
    m_rollouts.start();
}

void Clusters::tick()
{
    if (m_backend)
        m_rollouts.tick();
}

void Clusters::woke(Duration missed)
{
    if (!m_backend)
        return;
    m_backend->resetAfterSleep();
    m_rollouts.woke(missed);
}

void Clusters::resetConnections()
{
    if (m_backend)
        m_backend->resetAfterSleep();
}

void Clusters::retry(const SourceId &id)
{
    if (m_backend && m_backend->order().contains(id))
        m_backend->retry(id);
}

void Clusters::retryAll()
{
    for (const SourceId &id : order())
        m_backend->retry(id);
}

void Clusters::quit() { m_rollouts.quit(); }

QList<SourceId> Clusters::order() const { return m_backend ? m_backend->order() : QList<SourceId>(); }

KubernetesCalls *Clusters::calls() { return m_backend ? &m_backend->calls() : nullptr; }

ThroughCluster Clusters::throughCluster() const { return m_backend ? m_backend->throughCluster() : ThroughCluster(); }

MeasureAll Clusters::measureAll()
{
    return [this](const Rollout &rollout, Duration window, Instant at, std::function<void(Result<TrackMeasure>)> done) {
        m_measurer.measureAll(rollout.service, window, at, std::move(done));
    };
}

} // namespace cockpit
