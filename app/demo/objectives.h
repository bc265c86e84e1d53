// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/past_trouble.h"
#include "app/demo/scenario.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cockpit::demo {

struct ServiceFlows;

/// What one service promises over 30 days.
struct ObjectivePlan {
    enum class Kind {
        Failures,   ///< requests that fail
        SlowerThan, ///< requests that take longer than `limit`
        Messages,   ///< messages between meeting controllers that take longer than `limit`; they travel as heartbeats do
    };
    std::string service{};
    std::string name{}; ///< as sloth_slo says it: "joins-and-API-succeed"
    Kind kind = Kind::Failures;
    double target = 0.999; ///< 0…1
    double limit = 0;      ///< seconds; one of latencyBounds() for SlowerThan
};

/// The eight promises of the fleet; the targets of those that count failures are the services' own.
std::vector<ObjectivePlan> objectivePlans(const Scenario &scenario);

/// One promise as it was kept: what was counted and what of it was bad, exact at any time.
class ObjectiveFlows {
public:
    /// `service` must outlive this. `load` is how the service's load varies.
    ObjectiveFlows(ObjectivePlan plan, const ServiceFlows &service, const Scenario &scenario, const Wobble &load,
                   std::uint64_t seed);

    const ObjectivePlan &plan() const { return m_plan; }
    /// Events in the `window` seconds up to `time`.
    double all(Offset time, double window) const;
    double bad(Offset time, double window) const;
    /// Nothing where nothing was counted.
    std::optional<double> errorRatio(Offset time, double window) const;
    /// Of the budget of the 30 days up to `time`: 1 = all, below 0 = overspent. Nothing where nothing was counted.
    std::optional<double> budgetLeft(Offset time) const;

private:
    ObjectivePlan m_plan;
    const ServiceFlows *m_service;
    std::size_t m_bound = 0;  ///< of SlowerThan, in latencyBounds()
    Flow m_messages{};        ///< all of them
    Flow m_lateMessages{};
    Flow m_past{};            ///< what was slow in past incidents, beside all that the flows say
};

} // namespace cockpit::demo
