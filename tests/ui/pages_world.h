// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/action_store.h"
#include "models/items/activity_model.h"
#include "models/items/alert_list_model.h"
#include "models/items/breaker_store.h"
#include "models/items/incident_store.h"
#include "models/items/chart_store.h"
#include "models/items/cockpit_models.h"
#include "models/items/command_registry.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/review_store.h"
#include "models/items/rollout_store.h"
#include "models/items/runbook_store.h"
#include "models/items/source_list_model.h"
#include "models/items/time_model.h"

#include <QList>

namespace cockpit {

/// All models with one hand-made state of the world, and a writer that answers the pages at once.
struct PagesWorld {
    PagesWorld();
    FleetModel fleet{};
    AlertListModel alerts{};
    SourceListModel sources{};
    ActivityModel activity{};
    ChartStore charts{};
    ActionStore actions{};
    RolloutStore rollouts{};
    RunbookStore runbooks{};
    BreakerStore breakers{};
    IncidentStore incidents{};
    ReviewStore review{};
    TimeModel time{};
    CommandRegistry commands{};
    Requests requests{};
    CockpitModels models{fleet, alerts, sources, activity, charts, actions, rollouts, runbooks, breakers, incidents, review, time,
                         commands, requests};

    QList<ActionRequest> planned{};
    bool seriousPlans = false; ///< plans of rollouts carry a bad check
    QList<ActionId> confirmed{};
    QList<ActionId> cancelled{};

    /// Shows that fleet, with its rows.
    void show(Fleet state);
    /// Answers every plan request with one good and one unknown check.
    void answerPlans();
    /// Charts of all services and of the alert's service, as the incident of the pictures has them.
    void fillCharts(bool incident, bool gap = false);

private:
    AlertQuery m_query{};
    int m_nextId = 0;
};

/// 03:12:40 UTC on 23 Nov 2026.
Instant worldNow();
/// The incident of the pictures: four alerts fire, one is pending, two are silenced, one was resolved.
Fleet incidentFleet();
/// The same with the one Alertmanager dead for 47 s.
Fleet degradedFleet();
/// Nothing fires, and that is proven.
Fleet calmFleet();
/// Nothing is shown, and nothing is proven.
Fleet doubtfulFleet();
/// `count` firing alerts of 20 services.
Fleet largeFleet(int count);
/// An alert of gc-service that fires since `minutes` ago.
Alert firingAlert(const QString &name, const QString &severity, Priority priority, int minutes);

} // namespace cockpit
