// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/recorded_series.h"

#include <vector>

namespace cockpit::demo {

/// What Sloth's rules record of the world's objectives, as far as a selector asks for it: slo:sli_error:ratio_rate<W>
/// for 5m, 30m, 1h, 2h, 6h, 1d, 3d and 30d (all of them bad events over all events, as with --disable-optimized-rules),
/// slo:objective:ratio, slo:error_budget:ratio, slo:time_period:days, slo:current_burn_rate:ratio,
/// slo:period_burn_rate:ratio, slo:period_error_budget_remaining:ratio and sloth_slo_info. A series has no sample where
/// there was no traffic, and none before the history begins. Empty for every other name. The world must outlive them.
std::vector<RecordedSeries> sloSeries(const World &world, const std::vector<Matcher> &matchers);

/// The oldest moment of which the world's Prometheus has samples: 90 days before the start.
constexpr Offset historyBegins = -90.0 * 86400.0;

} // namespace cockpit::demo
