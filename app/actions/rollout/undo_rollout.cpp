// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include "app/formats/template_diff.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct UndoWords {
    Q_DECLARE_TR_FUNCTIONS(UndoRollout)
};

const RolloutRevision *wantedRevision(const RolloutScene &scene)
{
    return scene.seen->revision(std::get<UndoRollout>(scene.request.intent).revisionHash);
}

bool isSwitchBack(const Rollout &rollout, const RolloutRevision &to, Instant now)
{
    return rollout.strategy == RolloutStrategy::BlueGreen && to.scaleDownAt && *to.scaleDownAt > now &&
           to.readyPods > 0;
}

/// The template that a ReplicaSet or a ControllerRevision holds.
QByteArray templateOf(const KubernetesObject &revision)
{
    return revision.jsonAt(revision.has("spec.template") ? "spec.template" : "data.spec.template");
}

/// A pod of a StatefulSet that hangs on the bad template: the controller waits for it for ever.
const PodFact *stuckPod(const Rollout &rollout, const RolloutRevision &to)
{
    if (rollout.kind != WorkloadKind::StatefulSet)
        return nullptr;
    const auto found = std::find_if(rollout.pods.cbegin(), rollout.pods.cend(), [&](const PodFact &pod) {
        return !pod.ready && !pod.terminating && !pod.waiting.isEmpty() && pod.hash != to.hash;
    });
    return found == rollout.pods.cend() ? nullptr : &*found;
}

/// A person's pause: the controller takes a new template and moves nothing.
bool isHeldByPerson(const RolloutScene &scene)
{
    return scene.seen->kind == WorkloadKind::Rollout && scene.live.flag("spec.paused");
}

std::optional<Error> undoRefused(const RolloutScene &scene, const RolloutRevision *to)
{
    const Rollout &rollout = *scene.seen;
    const QString wanted = std::get<UndoRollout>(scene.request.intent).revisionHash;
    if (!to) {
        QStringList known;
        for (const RolloutRevision &one : rollout.revisions)
            known.append(UndoWords::tr("%1 (%2, revision %3)").arg(one.hash, versionText(&one)).arg(one.number));
        return planRefusal(Error::Kind::NotFound,
                           UndoWords::tr("The cluster holds no revision '%1' of %2.").arg(wanted, nameText(rollout)),
                           UndoWords::tr("There are: %1.").arg(known.join(QStringLiteral(", "))));
    }
    if (rollout.kind == WorkloadKind::Deployment && scene.live.flag("spec.paused")) {
        return planRefusal(
            Error::Kind::Conflict,
            UndoWords::tr("The Deployment %1 is paused: its template cannot go back.").arg(nameText(rollout)),
            UndoWords::tr("Resume it first."));
    }
    if (!scene.revision) {
        return scene.revisionProblem.value_or(planRefusal(
            Error::Kind::NotFound, UndoWords::tr("Revision %1 is gone from the cluster.").arg(to->objectName)));
    }
    if (isSameTemplate(scene.holder().jsonAt("spec.template"), templateOf(*scene.revision))) {
        return planRefusal(
            Error::Kind::Conflict,
            UndoWords::tr("%1 asks for the template of %2 already.").arg(nameText(rollout), versionText(to)));
    }
    if (isHeldByPerson(scene) && !rollout.workloadRef.isEmpty()) {
        return planRefusal(
            Error::Kind::Conflict,
            UndoWords::tr("%1 is paused (spec.paused), and its template lives in %2: nothing of it would move.")
                .arg(nameText(rollout), rollout.workloadRef),
            UndoWords::tr("Resume it, or abort its update."));
    }
    return std::nullopt;
}

QString howItGoes(const RolloutScene &scene, const RolloutRevision &to)
{
    const Rollout &rollout = *scene.seen;
    if (rollout.kind != WorkloadKind::Rollout)
        return UndoWords::tr("Pods are replaced by a rolling update.");
    if (isSwitchBack(rollout, to, scene.now))
        return UndoWords::tr("The pods of %1 are still up until %2: the switch is instant.")
            .arg(versionText(&to), utcTimeText(*to.scaleDownAt));
    if (to.isStable) // also after an abort
        return UndoWords::tr("It is the stable version: all traffic goes back at once, past all steps.");
    if (rollout.steps.isEmpty())
        return UndoWords::tr("The new pods come first, then the switch.");
    return UndoWords::tr("All %n step(s) run again, as for any new version.", nullptr,
                         static_cast<int>(rollout.steps.size()));
}

