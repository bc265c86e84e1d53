// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_engine.h"
#include "app/actions/capacity/set_replica_limits.h"
#include "app/actions/flag/set_flag.h"
#include "app/actions/gitops/set_sync.h"
#include "app/actions/lease_keeper.h"
#include "app/clock/clock.h"
#include "app/cockpit/breakers.h"
#include "app/cockpit/capacities.h"
#include "app/cockpit/chart_service.h"
#include "app/cockpit/clusters.h"
#include "app/cockpit/connectivity_service.h"
#include "app/cockpit/delivery_service.h"
#include "app/cockpit/file_export.h"
#include "app/cockpit/flag_services.h"
#include "app/cockpit/fleet_service.h"
#include "app/cockpit/health_probes.h"
#include "app/cockpit/incident_service.h"
#include "app/cockpit/paging_services.h"
#include "app/cockpit/runbook_service.h"
#include "app/cockpit/overrides.h"
#include "app/cockpit/slo_service.h"
#include "app/cockpit/sources.h"
#include "app/cockpit/update_queue.h"
#include "app/cockpit/wake_watcher.h"
#include "app/config/configuration.h"
#include "app/net/curl_http_client.h"
#include "app/store/store_thread.h"
#include "app/incidents/incident_archive_factory.h"
#include "models/items/action_store.h"
#include "models/items/activity_model.h"
#include "models/items/alert_list_model.h"
#include "models/items/breaker_store.h"
#include "models/items/chart_store.h"
#include "models/items/cockpit_models.h"
#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/review_store.h"
#include "models/items/rollout_store.h"
#include "models/items/runbook_store.h"
#include "models/items/source_list_model.h"
#include "models/items/time_model.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace cockpit {

/// The composition root: owns everything between the backends and the models, for the window and the command line
/// alike. One environment; another one is another Cockpit. Owner's thread; never waits.
class Cockpit : public QObject {
    Q_OBJECT
public:
    struct Settings {
        Configuration configuration{};
        QHash<QString, MetricPreset> presets{};
        QString storePath{};
        QString actor{};
        KeychainReader keychain{}; ///< empty = there is none
        PdfOfHtml pdf{};           ///< empty = no PDF can be made here
        bool isWindow = false;     ///< a person sits before it: reminders and upgrades by rule happen here
    };

    Cockpit(const Clock &clock, Settings settings, QObject *parent = nullptr);
    ~Cockpit() override;

    /// Reads what the store knows, resumes actions that a kill left open, and begins to poll.
    void start();

