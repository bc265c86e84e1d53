// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/breaker_flows.h"
#include "app/demo/latency_shape.h"
#include "app/demo/objectives.h"
#include "app/demo/scenario.h"
#include "app/demo/serving_pods.h"
#include "app/demo/world_events.h"
#include "models/instant.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cockpit::demo {

/// The requests of one version: three kinds, each with its own counter and its own distribution of durations.
struct VersionFlows {
    VersionPlan plan{};
    Flow fast{};
    Flow slow{};
    Flow failed{};
    LatencyShape fastShape{}; ///< failed requests take as long as fast ones
    LatencyShape slowShape{};
    std::vector<double> fastShares{}; ///< of fastShape, one per bound and 1 for +Inf
    std::vector<double> slowShares{};

    double requests(Offset time, double window) const;
    double failures(Offset time, double window) const { return failed.increase(time, window); }
    /// Adds this version's durations, cumulative, one count per bound and one for +Inf.
    void addBuckets(std::vector<double> &cumulative, Offset time, double window) const;
    /// Sets the durations of one kind and what follows from them.
    void setShape(bool slowKind, double p99);
};

/// One service as it runs.
struct ServiceFlows {
    ServicePlan plan{};
    std::vector<VersionFlows> versions{};
    Flow pastFailures{}; ///< of the incidents of 90 days (pastTrouble()); of the first version
    Wobble saturationNoise{};
    std::vector<ServingPod> pods{};
    Flow rejected{}; ///< requests, of those that failed
    Flow migrated{}; ///< meetings
    Flow drained{};  ///< meetings

    double requests(Offset time, double window) const;
    double failures(Offset time, double window) const;
    double saturation(Offset time) const;
    /// What its autoscaler sees of that: requests that wait keep no processor busy.
    double processors(Offset time) const;
    /// 0 none, 1 rejects new work, 2 migrates, 3 drains (85, 95, 100 %).
    int sheddingLevel(Offset time) const;
};

/// Cause and effect, in closed form: every value at every time follows from the scenario and the seed, and costs the
/// same in the past and in the future. Immutable, so free to read from any thread.
class World {
public:
    /// Without pods in `events`, the pods are those that the scenario plans, and nothing happens to them.
    World(Scenario scenario, std::uint64_t seed, Instant start, const WorldEvents &events = {});

    const Scenario &scenario() const { return m_scenario; }
    Instant start() const { return m_start; }
    Offset toOffset(Instant instant) const;
    Instant toInstant(Offset time) const;
    std::uint64_t seed() const { return m_seed; }

    const std::vector<ServiceFlows> &services() const { return m_services; }
    /// In the order of Scenario::breakers.
    const std::vector<BreakerFlows> &breakers() const { return m_breakers; }
    /// How the calls of a breaker vary.
    Wobble breakerLoad(const BreakerPlan &plan) const;
    const ServiceFlows *service(std::string_view serviceName) const;
    /// The promises of the fleet, in the order of objectivePlans().
    const std::vector<ObjectiveFlows> &objectives() const { return m_objectives; }
    const Flow &heartbeats(bool failed) const { return failed ? m_heartbeatsFailed : m_heartbeatsOk; }
    const VersionFlows &assignments() const { return m_assignments; }
    double jitter(Offset time) const;
    double keyAgeDays(Offset time) const { return m_scenario.keyAgeDays + time / 86400.0; }
    double restarts(Offset time) const;

    /// The newest scrape at or before `time`: samples are taken every 5 s.
    static Offset sampleTime(Offset time);

private:
    ServiceFlows makeService(const ServicePlan &plan) const;
    VersionFlows makeVersion(const ServicePlan &service, const VersionPlan &plan, const Wobble &load) const;
    void makeSpecials();
    Wobble loadOf(const std::string &service) const;

    Scenario m_scenario;
    std::uint64_t m_seed;
    Instant m_start;
    std::vector<ServiceFlows> m_services{};
    std::vector<BreakerFlows> m_breakers{};
    std::vector<ObjectiveFlows> m_objectives{};
    Flow m_heartbeatsOk{};
    Flow m_heartbeatsFailed{};
    VersionFlows m_assignments{};
    Wobble m_jitterNoise{};
};

} // namespace cockpit::demo
