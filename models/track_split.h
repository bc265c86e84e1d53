// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/canary_verdict.h"
#include "models/rollout.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

/// One series of one of the track queries at one moment; what it does not carry is empty.
struct TrackSample {
    QString pod{};
    QString version{};
    QString track{};
    QString le{}; ///< upper bound of a bucket as the server wrote it; only latency buckets have one
    double value = 0.0;
    bool operator==(const TrackSample &) const = default;
};

/// What one server said of one service over one window. A list without samples is not known, never 0.
struct TrackSamples {
    std::vector<TrackSample> requests{};
    std::vector<TrackSample> errors{};
    std::vector<TrackSample> latencyBuckets{}; ///< cumulative
    std::vector<TrackSample> saturation{};
    double bucketUnit = 1.0;            ///< seconds of one unit of `le`
    std::optional<Instant> sampledAt{}; ///< newest sample behind it

    /// Takes in what another server said. Both may scrape the same pods (a pair for high availability): of equal series
    /// the greater value counts, they are never added.
    void merge(const TrackSamples &other);
};

/// Whether stable serves requests beside the new version now. Not at 100 %, after a blue-green switch, and after a
/// plain rolling update: the baseline then is the last window before the change.
bool hasStableBeside(const Rollout &rollout);

/// Tells canary and stable apart: by the template hash of the pods that the series name (pods that are gone: by the
/// name of their ReplicaSet), else by the label version, else by the label track, else not, with the reason in words.
/// Sets split, splitProblem, canary and stable. Pure.
TrackMeasures splitTracks(const TrackSamples &samples, const Rollout &rollout);

/// All samples as one side.
TrackMeasure measureAllTracks(const TrackSamples &samples);

/// The quantile (0…1) of a histogram, interpolated as histogram_quantile() of PromQL does, with the bounds of its
/// bucket. `cumulative` maps upper bounds (seconds, the last one infinity) to counts. Nothing without the infinite
/// bucket or without a count. In the infinite bucket the value is its lower bound.
std::optional<QuantileMeasure> quantileOfBuckets(double quantile, const std::map<double, double> &cumulative);

} // namespace cockpit
