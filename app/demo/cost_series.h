// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/recorded_series.h"

#include <vector>

namespace cockpit::demo {

/// What OpenCost's exporter tells Prometheus, as far as a selector asks for it: node_cpu_hourly_cost,
/// node_ram_hourly_cost, node_total_hourly_cost, pv_hourly_cost, container_cpu_allocation,
/// container_memory_allocation_bytes and kubecost_network_internet_egress_cost. Empty for every other name. The world
/// must outlive them.
std::vector<RecordedSeries> costSeries(const World &world, const std::vector<Matcher> &matchers);

} // namespace cockpit::demo
