// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/world.h"

#include "app/demo/planned_pods.h"

#include <algorithm>
#include <cmath>

namespace cockpit::demo {

namespace {

constexpr double calibrationWindow = 300.0;

/// The load of the day and the noise would move the figures of the start; this gives a flow whose figures there are
/// what the scenario says.
Flow calibratedFlow(double base, const Curve &shape, const Wobble &wobble)
{
    Flow flow(base, shape, wobble);
    const double wanted = Flow(base, shape, Wobble()).increase(0.0, calibrationWindow);
    // What does not flow at the start is moved as a steady flow would be.
    const double steady = Flow(1.0, Curve(1.0), wobble).increase(0.0, calibrationWindow) / calibrationWindow;
    flow.scale(wanted > 0.0 ? wanted / flow.increase(0.0, calibrationWindow) : 1.0 / steady);
    return flow;
}

double p99AtStart(const VersionFlows &version)
{
    std::vector<double> cumulative;
    version.addBuckets(cumulative, 0.0, calibrationWindow);
    return bucketQuantile(0.99, latencyBounds(), cumulative);
}

/// Finds the durations that give the percentile of the start that the scenario names.
void calibrateLatency(VersionFlows &version)
{
    if (version.plan.p99AtStart <= 0.0 || version.requests(0.0, calibrationWindow) <= 0.0)
        return;
    const bool slowKind = version.slow.increase(0.0, calibrationWindow) > 0.0;
    double low = version.plan.p99AtStart * 0.2;
    double high = version.plan.p99AtStart * 5.0;
    for (int i = 0; i < 40; ++i) {
        const double middle = std::sqrt(low * high);
        version.setShape(slowKind, middle);
        (p99AtStart(version) < version.plan.p99AtStart ? low : high) = middle;
    }
}

/// The incidents of 90 days. Those of the last 30 leave of the budget what the scenario says; the older ones took their
/// share of the budget of their own time.
Flow pastFailuresOf(const ServiceFlows &service, std::uint64_t seed)
{
    const std::vector<PastTrouble> troubles = pastTrouble(service.plan.name, seed);
    const double budget = 1.0 - service.plan.objective;
    const double requests = service.requests(0.0, budgetPeriod);
    const double allowed = (1.0 - service.plan.budgetLeft) * budget;
    const double missing = std::max(0.0, (allowed * requests - service.failures(0.0, budgetPeriod)) / (1.0 - allowed));
    double recent = 0;
    for (const PastTrouble &trouble : troubles)
        recent += trouble.began > -budgetPeriod ? trouble.share : 0.0;
    std::vector<double> counts;
    for (const PastTrouble &trouble : troubles)
        counts.push_back(trouble.began > -budgetPeriod ? missing * trouble.share / recent
                                                       : trouble.share * budget * requests);
    return flowOfTrouble(troubles, counts);
}

} // namespace

double VersionFlows::requests(Offset time, double window) const
{
    return fast.increase(time, window) + slow.increase(time, window) + failed.increase(time, window);
}

void VersionFlows::addBuckets(std::vector<double> &cumulative, Offset time, double window) const
{
    cumulative.resize(latencyBounds().size() + 1, 0.0);
    const double fastCount = fast.increase(time, window) + failed.increase(time, window);
    const double slowCount = slow.increase(time, window);
    for (std::size_t i = 0; i < cumulative.size(); ++i)
        cumulative[i] += fastCount * fastShares[i] + slowCount * slowShares[i];
}

void VersionFlows::setShape(bool slowKind, double p99)
{
    LatencyShape &shape = slowKind ? slowShape : fastShape;
    std::vector<double> &shares = slowKind ? slowShares : fastShares;
    shape.p99 = p99;
    shares.clear();
    for (const double bound : latencyBounds())
        shares.push_back(shape.shareWithin(bound));
    shares.push_back(1.0);
}

double ServiceFlows::requests(Offset time, double window) const
{
    double sum = pastFailures.increase(time, window);
    for (const VersionFlows &version : versions)
        sum += version.requests(time, window);
    return sum;
}

double ServiceFlows::failures(Offset time, double window) const
{
    double sum = pastFailures.increase(time, window);
    for (const VersionFlows &version : versions)
        sum += version.failures(time, window);
    return sum;
}

double ServiceFlows::saturation(Offset time) const
{
    return (plan.saturation * (1.0 + saturationNoise.at(time)) + plan.extraSaturation.at(time)) /
           plan.capacity.at(time);
}

double ServiceFlows::processors(Offset time) const
{
    return plan.loadIsReal ? saturation(time)
                           : plan.saturation * (1.0 + saturationNoise.at(time)) / plan.capacity.at(time);
}

int ServiceFlows::sheddingLevel(Offset time) const
{
    const double busy = plan.sheds ? saturation(time) : 0.0;
    return busy > 1.0 ? 3 : busy > 0.95 ? 2 : busy > 0.85 ? 1 : 0;
}

World::World(Scenario scenario, std::uint64_t seed, Instant start, const WorldEvents &events)
    : m_seed(seed), m_start(start)
{
    WorldEvents all = events;
    if (all.pods.empty())
        all.pods = plannedPods(scenario, seed);
    m_scenario = scenarioAfter(std::move(scenario), all);
    for (const ServicePlan &plan : m_scenario.services) {
        m_services.push_back(makeService(plan));
        m_services.back().pods = servingPods(m_services.back(), all.pods);
    }
    for (const BreakerPlan &plan : m_scenario.breakers)
        m_breakers.push_back(
            breakerFlows(plan, all.pods, breakerLoad(plan), m_scenario.service(plan.from)->requests));
    for (const ObjectivePlan &plan : objectivePlans(m_scenario))
        m_objectives.emplace_back(plan, *service(plan.service), m_scenario, loadOf(plan.service), m_seed);
    makeSpecials();
}

const ServiceFlows *World::service(std::string_view serviceName) const
{
    const auto found = std::find_if(m_services.begin(), m_services.end(),
                                    [&](const ServiceFlows &flows) { return flows.plan.name == serviceName; });
    return found == m_services.end() ? nullptr : &*found;
}

Wobble World::loadOf(const std::string &service) const
{
    const double secondsOfDay = std::fmod(static_cast<double>(toEpochMs(m_start)) / 1000.0, 86400.0);
    return Wobble::daily(secondsOfDay, 0.3) + Wobble::fromHash(m_seed, service + "/requests", 0.05);
}

Wobble World::breakerLoad(const BreakerPlan &plan) const
{
    return Wobble::fromHash(m_seed, plan.from + '>' + plan.to, 0.04);
}

Offset World::toOffset(Instant instant) const
{
    return std::chrono::duration<double>(instant - m_start).count();
}

Instant World::toInstant(Offset time) const
{
    return m_start + Duration(static_cast<qint64>(std::llround(time * 1000.0)));
}

ServiceFlows World::makeService(const ServicePlan &plan) const
{
    const Wobble load = loadOf(plan.name);
    ServiceFlows service;
    service.plan = plan;
    for (const VersionPlan &version : plan.versions)
        service.versions.push_back(makeVersion(plan, version, load));
    service.saturationNoise = Wobble::fromHash(m_seed, plan.name + "/saturation", 0.04);
    service.pastFailures = pastFailuresOf(service, m_seed);
    service.rejected = Flow(plan.requests, plan.rejects, Wobble());
    service.migrated = Flow(1.0, plan.migrates, Wobble());
    service.drained = Flow(1.0, plan.drains, Wobble());
    return service;
}

VersionFlows World::makeVersion(const ServicePlan &service, const VersionPlan &plan, const Wobble &load) const
{
    const std::string key = service.name + '/' + plan.version;
    const Curve passed = plan.weight * plan.errors.complement();
    const Curve fast = passed * plan.slow.complement();
    const Curve slow = passed * plan.slow;
    const Curve failed = plan.weight * plan.errors;
    VersionFlows flows;
    flows.plan = plan;
    flows.fast = calibratedFlow(service.requests, fast, load);
    flows.slow = calibratedFlow(service.requests, slow, load + Wobble::fromHash(m_seed, key + "/slow", 0.03));
    flows.failed = calibratedFlow(service.requests, failed, load + Wobble::fromHash(m_seed, key + "/failed", 0.03));
    flows.setShape(false, plan.p99);
    flows.setShape(true, plan.slowP99);
    calibrateLatency(flows);
    return flows;
}

void World::makeSpecials()
{
    const double beats = 4.0;
    m_heartbeatsOk = Flow(beats, m_scenario.heartbeatFailures.complement(), Wobble());
    m_heartbeatsFailed =
        Flow(beats, m_scenario.heartbeatFailures, Wobble::fromHash(m_seed, "mc-service/heartbeats", 0.005));
    VersionPlan assignments;
    assignments.slow = m_scenario.slowAssignments;
    assignments.p99 = 0.017;
    assignments.slowP99 = 0.048;
    m_assignments.plan = assignments;
    const Wobble noise = Wobble::fromHash(m_seed, "gc-service/assignments", 0.05);
    m_assignments.fast = Flow(96.0, assignments.slow.complement(), noise);
    m_assignments.slow = Flow(96.0, assignments.slow, noise);
    m_assignments.failed = Flow(0.02, Curve(1.0), noise);
    m_assignments.setShape(false, assignments.p99);
    m_assignments.setShape(true, assignments.slowP99);
    m_jitterNoise = Wobble::fromHash(m_seed, "mh-service/jitter", 0.1);
}

double World::jitter(Offset time) const { return m_scenario.jitter.at(time) * (1.0 + m_jitterNoise.at(time)); }

double World::restarts(Offset time) const
{
    const std::vector<Offset> &all = m_scenario.restarts;
    return static_cast<double>(std::count_if(all.begin(), all.end(), [&](Offset at) { return at <= time; }));
}

Offset World::sampleTime(Offset time) { return std::floor(time / 5.0) * 5.0; }

} // namespace cockpit::demo
