// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/format_words.h"
#include "app/formats/kubernetes_assembly_parts.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct Verdict {
    RolloutPhase phase = RolloutPhase::Unknown;
    QString message{};
};

bool isObserved(const WorkloadFacts &workload)
{
    return !workload.observedGeneration || *workload.observedGeneration >= workload.object.generation;
}

RolloutPhase argoPhaseOf(QStringView phase)
{
    if (phase == u"Healthy")
        return RolloutPhase::Healthy;
    if (phase == u"Progressing")
        return RolloutPhase::Progressing;
    if (phase == u"Paused")
        return RolloutPhase::Paused;
    return phase == u"Degraded" ? RolloutPhase::Degraded : RolloutPhase::Unknown;
}

/// As `kubectl argo rollouts status` (backends.md §4.1).
Verdict argoPhase(const WorkloadFacts &workload)
{
    if (!isObserved(workload))
        return {RolloutPhase::Progressing, FormatWords::tr("waiting for rollout spec update to be observed")};
    if (workload.controllerPause && workload.pauses.isEmpty())
        return {RolloutPhase::Progressing, FormatWords::tr("waiting for rollout to unpause")};
    const QString seen = workload.object.annotations.value(QStringLiteral("rollout.argoproj.io/workload-generation"));
    bool isNumber = false;
    const qint64 wanted = seen.toLongLong(&isNumber);
    if (!workload.targetName.isEmpty() && isNumber && workload.workloadObservedGeneration != wanted)
        return {RolloutPhase::Progressing,
                FormatWords::tr("waiting for the update of the referenced workload to be observed")};
    if (workload.phase.isEmpty())
        return {RolloutPhase::Unknown, FormatWords::tr("its controller has not written a status")};
    return {argoPhaseOf(workload.phase), workload.message};
}

Verdict flaggerPhase(const WorkloadFacts &workload)
{
    const QString &phase = workload.phase;
    if (phase == u"Failed")
        return {RolloutPhase::Degraded, workload.message};
    if (phase == u"Initialized" || phase == u"Succeeded")
        return {RolloutPhase::Healthy, workload.message};
    if (phase == u"Waiting" || phase == u"WaitingPromotion")
        return {RolloutPhase::Paused, workload.message};
    const bool moves =
        phase == u"Initializing" || phase == u"Progressing" || phase == u"Promoting" || phase == u"Finalising";
    if (moves)
        return {workload.paused ? RolloutPhase::Paused : RolloutPhase::Progressing, workload.message};
    return {RolloutPhase::Unknown, workload.message};
}

Verdict progress(const QString &words) { return {RolloutPhase::Progressing, words}; }

/// As `kubectl rollout status`, in its order (backends.md §5).
Verdict deploymentPhase(const WorkloadFacts &workload)
{
    if (workload.paused)
        return {RolloutPhase::Paused, FormatWords::tr("paused by a person")};
    if (!isObserved(workload))
        return progress(FormatWords::tr("waiting for the new specification to be observed"));
    const ConditionFacts *const progressing = conditionOf(workload, u"Progressing");
    if (progressing && progressing->reason == u"ProgressDeadlineExceeded")
        return {RolloutPhase::Degraded, progressing->message};
    const ConditionFacts *const failure = conditionOf(workload, u"ReplicaFailure");
    if (failure && failure->status == u"True")
        return {RolloutPhase::Degraded, failure->message};
    if (workload.updatedReplicas < workload.replicas)
        return progress(FormatWords::tr("%1 of %2 new pods").arg(workload.updatedReplicas).arg(workload.replicas));
    if (workload.statusReplicas > workload.updatedReplicas)
        return progress(
            FormatWords::tr("%1 old pods still end").arg(workload.statusReplicas - workload.updatedReplicas));
    if (workload.availableReplicas < workload.updatedReplicas)
        return progress(
            FormatWords::tr("%1 of %2 pods available").arg(workload.availableReplicas).arg(workload.updatedReplicas));
    return {RolloutPhase::Healthy, {}};
}

/// A pod of the newest revision that will not come up by waiting.
const PodFact *stuckPod(const Rollout &rollout)
{
    static const std::array<QLatin1String, 6> reasons{QLatin1String("CrashLoopBackOff"),
                                                      QLatin1String("ImagePullBackOff"),
                                                      QLatin1String("ErrImagePull"),
                                                      QLatin1String("InvalidImageName"),
                                                      QLatin1String("CreateContainerConfigError"),
                                                      QLatin1String("CreateContainerError")};
    const auto found = std::find_if(rollout.pods.cbegin(), rollout.pods.cend(), [&](const PodFact &pod) {
        return pod.hash == rollout.currentHash && !pod.ready && !pod.terminating &&
               std::find(reasons.begin(), reasons.end(), pod.waiting) != reasons.end();
    });
    return found == rollout.pods.cend() ? nullptr : &*found;
}