void describeUndo(const RolloutScene &scene, const RolloutRevision &to, RolloutChange &change)
{
    const Rollout &rollout = *scene.seen;
    const QString from = versionText(rollout.current());
    const bool switchBack = isSwitchBack(rollout, to, scene.now);
    change.title = (switchBack ? UndoWords::tr("Switch %1 back from %2 to %3") : UndoWords::tr("Roll back %1 %2 to %3"))
                       .arg(nameText(rollout), from, versionText(&to));
    change.runLabel =
        (switchBack ? UndoWords::tr("Switch back to %1") : UndoWords::tr("Roll back to %1")).arg(versionText(&to));
    change.willChange = {UndoWords::tr("The pod template goes back to %1 (%2).").arg(versionText(&to), to.hash),
                         howItGoes(scene, to),
                         UndoWords::tr("%n pod(s) are touched.", nullptr, rollout.desiredReplicas)};
    if (scene.requestsPerSecond) {
        change.willChange.append(UndoWords::tr("About %1 requests/s go to %2.")
                                     .arg(*scene.requestsPerSecond, 0, 'f', 1)
                                     .arg(versionText(&to)));
    }
    if (isHeldByPerson(scene))
        change.willChange.append(
            UndoWords::tr("Its pause (spec.paused) goes in the same patch: paused, nothing of it would move."));
    change.willNotChange = {UndoWords::tr("Replicas, strategy, services and configuration stay as they are."),
                            UndoWords::tr("ConfigMaps and Secrets keep their present content.")};
    change.steps = {UndoWords::tr("Put the template of %1 back into %2, in this very version of it, once.")
                        .arg(to.objectName, rollout.workloadRef.isEmpty() ? rollout.key.path() : rollout.workloadRef),
                    UndoWords::tr("Read back that it is there."),
                    UndoWords::tr("Watch the pods, the traffic and the figures until it is proven.")};
}

} // namespace

SceneReads UndoOperation::reads(const ActionRequest &request, const Rollout &rollout) const
{
    SceneReads reads;
    reads.revisionHash = std::get<UndoRollout>(request.intent).revisionHash;
    const RolloutRevision *to = rollout.revision(reads.revisionHash);
    for (const PodFact &pod : rollout.pods) {
        if (to && pod.hash != to->hash)
            reads.endingPods.append(pod.name);
    }
    return reads;
}

Result<RolloutChange> UndoOperation::change(const RolloutScene &scene) const
{
    const RolloutRevision *to = wantedRevision(scene);
    if (auto refused = undoRefused(scene, to))
        return *refused;
    const Rollout &rollout = *scene.seen;
    RolloutChange change;
    const auto patches = undoPatches(scene.holder(), *scene.revision);
    if (!patches)
        return patches.error();
    change.patches = *patches;
    change.diff = templateDiff(scene.holder().jsonAt("spec.template"), templateOf(*scene.revision));
    describeUndo(scene, *to, change);
    if (const PodFact *stuck = stuckPod(rollout, *to)) {
        change.deletePod = stuck->name;
        change.willChange.append(UndoWords::tr("Pod %1 (%2) is deleted: the StatefulSet would wait for it for ever.")
                                     .arg(stuck->name, stuck->waiting));
        change.steps.insert(1, UndoWords::tr("Delete the pod %1, if it is still that one.").arg(stuck->name));
    }
    if (!rollout.currentHash.isEmpty())
        change.reverse = UndoRollout{rollout.key, rollout.currentHash};
    return change;
}

bool UndoOperation::shows(const ActionRecord &record, const RolloutScene &scene) const
{
    const RolloutRevision *to = wantedRevision(scene);
    const QByteArray wanted = scene.revision ? templateOf(*scene.revision) : to ? to->podTemplate : QByteArray();
    Q_UNUSED(record)
    return !wanted.isEmpty() && isSameTemplate(scene.holder().jsonAt("spec.template"), wanted);
}

ClusterEffect UndoOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    return rolloutProgress(scene, UndoWords::tr("rolling back"));
}

} // namespace cockpit
