// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/levers.h"

#include "app/demo/curve_bending.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace cockpit::demo {

namespace {

/// Calls that wait end within their timeout of 5 s, and a service is well soon after.
constexpr Offset easeBegins = 2.0;
constexpr Offset easeSeconds = 10.0;
/// An SDK asks every 15 s; each pod at its own moment.
constexpr Offset sdkPoll = 15.0;
constexpr Offset stepSeconds = 0.5;

double heldOpen(const std::string &state) { return state == "forced_open" ? 1.0 : 0.0; }

/// How far a lever is pulled, 0…1.
Curve pulled(const Scenario &scenario, const LeverPlan &lever, const std::vector<PodLife> &pods)
{
    std::vector<Curve::Knot> knots;
    if (lever.kind == LeverPlan::Kind::BreakerOpen) {
        const BreakerPlan *breaker = scenario.breaker(lever.name, lever.to);
        if (breaker == nullptr || (breaker->forces.empty() && breaker->aborts.empty()))
            return Curve(0.0);
        const Curve held = overPods(*breaker, pods, heldOpen);
        std::set<Offset> times;
        for (const Curve::Knot &knot : held.knots())
            times.insert(knot.first);
        for (const AbortShift &abort : breaker->aborts)
            times.insert({abort.at - stepSeconds, abort.at});
        double before = 0;
        for (const Offset at : times) {
            const double now = std::max(held.at(at), breaker->abortedAt(at));
            if (now == before)
                continue;
            const double reached = knots.empty() ? 0.0 : Curve(knots).at(at + easeBegins);
            std::erase_if(knots, [&](const Curve::Knot &knot) { return knot.first >= at + easeBegins; });
            knots.insert(knots.end(), {{at + easeBegins, reached}, {at + easeBegins + easeSeconds, now}});
            before = now;
        }
        return knots.empty() ? Curve(0.0) : Curve(std::move(knots));
    }
    for (const FlagPlan &flag : scenario.flags)
        if (flag.name == lever.name)
            for (const auto &[at, on] : flag.flips) {
                const double reached = knots.empty() ? 0.0 : Curve(knots).at(at);
                std::erase_if(knots, [at = at](const Curve::Knot &knot) { return knot.first >= at; });
                knots.insert(knots.end(), {{at, reached}, {at + sdkPoll, on ? 0.0 : 1.0}});
            }
    return knots.empty() ? Curve(0.0) : Curve(std::move(knots));
}

Curve restOf(const Curve &pull, double share)
{
    std::vector<Curve::Knot> knots = pull.knots();
    for (Curve::Knot &knot : knots)
        knot.second = 1.0 - share * knot.second;
    return Curve(std::move(knots));
}

/// A breaker whose calls get well tries them after a while and closes; it opens again when they fail again.
void followCalls(BreakerPlan &breaker, const Curve &pull)
{
    bool well = false;
    for (const Curve::Knot &knot : pull.knots()) {
        const bool now = knot.second > 0.5;
        if (now == well)
            continue;
        well = now;
        const std::string &state = breaker.stateAt(knot.first);
        const bool trouble = !breaker.states.empty();
        std::erase_if(breaker.states, [&](const auto &entry) { return entry.first >= knot.first; });
        if (now && state != "closed") {
            if (state != "half_open")
                breaker.states.emplace_back(knot.first + 10.0, "half_open");
            breaker.states.emplace_back(knot.first + 20.0, "closed");
        } else if (!now && trouble) {
            breaker.states.insert(breaker.states.end(),
                                  {{knot.first + 60.0, "open"}, {knot.first + 120.0, "half_open"}});
        }
    }
}

void noteEvents(Scenario &scenario, const WorldEvents &events)
{
    for (const BreakerForce &force : events.forces)
        if (BreakerPlan *breaker = scenario.breaker(force.from, force.to))
            breaker->forces.push_back(force);
    for (const AbortShift &abort : events.aborts)
        for (BreakerPlan &breaker : scenario.breakers)
            if (breaker.to == abort.to)
                breaker.aborts.push_back(abort);
    for (const FlagFlip &flip : events.flips)
        for (FlagPlan &flag : scenario.flags)
            if (flag.name == flip.flag && flip.environment == "production")
                flag.flips.emplace_back(flip.at, flip.on);
}

/// Calls that the mesh aborts fail at once, and the caller's breaker opens by itself.
void followAborts(BreakerPlan &breaker)
{
    std::vector<Curve::Knot> knots;
    double before = 0;
    for (const AbortShift &abort : breaker.aborts) {
        knots.insert(knots.end(), {{abort.at, before}, {abort.at + stepSeconds, abort.share}});
        std::erase_if(breaker.states, [&](const auto &entry) { return entry.first >= abort.at; });
        if (abort.share >= breaker.failureThreshold / 100.0)
            breaker.states.emplace_back(abort.at + 15.0, "open");
        else if (before > 0.0)
            breaker.states.insert(breaker.states.end(), {{abort.at + 10.0, "half_open"}, {abort.at + 20.0, "closed"}});
        before = abort.share;
    }
    raise(breaker.failures, Curve(std::move(knots)));
}

/// What the fallbacks of breakers that are held open cannot serve.
void loseRequests(Scenario &scenario, const std::vector<PodLife> &pods)
{
    for (const BreakerPlan &breaker : scenario.breakers) {
        ServicePlan *caller = scenario.service(breaker.from);
        if (caller == nullptr || breaker.lost <= 0.0 || breaker.forces.empty())
            continue;
        std::vector<Curve::Knot> knots = overPods(breaker, pods, heldOpen).knots();
        for (Curve::Knot &knot : knots)
            knot.second *= breaker.lost;
        for (VersionPlan &version : caller->versions)
            raise(version.errors, Curve(knots));
    }
}

/// A piecewise linear figure of how busy a service is.
Curve busyFigure(const ServicePlan &service, const Curve &figure)
{
    // On a grid that does not depend on events, so that these change nothing before their time.
    constexpr Offset grid = 15.0;
    std::set<Offset> times;
    Offset first = PodLife::forever;
    Offset last = -PodLife::forever;
    for (const Curve *curve : {&service.extraSaturation, &service.capacity})
        for (const Curve::Knot &knot : curve->knots()) {
            times.insert(knot.first);
            first = std::min(first, knot.first);
            last = std::max(last, knot.first);
        }
    for (Offset at = std::floor(first / grid) * grid; at < last; at += grid)
        times.insert(at);
    std::vector<Curve::Knot> knots;
    for (const Offset at : times) {
        const double busy = (service.saturation + service.extraSaturation.at(at)) / service.capacity.at(at);
        knots.emplace_back(at, figure.at(busy));
    }
    return Curve(std::move(knots));
}

} // namespace

