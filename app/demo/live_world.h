// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/alert_rules.h"

#include <memory>
#include <mutex>

namespace cockpit::demo {

/// The world after what was done to it so far, with all that follows from it. Immutable.
struct Epoch {
    Epoch(const Scenario &scenario, std::uint64_t seed, Instant start, const WorldEvents &events, const Epoch *before);
    World world;
    RecordedSeriesSet series;
    AlertRules rules;
};

/// The world that faces on several threads read while others act in it: each reader takes the newest epoch and keeps
/// it for as long as it needs it. Thread-safe.
class LiveWorld {
public:
    LiveWorld(Scenario scenario, std::uint64_t seed, Instant start);

    /// The scenario, the start and the seed never change: those of the first epoch.
    const World &planned() const { return m_first->world; }
    std::shared_ptr<const Epoch> epoch() const;
    /// From now on the world is the scenario with these pods, shares, numbers of pods, limits and aborts; they hold all
    /// earlier ones. What else was done stays.
    void change(const WorldEvents &events);
    /// Forces a breaker, or gives it back, on top of all that was done so far.
    void force(BreakerForce force);
    /// Switches a feature flag in one environment; only "production" changes what this world does.
    void flip(FlagFlip flip);
    /// All that was done so far.
    WorldEvents events() const;

private:
    Scenario m_scenario;
    std::shared_ptr<const Epoch> m_first;
    mutable std::mutex m_mutex;
    WorldEvents m_events{};
    mutable bool m_isStale = false; ///< the epoch knows less than the events
    mutable std::shared_ptr<const Epoch> m_epoch;
};

} // namespace cockpit::demo
