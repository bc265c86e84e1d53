// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "models/items/breaker_store.h"

#include <QHash>

#include <functional>
#include <vector>

namespace cockpit {

/// What Prometheus answered about the breakers of one caller.
struct BreakerSeries {
    std::vector<Series> state{};
    std::vector<Series> failureRatio{};
    std::vector<Series> slowRatio{};
    std::vector<Series> rejectedPerSecond{};
};

/// The same as moments of each breaker, ascending, by what `nameLabel` says. At each moment the state is the one of
/// those at 1 that needs a hand most; a figure without a point there is NaN, a state unknown. Pure.
QHash<QString, std::vector<BreakerSample>> breakerSamples(const BreakerSeries &series, const BreakerQueries &queries);

/// Asks `prometheus` for the last `range` of all breakers of `caller`. `done` comes once, on the I/O thread. Errors:
/// those of PrometheusBackend::querySeries for the states; another figure that is refused is left out; Invalid when its
/// preset names no breakers.
void queryBreakerHistory(PrometheusBackend &prometheus, const ServiceId &caller, Duration range,
                         std::function<void(Result<QHash<QString, std::vector<BreakerSample>>>)> done);

} // namespace cockpit
