// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rollout_store.h"
#include "ui/widgets/text_runs.h"

#include <QList>

namespace cockpit {

/// The policy as sentences, with whether the cluster enforces it.
QList<TextRun> policyRuns(const DeploymentPolicy &policy, const CanaryVerdict *verdict);
/// What a person has to know first: disagreement, not the canary, no policy, not enforced. Empty when there is nothing.
struct VerdictNotice {
    bool urgent = false;
    QString title{};
    QString body{};
};
QList<VerdictNotice> verdictNotices(const RolloutEntry &entry);
/// "Policy says roll back: errors 6.8 % over 5 %, p99 412 ms over 364 ms. The cluster does not act." Empty without a
/// verdict.
QList<TextRun> verdictRuns(const RolloutEntry &entry);
/// "error rate", "p99": what a metric is called.
QString metricName(PolicyMetric metric);

} // namespace cockpit
