// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace cockpit::demo {

/// What a cluster's cost is made of, as OpenCost tells it apart.
enum class CostKind : std::size_t { Cpu, Ram, Network, Volume, LoadBalancer, External };
constexpr std::size_t costKinds = 6;
using CostAmounts = std::array<double, costKinds>;

/// What one workload costs, in US dollars on an average working day.
struct CostItem {
    std::string nameSpace{};
    std::string kind{};       ///< of its controller, as OpenCost spells it: "rollout", "statefulset"
    std::string controller{};
    std::map<std::string, std::string> labels{}; ///< as Prometheus names them: "cost_center"; empty = unlabelled
    int pods = 1;
    CostAmounts workingDay{};
    double cpuUse = 0.5;     ///< used of what is paid for, 0…1
    double ramUse = 0.6;
    bool restsAtWeekends = true;
    double perFailure = 0; ///< dollars of logs for each request of the controller's service that fails
};

/// The cost side of a scenario.
struct CostPlan {
    std::vector<CostItem> items{};
    double idleShare = 0.14;      ///< of the processors and memory that are paid for, used by nobody
    double cpuCoreHour = 0.0316;  ///< dollars
    double ramGibHour = 0.0042;
    double volumeGibHour = 0.00011;
    std::string egressItem{"mh-service"}; ///< whose egress is not as before
    int egressSinceDay = -4;      ///< UTC day, counted from that of the start
    double egressFactor = 1.31;
};

/// The dark-tower namespace, a staging one, and what nobody labelled.
CostPlan healthyCosts();

/// What a day is as a part of a working day: weekends, the slow growth of 90 days, and the load tests that made a month
/// of the past a bad one, and the holidays of a good one. `day` is in days since 1970-01-01 UTC, `startDay` the one on which the world starts.
double costOfDay(const CostItem &item, CostKind kind, long long day, long long startDay);

} // namespace cockpit::demo
