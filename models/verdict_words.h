// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/canary_verdict.h"
#include "models/deployment_policy.h"

#include <QString>

namespace cockpit {

/// A value of a metric for people: "1.3 %", "182 ms".
QString metricText(PolicyMetric metric, double value);
/// "200 ms to 300 ms"; "above 2 s" for the last bucket.
QString bucketText(const QuantileMeasure &quantile);
/// How the two sides were told apart, in a few words: "by pod template hash".
QString splitText(TrackSplit split);
/// "pass", "fail", "inconclusive": the words of the command line's contract.
QString toWireName(CriterionVerdict::Result result);

} // namespace cockpit
