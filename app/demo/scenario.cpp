// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/scenario.h"

#include "app/demo/degradation_scenarios.h"
#include "app/demo/rollout_scenarios.h"

#include <array>

namespace cockpit::demo {

namespace {

constexpr double scenarioDay = 86400.0;

/// gc-service 1.43.0 beside 1.42.3: `weight` is its share of the requests, set by the steps of `weightsSet`.
VersionPlan &addCanary(Scenario &scenario, Curve weight, std::vector<std::pair<Offset, int>> weightsSet)
{
    RevisionPlan revision;
    revision.version = "1.43.0";
    revision.createdAt = weightsSet.front().first - 10.0;
    revision.environment = {{"FAST_JOIN", "flag"}, {"RUST_LOG", "info"}};
    beginCanary(*scenario.cluster.workload("gc-service"), std::move(revision), std::move(weightsSet));
    ServicePlan &gc = *scenario.service("gc-service");
    gc.versions.front().weight = weight.complement();
    gc.versions.front().pods = 6;
    VersionPlan canary = gc.versions.front();
    canary.version = "1.43.0";
    canary.track = "canary";
    canary.weight = std::move(weight);
    canary.errors = Curve(0.0004);
    canary.pods = 2;
    gc.versions.push_back(std::move(canary));
    return gc.versions.back();
}

/// 5 % at 02:48, 15 % at 02:53, 25 % at 02:58, where the policy's own controller paused it at 03:03.
std::vector<std::pair<Offset, int>> canaryWeights() { return {{-1480, 5}, {-1180, 15}, {-880, 25}}; }
constexpr Offset canaryPausedAt = -580;

Curve canarySteps()
{
    return Curve({{-1480, 0}, {-1475, 0.05}, {-1180, 0.05}, {-1175, 0.15}, {-880, 0.15}, {-875, 0.25}});
}

Scenario calm()
{
    Scenario scenario = healthyFleet();
    scenario.name = "calm";
    scenario.description = "Nothing fires; a canary has just begun";
    scenario.defaultStart = "2026-11-23T02:51:10Z";
    scenario.jitter = Curve({{-7670, 0.012}, {-7640, 0.041}, {-7410, 0.041}, {-7400, 0.012}, {-1670, 0.012},
                             {-1640, 0.038}, {-1220, 0.038}, {-1210, 0.012}});
    scenario.service("gc-service")->requests = 831;
    scenario.service("gc-service")->budgetLeft = 0.417;
    scenario.service("mc-service")->requests = 398;
    addSilencedAlerts(scenario);
    VersionPlan &canary = addCanary(scenario, Curve({{-190, 0}, {-185, 0.05}}), {{-190, 5}});
    canary.p99 = canary.p99AtStart = 0.189;
    canary.pods = 1;
    return scenario;
}

/// The error budget of gc-service is spent while its canary is well: nothing fires, and yet it must not be promoted.
/// Beside that, mh-service's egress runs away since four days.
Scenario spentBudget()
{
    Scenario scenario = calm();
    scenario.name = "spent-budget";
    scenario.description = "gc-service has spent its error budget while a healthy canary runs; costs run away";
    scenario.service("gc-service")->budgetLeft = -0.08;
    scenario.costs.egressFactor = 3.4;
    return scenario;
}

Scenario badCanary()
{
    Scenario scenario = healthyFleet();
    scenario.name = "bad-canary";
    scenario.description = "A canary of gc-service fails its requests since a flag was turned on";
    addSilencedAlerts(scenario);
    addJoinTrouble(scenario);
    VersionPlan &canary = addCanary(scenario, canarySteps(), canaryWeights());
    scenario.cluster.workload("gc-service")->pausedAt = canaryPausedAt;
    scenario.cause = CausePlan{"gc-service", "1.43.0", 0.25};
    addPreview(scenario);
    canary.errors = Curve({{-1060, 0.0004}, {-1030, 0.0246}, {-880, 0.0305}, {-598, 0.068}});
    canary.slow = Curve({{-1060, 0.0}, {-880, 0.029}, {-700, 0.45}, {-480, 1.0}});
    canary.slowP99 = 0.412;
    canary.p99AtStart = 0.412;
    ServicePlan &mc = *scenario.service("mc-service");
    mc.desired = mc.up = Curve({{-1905, 6}, {-1900, 8}});
    scenario.cluster.workload("mc-service")->scaledFrom = {{-1908, 6}};
    return scenario;
}

Scenario falseCalm()
{
    Scenario scenario = badCanary();
    scenario.name = "false-calm";
    scenario.description = "It looks calm: rules are in error, and Prometheus does not reach Alertmanager";
    scenario.switches.rulesInError = true;
    scenario.switches.cutFromAlertmanager = true;
    return scenario;
}

/// A shared cause: the database answers slowly and refuses part of what it is asked.
Scenario platformOutage()
{
    Scenario scenario = badCanary();
    scenario.name = "platform-outage-during-canary";
    scenario.description = "Stable fails like the canary: the platform is the cause, not the canary";
    scenario.cause.reset();
    scenario.levers.clear();
    const Curve slowness({{-720, 0.0}, {-420, 1.0}});
    for (const char *name : {"gc-service", "mc-service", "ac-service"}) {
        scenario.service(name)->sharedTrouble = true;
        for (VersionPlan &version : scenario.service(name)->versions) {
            version.errors = version.errors.then({{-720, 0.0003}, {-420, 0.075}});
            version.slow = slowness;
            version.slowP99 = 0.62;
            version.p99AtStart = 0.61;
        }
    }
    VersionPlan &postgres = scenario.service("postgresql")->versions.front();
    postgres.errors = postgres.errors.then({{-760, 0.0}, {-500, 0.031}});
    postgres.slow = Curve({{-760, 0.0}, {-500, 0.6}});
    postgres.p99AtStart = 0.24;
    scenario.service("postgresql")->extraSaturation = Curve({{-800, 0.0}, {-500, 0.56}});
    BreakerPlan &tokens = *scenario.breaker("ac-service", "postgresql");
    tokens.states = {{-600, "open"}};
    tokens.failures = Curve({{-720, 0.0003}, {-600, 0.51}});
    tokens.slow = Curve({{-720, 0.001}, {-600, 0.7}});
    return scenario;
}

Scenario flapping()
{
    Scenario scenario = healthyFleet();
    scenario.name = "flapping";
    scenario.description = "An alert comes and goes every few minutes";
    addSilencedAlerts(scenario);
    std::vector<Curve::Knot> knots;
    for (Offset at = -3.0 * 3600; at < scenarioDay; at += 300)
        knots.insert(knots.end(), {{at, 0.012}, {at + 10, 0.041}, {at + 150, 0.041}, {at + 160, 0.012}});
    scenario.jitter = Curve(std::move(knots));
    return scenario;
}

Scenario storm()
{
    Scenario scenario = redisDown();
    scenario.name = "storm";
    scenario.description = "A region fails: 10 000 alerts";
    scenario.switches.stormAlerts = 10000;
    return scenario;
}

Scenario sourcesDown()
{
    Scenario scenario = badCanary();
    scenario.name = "sources-down";
    scenario.description = "One Alertmanager is dead and Prometheus answers 503";
    scenario.switches.prometheusUnavailable = true;
    scenario.switches.secondAlertmanagerDead = true;
    return scenario;
}

struct ScenarioEntry {
    const char *name;
    Scenario (*make)();
};

constexpr std::array<ScenarioEntry, 20> scenarioTable{{{"bad-canary", badCanary},
                                                      {"calm", calm},
                                                      {"false-calm", falseCalm},
                                                      {"spent-budget", spentBudget},
                                                      {"platform-outage-during-canary", platformOutage},
                                                      {"redis-down", redisDown},
                                                      {"flag-gone-wrong", flagGoneWrong},
                                                      {"load-shedding", loadShedding},
                                                      {"forgotten-override", forgottenOverride},
                                                      {"flapping", flapping},
                                                      {"storm", storm},
                                                      {"sources-down", sourcesDown},
                                                      {"flag-not-canary", flagNotCanary},
                                                      {"latest-tag", latestTag},
                                                      {"blue-green-migration", blueGreenMigration},
                                                      {"contract-migration", contractMigration},
                                                      {"gitops-fights-back", gitOpsFightsBack},
                                                      {"three-regions", threeRegions},
                                                      {"forbidden", forbiddenActions},
                                                      {"conflict", conflictingActor}}};

} // namespace

std::vector<std::string> scenarioNames()
{
    std::vector<std::string> names;
    for (const ScenarioEntry &entry : scenarioTable)
        names.emplace_back(entry.name);
    return names;
}

std::optional<Scenario> scenarioByName(std::string_view name)
{
    for (const ScenarioEntry &entry : scenarioTable)
        if (name == entry.name)
            return entry.make();
    return std::nullopt;
}

} // namespace cockpit::demo
