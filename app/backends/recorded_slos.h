// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "models/slo_math.h"

#include <functional>

namespace cockpit {

/// What Sloth's recording rules hold of every objective (slok/sloth, pkg/common/conventions:
/// `slo:sli_error:ratio_rate…`, `slo:objective:ratio`, `slo:time_period:days`,
/// `slo:period_error_budget_remaining:ratio`), joined by `sloth_id`. A value that is missing or not a number is missing
/// in the reading: never 0. An objective without a target is named in `problems`. Pure.
struct RecordedSlos {
    QList<SloReading> readings{};
    QStringList problems{};
};
RecordedSlos recordedSlos(const std::vector<FigureUpdate::Value> &values, const std::vector<Series> &remaining);

/// Asks `prometheus` for all of it with two queries: the values of now, and the budget left over the last `range`.
/// `done` comes once, on the I/O thread. Errors: those of PrometheusBackend::queryAt; a burn-down that is refused is
/// left empty and named in `problems`.
void queryRecordedSlos(PrometheusBackend &prometheus, Instant now, Duration range,
                       std::function<void(Result<RecordedSlos>)> done);

} // namespace cockpit
