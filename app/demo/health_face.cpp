// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a service's port that tells how it is (design/backends.md §12).
#include "app/demo/service_face.h"

#include "app/demo/wire_time.h"

#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr double healthWindow = 60.0;

struct DependencyHealth {
    std::string name{};
    bool reachable = true;
    std::string breaker{}; ///< its state; empty: none
    std::string breakerName{};
};

std::vector<DependencyHealth> dependenciesOf(const World &world, const ServiceFlows &service, const ServingPod &pod,
                                             Offset now)
{
    std::vector<DependencyHealth> all;
    for (const std::string &name : service.plan.dependsOn) {
        DependencyHealth one{name, true, {}, {}};
        if (const ServiceFlows *other = world.service(name))
            one.reachable = other->plan.up.at(now) >= 1.0;
        if (const BreakerPlan *breaker = world.scenario().breaker(service.plan.name, name)) {
            one.breaker = breaker->stateOf(pod.life, now);
            one.breakerName = breaker->wireName();
        }
        all.push_back(std::move(one));
    }
    return all;
}

/// Ready while it can do what it is for: not while it drains, and not while most of its requests fail.
bool isReady(const ServiceFlows &service, Offset now)
{
    const double requests = service.requests(now, healthWindow);
    return service.sheddingLevel(now) < 3 && (requests <= 0.0 || service.failures(now, healthWindow) < 0.5 * requests);
}

Json springHealth(const World &world, const ServiceFlows &service, const ServingPod &pod, Offset now)
{
    Json details = Json::object();
    bool open = false;
    bool down = false;
    Json components = Json::object();
    for (const DependencyHealth &one : dependenciesOf(world, service, pod, now)) {
        if (const BreakerPlan *plan = world.scenario().breaker(service.plan.name, one.name)) {
            const bool isOpen = one.breaker == "open" || one.breaker == "forced_open";
            details[one.breakerName] = {{"status", isOpen                        ? "CIRCUIT_OPEN"
                                                   : one.breaker == "half_open" ? "CIRCUIT_HALF_OPEN"
                                                                                : "UP"},
                                        {"details", resilience4jDetails(world, *plan, pod, now)}};
            open = open || isOpen;
        }
        if (one.name == "redis" || one.name == "postgresql") {
            components[one.name == "redis" ? "redis" : "db"] = {{"status", one.reachable ? "UP" : "DOWN"}};
            down = down || !one.reachable;
        }
    }
    components["circuitBreakers"] = {{"status", open ? "UNKNOWN" : "UP"}, {"details", std::move(details)}};
    const bool ready = isReady(service, now);
    components["livenessState"] = {{"status", "UP"}};
    components["readinessState"] = {{"status", ready ? "UP" : "OUT_OF_SERVICE"}};
    return {{"status", down ? "DOWN" : ready ? "UP" : "OUT_OF_SERVICE"},
            {"components", std::move(components)},
            {"groups", Json::array({"liveness", "readiness"})}};
}

/// application/health+json of a service without Spring.
Json healthJson(const World &world, const ServiceFlows &service, const ServingPod &pod, Offset now)
{
    Json checks = Json::object();
    bool fail = false;
    bool warn = false;
    const std::string time = wireTime(world.toInstant(now));
    for (const DependencyHealth &one : dependenciesOf(world, service, pod, now)) {
        const bool covered = one.breaker == "open" || one.breaker == "forced_open";
        const char *status = one.reachable ? covered ? "warn" : "pass" : "fail";
        fail = fail || (!one.reachable && !covered);
        warn = warn || covered;
        const char *type = one.name == "redis" || one.name == "postgresql" ? "datastore" : "component";
        checks[one.name + ":reachable"] =
            Json::array({{{"componentId", one.name}, {"componentType", type}, {"status", status}, {"time", time}}});
    }
    const double busy = service.saturation(now) * 100.0;
    checks["saturation"] = Json::array({{{"componentType", "system"},
                                         {"observedValue", std::round(busy * 10.0) / 10.0},
                                         {"observedUnit", "percent"},
                                         {"status", busy > 85.0 ? "warn" : "pass"},
                                         {"time", time}}});
    return {{"status", fail ? "fail" : warn || busy > 85.0 ? "warn" : "pass"},
            {"version", pod.life.version.substr(0, pod.life.version.find('.'))},
            {"releaseId", pod.life.version},
            {"serviceId", service.plan.name},
            {"description", "health of " + service.plan.name},
            {"checks", std::move(checks)}};
}

/// What Dark Tower's services answer on /ready: their dependencies in words.
Json darkTowerReady(const World &world, const ServiceFlows &service, const ServingPod &pod, Offset now)
{
    Json body{{"status", isReady(service, now) ? "ready" : "not ready"}};
    for (const DependencyHealth &one : dependenciesOf(world, service, pod, now))
        body[one.name == "postgresql" ? "database" : one.name] = one.reachable ? "healthy" : "unhealthy";
    return body;
}

} // namespace

bool ServiceFace::serveHealth(Response &response, const Asked &asked) const
{
    const World &world = asked.epoch->world;
    const ServiceFlows &service = *world.service(m_service);
    const bool ready = isReady(service, asked.now);
    const auto answer = [&response](const Json &body, bool ok, const char *type) {
        response.status = ok ? 200 : 503;
        answerText(response, body.dump(), type);
        return true;
    };
    if (asked.path == "/health" && m_service != "mh-service") {
        response.set_content("OK", "text/plain; charset=utf-8");
        return true;
    }
    if (asked.path == "/ready")
        return answer(darkTowerReady(world, service, *asked.pod, asked.now), ready, "application/json");
    if (asked.path == "/health") {
        const Json body = healthJson(world, service, *asked.pod, asked.now);
        return answer(body, body["status"] != "fail", "application/health+json");
    }
    constexpr const char *spring = "application/vnd.spring-boot.actuator.v3+json";
    if (m_service != "gc-service" && m_service != "mc-service")
        return false;
    if (asked.path == "/actuator/health") {
        const Json body = springHealth(world, service, *asked.pod, asked.now);
        return answer(body, body["status"] != "DOWN" && body["status"] != "OUT_OF_SERVICE", spring);
    }
    if (asked.path == "/actuator/health/liveness")
        return answer({{"status", "UP"}}, true, spring);
    if (asked.path == "/actuator/health/readiness")
        return answer({{"status", ready ? "UP" : "OUT_OF_SERVICE"}}, ready, spring);
    return false;
}

} // namespace cockpit::demo
