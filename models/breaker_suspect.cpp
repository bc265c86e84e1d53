// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breaker_suspect.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr double suspectRatio = 0.2;

/// Higher is more suspect; 0 = not at all.
double suspicion(const Breaker &breaker)
{
    if (isForced(breaker.state) || !breaker.readOnlyReason.isEmpty() ||
        !breaker.possible.contains(BreakerMode::ForceOpen))
        return 0;
    const double failed = breaker.failureRatio.value_or(0);
    const double slow = breaker.slowRatio.value_or(0);
    const bool tripped = breaker.state == BreakerState::Open || breaker.state == BreakerState::HalfOpen;
    const double worst = std::max(failed, slow);
    // Of two that are open alike the one that turns more calls away.
    const double turnedAway = std::min(0.5, breaker.rejectedPerSecond.value_or(0) / 10000.0);
    return tripped ? 2.0 + worst + turnedAway : worst >= suspectRatio ? 1.0 + worst : 0;
}

} // namespace

BreakerPtr suspectedBreaker(const ServiceId &service, const std::vector<BreakerPtr> &breakers)
{
    BreakerPtr best;
    double most = 0;
    for (const BreakerPtr &one : breakers) {
        const bool own = one->key.from == service;
        if (!own && one->to != service.toString())
            continue;
        const double suspect = suspicion(*one);
        if (suspect > 0 && suspect + (own ? 10 : 0) > most) {
            most = suspect + (own ? 10 : 0);
            best = one;
        }
    }
    return best;
}

} // namespace cockpit