Curve overPods(const BreakerPlan &breaker, const std::vector<PodLife> &pods, double (*figure)(const std::string &state))
{
    std::set<Offset> times;
    for (const auto &[at, state] : breaker.states)
        times.insert(at);
    for (const BreakerForce &force : breaker.forces)
        times.insert({force.at, force.at + BreakerPlan::closedAfterReset, force.until,
                      force.until + BreakerPlan::closedAfterReset});
    std::vector<const PodLife *> own;
    for (const PodLife &pod : pods)
        if (pod.service == breaker.from) {
            own.push_back(&pod);
            if (!breaker.forces.empty())
                times.insert({pod.readyAt, pod.until});
        }
    const auto valueAt = [&](Offset at) {
        double sum = 0;
        int serving = 0;
        for (const PodLife *pod : own)
            if (pod->readyAt <= at && at < pod->until) {
                sum += figure(breaker.stateOf(*pod, at));
                ++serving;
            }
        return serving > 0 ? sum / serving : figure(breaker.stateAt(at));
    };
    times.erase(PodLife::forever);
    double before = times.empty() ? figure(breaker.stateAt(0)) : valueAt(*times.begin() - 1.0);
    std::vector<Curve::Knot> knots{{times.empty() ? 0.0 : *times.begin() - 1.0, before}};
    for (const Offset at : times) {
        const double now = valueAt(at);
        if (now == before)
            continue;
        knots.insert(knots.end(), {{std::max(at, knots.back().first + 0.001), before}});
        knots.emplace_back(knots.back().first + stepSeconds, now);
        before = now;
    }
    return Curve(std::move(knots));
}

void pullLevers(Scenario &scenario, const WorldEvents &events)
{
    noteEvents(scenario, events);
    for (const LeverPlan &lever : scenario.levers) {
        const Curve pull = pulled(scenario, lever, events.pods);
        if (!leaves(pull, 0.0))
            continue;
        for (const LeverPlan::Eased &eased : lever.eases) {
            ServicePlan *service = scenario.service(eased.service);
            const Curve rest = restOf(pull, eased.share);
            for (VersionPlan &version : service->versions) {
                ease(version.errors, rest);
                ease(version.slow, rest);
            }
            ease(service->extraSaturation, rest);
            if (eased.service == "mc-service")
                ease(scenario.heartbeatFailures, rest);
            if (eased.service == "gc-service")
                ease(scenario.slowAssignments, rest);
        }
        for (const auto &[from, to] : lever.closes)
            if (BreakerPlan *breaker = scenario.breaker(from, to)) {
                ease(breaker->failures, restOf(pull, 1.0));
                ease(breaker->slow, restOf(pull, 1.0));
                followCalls(*breaker, pull);
            }
    }
    for (BreakerPlan &breaker : scenario.breakers)
        if (!breaker.aborts.empty())
            followAborts(breaker);
    loseRequests(scenario, events.pods);
}

void shedLoad(Scenario &scenario)
{
    // 85 % rejects new meetings, 95 % moves some elsewhere, 100 % ends some.
    const Curve rejected({{0.845, 0.0}, {0.855, 0.04}, {0.95, 0.1}, {1.05, 0.25}});
    const Curve moved({{0.945, 0.0}, {0.955, 1.5}, {1.05, 4.0}});
    const Curve ended({{0.995, 0.0}, {1.005, 0.6}, {1.1, 2.0}});
    for (ServicePlan &service : scenario.services) {
        if (!service.sheds || (!leaves(service.extraSaturation, 0.0) && !leaves(service.capacity, 1.0)))
            continue;
        service.rejects = busyFigure(service, rejected);
        service.migrates = busyFigure(service, moved);
        service.drains = busyFigure(service, ended);
        for (VersionPlan &version : service.versions)
            raise(version.errors, service.rejects);
        // A rejected join is tried elsewhere; some of them fail.
        BreakerPlan *join = scenario.breaker("gc-service", service.name);
        if (join == nullptr)
            continue;
        raise(join->failures, service.rejects);
        const Curve lostJoins = service.rejects * Curve(0.3);
        for (VersionPlan &version : scenario.service("gc-service")->versions)
            raise(version.errors, lostJoins);
    }
}

} // namespace cockpit::demo
