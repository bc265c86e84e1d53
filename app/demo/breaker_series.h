// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/recorded_series.h"

#include <string>
#include <vector>

namespace cockpit::demo {

/// One raw series that a service exposes.
struct RawSeries {
    std::string name{};
    const char *type = "gauge";
    LabelSet labels{};
    std::function<std::optional<double>(Offset)> value{};
};

/// What the breakers of a service expose: Micrometer's names of resilience4j for each pod of gc-service and mc-service,
/// Envoy's names for ac-service, and for all of them the states, calls and fallbacks by caller and dependency. Also
/// what it sheds, and its autoscaler's limits. Grouped by name.
std::vector<RawSeries> breakerMetrics(const World &world, const ServiceFlows &service);
/// The raw series of all services whose name a matcher asks for and that match; empty for any other question.
std::vector<RecordedSeries> rawBreakerSeries(const World &world, const std::vector<Matcher> &matchers);

} // namespace cockpit::demo
