// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/fold/cluster_view.h"

#include <optional>
#include <vector>

namespace cockpit {

/// What the fold of alerts found, beside the alerts: what calm rests on.
struct AlertFindings {
    struct Watchdog {
        bool inRules = false;            ///< Prometheus has an alerting rule of this name
        bool firesInRules = false;       ///< and it fires there
        std::optional<Instant> newest{}; ///< last heard of by an Alertmanager
    };
    Watchdog watchdog{};
    QStringList clustersWithoutWatchdog{}; ///< Alertmanager clusters that answered and do not hold it, fresh
    int firingInRules = 0;                 ///< without the watchdog
    QStringList onlyInRules{};             ///< names: fires in Prometheus, in no Alertmanager beyond a normal delay
    QStringList onlyInAlertmanager{};      ///< names: of a known rule, unsilenced, and that rule does not fire
    bool compared = false;                 ///< both sides have answered
};

/// Whether it is the always-firing alert that proves the path: by name, and by severity "none" or no severity unless it
/// was configured by name.
bool isWatchdog(const QString &name, const Labels &labels, const FleetRules &rules);

/// The alerts of all clusters and the rules, with priority and service decided; unsorted. Continuity (what has been
/// resolved, what is missed without proof) comes from `previous`, which may be null.
std::vector<Alert> foldAlerts(const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
                              const FleetRules &rules, const Fleet *previous, Instant now, AlertFindings &findings);

} // namespace cockpit
