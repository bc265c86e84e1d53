// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/latency_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cockpit::demo {

double LatencyShape::shareWithin(double seconds) const
{
    const double z99 = 2.3263478740408408;
    const double z = std::log(seconds / p99) / spread + z99;
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double LatencyShape::mean() const
{
    const double z99 = 2.3263478740408408;
    return p99 * std::exp(-z99 * spread + 0.5 * spread * spread);
}

const std::vector<double> &latencyBounds()
{
    static const std::vector<double> bounds{0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.005, 0.0075, 0.01, 0.015,
                                            0.02,   0.025, 0.03,   0.04,  0.05,   0.075, 0.1,    0.125, 0.15,
                                            0.175,  0.2,   0.225,  0.25,  0.3,    0.35,  0.4,    0.45, 0.5,
                                            0.6,    0.75,  1.0,    2.5,   5.0,    10.0};
    return bounds;
}

double bucketQuantile(double quantile, const std::vector<double> &bounds, const std::vector<double> &cumulative)
{
    const double total = cumulative.empty() ? 0.0 : cumulative.back();
    if (!(total > 0.0))
        return std::numeric_limits<double>::quiet_NaN();
    const double rank = quantile * total;
    const auto found = std::lower_bound(cumulative.begin(), cumulative.end(), rank);
    const auto index = static_cast<std::size_t>(found - cumulative.begin());
    if (index >= bounds.size())
        return bounds.back();
    const double lower = index == 0 ? 0.0 : bounds[index - 1];
    const double below = index == 0 ? 0.0 : cumulative[index - 1];
    return lower + (bounds[index] - lower) * (rank - below) / (cumulative[index] - below);
}

} // namespace cockpit::demo
