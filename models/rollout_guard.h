// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/canary_verdict.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/result.h"

#include <QString>

#include <memory>
#include <optional>

namespace cockpit {

/// Automatic rollback of one rollout, armed by a person on this laptop (operations.md §1).
struct RolloutGuard {
    enum class State {
        Armed,    ///< watches
        Counting, ///< a trigger fired: rolls back at `actsAt` unless somebody cancels
        Holding,  ///< a trigger fired, and stable breaches too: does nothing
        Acting,   ///< the rollback was asked for
        Disarmed  ///< `words` says why; shown once, then gone
    };
    ObjectKey object{};
    State state = State::Armed;
    QString armedBy{};
    Instant armedAt{};
    std::optional<Instant> actsAt{};
    QString words{}; ///< why it holds, counts or was disarmed
    bool operator==(const RolloutGuard &) const = default;
};

/// What the guard sees at one moment.
struct GuardSight {
    std::shared_ptr<const CanaryVerdict> verdict{}; ///< null = none
    bool dataStale = false;
    bool sourceLost = false;
    bool updating = true; ///< the rollout still has a canary
    QString words{};      ///< why stale or lost
};

/// How long the countdown is shown before it acts.
inline constexpr Duration kGuardCountdown{std::chrono::seconds(10)};

/// Arms it, or says why not: stale data, no verdict, nothing to guard, or the cluster enforces the policy itself.
Result<RolloutGuard> armGuard(const ObjectKey &object, const QString &actor, const GuardSight &sight, Instant now);
/// What it becomes as time passes and sights change. Pure. Acting comes once, when the countdown ran out.
RolloutGuard stepGuard(const RolloutGuard &guard, const GuardSight &sight, Instant now);
/// The cockpit quits, slept, or a person said so.
RolloutGuard disarmGuard(const RolloutGuard &guard, const QString &why);

} // namespace cockpit
