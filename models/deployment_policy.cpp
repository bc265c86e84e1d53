// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deployment_policy.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

/// In the order of the enum.
constexpr std::array<QStringView, 5> policyMetricWireNames{u"error_rate", u"p50_latency", u"p95_latency",
                                                           u"p99_latency", u"saturation"};

} // namespace

QString toWireName(PolicyMetric metric) { return policyMetricWireNames[static_cast<size_t>(metric)].toString(); }

std::optional<PolicyMetric> policyMetricFromWireName(QStringView name)
{
    const auto found = std::find(policyMetricWireNames.begin(), policyMetricWireNames.end(), name);
    if (found == policyMetricWireNames.end())
        return std::nullopt;
    return static_cast<PolicyMetric>(found - policyMetricWireNames.begin());
}

std::optional<double> quantileOf(PolicyMetric metric)
{
    switch (metric) {
    case PolicyMetric::P50Latency:
        return 0.5;
    case PolicyMetric::P95Latency:
        return 0.95;
    case PolicyMetric::P99Latency:
        return 0.99;
    case PolicyMetric::ErrorRate:
    case PolicyMetric::Saturation:
        break;
    }
    return std::nullopt;
}

bool MetricRule::holds(double value, double bound) const
{
    switch (comparison) {
    case Comparison::Below:
        return value < bound;
    case Comparison::AtMost:
        return value <= bound;
    case Comparison::Above:
        return value > bound;
    case Comparison::AtLeast:
        break;
    }
    return value >= bound;
}

QList<int> DeploymentPolicy::weights() const
{
    if (blueGreen)
        return {100};
    QList<int> steps;
    for (int weight = initialPercentage; weight < 100 && increment > 0; weight += increment)
        steps.append(weight);
    steps.append(100);
    return steps;
}

} // namespace cockpit
