// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/degradation_scenarios.h"

namespace cockpit::demo {

namespace {

LeverPlan breakerLever(const char *from, const char *to, std::vector<LeverPlan::Eased> eases)
{
    LeverPlan lever;
    lever.kind = LeverPlan::Kind::BreakerOpen;
    lever.name = from;
    lever.to = to;
    lever.eases = std::move(eases);
    return lever;
}

/// Its calls wait for the timeout: each trial of a half-open breaker holds a thread for 5 s.
void gone(BreakerPlan &breaker, Offset since)
{
    breaker.failures = Curve({{since - 40.0, 0.0003}, {since, 0.64}});
    breaker.slow = Curve({{since - 40.0, 0.001}, {since, 0.97}});
    breaker.states = {{since, "open"}, {since + 60.0, "half_open"}};
}

} // namespace

void addSilencedAlerts(Scenario &scenario)
{
    scenario.restarts = {-5400, -4500, -3300, -2400, -900, 600, 2400, 5000};
    scenario.keyAgeDays = 33.4;
    scenario.silences.push_back({"5f0c7a52-9d0e-4f0b-9a52-61f1c2b8d101", "MHPodRestartingFrequently", "mh-owner",
                                 "Known memory growth, new build at 06:00", -4800, 10040});
    scenario.silences.push_back({"c1a4e5b3-2b7f-4a4e-8f0d-3d0c9f2a7702", "ACKeyRotationDue", "release",
                                 "Rotation is planned for 08:00", -18000, 17240});
}

void addJoinTrouble(Scenario &scenario)
{
    scenario.flags.front().onAt = -1060;
    ServicePlan &mc = *scenario.service("mc-service");
    mc.versions.front().errors = mc.versions.front().errors.then({{-860, 0.0002}, {-300, 0.009}});
    mc.versions.front().slow = Curve({{-860, 0.0}, {-300, 0.5}});
    mc.versions.front().slowP99 = 0.1;
    mc.versions.front().p99AtStart = 0.096;
    scenario.heartbeatFailures = Curve({{-1000, 0.002}, {-725, 0.12}});
    scenario.slowAssignments = Curve({{-545, 0.0}, {-85, 0.3}});
    BreakerPlan &join = *scenario.breaker("gc-service", "mc-service");
    join.states = {{-540, "open"}, {-210, "half_open"}};
    join.failures = Curve({{-1060, 0.0003}, {-880, 0.07}, {-700, 0.31}, {-540, 0.52}, {-210, 0.2}});
    join.slow = Curve({{-1060, 0.001}, {-880, 0.06}, {-700, 0.22}, {-540, 0.35}, {-210, 0.31}});
    BreakerPlan &heartbeats = *scenario.breaker("mc-service", "gc-service");
    heartbeats.failures = Curve({{-1000, 0.002}, {-725, 0.121}});
    heartbeats.slow = Curve({{-1000, 0.001}, {-725, 0.086}});
    LeverPlan flag;
    flag.name = scenario.flags.front().name;
    flag.eases = {{"gc-service", 1.0}, {"mc-service", 1.0}};
    flag.closes = {{"gc-service", "mc-service"}, {"mc-service", "gc-service"}};
    LeverPlan cut = breakerLever("gc-service", "mc-service", {{"gc-service", 1.0}, {"mc-service", 1.0}});
    cut.closes = {{"mc-service", "gc-service"}};
    scenario.levers = {std::move(flag), std::move(cut)};
}

Scenario redisDown()
{
    Scenario scenario = healthyFleet();
    scenario.name = "redis-down";
    scenario.description = "Redis is gone: mc-service waits for it, and gc-service for mc-service";
    addSilencedAlerts(scenario);
    ServicePlan &redis = *scenario.service("redis");
    redis.up = Curve({{-605, 3}, {-600, 0}});
    redis.versions.front().weight = Curve({{-605, 1}, {-600, 0}});
    for (const auto &[name, errors] : {std::pair{"gc-service", 0.06}, std::pair{"mc-service", 0.07}}) {
        VersionPlan &version = scenario.service(name)->versions.front();
        version.errors = version.errors.then({{-600, version.errors.at(0)}, {-540, errors}});
        version.slow = Curve({{-600, 0.0}, {-480, 0.4}});
        version.slowP99 = version.p99 * 3.8;
        version.p99AtStart = version.p99 * 3.5;
    }
    scenario.service("gc-service")->extraSaturation = Curve({{-540, 0.0}, {-300, 0.34}});
    scenario.service("mc-service")->extraSaturation = Curve({{-560, 0.0}, {-420, 0.22}});
    gone(*scenario.breaker("gc-service", "redis"), -560);
    gone(*scenario.breaker("mc-service", "redis"), -550);
    gone(*scenario.breaker("ac-service", "redis"), -530);
    scenario.breaker("ac-service", "redis")->states = {{-530, "open"}};
    BreakerPlan &join = *scenario.breaker("gc-service", "mc-service");
    join.states = {{-430, "open"}, {-370, "half_open"}};
    join.failures = Curve({{-540, 0.0003}, {-430, 0.53}, {-370, 0.34}});
    join.slow = Curve({{-540, 0.001}, {-430, 0.62}, {-370, 0.55}});
    LeverPlan sessions = breakerLever("mc-service", "redis", {{"mc-service", 1.0}, {"gc-service", 1.0}});
    sessions.closes = {{"gc-service", "mc-service"}};
    scenario.levers = {std::move(sessions), breakerLever("gc-service", "redis", {{"gc-service", 0.6}}),
                       breakerLever("gc-service", "mc-service", {{"gc-service", 0.9}})};
    return scenario;
}

Scenario flagGoneWrong()
{
    Scenario scenario = healthyFleet();
    scenario.name = "flag-gone-wrong";
    scenario.description = "The flag fast-join makes gc-service fail joins; nothing was released";
    addSilencedAlerts(scenario);
    addJoinTrouble(scenario);
    ServicePlan &gc = *scenario.service("gc-service");
    VersionPlan &version = gc.versions.front();
    version.errors = version.errors.then({{-1060, 0.0003}, {-1030, 0.021}, {-598, 0.048}});
    version.slow = Curve({{-1060, 0.0}, {-880, 0.029}, {-700, 0.45}, {-480, 1.0}});
    version.slowP99 = 0.412;
    version.p99AtStart = 0.412;
    return scenario;
}

Scenario loadShedding()
{
    Scenario scenario = healthyFleet();
    scenario.name = "load-shedding";
    scenario.description = "More meetings than mc-service has pods for: it rejects, then moves, then ends some";
    addSilencedAlerts(scenario);
    ServicePlan &mc = *scenario.service("mc-service");
    mc.loadIsReal = true;
    // 85 % at 03:00, 95 % at 03:09, 100 % at 03:17.
    mc.extraSaturation = Curve({{-1500, 0.0}, {-900, 0.2}, {-720, 0.25}, {-190, 0.345}, {300, 0.4}, {900, 0.43}});
    WorkloadPlan &workload = *scenario.cluster.workload("mc-service");
    workload.scaledFrom = {{-1008, 6}};
    mc.desired = mc.up = Curve({{-1005, 6}, {-1000, 8}});
    workload.atMaximumSince = -880;
    workload.minimumReplicas = 4;
    workload.maximumReplicas = workload.replicas;
    return scenario;
}

Scenario forgottenOverride()
{
    Scenario scenario = healthyFleet();
    scenario.name = "forgotten-override";
    scenario.description = "A breaker is still held open 40 minutes after its override should have ended";
    addSilencedAlerts(scenario);
    BreakerPlan &join = *scenario.breaker("gc-service", "mc-service");
    join.lost = 0.013; // after an hour its queue is full
    join.forces = {{"gc-service", "mc-service", {}, -3300, BreakerForce::Mode::Open, PodLife::forever, {}, {}}};
    LeasePlan lease;
    lease.id = "019ab2f4-5c10-7d52-9e31-6b0f6f0a4c11";
    lease.subject = join.wireName();
    lease.title = "gc-service → mc-service";
    lease.was = "closed";
    lease.is = "forced-open";
    lease.by = "second";
    lease.reason = "mc-service restarts its pods, INC-39";
    lease.since = -3300;
    lease.until = -2400;
    scenario.cluster.workload("gc-service")->leases = {std::move(lease)};
    return scenario;
}

} // namespace cockpit::demo
