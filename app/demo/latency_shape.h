// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace cockpit::demo {

/// How long requests of one kind take: a log-normal distribution, known by its 99th percentile.
struct LatencyShape {
    double p99 = 0.1;    ///< seconds
    double spread = 0.4; ///< standard deviation of the logarithm

    /// The share of requests that take at most `seconds`.
    double shareWithin(double seconds) const;
    /// Mean, in seconds.
    double mean() const;
};

/// Upper bounds of the buckets of <service>_http_request_duration_seconds, without +Inf. Seconds.
const std::vector<double> &latencyBounds();

/// The quantile (0…1) of a histogram, by linear interpolation inside its bucket as Prometheus documents it for
/// histogram_quantile(). `cumulative` holds one count per bound and one more for +Inf. NaN when nothing was counted.
double bucketQuantile(double quantile, const std::vector<double> &bounds, const std::vector<double> &cumulative);

} // namespace cockpit::demo
