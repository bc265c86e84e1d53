// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deployment_policy.h"
#include "models/evidence.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

/// How canary and stable were told apart in the metrics; shown beside each verdict. AllTraffic: the new version serves
/// everything, so nothing had to be told apart.
enum class TrackSplit { None, PodTemplateHash, VersionLabel, TrackLabel, AllTraffic };

/// A quantile from a histogram lies between the bounds of its bucket.
struct QuantileMeasure {
    double value = 0.0; ///< seconds, interpolated
    double lower = 0.0; ///< bounds of the bucket
    double upper = 0.0; ///< infinity for the last bucket
    bool operator==(const QuantileMeasure &) const = default;
};

/// What was measured of one side over one window. What is not known is nothing, never 0.
struct TrackMeasure {
    std::optional<double> requests{}; ///< in the window
    std::optional<double> errors{};   ///< of these
    std::optional<QuantileMeasure> p50{};
    std::optional<QuantileMeasure> p95{};
    std::optional<QuantileMeasure> p99{};
    std::optional<double> saturation{};
    std::optional<Instant> sampledAt{}; ///< newest sample behind it
    int pods = 0;
    bool operator==(const TrackMeasure &) const = default;
};

/// Canary and stable over the same window.
struct TrackMeasures {
    TrackSplit split = TrackSplit::None;
    QString splitProblem{}; ///< why they cannot be told apart, in words
    TrackMeasure canary{};
    TrackMeasure stable{};
    bool baselineIsPast = false; ///< no stable runs beside it: `stable` is the last window before the change
    Instant windowEnd{};
    Duration window{};
    QString source{};
    bool operator==(const TrackMeasures &) const = default;
};

/// One rule of the policy against the measures.
struct CriterionVerdict {
    enum class Result { Pass, Fail, Inconclusive };
    enum class Kind { Success, Rollback };
    Kind kind = Kind::Success;
    Result result = Result::Inconclusive; ///< of a rollback trigger: Fail = met
    QString rule{};                       ///< as it stands in the policy
    std::optional<PolicyMetric> metric{}; ///< nothing for an alert trigger
    std::optional<double> canary{};
    std::optional<double> stable{};
    std::optional<double> limit{};  ///< absolute, in the metric's unit
    std::optional<double> margin{}; ///< distance to the limit, positive = room left
    bool stableBreaches = false;    ///< the same rule fails for stable
    bool stableKnown = false;       ///< stable could be held against it
    QString words{};                ///< why inconclusive: "12 requests in 5 min, 100 are needed"
    std::optional<qint64> count{};
    std::optional<Instant> sampledAt{};
    bool operator==(const CriterionVerdict &) const = default;
};

/// The cockpit's own verdict of a rollout at one moment (operations.md §1).
struct CanaryVerdict {
    CriterionVerdict::Result result = CriterionVerdict::Result::Inconclusive;
    QList<CriterionVerdict> criteria{};
    bool rollBackNow = false;  ///< a trigger is met and stable is inside: the canary is to blame
    bool notTheCanary = false; ///< stable breaches too: the platform
    QString words{};           ///< one sentence
    QString disagreement{};    ///< with the cluster's own verdict, loud; empty = none
    Evidence enforced{};       ///< does the cluster enforce this policy without a laptop?
    TrackMeasures measures{};
    Instant at{};
    bool operator==(const CanaryVerdict &) const = default;
};

} // namespace cockpit
