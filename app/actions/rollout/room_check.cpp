// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_checks.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct RoomWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutChecks)
};

/// How many pods of `to` have to come before the others may go. A rolling update brings them a few at a time.
int podsThatComeFirst(const Rollout &rollout, const RolloutRevision &to)
{
    const int missing = std::max(0, rollout.desiredReplicas - to.readyPods);
    if (rollout.kind == WorkloadKind::StatefulSet || rollout.kind == WorkloadKind::DaemonSet)
        return 0; // one ends before the next comes
    const bool inPlace =
        rollout.kind == WorkloadKind::Deployment || (rollout.kind == WorkloadKind::Rollout && !rollout.trafficRouting &&
                                                     rollout.strategy == RolloutStrategy::Canary);
    const int surge = std::max(1, rollout.desiredReplicas / 4);
    return inPlace ? std::min(missing, surge) : missing;
}

/// What a quota of the namespace leaves for pods; nothing when it does not count them.
std::optional<qint64> podsLeft(const KubernetesObject &quota)
{
    for (const char *name : {"pods", "count/pods"}) {
        const std::string hard = std::string("status.hard.") + name;
        const std::string used = std::string("status.used.") + name;
        if (quota.has(hard.c_str()))
            return quota.text(hard.c_str()).toLongLong() - quota.text(used.c_str()).toLongLong();
    }
    return std::nullopt;
}

} // namespace

Evidence roomCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    const Rollout &rollout = *scene.seen;
    const auto said = [&](Verdict verdict, const QString &text) { return rolloutCheck(scene, verdict, "room", text); };
    const int needed = podsThatComeFirst(rollout, to);
    if (needed == 0 && to.readyPods >= rollout.desiredReplicas)
        return said(Verdict::Good,
                    RoomWords::tr("All %n pod(s) of %1 are up already.", nullptr, to.readyPods).arg(versionText(&to)));
    if (needed == 0)
        return said(Verdict::Good, RoomWords::tr("Pods are replaced one by one: no further room is needed."));
    const QString first =
        rollout.dynamicStableScale && to.isStable
            ? RoomWords::tr("%n pod(s) of %1 come first: dynamicStableScale had taken them away.", nullptr, needed)
            : RoomWords::tr("%n pod(s) of %1 come first.", nullptr, needed);
    const QString words = first.arg(versionText(&to));
    if (rollout.maxReplicas > 0 && rollout.desiredReplicas > rollout.maxReplicas)
        return said(
            Verdict::Bad,
            words + u' ' +
                RoomWords::tr("The autoscaler %1 allows %2 at most.").arg(rollout.autoscaler).arg(rollout.maxReplicas));
    const bool none = scene.quotas && !*scene.quotas && scene.quotas->error().kind == Error::Kind::NotFound;
    if (!scene.quotas || (!*scene.quotas && !none)) {
        const bool refused = scene.quotas && scene.quotas->error().kind == Error::Kind::Forbidden;
        return said(Verdict::Unknown, words + u' ' +
                                          (refused ? RoomWords::tr("The quota of the namespace may not be read.")
                                                   : RoomWords::tr("The quota of the namespace could not be read.")));
    }
    for (const KubernetesObject &quota : none ? QList<KubernetesObject>() : **scene.quotas) {
        const auto left = podsLeft(quota);
        if (left && *left < needed)
            return said(Verdict::Bad,
                        words + u' ' + RoomWords::tr("The quota %1 leaves %2.").arg(quota.name()).arg(*left));
    }
    return said(Verdict::Good,
                words + u' ' +
                    RoomWords::tr("No quota of pods stands against it; free capacity of the nodes is not looked at."));
}

} // namespace cockpit
