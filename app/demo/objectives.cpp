// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/objectives.h"

#include "app/demo/world.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

constexpr double messagesPerSecond = 60.0;
/// Late messages for each heartbeat that fails, both as shares.
constexpr double lateForHeartbeats = 0.075;

Curve scaledCurve(const Curve &curve, double factor)
{
    std::vector<Curve::Knot> knots = curve.knots();
    for (Curve::Knot &knot : knots)
        knot.second *= factor;
    return Curve(std::move(knots));
}

ObjectivePlan failuresOf(const Scenario &scenario, const char *service, const char *name)
{
    const auto plan = std::find_if(scenario.services.begin(), scenario.services.end(),
                                   [&](const ServicePlan &one) { return one.name == service; });
    return {service, name, ObjectivePlan::Kind::Failures, plan->objective, 0.0};
}

} // namespace

std::vector<ObjectivePlan> objectivePlans(const Scenario &scenario)
{
    return {failuresOf(scenario, "gc-service", "joins-and-API-succeed"),
            {"gc-service", "p99-below-200-ms", ObjectivePlan::Kind::SlowerThan, 0.99, 0.2},
            failuresOf(scenario, "mc-service", "signalling-succeeds"),
            {"mc-service", "p95-message-below-500-ms", ObjectivePlan::Kind::Messages, 0.99, 0.5},
            failuresOf(scenario, "mh-service", "media-packets-delivered"),
            failuresOf(scenario, "ac-service", "tokens-issued"),
            failuresOf(scenario, "postgresql", "queries-succeed"),
            failuresOf(scenario, "redis", "commands-succeed")};
}

ObjectiveFlows::ObjectiveFlows(ObjectivePlan plan, const ServiceFlows &service, const Scenario &scenario,
                               const Wobble &load, std::uint64_t seed)
    : m_plan(std::move(plan)), m_service(&service)
{
    if (m_plan.kind == ObjectivePlan::Kind::Failures)
        return;
    if (m_plan.kind == ObjectivePlan::Kind::Messages) {
        m_messages = Flow(messagesPerSecond, Curve(1.0), load);
        m_lateMessages = Flow(messagesPerSecond, scaledCurve(scenario.heartbeatFailures, lateForHeartbeats), load);
    }
    const std::vector<double> &bounds = latencyBounds();
    m_bound = static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), m_plan.limit) - bounds.begin());
    const std::vector<PastTrouble> troubles = pastSlowness(m_plan.service, seed);
    std::vector<double> counts;
    for (const PastTrouble &trouble : troubles)
        counts.push_back(trouble.share * (1.0 - m_plan.target) * all(0.0, budgetPeriod));
    m_past = flowOfTrouble(troubles, counts);
}

double ObjectiveFlows::all(Offset time, double window) const
{
    return m_plan.kind == ObjectivePlan::Kind::Messages ? m_messages.increase(time, window)
                                                        : m_service->requests(time, window);
}

double ObjectiveFlows::bad(Offset time, double window) const
{
    if (m_plan.kind == ObjectivePlan::Kind::Failures)
        return m_service->failures(time, window);
    double sum = m_past.increase(time, window);
    if (m_plan.kind == ObjectivePlan::Kind::Messages)
        return sum + m_lateMessages.increase(time, window);
    for (const VersionFlows &version : m_service->versions)
        sum += (version.fast.increase(time, window) + version.failed.increase(time, window)) *
                   (1.0 - version.fastShares[m_bound]) +
               version.slow.increase(time, window) * (1.0 - version.slowShares[m_bound]);
    return sum;
}

std::optional<double> ObjectiveFlows::errorRatio(Offset time, double window) const
{
    const double whole = all(time, window);
    return whole > 0.0 ? std::optional(bad(time, window) / whole) : std::nullopt;
}

std::optional<double> ObjectiveFlows::budgetLeft(Offset time) const
{
    const std::optional<double> ratio = errorRatio(time, budgetPeriod);
    return ratio ? std::optional(1.0 - *ratio / (1.0 - m_plan.target)) : std::nullopt;
}

} // namespace cockpit::demo
