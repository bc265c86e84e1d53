// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_assembly_parts.h"

#include <algorithm>

namespace cockpit {

namespace {

/// "1.42.3" of "registry:5000/team/gc-service:1.42.3@sha256:…"; empty without a tag.
QString tagOf(const QString &image)
{
    const QString plain = image.section(u'@', 0, 0);
    const qsizetype colon = plain.lastIndexOf(u':');
    return colon > plain.lastIndexOf(u'/') && colon >= 0 ? plain.mid(colon + 1) : QString();
}

QString versionOf(const TemplateFacts &podTemplate)
{
    const QString tag = podTemplate.images.isEmpty() ? QString() : tagOf(podTemplate.images.constFirst().image);
    return tag.isEmpty() ? podTemplate.labels.value(QStringLiteral("app.kubernetes.io/version")) : tag;
}

/// What ReplicaSets and ControllerRevisions have in common.
RolloutRevision baseRevision(const ObjectFacts &object, const TemplateFacts &podTemplate)
{
    RolloutRevision revision;
    revision.objectName = object.name;
    revision.images = podTemplate.images;
    revision.version = versionOf(podTemplate);
    revision.createdAt = object.createdAt;
    revision.changeCause = object.annotations.value(QStringLiteral("kubernetes.io/change-cause"));
    revision.podTemplate = podTemplate.json;
    revision.annotations = podTemplate.annotations;
    revision.annotations.insert(object.annotations);
    return revision;
}

RolloutRevision revisionOf(const ReplicaSetFacts &replicaSet)
{
    const ObjectFacts &object = replicaSet.object;
    RolloutRevision revision = baseRevision(object, replicaSet.podTemplate);
    // A workloadRef's ReplicaSet may carry both; the Rollout's own ones count.
    const QString argoHash = object.labels.value(QStringLiteral("rollouts-pod-template-hash"));
    revision.hash = argoHash.isEmpty() ? object.labels.value(QStringLiteral("pod-template-hash")) : argoHash;
    const QString argoNumber = object.annotations.value(QStringLiteral("rollout.argoproj.io/revision"));
    const bool isArgo = object.ownerKind == u"Rollout";
    revision.number =
        (isArgo ? argoNumber : object.annotations.value(QStringLiteral("deployment.kubernetes.io/revision")))
            .toLongLong();
    if (revision.changeCause.isEmpty())
        revision.changeCause = replicaSet.podTemplate.annotations.value(QStringLiteral("kubernetes.io/change-cause"));
    const QString deadline = object.annotations.value(QStringLiteral("scale-down-deadline"));
    revision.scaleDownAt = parseRfc3339(deadline.toStdString());
    revision.pods = replicaSet.replicas;
    revision.readyPods = replicaSet.readyReplicas;
    return revision;
}

/// The pods of a StatefulSet carry the name of their revision, those of a DaemonSet its hash.
RolloutRevision revisionOf(const ControllerRevisionFacts &held, const Rollout &rollout)
{
    RolloutRevision revision = baseRevision(held.object, held.podTemplate);
    const QString hash = held.object.labels.value(QStringLiteral("controller-revision-hash"));
    const bool byName = held.object.ownerKind == u"StatefulSet" || hash.isEmpty();
    revision.hash = byName ? held.object.name : hash;
    revision.number = held.revision;
    for (const PodFact &pod : rollout.pods) {
        if (pod.hash != revision.hash || pod.terminating)
            continue;
        ++revision.pods;
        revision.readyPods += pod.ready ? 1 : 0;
    }
    return revision;
}

void addDigests(Rollout &rollout)
{
    for (RolloutRevision &revision : rollout.revisions) {
        for (const PodFact &pod : std::as_const(rollout.pods)) {
            if (pod.hash.isEmpty() || pod.hash != revision.hash)
                continue;
            for (ContainerImage &image : revision.images) {
                for (const ContainerImage &running : pod.images) {
                    if (running.container == image.container && !running.digest.isEmpty())
                        image.digest = running.digest;
                }
            }
        }
    }
}

void markRoles(const WorkloadFacts &workload, const RelatedFacts &related, Rollout &rollout)
{
    const ObjectFacts &written = related.target ? related.target->object : workload.object;
    for (RolloutRevision &revision : rollout.revisions) {
        revision.isStable = !revision.hash.isEmpty() && revision.hash == rollout.stableHash;
        revision.isCurrent = !revision.hash.isEmpty() && revision.hash == rollout.currentHash;
        if (revision.isCurrent)
            revision.changedBy = written.changedBy; // of older ones the server forgot it
    }
}

bool holdsImagesOf(const RolloutRevision &revision, const TemplateFacts &podTemplate)
{
    return std::equal(revision.images.cbegin(), revision.images.cend(), podTemplate.images.cbegin(),
                      podTemplate.images.cend(), [](const ContainerImage &a, const ContainerImage &b) {
                          return a.container == b.container && a.image == b.image;
                      });
}

/// Newest first; a Deployment's own annotation says which one it runs.
QString currentOfDeployment(const WorkloadFacts &workload, const QList<RolloutRevision> &revisions)
{
    const qint64 number =
        workload.object.annotations.value(QStringLiteral("deployment.kubernetes.io/revision")).toLongLong();
    for (const RolloutRevision &revision : revisions) {
        if (number != 0 && revision.number == number)
            return revision.hash;
    }
    return revisions.isEmpty() ? QString() : revisions.constFirst().hash;
}

/// While it rolls out: the one before that still serves most; else the current one.
QString stableOfPlain(const WorkloadFacts &workload, const RelatedFacts &related, const Rollout &rollout)
{
    if (!isRollingOut(workload, related))
        return rollout.currentHash;
    const RolloutRevision *best = nullptr;
    for (const RolloutRevision &revision : rollout.revisions) {
        const bool older = revision.hash != rollout.currentHash;
        if (older && (!best || revision.readyPods > best->readyPods))
            best = &revision;
    }
    return best ? best->hash : rollout.currentHash;
}

/// Flagger runs the promoted version as a workload of its own. The stable revision is therefore named by the hash of
/// the primary's pods, and holds what an undo of the *target* puts back: the target's revision with the same images.
void assembleFlaggerHashes(const WorkloadFacts &canary, const RelatedFacts &related, Rollout &rollout)
{
    const bool settled = canary.phase == u"Initialized" || canary.phase == u"Succeeded";
    rollout.currentHash = related.target ? currentOfDeployment(*related.target, rollout.revisions) : QString();
    if (!related.primary)
        return;
    const ReplicaSetFacts *running = nullptr;
    for (const ReplicaSetFacts *const one : related.replicaSets) {
        if (one->object.ownerUid == related.primary->object.uid &&
            (!running || one->readyReplicas > running->readyReplicas))
            running = one;
    }
    if (!running)
        return;
    for (RolloutRevision &revision : rollout.revisions) {
        const bool isNew = !settled && revision.hash == rollout.currentHash;
        if (isNew || !holdsImagesOf(revision, related.primary->podTemplate))
            continue;
        rollout.stableHash = revisionOf(*running).hash;
        if (revision.hash == rollout.currentHash)
            rollout.currentHash = rollout.stableHash;
        revision.hash = rollout.stableHash;
        revision.pods = running->replicas;
        revision.readyPods = running->readyReplicas;
        return;
    }
}

} // namespace

bool isRollingOut(const WorkloadFacts &workload, const RelatedFacts &related)
{
    if (workload.object.kind == KubernetesKind::StatefulSet)
        return workload.currentHash != workload.stableHash;
    if (workload.object.kind == KubernetesKind::DaemonSet)
        return workload.updatedReplicas < workload.replicas;
    const ConditionFacts *const progressing = conditionOf(workload, u"Progressing");
    const bool onlyNew = workload.statusReplicas == workload.updatedReplicas;
    if (progressing)
        return !(progressing->reason == u"NewReplicaSetAvailable" && onlyNew);
    const auto serving = std::count_if(related.replicaSets.begin(), related.replicaSets.end(),
                                       [](const ReplicaSetFacts *one) { return one->replicas > 0; });
    return !onlyNew || serving > 1;
}

void assembleRevisions(const WorkloadFacts &workload, const RelatedFacts &related, Rollout &rollout)
{
    const bool isFlagger = rollout.kind == WorkloadKind::FlaggerCanary;
    const auto isOurs = [&](const ObjectFacts &object) {
        return !isFlagger || !related.target || object.ownerUid == related.target->object.uid;
    };
    for (const ReplicaSetFacts *const one : related.replicaSets) {
        if (isOurs(one->object))
            rollout.revisions.append(revisionOf(*one));
    }
    for (const ControllerRevisionFacts *const one : related.controllerRevisions) {
        if (isOurs(one->object))
            rollout.revisions.append(revisionOf(*one, rollout));
    }
    std::stable_sort(rollout.revisions.begin(), rollout.revisions.end(),
                     [](const RolloutRevision &a, const RolloutRevision &b) { return a.number > b.number; });
    rollout.stableHash = workload.stableHash;
    rollout.currentHash = workload.currentHash;
    if (isFlagger) {
        rollout.stableHash.clear();
        assembleFlaggerHashes(workload, related, rollout);
    } else if (rollout.kind == WorkloadKind::Deployment || rollout.kind == WorkloadKind::DaemonSet) {
        rollout.currentHash = currentOfDeployment(workload, rollout.revisions);
        rollout.stableHash = stableOfPlain(workload, related, rollout);
    }
    addDigests(rollout);
    markRoles(workload, related, rollout);
}

} // namespace cockpit
