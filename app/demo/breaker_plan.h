// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/world_events.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// A circuit breaker between two services: its states from the beginning ("closed") on, and what passes it.
struct BreakerPlan {
    std::string from{};
    std::string to{};
    std::vector<std::pair<Offset, std::string>> states{}; ///< "open", "half_open", "closed"; sorted by time
    std::string name{};                                   ///< in its own backend; empty = `to`
    double calls = 20;                                    ///< per second that the caller wants to make
    Curve failures{0.0003};                               ///< share of the calls let through that fail, 0…1
    Curve slow{0.001};                                    ///< share of the calls let through that are slow, 0…1
    double failureThreshold = 50;                         ///< per cent
    double slowThreshold = 80;                            ///< per cent
    std::string fallback{}; ///< what serves in place of a call that is rejected; empty: the caller fails
    double lost = 0;        ///< share of the caller's requests that fail while all its pods hold it open, 0…1
    std::vector<BreakerForce> forces{}; ///< what people did to it; sorted by time
    std::vector<AbortShift> aborts{};   ///< what the mesh answers in the place of `to`; sorted by time

    /// What it makes of itself, without anybody's doing.
    const std::string &stateAt(Offset time) const;
    /// Of one pod: as it was forced, or its own. "forced_open", "forced_closed" and "disabled" too. A pod that began
    /// after it was forced knows nothing of it, and one that was given back begins closed.
    const std::string &stateOf(const PodLife &pod, Offset time) const;
    const std::string &wireName() const { return name.empty() ? to : name; }
    /// Share of the calls that the mesh aborts, 0…1.
    double abortedAt(Offset time) const;

    static constexpr Offset closedAfterReset = 60.0;
    static constexpr double trialShare = 0.03; ///< of the calls, that a half-open breaker lets through
};

/// All states that a breaker can be in, as metrics name them.
const std::vector<std::string> &breakerStates();

/// A feature flag in production: on from `onAt`, or off when that is not set, until somebody flips it.
struct FlagPlan {
    std::string name{};
    std::optional<Offset> onAt{};
    std::vector<std::pair<Offset, bool>> flips{}; ///< sorted by time
    bool isOnAt(Offset time) const;
};

/// What eases a trouble of the scenario when somebody pulls it: a breaker held open, or a flag off.
struct LeverPlan {
    enum class Kind { BreakerOpen, FlagOff };
    /// A service and the share of its trouble that goes away, 0…1.
    struct Eased {
        std::string service{};
        double share = 1;
    };
    Kind kind = Kind::FlagOff;
    std::string name{};         ///< of the flag; the caller of the breaker
    std::string to{};           ///< what that breaker calls
    std::vector<Eased> eases{}; ///< their errors, their slowness and what they are busy with
    /// Breakers (from, to) that find the calls well again and close, and open again when the trouble is back.
    std::vector<std::pair<std::string, std::string>> closes{};
};

} // namespace cockpit::demo
