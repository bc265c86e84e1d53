// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/severity.h"

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>
#include <variant>

namespace cockpit {

/// What a criterion looks at.
enum class PolicyMetric { ErrorRate, P50Latency, P95Latency, P99Latency, Saturation };
/// "error_rate", "p99_latency", …: the words of the policy file.
QString toWireName(PolicyMetric metric);
std::optional<PolicyMetric> policyMetricFromWireName(QStringView name);
/// Its quantile, 0.5…0.99; nothing for a metric that is no latency.
std::optional<double> quantileOf(PolicyMetric metric);

/// `error_rate < 1%`, `p99_latency < baseline * 1.2`, `p99_latency > 500ms`.
struct MetricRule {
    enum class Comparison { Below, AtMost, Above, AtLeast };
    PolicyMetric metric = PolicyMetric::ErrorRate;
    Comparison comparison = Comparison::Below;
    bool relative = false; ///< `limit` times the baseline
    double limit = 0.0;    ///< ratio 0…1 for error_rate and saturation, seconds for latencies; a factor when relative
    QString text{};        ///< as it stands in the file
    bool operator==(const MetricRule &) const = default;

    /// `value` against `bound`, which is `limit` (times the baseline, when relative).
    bool holds(double value, double bound) const;
    /// It names the upper end of what is allowed or forbidden: `<` and `<=`.
    bool isUpperBound() const { return comparison == Comparison::Below || comparison == Comparison::AtMost; }
};

/// `alert: ServiceDegraded severity=critical`
struct AlertTrigger {
    QString alertName{};
    QString severity{}; ///< empty = any
    QString text{};
    bool operator==(const AlertTrigger &) const = default;
};
using RollbackTrigger = std::variant<MetricRule, AlertTrigger>;

/// The deployment policy of operations.md §1.
struct DeploymentPolicy {
    QString file{}; ///< where it was read, for "rollout-policies/gc-service.yaml"
    int initialPercentage = 5;
    int increment = 10;
    Duration interval{std::chrono::minutes(5)};
    QList<MetricRule> successCriteria{};
    bool rollbackOnFailure = true;
    bool automaticRollback = true;
    QList<RollbackTrigger> triggers{};
    bool preMigrationCheck = false;
    Duration rollbackWindow{std::chrono::hours(1)};
    qint64 minimumSample = 100; ///< requests in the window
    Duration warmUp{std::chrono::minutes(2)};
    std::optional<Duration> verify{}; ///< how long figures must stay inside after an action; nothing = `interval`
    bool blueGreen = false;           ///< `strategy: blue_green`: no steps, one switch
    bool operator==(const DeploymentPolicy &) const = default;

    /// 5, 15, 25, … 95, 100.
    QList<int> weights() const;
    /// The length of a proof after an action (operations.md §0, proven).
    Duration verifyWindow() const { return verify.value_or(interval); }
};

} // namespace cockpit