/// StatefulSet and DaemonSet: they stop at the first pod that does not come up, and never say so themselves.
Verdict orderedPhase(const WorkloadFacts &workload, const Rollout &rollout)
{
    const bool isSet = workload.object.kind == KubernetesKind::StatefulSet;
    if (!isObserved(workload) || (isSet && workload.observedGeneration.value_or(0) == 0))
        return progress(FormatWords::tr("waiting for the new specification to be observed"));
    if (const PodFact *const pod = stuckPod(rollout); pod && rollout.isUpdating())
        return {RolloutPhase::Degraded, FormatWords::tr("stuck on pod %1: %2").arg(pod->name, pod->waiting)};
    const int wanted = isSet ? workload.replicas - std::min(workload.partition, workload.replicas) : workload.replicas;
    const bool allUpdated = workload.updatedReplicas >= wanted;
    if (workload.strategy == RolloutStrategy::OnDelete && rollout.isUpdating())
        return {RolloutPhase::Paused, FormatWords::tr("pods keep the old version until somebody deletes them")};
    if (!allUpdated)
        return progress(FormatWords::tr("%1 of %2 new pods").arg(workload.updatedReplicas).arg(wanted));
    const int up = isSet ? workload.readyReplicas : workload.availableReplicas;
    if (up < workload.replicas)
        return progress(FormatWords::tr("%1 of %2 pods available").arg(up).arg(workload.replicas));
    if (isSet && workload.partition > 0 && rollout.isUpdating())
        return {RolloutPhase::Healthy,
                FormatWords::tr("%1 pods stay on the old version (partition)").arg(workload.replicas - wanted)};
    return {rollout.isUpdating() ? RolloutPhase::Progressing : RolloutPhase::Healthy, {}};
}

/// Whether the pause with this reason ends only by a person.
bool endsByPerson(const PauseReason &pause, const WorkloadFacts &workload, const Rollout &rollout)
{
    if (pause.reason == u"BlueGreenPause")
        return !(workload.autoPromotion && workload.autoPromotionAfter);
    if (pause.reason != u"CanaryPauseStep")
        return true; // an inconclusive analysis or experiment, and what is not known
    if (!rollout.stepIndex || *rollout.stepIndex < 0 || *rollout.stepIndex >= rollout.steps.size())
        return false;
    const RolloutStep &step = rollout.steps.at(*rollout.stepIndex);
    return step.kind == RolloutStep::Kind::Pause && !step.duration;
}

bool waitsForPerson(const WorkloadFacts &workload, const Rollout &rollout)
{
    if (rollout.userPaused)
        return true;
    if (rollout.aborted)
        return false;
    if (rollout.kind == WorkloadKind::FlaggerCanary)
        return rollout.phase == RolloutPhase::Paused;
    if (rollout.strategy == RolloutStrategy::OnDelete)
        return rollout.phase == RolloutPhase::Paused;
    return std::any_of(rollout.pauses.cbegin(), rollout.pauses.cend(),
                       [&](const PauseReason &pause) { return endsByPerson(pause, workload, rollout); });
}

} // namespace

void assemblePhase(const WorkloadFacts &workload, Rollout &rollout)
{
    Verdict verdict;
    switch (rollout.kind) {
    case WorkloadKind::Rollout:
        verdict = argoPhase(workload);
        break;
    case WorkloadKind::FlaggerCanary:
        verdict = flaggerPhase(workload);
        break;
    case WorkloadKind::Deployment:
        verdict = deploymentPhase(workload);
        break;
    case WorkloadKind::StatefulSet:
    case WorkloadKind::DaemonSet:
        verdict = orderedPhase(workload, rollout);
        break;
    }
    rollout.phase = verdict.phase;
    rollout.message = FormatWords::excerpt(verdict.message.toStdString());
    rollout.observed = isObserved(workload);
    rollout.pauses = workload.pauses;
    if (workload.paused)
        rollout.pauses.append({rollout.kind == WorkloadKind::FlaggerCanary ? QStringLiteral("spec.suspend")
                                                                           : QStringLiteral("spec.paused"),
                               std::nullopt});
    rollout.waitsForPerson = waitsForPerson(workload, rollout);
}

} // namespace cockpit
