// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/verdict_judge.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString enforcedWords(const char *text) { return QCoreApplication::translate("Enforced", text); }

QString weightsText(const QList<int> &weights)
{
    QStringList words;
    for (const int weight : weights)
        words.append(QString::number(weight));
    return words.join(QStringLiteral(" · "));
}

/// Analysis by the cluster: a step of the specification, or a background run of this revision.
bool isAnalysed(const Rollout &rollout)
{
    const bool inSteps = std::any_of(rollout.steps.begin(), rollout.steps.end(),
                                     [](const RolloutStep &step) { return step.kind == RolloutStep::Kind::Analysis; });
    return inSteps || std::any_of(rollout.analyses.begin(), rollout.analyses.end(), [&](const AnalysisFact &run) {
               return run.type == u"Background" && (run.hash.isEmpty() || run.hash == rollout.currentHash);
           });
}

/// The first weight that the cluster leaves sooner than the policy allows; 0 when there is none.
int hurriedWeight(const DeploymentPolicy &policy, const Rollout &rollout)
{
    int weight = 0;
    Duration stays{};
    bool isHeld = true;
    for (const RolloutStep &step : rollout.steps) {
        if (step.kind == RolloutStep::Kind::SetWeight) {
            if (!isHeld && stays < policy.interval)
                return weight;
            weight = step.weight;
            stays = {};
            isHeld = false;
        } else if (step.kind == RolloutStep::Kind::Pause) {
            isHeld |= !step.duration.has_value();
            stays += step.duration.value_or(Duration{});
        }
    }
    return !isHeld && weight < 100 && stays < policy.interval ? weight : 0;
}

QString canaryGap(const DeploymentPolicy &policy, const Rollout &rollout)
{
    const QList<int> wanted = policy.weights();
    if (rollout.weights.isEmpty() || rollout.weights.first() >= 100)
        return enforcedWords("it goes from 0 to 100 % at once");
    if (rollout.weights != wanted)
        return enforcedWords("its steps are %1 %, the policy's are %2 %")
            .arg(weightsText(rollout.weights), weightsText(wanted));
    if (rollout.kind == WorkloadKind::FlaggerCanary)
        return {};
    if (const int weight = hurriedWeight(policy, rollout))
        return enforcedWords("it leaves %1 % sooner than after %2")
            .arg(QString::number(weight), roughDurationText(policy.interval));
    return isAnalysed(rollout) ? QString() : enforcedWords("no analysis watches it");
}

QString blueGreenGap(const DeploymentPolicy &policy, const Rollout &rollout)
{
    const BlueGreenFact fact = rollout.blueGreen.value_or(BlueGreenFact{});
    if (fact.scaleDownDelay < policy.rollbackWindow)
        return enforcedWords("the old colour stays up for %1, the policy wants %2")
            .arg(roughDurationText(fact.scaleDownDelay), roughDurationText(policy.rollbackWindow));
    const bool isChecked =
        !fact.autoPromotion || std::any_of(rollout.analyses.begin(), rollout.analyses.end(),
                                           [](const AnalysisFact &run) { return run.type == u"PrePromotion"; });
    if (policy.preMigrationCheck && !isChecked)
        return enforcedWords("it switches without a check before");
    return policy.successCriteria.isEmpty() || isAnalysed(rollout) ? QString()
                                                                   : enforcedWords("no analysis holds its criteria");
}

QString enforcementGap(const DeploymentPolicy &policy, const Rollout &rollout)
{
    switch (rollout.kind) {
    case WorkloadKind::Rollout:
    case WorkloadKind::FlaggerCanary:
        return rollout.strategy == RolloutStrategy::BlueGreen ? blueGreenGap(policy, rollout)
                                                              : canaryGap(policy, rollout);
    case WorkloadKind::Deployment:
    case WorkloadKind::StatefulSet:
    case WorkloadKind::DaemonSet:
        break;
    }
    return enforcedWords("a %1 has no steps and no analysis").arg(toWireName(rollout.kind));
}

} // namespace

Evidence enforcedBy(const DeploymentPolicy &policy, const Rollout &rollout)
{
    Evidence evidence{.id = QStringLiteral("rollout.enforced"),
                      .source = enforcedWords("Kubernetes"),
                      .cluster = rollout.key.context,
                      .sampledAt = rollout.readAt};
    const QString gap = enforcementGap(policy, rollout);
    if (!gap.isEmpty()) {
        evidence.verdict = Evidence::Verdict::Bad;
        evidence.text = enforcedWords("The cluster does not enforce the policy: %1.").arg(gap);
    } else {
        evidence.verdict = Evidence::Verdict::Good;
        evidence.text = enforcedWords("The cluster enforces the policy's steps and analyses them itself.");
    }
    return evidence;
}

std::optional<Instant> stepStartedAt(const Rollout &rollout)
{
    std::optional<Instant> newest = rollout.startedAt;
    for (const PauseReason &pause : rollout.pauses) {
        if (pause.since && (!newest || *newest < *pause.since))
            newest = pause.since;
    }
    return newest;
}

} // namespace cockpit
