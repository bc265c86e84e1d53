// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/verdict_judge.h"

namespace cockpit {

/// One rule, judged; with what the whole verdict has to know of it.
struct JudgedRule {
    CriterionVerdict verdict{};
    bool relative = false; ///< against the baseline: only canary can break it
};

/// What all rules of one verdict share.
struct RuleContext {
    const DeploymentPolicy &policy;
    const TrackMeasures &measures;
    QString criteriaWait{}; ///< why no criterion is decided yet (warm-up); empty = they are
    QString triggersWait{}; ///< the same of triggers on figures
};

/// `rule` against canary and, when it is absolute, against stable too. Pure.
JudgedRule judgeRule(const MetricRule &rule, CriterionVerdict::Kind kind, const RuleContext &context);

/// An alert trigger. One that speaks of stable, or fires since before the update began, is not the canary's.
JudgedRule judgeAlert(const AlertTrigger &trigger, const AlertSight &sight, const Rollout &rollout);

/// One side has been measured with as many requests as the policy asks for.
bool hasMinimumSample(const TrackMeasure &side, const DeploymentPolicy &policy);

} // namespace cockpit
