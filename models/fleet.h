// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/evidence.h"
#include "models/route.h"
#include "models/service.h"
#include "models/severity.h"
#include "models/source_update.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// What decides how updates are read: identity, priorities, limits and what is configured.
struct FleetRules {
    QString environment{};
    QString environmentKind{}; ///< "production", "staging", "demo"
    ServiceMap services{};
    SeverityMap severities{};
    QHash<QString, double> errorRatioLimits{}; ///< by service name; "*" for all others
    QHash<QString, double> p99Limits{};        ///< seconds
    QString watchdogAlert{QStringLiteral("Watchdog")}; ///< always firing; empty = none is expected
    bool watchdogRequired = false; ///< configured by name: its absence alone makes calm unknown
    Duration resolvedKept{std::chrono::hours(6)};
    Duration justRestarted{std::chrono::minutes(2)}; ///< an Alertmanager younger than this may not know all alerts
};

/// The latest of each kind that the sources said. Cheap to copy: bodies are shared and immutable.
/// What fold() needs from the past beside it comes from the previous Fleet.
class FleetInputs {
public:
    /// Takes an update in. One that a newer answer of the same source overtook (by `at`, up to 2 min) is dropped; a
    /// much older one is taken, for then the clock jumped.
    void apply(const SourceUpdate &update);

    QHash<SourceId, AlertsUpdate> alerts{};
    QHash<SourceId, RulesUpdate> rules{};
    QHash<SourceId, QHash<int, FigureUpdate>> figures{}; ///< by source, then figure
    QHash<SourceId, PastAlertsUpdate> pastAlerts{};
    QHash<ServiceId, HealthUpdate> probes{};
    QHash<SourceId, SourceStatus> statuses{};
    QList<SourceId> sourceOrder{}; ///< as first heard of: app/ publishes a status for each in configured order
};

/// Numbers of the counters.
struct AlertCounts {
    int firing = 0;
    int acknowledged = 0;
    int silenced = 0;
    int inhibited = 0;
    int pending = 0;
    int resolved = 0;
    int urgent = 0; ///< P1, P2, unknown severity; firing or acknowledged
    bool operator==(const AlertCounts &) const = default;
};

/// Everything that is known of the fleet at one moment: immutable, shared by the window and the command line.
struct Fleet {
    Instant at{};
    QString environment{};
    QString environmentKind{};
    std::vector<Alert> alerts{};   ///< by state in the order of AlertState; firing, acknowledged and silenced ones
                                   ///< grouped by service, worst service first, worst alert first, oldest first;
                                   ///< Pending by when they fire, Resolved the latest first. Keys are unique.
    std::vector<ServiceHealth> services{}; ///< worst pain first, then by name
    QList<SourceStatus> sources{};         ///< in configured order
    AlertCounts counts{};
    Evidence calm{};              ///< operations.md §0; Good only when it is proven that nothing fires
    QList<Evidence> calmChecks{}; ///< what calm rests on, one by one
    std::shared_ptr<const std::vector<AlertRule>> rules{};
    QList<Silence> silences{}; ///< active and pending ones of all clusters
    QHash<QString, std::shared_ptr<const RouteNode>> routes{}; ///< by Alertmanager cluster, where it told them
    ServiceMap serviceMap{}; ///< as configured: what depends on what
    bool alertsKnown = false;   ///< some Alertmanager has answered at least once
    bool servicesKnown = false; ///< some Prometheus has answered at least once
};

/// Folds all that is known into one state. Pure; made to run off the GUI thread.
/// `previous` (may be null) gives continuity: resolved alerts and the last proven sample of a service.
std::shared_ptr<const Fleet> fold(const FleetInputs &inputs, const FleetRules &rules, const Fleet *previous,
                                  Instant now);

} // namespace cockpit
