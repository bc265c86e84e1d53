// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/recorded_series.h"

namespace cockpit::demo {

/// The series of single pods that a selector names, for whatever window its name ends in (5m, 1m, 30s, 90s…):
/// pod:requests:increase<W>, pod:errors:increase<W>, pod:latency_seconds_bucket:increase<W> (with `le`) and
/// pod:saturation:ratio, each by service, pod, version and track, as the shipped rules record them. Empty for every
/// other name. The world must outlive them.
std::vector<RecordedSeries> podSeries(const World &world, const std::vector<Matcher> &matchers);

} // namespace cockpit::demo
