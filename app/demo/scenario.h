// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/breaker_plan.h"
#include "app/demo/cluster_plan.h"
#include "app/demo/cost_plan.h"
#include "app/demo/curve.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// One version of a service and what happens to its requests.
struct VersionPlan {
    std::string version{};
    std::string track{"stable"}; ///< "stable" or "canary"
    Curve weight{1.0};           ///< share of the service's requests, 0…1
    Curve errors{0.0};           ///< share of its requests that fail, 0…1
    Curve slow{0.0};             ///< share of its requests that are slow, 0…1
    double p99 = 0.1;            ///< of the requests that are not slow, seconds
    double slowP99 = 0.5;        ///< of the slow ones, seconds
    double p99AtStart = 0;       ///< when set: the 99th percentile of all its requests at the start, seconds
    int pods = 1;
};

/// One service of the fleet.
struct ServicePlan {
    std::string name{};
    std::string prefix{}; ///< of its metric names
    std::string owner{};
    int tier = 1;
    double requests = 1;      ///< per second at the start
    double objective = 0.999; ///< share of requests that must succeed
    double budgetLeft = 1;    ///< of 30 days, at the start, 0…1
    double saturation = 0.5;  ///< without an event, 0…1
    std::vector<VersionPlan> versions{};
    Curve desired{1.0};
    Curve up{1.0};
    Curve extraSaturation{0.0};
    bool loadIsReal = false; ///< what makes it busy is work that more pods share, and its autoscaler sees
    Curve capacity{1.0};     ///< pods, as a multiple of those at the start; scenarioAfter() sets it
    /// Share of requests that it rejects, and meetings per second that it moves and ends, to stay below its capacity
    /// (operations.md §4); scenarioAfter() sets them.
    Curve rejects{0.0};
    Curve migrates{0.0};
    Curve drains{0.0};
    bool sheds = false;  ///< it can reject work
    Curve minimum{0.0};  ///< pods, of its autoscaler; scenarioAfter() sets both, 0 without one
    Curve maximum{0.0};
    bool sharedTrouble = false; ///< what ails it ails any of its versions
    std::vector<std::string> dependsOn{};
    std::vector<std::string> endpoints{};
};

/// A silence that exists when the world starts.
struct SilencePlan {
    std::string id{};
    std::string alertName{};
    std::string createdBy{};
    std::string comment{};
    Offset startsAt = 0;
    Offset endsAt = 0;
};

/// The version whose requests make other services fail too: when it loses its share of them, they recover.
struct CausePlan {
    std::string service{};
    std::string version{};
    double fullWeight = 1; ///< the share of requests at which the others suffer as the scenario says
};

/// What is wrong with the sources themselves.
struct SourceSwitches {
    bool rulesInError = false;        ///< Prometheus reports rules with health "err"
    bool cutFromAlertmanager = false; ///< no alert reaches Alertmanager
    bool prometheusUnavailable = false;
    bool secondAlertmanagerDead = false;
    int stormAlerts = 0; ///< so many alerts of a whole region on top
};

/// A small world: its fleet and what happens in it, in offsets from its start.
struct Scenario {
    std::string name{};
    std::string description{};
    std::string defaultStart{"2026-11-23T03:12:40Z"};
    std::vector<ServicePlan> services{};
    std::vector<BreakerPlan> breakers{};
    std::vector<FlagPlan> flags{};
    std::vector<SilencePlan> silences{};
    std::optional<CausePlan> cause{};
    std::vector<LeverPlan> levers{};
    ClusterPlan cluster{};
    CostPlan costs{};
    Curve heartbeatFailures{0.002}; ///< share of mc-service's heartbeats to gc-service that fail
    Curve slowAssignments{0.0};     ///< share of gc-service's assignments of a meeting controller that are slow
    Curve jitter{0.012};            ///< of mh-service's media, seconds
    std::vector<Offset> restarts{}; ///< of a pod of mh-service
    double keyAgeDays = 12;         ///< of ac-service's signing key at the start
    SourceSwitches switches{};

    ServicePlan *service(std::string_view serviceName);
    BreakerPlan *breaker(std::string_view from, std::string_view to);
    const BreakerPlan *breaker(std::string_view from, std::string_view to) const;
};

/// Names of all scenarios, the default first.
std::vector<std::string> scenarioNames();
/// Nothing when there is no scenario of that name.
std::optional<Scenario> scenarioByName(std::string_view name);
/// The healthy fleet that every scenario starts from.
Scenario healthyFleet();

} // namespace cockpit::demo
