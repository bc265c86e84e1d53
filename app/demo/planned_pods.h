// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/world_events.h"

#include <cstdint>
#include <vector>

namespace cockpit::demo {

struct Scenario;

/// The pods that serve when the world starts, under the names that they have in the cluster.
std::vector<PodLife> plannedPods(const Scenario &scenario, std::uint64_t seed);

} // namespace cockpit::demo
