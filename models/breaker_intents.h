// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"

namespace cockpit {

/// Take a breaker out of its own hands until `endsAt` (15 min by default, 24 h at most): a lease that ends by itself.
struct OverrideBreaker {
    static constexpr const char *wireName = "breaker.override";
    BreakerKey breaker{};
    BreakerMode mode = BreakerMode::ForceOpen; ///< not Reset
    Instant endsAt{};
    QStringList pods{}; ///< only these; empty = all: for the retry after a partial success
    bool operator==(const OverrideBreaker &) const = default;
};

/// Give it back to itself: closed and counting anew. With `lease` it ends that override, and touches only what is still
/// as the override set it.
struct ResetBreaker {
    static constexpr const char *wireName = "breaker.reset";
    BreakerKey breaker{};
    QString lease{};
    bool operator==(const ResetBreaker &) const = default;
};

} // namespace cockpit
