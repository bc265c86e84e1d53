// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deployment_policy.h"

#include <QString>

namespace cockpit {

/// One rule of a policy as text, read; or what was expected instead, and what to do.
template <typename T> struct ReadRule {
    std::optional<T> rule{};
    QString expected{};
    QString fix{};
};

/// "error_rate < 1%", "p99_latency > baseline * 2.0", "p95_latency <= 300ms".
ReadRule<MetricRule> readMetricRule(const QString &text);
/// "ServiceDegraded severity=critical".
ReadRule<AlertTrigger> readAlertTrigger(const QString &text);

} // namespace cockpit
