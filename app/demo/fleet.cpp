// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/scenario.h"

#include <algorithm>

namespace cockpit::demo {

ServicePlan *Scenario::service(std::string_view serviceName)
{
    const auto found = std::find_if(services.begin(), services.end(),
                                    [&](const ServicePlan &plan) { return plan.name == serviceName; });
    return found == services.end() ? nullptr : &*found;
}

BreakerPlan *Scenario::breaker(std::string_view from, std::string_view to)
{
    const auto found = std::find_if(breakers.begin(), breakers.end(), [&](const BreakerPlan &plan) {
        return plan.from == from && plan.to == to;
    });
    return found == breakers.end() ? nullptr : &*found;
}

const BreakerPlan *Scenario::breaker(std::string_view from, std::string_view to) const
{
    return const_cast<Scenario *>(this)->breaker(from, to);
}

namespace {

/// What a healthy service is known by.
struct HealthyFigures {
    double requests;
    double errors;
    double p99;
    double objective;
    double budgetLeft;
    double saturation;
    int pods;
};

ServicePlan healthyService(std::string name, std::string prefix, std::string version, const HealthyFigures &figures)
{
    ServicePlan plan;
    plan.name = std::move(name);
    plan.prefix = std::move(prefix);
    plan.owner = plan.prefix;
    plan.requests = figures.requests;
    plan.objective = figures.objective;
    plan.budgetLeft = figures.budgetLeft;
    plan.saturation = figures.saturation;
    plan.desired = Curve(static_cast<double>(figures.pods));
    plan.up = plan.desired;
    VersionPlan only;
    only.version = std::move(version);
    // Steady failures took half of what is spent of the budget; an incident took the other half.
    const double steady = 0.5 * (1.0 - figures.budgetLeft) * (1.0 - figures.objective);
    only.errors = Curve({{-9000, std::min(steady, figures.errors)}, {-8000, figures.errors}});
    only.p99 = figures.p99;
    only.p99AtStart = figures.p99;
    only.pods = figures.pods;
    plan.versions.push_back(std::move(only));
    return plan;
}

void addServices(Scenario &fleet)
{
    ServicePlan gc = healthyService("gc-service", "gc", "1.42.3", {848, 0.0003, 0.182, 0.999, 0.412, 0.58, 8});
    gc.dependsOn = {"mc-service", "redis", "ac-service", "postgresql"};
    gc.endpoints = {"/api/v1/meetings/{code}/join", "/api/v1/meetings", "/api/v1/meetings/{id}", "/health"};
    ServicePlan mc = healthyService("mc-service", "mc", "2.9.1", {412, 0.0002, 0.063, 0.999, 0.721, 0.61, 8});
    mc.dependsOn = {"mh-service", "redis"};
    mc.endpoints = {"/session", "/assign", "/heartbeat"};
    ServicePlan mh = healthyService("mh-service", "mh", "2.8.0", {126, 0.001, 0.021, 0.995, 0.88, 0.44, 6});
    mh.endpoints = {"/stream", "/route"};
    ServicePlan ac = healthyService("ac-service", "ac", "3.12.0", {305, 0.0002, 0.038, 0.9995, 0.962, 0.31, 4});
    ac.dependsOn = {"postgresql"};
    ac.endpoints = {"/oauth/token", "/.well-known/jwks.json"};
    ServicePlan postgres =
        healthyService("postgresql", "postgresql", "16.4", {2140, 0.000005, 0.009, 0.9999, 0.991, 0.36, 3});
    postgres.owner = "platform";
    postgres.endpoints = {"select", "write"};
    ServicePlan redis = healthyService("redis", "redis", "7.2.5", {11300, 0.000002, 0.0018, 0.9999, 0.999, 0.28, 3});
    gc.sheds = mc.sheds = true;
    redis.owner = "platform";
    redis.endpoints = {"get", "set"};
    fleet.services = {std::move(gc), std::move(mc), std::move(mh), std::move(ac), std::move(postgres), std::move(redis)};
}

/// Names are free: one holds a slash, one a blank.
void addBreakers(Scenario &fleet)
{
    const auto add = [&](const char *from, const char *to, const char *name, double calls, const char *fallback,
                         double lost) {
        BreakerPlan plan;
        plan.from = from;
        plan.to = to;
        plan.name = name;
        plan.calls = calls;
        plan.fallback = fallback;
        plan.lost = lost;
        fleet.breakers.push_back(std::move(plan));
    };
    add("gc-service", "mc-service", "", 176, "queued join", 0.004);
    add("gc-service", "redis", "", 410, "routing from the database", 0.001);
    add("gc-service", "ac-service", "ac-service/token", 290, "cached keys", 0.002);
    add("mc-service", "mh-service", "", 118, "", 0.2);
    add("mc-service", "redis", "redis sessions", 620, "local session cache", 0.002);
    add("mc-service", "gc-service", "", 4, "", 0.0);
    add("mh-service", "mc-service", "", 60, "last known route", 0.003);
    add("ac-service", "postgresql", "", 300, "", 0.9);
    add("ac-service", "redis", "", 240, "no rate limits", 0.0);
}

} // namespace

Scenario healthyFleet()
{
    Scenario fleet;
    addServices(fleet);
    fleet.cluster = healthyCluster();
    fleet.costs = healthyCosts();
    addBreakers(fleet);
    fleet.flags = {{"fast-join", std::nullopt}, {"new-lobby", -20.0 * 86400.0}};
    // 02:24, 00:44 and 23:11: the alerts of the shift so far.
    fleet.jitter = Curve({{-8960, 0.012}, {-8930, 0.041}, {-8700, 0.041}, {-8690, 0.012}, {-2960, 0.012},
                          {-2930, 0.038}, {-2510, 0.038}, {-2500, 0.012}});
    return fleet;
}

} // namespace cockpit::demo