    CockpitModels &models() { return m_models; }
    const Configuration &configuration() const { return m_settings.configuration; }
    const QString &actor() const { return m_settings.actor; }
    /// Empty where no PDF can be made.
    const PdfOfHtml &pdf() const { return m_settings.pdf; }
    const FleetModel &fleet() const { return m_fleet; }
    ActionEngine &actions() { return *m_engine; }
    StoreThread &store() { return m_store; }
    const ChartService &charts() const { return m_chartService; }
    const RolloutStore &rollouts() const { return m_rollouts; }
    Overrides &overrides() { return *m_overrides; }
    const BreakerStore &breakers() const { return m_breakers; }
    const ReviewStore &review() const { return m_review; }
    DeliveryService *delivery() { return m_delivery.get(); } ///< null until start()
    RunbookService &runbooks() { return m_runbookService; }
    IncidentService &incidents() { return m_incidentService; }
    /// Every configured source has answered or failed, and what they said is in the Fleet.
    bool everySourceAnswered() const;
    /// What became of each alert of an open incident is known: it fires, its end stands in the timeline, or Prometheus
    /// told what it remembers.
    bool knowsAttachedAlerts() const;
    /// The overrides of this installation and those that the backends tell of are read.
    bool overridesKnown() const { return m_overrides->isRead() && m_breakerSources.notesRead(); }
    /// The desktop says that the computer slept and is awake again.
    void resume() { m_watcher.resume(); }
    /// Whether the screen is of now (sleep, another network, no network).
    const ConnectivityService &connectivity() const { return m_connectivity; }
    void readOverrides() { m_overrides->keeper().reload(); }
    /// A request with id, environment, actor and time filled in.
    ActionRequest completed(ActionRequest request) const;
    /// Every source at once, past the poll breakers, and every chart on screen.
    void retryAll();
    /// The newest entries of the activity log, into the model.
    void reloadActivity();

Q_SIGNALS:
    void fleetChanged();
    /// Something that a person must know and that belongs to no page: the store failed, the process slept.
    void noticed(const QString &words);

private:
    ActionEngineParts engineParts();
    Breakers::Parts breakerParts();
    Clusters::Parts clusterParts();
    PagingServices::Parts pagingParts();
    RunbookService::Parts runbookParts();
    IncidentService::Parts incidentParts();
    void startIncidents();
    void startReview();
    DeliveryService::Parts deliveryParts();
    void connectConnectivity();
    void reportAction(const ActionRecord &record);
    /// What no person has to confirm: an armed guard acts. It runs unless its plan holds something serious.
    void runByItself(ActionRequest request);
    void goOnByItself(const ActionRecord &record);
    void connectSources();
    void connectRequests();
    void takeFleet(const std::shared_ptr<const Fleet> &fleet, const std::shared_ptr<const AlertRows> &rows);
    void takeUpdates(const std::vector<SourceUpdate> &updates);
    void takeHistory(const QList<ResolvedAlert> &resolved);
    void rememberResolved(const Fleet &fleet);
    void woke(Duration missed);
    void tick(Instant now);
    void setFilter(const QString &text, AlertScope scope, const QStringList &collapsed);
    QList<AlertmanagerMember> livingMembers(const QString &cluster) const;
    GateContext gateContext(const ActionRequest &request) const;

    const Clock &m_clock;
    Settings m_settings;
    // Order is lifetime: what is below uses what is above.
    UpdateQueue m_queue;
    CurlHttpClient m_client;
    StoreThread m_store;
    std::shared_ptr<ThroughCluster> m_throughCluster = std::make_shared<ThroughCluster>();
    SecretResolver m_secrets;
    FleetService m_fleetService;
    Sources m_sources;
    FleetModel m_fleet;
    AlertListModel m_alerts;
    SourceListModel m_sourceList;
    ActivityModel m_activity;
    ChartStore m_chartStore;
    ActionStore m_actionStore;
    RolloutStore m_rollouts;
    RunbookStore m_runbooks;
    BreakerStore m_breakers;
    IncidentStore m_incidents;
    ReviewStore m_review;
    TimeModel m_time;
    CommandRegistry m_commands;
    Requests m_requests;
    CockpitModels m_models;
    ChartService m_chartService;
    Clusters m_clusters;
    FlagServices m_flagServices;
    SetFlagHandler m_setFlag;
    Capacities m_capacities;
    HealthProbes m_healthProbes;
    PagingServices m_paging;
    std::unique_ptr<SetSyncHandler> m_setSync; ///< null without a cluster
    std::unique_ptr<SetReplicaLimitsHandler> m_setReplicaLimits; ///< null without a cluster
    RunbookService m_runbookService;
    std::unique_ptr<IncidentArchive> m_incidentArchive;
    IncidentService m_incidentService;
    std::unique_ptr<SloService> m_slos;
    std::unique_ptr<DeliveryService> m_delivery; ///< null until start()
    FileExport m_fileExport;
    Breakers m_breakerSources;
    std::unique_ptr<ActionEngine> m_engine;
    std::unique_ptr<LeaseKeeper> m_leases;
    std::unique_ptr<Overrides> m_overrides;
    ConnectivityService m_connectivity;
    WakeWatcher m_watcher;
    QSet<AlertKey> m_rememberedResolved;
    QSet<ActionId> m_runsByItself;
    int m_ticksSinceFold = 0;
    int m_ticksSinceLeases = 0;
};

} // namespace cockpit
