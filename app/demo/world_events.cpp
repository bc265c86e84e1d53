// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/world_events.h"

#include "app/demo/levers.h"
#include "app/demo/scenario.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

/// How long a dependant notices later than the cause changes.
constexpr Offset effectLag = 15.0;

VersionPlan &versionOf(ServicePlan &service, const std::string &version, const std::string &track)
{
    VersionPlan *sameVersion = nullptr;
    for (VersionPlan &plan : service.versions) {
        if (plan.version == version && plan.track == track)
            return plan;
        if (plan.version == version)
            sameVersion = &plan;
    }
    // A version that the scenario does not know behaves as the stable one did before anything went wrong.
    VersionPlan made = sameVersion != nullptr ? *sameVersion : service.versions.front();
    if (sameVersion == nullptr && !service.sharedTrouble) {
        made.errors = Curve(made.errors.knots().empty() ? 0.0 : made.errors.knots().front().second);
        made.slow = Curve(0.0);
    }
    made.version = version;
    made.track = track;
    made.weight = Curve(0.0);
    service.versions.push_back(std::move(made));
    return service.versions.back();
}

void shift(Curve &curve, Offset at, Offset done, double value)
{
    curve = curve.then({{at, curve.at(at)}, {std::max(done, at + 0.001), value}});
}

/// `curve` from `from` on, at each of `times`: as far from its healthy value as the cause still has weight.
Curve following(const Curve &curve, const Curve &weight, double fullWeight, const std::vector<Offset> &times)
{
    const double healthy = curve.knots().empty() ? 0.0 : curve.knots().front().second;
    const double sick = curve.at(times.front());
    std::vector<Curve::Knot> knots{{times.front(), sick}};
    for (const Offset at : times) {
        const double share = std::clamp(weight.at(at) / fullWeight, 0.0, 1.0);
        knots.emplace_back(at + effectLag, healthy + (sick - healthy) * share);
    }
    return curve.then(std::move(knots));
}

void followBreakers(Scenario &scenario, const std::string &service, const Curve &weight,
                    const std::vector<Offset> &times)
{
    for (BreakerPlan &breaker : scenario.breakers) {
        if (breaker.from != service || breaker.states.empty())
            continue;
        bool open = true;
        for (const Offset at : times) {
            const bool bad = weight.at(at) > 0.02;
            if (open && !bad)
                breaker.states.insert(breaker.states.end(), {{at + 20.0, "half_open"}, {at + 40.0, "closed"}});
            if (!open && bad)
                breaker.states.emplace_back(at + 120.0, "open");
            open = bad;
        }
    }
}

void followCause(Scenario &scenario, Offset from)
{
    const CausePlan &cause = *scenario.cause;
    ServicePlan *guilty = scenario.service(cause.service);
    Curve weight(0.0);
    std::vector<Offset> times{from};
    for (const VersionPlan &version : guilty->versions) {
        if (version.version != cause.version)
            continue;
        for (const Curve::Knot &knot : version.weight.knots())
            if (knot.first >= from)
                times.push_back(knot.first);
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    std::vector<Curve::Knot> knots;
    for (const Offset at : times) {
        double sum = 0;
        for (const VersionPlan &version : guilty->versions)
            sum += version.version == cause.version ? version.weight.at(at) : 0.0;
        knots.emplace_back(at, sum);
    }
    weight = Curve(std::move(knots));
    const auto bend = [&](Curve &curve) { curve = following(curve, weight, cause.fullWeight, times); };
    for (ServicePlan &service : scenario.services)
        for (VersionPlan &version : service.versions)
            if (service.name != cause.service && version.errors.knots().size() > 1) {
                bend(version.errors);
                bend(version.slow);
            }
    bend(scenario.heartbeatFailures);
    bend(scenario.slowAssignments);
    for (BreakerPlan &breaker : scenario.breakers)
        if (breaker.failures.knots().size() > 1) {
            bend(breaker.failures);
            bend(breaker.slow);
        }
    followBreakers(scenario, cause.service, weight, times);
}

void setLimits(Scenario &scenario, const std::vector<LimitChange> &changes)
{
    for (ServicePlan &service : scenario.services) {
        const WorkloadPlan *workload = scenario.cluster.workload(service.name);
        if (workload == nullptr || workload->kind != "Rollout")
            continue;
        service.minimum = Curve(workload->leastReplicas());
        service.maximum = Curve(workload->mostReplicas());
        for (const LimitChange &change : changes)
            if (change.service == service.name) {
                shift(service.minimum, change.at, change.at, change.minimum);
                shift(service.maximum, change.at, change.at, change.maximum);
            }
    }
}

} // namespace

Scenario scenarioAfter(Scenario scenario, const WorldEvents &events)
{
    for (const WeightShift &event : events.shifts)
        if (ServicePlan *service = scenario.service(event.service))
            shift(versionOf(*service, event.version, event.track).weight, event.at, event.done, event.weight);
    for (const ScaleChange &event : events.scales)
        if (ServicePlan *service = scenario.service(event.service)) {
            shift(service->desired, event.at, event.at, event.replicas);
            shift(service->up, event.at, event.done, event.replicas);
            shift(service->capacity, event.at, event.done,
                  std::max(1, event.replicas) / std::max(1.0, service->desired.at(0.0)));
        }
    const auto first = std::find_if(events.shifts.begin(), events.shifts.end(), [&](const WeightShift &event) {
        return scenario.cause && event.service == scenario.cause->service;
    });
    if (first != events.shifts.end())
        followCause(scenario, first->at);
    setLimits(scenario, events.limits);
    pullLevers(scenario, events);
    shedLoad(scenario);
    return scenario;
}

} // namespace cockpit::demo
