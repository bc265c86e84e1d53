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
    Offset startedAt = forever; ///< of its process, where it served as another track before
    /// Since when its process runs.
    Offset begin() const { return startedAt < readyAt ? startedAt : readyAt; }
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

/// Somebody forced the breaker of one pod, or gave it back to itself.
struct BreakerForce {
    enum class Mode { None, Open, Closed, Disabled };
    std::string from{};
    std::string to{};
    std::string pod{}; ///< empty: every pod that serves at that time
    Offset at = 0;
    Mode mode = Mode::None;          ///< None: given back
    Offset until = PodLife::forever; ///< when it gives itself back, where its backend can
    std::string actor{};  ///< who, where its backend keeps that
    std::string reason{}; ///< why, where its backend keeps that
};

/// From `at` on the mesh answers 503 in the place of `to` to this share of the calls.
struct AbortShift {
    std::string to{};
    Offset at = 0;
    double share = 0; ///< 0…1
};

/// A feature flag was switched in one environment. Only "production" is this world.
struct FlagFlip {
    std::string flag{};
    std::string environment{"production"};
    Offset at = 0;
    bool on = false;
};

/// An autoscaler's limits from `at` on.
struct LimitChange {
    std::string service{};
    Offset at = 0;
    int minimum = 1;
    int maximum = 1;
};

/// What was done to the world since it began. Everything that it measures follows from the scenario and from this;
/// an event changes nothing before its own time.
struct WorldEvents {
    std::vector<PodLife> pods{}; ///< all pods that ever served, those of the beginning too
    std::vector<WeightShift> shifts{};
    std::vector<ScaleChange> scales{};
    std::vector<LimitChange> limits{};
    std::vector<AbortShift> aborts{};
    std::vector<BreakerForce> forces{};
    std::vector<FlagFlip> flips{};
};

struct Scenario;

/// The scenario with its curves bent by the events: the shares of versions, the numbers of pods, what the scenario says
/// the bad version does to others (Scenario::cause), and what breakers, flags and capacity ease (levers.h).
Scenario scenarioAfter(Scenario scenario, const WorldEvents &events);

} // namespace cockpit::demo
