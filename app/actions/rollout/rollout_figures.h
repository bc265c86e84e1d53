// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/canary_verdict.h"
#include "models/deployment_policy.h"

namespace cockpit {

/// What was measured for a proof. What could not be measured is nothing.
struct ProofFigures {
    std::optional<TrackMeasure> before{};   ///< the window that ended when the action was sent
    std::optional<TrackMeasure> now{};      ///< the window that ends now
    std::optional<TrackMeasure> baseline{}; ///< the last window before the bad version came
    Duration window{};
    Instant sentAt{};
    Instant at{};
    QString source{};
    QString problem{}; ///< why the newest measure is missing
};

/// The judgement of operations.md §0 over the figures after an action.
struct FigureJudgement {
    bool fullWindow = false; ///< no sample of the window is from before the action
    bool enough = false;     ///< at least the minimum sample
    bool pass = false;       ///< every success criterion is met
    bool anyFailed = false;
    bool better = false;     ///< the first criterion that can be compared moved to the good side by more than noise
    bool wasHealthy = false; ///< every criterion was known to be met in the window before the action
    QList<Evidence> proof{}; ///< one per criterion: before, now, limit
    QString words{};         ///< "error rate 6.8 % → 1.3 %"
    bool isProven() const { return fullWindow && enough && pass; }
};

/// Judges the success criteria of the policy. Pure. A criterion without a figure, or one that compares with a baseline
/// that is missing or zero, is unknown and never met.
FigureJudgement judgeFigures(const DeploymentPolicy &policy, const ProofFigures &figures);
/// Whether `now` lies further on the good side than chance explains: for a rate of errors by twice the standard error
/// of the difference of both counts, for a quantile when it left its bucket and moved by a tenth, else by a tenth.
bool movedBeyondNoise(const MetricRule &rule, const TrackMeasure &before, const TrackMeasure &now);
/// The value of a metric; nothing when it was not measured.
std::optional<double> figureOf(PolicyMetric metric, const std::optional<TrackMeasure> &measure);

} // namespace cockpit
