// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include "app/formats/template_diff.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct AbortWords {
    Q_DECLARE_TR_FUNCTIONS(AbortRollout)
};

bool isFlagger(const Rollout &rollout) { return rollout.kind == WorkloadKind::FlaggerCanary; }

QString trafficText(const RolloutScene &scene, const QString &from, const QString &to)
{
    const Rollout &rollout = *scene.seen;
    if (rollout.strategy == RolloutStrategy::BlueGreen)
        return AbortWords::tr("The preview %1 is not switched to; %2 goes on to serve all traffic.").arg(from, to);
    const auto weight = rollout.measuredWeight ? rollout.measuredWeight : rollout.desiredWeight;
    if (!weight)
        return AbortWords::tr("All traffic goes to %1.").arg(to);
    if (!scene.requestsPerSecond)
        return AbortWords::tr("Traffic of %1: %2 % → 0 %; all of it goes to %3.").arg(from).arg(*weight).arg(to);
    return AbortWords::tr("Traffic of %1: %2 % (about %3 requests/s) → 0 %; all of it goes to %4.")
        .arg(from)
        .arg(*weight)
        .arg(*scene.requestsPerSecond * *weight / 100.0, 0, 'f', 1)
        .arg(to);
}

Error alreadyAborted(const RolloutScene &scene)
{
    const Rollout &rollout = *scene.seen;
    return planRefusal(Error::Kind::Conflict,
                       AbortWords::tr("%1 is already rolled back to %2: the update to %3 was aborted (last changed by %4).")
                           .arg(nameText(rollout), versionText(rollout.stable()), versionText(rollout.current()),
                                lastHandText(scene)),
                       AbortWords::tr("To go to an earlier version, name its revision (--to-revision); to begin the "
                                      "update again, retry it."));
}

void describeArgo(const RolloutScene &scene, RolloutChange &change)
{
    const Rollout &rollout = *scene.seen;
    const RolloutRevision *stable = rollout.stable();
    const RolloutRevision *canary = rollout.current();
    change.willChange = {trafficText(scene, versionText(canary), versionText(stable))};
    if (canary && canary->pods > 0)
        change.willChange.append(
            AbortWords::tr("%n pod(s) of %1 end.", nullptr, canary->pods).arg(versionText(canary)));
    if (!rollout.trafficRouting && rollout.strategy == RolloutStrategy::Canary)
        change.willChange.append(AbortWords::tr(
            "Without traffic routing the weight follows the pods: this is a rolling update, not one switch."));
    change.willNotChange = {AbortWords::tr("The specification still asks for %1: a retry begins it again at step 0.")
                                .arg(versionText(canary)),
                            AbortWords::tr("%1 goes on to serve.").arg(versionText(stable))};
    change.steps = {AbortWords::tr("Set status.abort of %1 in this very version of it, once.").arg(rollout.key.path()),
                    AbortWords::tr("Read back that it is set."),
                    AbortWords::tr("Watch the pods, the traffic and the figures until it is proven.")};
    change.reverse = RetryRollout{rollout.key};
}

} // namespace

SceneReads AbortOperation::reads(const ActionRequest &, const Rollout &rollout) const
{
    SceneReads reads;
    const RolloutRevision *back = rollout.previous();
    if (isFlagger(rollout) && back)
        reads.revisionHash = back->hash;
    for (const PodFact &pod : rollout.pods) {
        if (pod.hash == rollout.currentHash && rollout.currentHash != rollout.stableHash)
            reads.endingPods.append(pod.name);
    }
    return reads;
}

Result<RolloutChange> AbortOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (scene.live.flag("status.abort"))
        return alreadyAborted(scene);
    if (!rollout.isUpdating()) {
        return planRefusal(
            Error::Kind::Conflict,
            AbortWords::tr("No update of %1 is under way: there is nothing to abort.").arg(nameText(rollout)),
            AbortWords::tr("Choose a revision to go back to."));
    }
    const RolloutRevision *to = isFlagger(rollout) ? rollout.previous() : rollout.stable();
    RolloutChange change;
    if (isFlagger(rollout) && !scene.revision)
        return scene.revisionProblem
                   ? *scene.revisionProblem
                   : planRefusal(Error::Kind::NotFound, AbortWords::tr("The last promoted revision is gone."));
    const auto patches = isFlagger(rollout) ? undoPatches(scene.holder(), *scene.revision)
                                            : abortPatches(scene.live, rollout.statusSubresource);
    if (!patches)
        return patches.error();
    change.patches = *patches;
    change.title =
        AbortWords::tr("Roll back %1 %2 to %3").arg(nameText(rollout), versionText(rollout.current()), versionText(to));
    change.runLabel = AbortWords::tr("Roll back to %1").arg(versionText(to));
    if (rollout.current() && to)
        change.diff = templateDiff(rollout.current()->podTemplate, to->podTemplate);
    describeArgo(scene, change);
    if (isFlagger(rollout)) {
        change.willNotChange = {
            AbortWords::tr("Flagger begins no new analysis for a template that was promoted before.")};
        change.steps[0] = AbortWords::tr("Put the last promoted template back into %1, once.").arg(rollout.workloadRef);
        change.reverse = UndoRollout{rollout.key, rollout.currentHash};
    }
    return change;
}

bool AbortOperation::shows(const ActionRecord &, const RolloutScene &scene) const
{
    if (!isFlagger(*scene.seen))
        return scene.live.flag("status.abort");
    return scene.revision &&
           isSameTemplate(scene.holder().jsonAt("spec.template"), scene.revision->jsonAt("spec.template"));
}

ClusterEffect AbortOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (isFlagger(rollout))
        return rolloutProgress(scene, AbortWords::tr("rolling back"));
    const qint64 wanted = scene.live.has("spec.replicas") ? scene.live.number("spec.replicas") : 1;
    const qint64 weight = scene.live.number("status.canary.weights.canary.weight");
    const bool routed = scene.live.has("status.canary.weights.canary.weight");
    const qint64 canaryPods = scene.live.number("status.updatedReplicas");
    // Of the fresh reading, not of the watch: what is available and not of the new version is stable's.
    const qint64 ready = std::clamp<qint64>(scene.live.number("status.availableReplicas") - canaryPods, 0, wanted);
    const bool noTraffic = routed ? weight == 0 : canaryPods == 0 || rollout.strategy == RolloutStrategy::BlueGreen;
    ClusterEffect effect;
    effect.over = noTraffic && ready >= wanted;
    effect.words = routed && weight > 0
                       ? AbortWords::tr("rolling back (%1 % of the traffic still on the new version, %2/%3 pods)")
                             .arg(weight)
                             .arg(ready)
                             .arg(wanted)
                       : AbortWords::tr("rolling back (%1/%2 pods)").arg(ready).arg(wanted);
    if (effect.over)
        effect.words = AbortWords::tr("%1/%2 pods").arg(ready).arg(wanted);
    return effect;
}

} // namespace cockpit
