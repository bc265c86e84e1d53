// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"
#include "app/store/process_identity.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr int ticksBetweenFolds = 5;
constexpr int ticksBetweenLeaseLooks = 30;
constexpr int activityShown = 500;

StoreOptions storeOptions(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    return {.path = path, .owner = thisProcessIdentity()};
}

/// `clusters` is filled before anything is asked; it stays empty without `kubernetes:`.
SecretSources secretSources(const Cockpit::Settings &settings, const std::shared_ptr<ThroughCluster> &clusters)
{
    SecretSources sources{.environment = processEnvironment(), .keychain = settings.keychain};
    if (settings.configuration.kubernetes) {
        sources.throughCluster = [clusters](const EndpointConfig &config, const std::atomic_bool *stop) {
            return (*clusters)(config, stop);
        };
    }
    return sources;
}

Alert resolvedAlert(const ResolvedAlert &kept)
{
    Alert alert;
    alert.key = kept.key;
    alert.name = kept.name;
    alert.service = kept.service;
    alert.startsAt = kept.startsAt;
    alert.resolvedAt = kept.resolvedAt;
    alert.state = AlertState::Resolved;
    return alert;
}

} // namespace

Cockpit::Cockpit(const Clock &clock, Settings settings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_client(clock, QRandomGenerator::system()->generate64())
    , m_store(storeOptions(m_settings.storePath), clock, m_queue.poster())
    , m_secrets(secretSources(m_settings, m_throughCluster), m_queue.poster())
    , m_fleetService(clock, fleetRules(m_settings.configuration, m_settings.presets))
    , m_sources(m_client, clock, m_secrets, m_queue.sink())
    , m_models{.fleet = m_fleet,
               .alerts = m_alerts,
               .sources = m_sourceList,
               .activity = m_activity,
               .charts = m_chartStore,
               .actions = m_actionStore,
               .rollouts = m_rollouts,
               .runbooks = m_runbooks,
               .breakers = m_breakers,
               .incidents = m_incidents,
               .review = m_review,
               .time = m_time,
               .commands = m_commands,
               .requests = m_requests}
    , m_chartService(m_sources, clock, m_chartStore)
    , m_clusters(clusterParts())
    , m_flagServices(m_client, clock, m_secrets, m_queue.sink(), m_queue.poster())
    , m_setFlag({clock, m_flagServices, leaseStore(m_store), [this] { return m_fleetService.fleet(); }})
    , m_capacities({clock, m_clusters.calls(), m_rollouts, m_breakers, [this] { return m_fleetService.fleet(); },
                    m_settings.configuration.capacity})
    , m_healthProbes(m_client, clock, m_secrets, m_queue.sink())
    , m_paging(pagingParts())
    , m_runbookService(runbookParts())
    , m_incidentArchive(makeIncidentArchive(m_settings.configuration.store, m_settings.configuration.environment.name,
                                            m_store, clock, secretSources(m_settings, m_throughCluster)))
    , m_incidentService(incidentParts())
    , m_fileExport(m_queue.poster())
    , m_breakerSources(breakerParts())
    , m_connectivity({clock, [this] { return m_fleet.fleet().sources; }, m_queue.poster()})
    , m_watcher(clock)
{
    *m_throughCluster = m_clusters.throughCluster();
    if (KubernetesCalls *calls = m_clusters.calls()) {
        m_setReplicaLimits = std::make_unique<SetReplicaLimitsHandler>(CapacityActionParts{
            clock, *calls, leaseStore(m_store), [this](const ObjectKey &key) { return m_capacities.of(key); }});
        m_setSync = std::make_unique<SetSyncHandler>(SyncActionParts{clock, *calls, leaseStore(m_store)});
    }
    m_engine = std::make_unique<ActionEngine>(engineParts());
    m_leases = std::make_unique<LeaseKeeper>(*m_engine, engineParts(), m_settings.configuration.environment.name,
                                             [this](const Error &error) { Q_EMIT noticed(error.text()); });
    m_overrides = std::make_unique<Overrides>(Overrides::Parts{.engine = *m_engine,
                                                               .store = m_store,
                                                               .clock = m_clock,
                                                               .breakers = m_breakers,
                                                               .environment = m_settings.configuration.environment.name});
    m_breakerSources.setOverrides(*m_overrides);
    connectSources();
    connectRequests();
    m_time.setNow(clock.now());
}

Cockpit::~Cockpit() = default;

void Cockpit::start()
{
    m_sources.configure(m_settings.configuration, m_settings.presets);
    const QString environment = m_settings.configuration.environment.name;
    const Instant since = m_clock.now() - m_fleetService.rules().resolvedKept;
    m_store.ask<QList<ResolvedAlert>>(
        [environment, since](Store &store) { return store.history().resolvedSince(environment, since); },
        [this](Result<QList<ResolvedAlert>> resolved) {
            if (resolved)
                takeHistory(*resolved);
            else
                Q_EMIT noticed(resolved.error().text());
        });
    m_flagServices.configure(m_settings.configuration);
    m_breakers.setConfigured(!m_settings.configuration.breakers.isEmpty(), m_flagServices.isConfigured());
    m_sources.start();
    m_clusters.start();
    m_breakerSources.start();
    m_flagServices.start();
    m_capacities.start();
    m_healthProbes.start(m_settings.configuration.health);
    m_paging.start();
    m_runbookService.start();
    startIncidents();
    startReview();
    if (m_settings.isWindow)
        m_connectivity.watchNetwork();
    m_engine->resumeOpenActions(environment, [this](const Error &error) { Q_EMIT noticed(error.text()); });
    reloadActivity();
}

void Cockpit::retryAll()
{
    m_sources.pollAll(HttpLane::Probe);
    m_clusters.retryAll();
    m_breakerSources.pollAll(HttpLane::Probe);
    m_flagServices.pollAll(HttpLane::Probe);
    m_healthProbes.pollAll(HttpLane::Probe);
    m_paging.pollAll(HttpLane::Probe);
    m_chartService.refreshAll();
}

void Cockpit::connectSources()
{
    connect(&m_queue, &UpdateQueue::updatesArrived, this, &Cockpit::takeUpdates);
    connect(&m_fleetService, &FleetService::folded, this, &Cockpit::takeFleet);
    connect(&m_clusters, &Clusters::noticed, this, &Cockpit::noticed);
    connect(&m_breakerSources, &Breakers::noticed, this, &Cockpit::noticed);
    connect(m_overrides.get(), &Overrides::noticed, this, &Cockpit::noticed);
    connect(&m_runbookService, &RunbookService::noticed, this, &Cockpit::noticed);
    connect(&m_runbookService, &RunbookService::activityWritten, this, &Cockpit::reloadActivity);
    connect(&m_watcher, &WakeWatcher::ticked, this, &Cockpit::tick);
    connectConnectivity();
}

void Cockpit::connectRequests()
{
    connect(&m_requests, &Requests::planRequested, this, [this](const ActionRequest &request) {
        const ActionRequest whole = completed(request);
        Q_EMIT m_requests.planStarted(whole);
        m_engine->plan(whole);
    });
    connect(&m_requests, &Requests::confirmRequested, this,
            [this](const ActionId &id, const QStringList &accepted) { m_engine->confirm(id, accepted); });
    connect(&m_requests, &Requests::cancelRequested, this, [this](const ActionId &id) { m_engine->cancel(id); });
    connect(&m_requests, &Requests::chartRequested, &m_chartService, &ChartService::request);
    connect(&m_requests, &Requests::chartReleased, &m_chartService, &ChartService::release);
    connect(&m_requests, &Requests::filterRequested, this, &Cockpit::setFilter);
    connect(&m_requests, &Requests::retryRequested, &m_sources, &Sources::retry);
    connect(&m_requests, &Requests::retryRequested, &m_clusters, &Clusters::retry);
    connect(&m_requests, &Requests::retryRequested, &m_breakerSources, &Breakers::retry);
    connect(&m_requests, &Requests::retryRequested, &m_flagServices, &FlagServices::retry);
    connect(&m_requests, &Requests::retryRequested, &m_paging, &PagingServices::retry);
    connect(&m_requests, &Requests::exportRequested, this, [this](const QString &path, const QByteArray &content) {
        m_fileExport.write(path, content, [this, path](const Result<Done> &written) {
            Q_EMIT m_requests.exportFinished(path, written ? QString() : written.error().text());
        });
    });
}

void Cockpit::takeUpdates(const std::vector<SourceUpdate> &updates)
{
    for (const SourceUpdate &update : updates) {
        if (const auto *series = std::get_if<SeriesUpdate>(&update))
            m_chartService.apply(*series);
        else if (const auto *rollouts = std::get_if<RolloutsUpdate>(&update))
            m_rollouts.apply(*rollouts);
        else if (const auto *breakers = std::get_if<BreakersUpdate>(&update))
            m_breakerSources.take(*breakers);
        else if (const auto *flags = std::get_if<FlagsUpdate>(&update))
            m_breakers.apply(*flags);
        else if (const auto *paging = std::get_if<PagingUpdate>(&update))
            m_paging.take(*paging);
        else if (const auto *health = std::get_if<HealthUpdate>(&update))
            m_healthProbes.take(*health);
        else if (const auto *status = std::get_if<StatusUpdate>(&update);
                 status && status->status.state == SourceStatus::State::Unauthorized) {
            m_sources.renewCredentials(status->status.id);
            m_flagServices.renewCredentials(status->status.id);
            m_paging.renewCredentials(status->status.id);
        }
    }
    m_fleetService.apply(updates);
}

void Cockpit::takeFleet(const std::shared_ptr<const Fleet> &fleet, const std::shared_ptr<const AlertRows> &rows)
{
    m_alerts.setRows(rows);
    m_fleet.setFleet(fleet);
    m_sourceList.setSources(fleet->sources, m_clock.now());
    m_runbookService.takeFleet(fleet);
    m_incidentService.takeFleet();
    m_connectivity.takeSources();
    rememberResolved(*fleet);
    Q_EMIT fleetChanged();
}

void Cockpit::takeHistory(const QList<ResolvedAlert> &resolved)
{
    auto earlier = std::make_shared<Fleet>();
    for (const ResolvedAlert &kept : resolved) {
        earlier->alerts.push_back(resolvedAlert(kept));
        m_rememberedResolved.insert(kept.key);
    }
    m_fleetService.seed(std::move(earlier));
}

void Cockpit::rememberResolved(const Fleet &fleet)
{
    QList<ResolvedAlert> fresh;
    QSet<AlertKey> kept;
    for (const Alert &alert : fleet.alerts) {
        if (alert.state != AlertState::Resolved || !alert.resolvedAt)
            continue;
        kept.insert(alert.key);
        if (!m_rememberedResolved.contains(alert.key))
            fresh.append({alert.key, alert.name, alert.service, alert.startsAt, *alert.resolvedAt});
    }
    m_rememberedResolved = kept;
    if (fresh.isEmpty())
        return;
    const QString environment = m_settings.configuration.environment.name;
    m_store.ask<Done>([environment, fresh](Store &store) { return store.history().addResolved(environment, fresh); },
                      [this](const Result<Done> &kept_) {
                          if (!kept_)
                              Q_EMIT noticed(kept_.error().text());
                      });
}

void Cockpit::reloadActivity()
{
    const QString environment = m_settings.configuration.environment.name;
    m_store.ask<QList<ActivityEntry>>(
        [environment](Store &store) { return store.journal().activity(environment, activityShown); },
        [this](Result<QList<ActivityEntry>> entries) {
            if (entries)
                m_activity.setEntries(std::move(*entries));
            else
                Q_EMIT noticed(entries.error().text());
        });
}

void Cockpit::tick(Instant now)
{
    m_time.setNow(now);
    m_sourceList.tick(now);
    m_clusters.tick();
    if (m_slos)
        m_slos->tick(now);
    if (m_delivery)
        m_delivery->tick(now);
    m_overrides->tick();
    m_runbookService.tick();
    if (++m_ticksSinceFold >= ticksBetweenFolds) {
        m_ticksSinceFold = 0;
        m_fleetService.refold();
    }
    if (++m_ticksSinceLeases >= ticksBetweenLeaseLooks) {
        m_ticksSinceLeases = 0;
        m_leases->tick();
    }
}

void Cockpit::setFilter(const QString &text, AlertScope scope, const QStringList &collapsed)
{
    const auto filter = parseAlertFilter(text);
    if (!filter) {
        Q_EMIT m_requests.filterRefused(filter.error().text());
        return;
    }
    Q_EMIT m_requests.filterRefused(QString());
    m_fleetService.setQuery({.scope = scope, .filter = *filter, .collapsed = {collapsed.begin(), collapsed.end()}});
}

bool Cockpit::everySourceAnswered() const
{
    const Fleet &fleet = m_fleet.fleet();
    const QList<SourceId> order = m_sources.order() + m_clusters.order() + m_flagServices.order() +
                                  m_paging.order() + m_breakerSources.order();
    return m_healthProbes.everyAnswered() && std::all_of(order.begin(), order.end(), [&fleet](const SourceId &id) {
        return std::any_of(fleet.sources.begin(), fleet.sources.end(), [&id](const SourceStatus &status) {
            return status.id == id && status.state != SourceStatus::State::Connecting;
        });
    });
}

} // namespace cockpit
