// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/curve.h"

#include <limits>
#include <string>
#include <vector>

namespace cockpit::demo {

/// A pod that serves requests of one version: from the moment it is ready until it leaves the endpoints.
struct PodLife {
    static constexpr Offset forever = std::numeric_limits<Offset>::infinity();

    std::string service{};
    std::string name{};
    std::string version{};
    std::string track{"stable"};
    Offset readyAt = 0;
    Offset until = forever;
    bool operator==(const PodLife &) const = default;
};

/// From `at` on the version's share of its service's requests moves evenly to `weight`, which it has from `done` on.
struct WeightShift {
    std::string service{};
    std::string version{};
    std::string track{"stable"};
    Offset at = 0;
    Offset done = 0;
    double weight = 0; ///< 0…1
};

/// A service was scaled at `at`; the new number of pods serves from `done` on.
struct ScaleChange {
    std::string service{};
    Offset at = 0;
    Offset done = 0;
    int replicas = 0;
};

/// What was done to the world since it began. Everything that it measures follows from the scenario and from this;
/// an event changes nothing before its own time.
struct WorldEvents {
    std::vector<PodLife> pods{}; ///< all pods that ever served, those of the beginning too
    std::vector<WeightShift> shifts{};
    std::vector<ScaleChange> scales{};
};

struct Scenario;

/// The scenario with its curves bent by the events: the shares of versions, the numbers of pods, and what the scenario
/// says the bad version does to others (Scenario::cause).
Scenario scenarioAfter(Scenario scenario, const WorldEvents &events);

} // namespace cockpit::demo
