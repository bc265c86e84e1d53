// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>

namespace cockpit {

class ActionStore;
class AlertListModel;
class BreakerStore;
class ChartStore;
class CommandRegistry;
class FleetModel;
class IncidentStore;
class Requests;
class ReviewStore;
class RolloutStore;
class RunbookStore;
class TimeModel;

/// The models that a page reads and the one object through which it asks. References: not owned, never null.
struct CockpitModels {
    FleetModel &fleet;
    AlertListModel &alerts;
    QAbstractItemModel &sources;  ///< SourceRoles
    QAbstractItemModel &activity; ///< ActivityRoles
    ChartStore &charts;
    ActionStore &actions;
    RolloutStore &rollouts;
    RunbookStore &runbooks;
    BreakerStore &breakers;
    IncidentStore &incidents;
    ReviewStore &review;
    TimeModel &time;
    CommandRegistry &commands;
    Requests &requests;
};

} // namespace cockpit
