// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operation.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct ProgressWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutProgress)
};

ClusterEffect going(const QString &doing, qint64 done, qint64 wanted)
{
    return {.words = ProgressWords::tr("%1 (%2/%3 pods)").arg(doing).arg(done).arg(wanted)};
}

ClusterEffect waiting(const QString &doing, const QString &forWhat)
{
    return {.words = ProgressWords::tr("%1 (%2)").arg(doing, forWhat)};
}

ClusterEffect failedEffect(const QString &what)
{
    return {.words = what,
            .failed = Error{Error::Kind::Rejected, what,
                            ProgressWords::tr("The change was accepted, and the cluster cannot carry it out."),
                            ProgressWords::tr("Look at the pods of the new template.")}};
}

ClusterEffect overEffect(qint64 pods) { return {.over = true, .words = ProgressWords::tr("%1/%1 pods").arg(pods)}; }

/// The condition `Progressing` of a Deployment says that its deadline has passed.
bool deadlinePassed(const KubernetesObject &live)
{
    return live.jsonAt("status.conditions").contains("ProgressDeadlineExceeded");
}

/// observedGeneration is a number, and a string in Rollouts (kubernetes.md 16).
bool isObserved(const KubernetesObject &live)
{
    const QString text = live.text("status.observedGeneration");
    const qint64 observed = text.isEmpty() ? live.number("status.observedGeneration") : text.toLongLong();
    return observed >= live.number("metadata.generation");
}

ClusterEffect deploymentProgress(const KubernetesObject &live, const QString &doing)
{
    if (deadlinePassed(live))
        return failedEffect(ProgressWords::tr("The Deployment went past its progress deadline."));
    const qint64 wanted = live.has("spec.replicas") ? live.number("spec.replicas") : 1;
    const qint64 updated = live.number("status.updatedReplicas");
    if (updated < wanted)
        return going(doing, updated, wanted);
    if (live.number("status.replicas") > updated)
        return waiting(doing, ProgressWords::tr("%n old pod(s) end", nullptr,
                                                static_cast<int>(live.number("status.replicas") - updated)));
    const qint64 available = live.number("status.availableReplicas");
    return available < updated ? going(doing, available, wanted) : overEffect(wanted);
}

ClusterEffect statefulSetProgress(const KubernetesObject &live, const QString &doing)
{
    const qint64 wanted = live.has("spec.replicas") ? live.number("spec.replicas") : 1;
    const qint64 ready = live.number("status.readyReplicas");
    if (ready < wanted)
        return going(doing, ready, wanted);
    const qint64 partition = live.number("spec.updateStrategy.rollingUpdate.partition");
    const qint64 updated = live.number("status.updatedReplicas");
    if (updated < wanted - partition)
        return going(doing, updated, wanted - partition);
    const bool same = live.text("status.updateRevision") == live.text("status.currentRevision");
    return partition == 0 && !same ? waiting(doing, ProgressWords::tr("the newest revision is not everywhere yet"))
                                   : overEffect(wanted);
}

ClusterEffect daemonSetProgress(const KubernetesObject &live, const QString &doing)
{
    const qint64 wanted = live.number("status.desiredNumberScheduled");
    const qint64 updated = live.number("status.updatedNumberScheduled");
    const qint64 available = live.number("status.numberAvailable");
    if (updated < wanted)
        return going(doing, updated, wanted);
    return available < wanted ? going(doing, available, wanted) : overEffect(wanted);
}

ClusterEffect argoProgress(const KubernetesObject &live, const QString &doing)
{
    const QString phase = live.text("status.phase");
    const QString message = live.text("status.message");
    const qint64 wanted = live.has("spec.replicas") ? live.number("spec.replicas") : 1;
    if (phase == u"Degraded" && !live.flag("status.abort"))
        return failedEffect(ProgressWords::tr("The Rollout is degraded: %1").arg(message));
    const qint64 available = live.number("status.availableReplicas");
    if (phase == u"Healthy" && available >= wanted)
        return overEffect(wanted);
    if (live.flag("spec.paused"))
        return waiting(doing, ProgressWords::tr("it is paused by a person (spec.paused): nothing moves until it is "
                                                "resumed"));
    if (phase == u"Paused")
        return waiting(doing, ProgressWords::tr("it pauses (%1): promote it, if nothing else ends the pause").arg(message));
    return going(doing, std::min(available, live.number("status.updatedReplicas")), wanted);
}

} // namespace

SceneReads RolloutOperation::reads(const ActionRequest &, const Rollout &) const { return {}; }

QString versionText(const RolloutRevision *revision)
{
    if (!revision)
        return ProgressWords::tr("an unknown version");
    return versionLabel(*revision);
}

QString nameText(const Rollout &rollout) { return rollout.key.name; }

Error planRefusal(Error::Kind kind, const QString &what, const QString &next)
{
    return Error{kind, what, ProgressWords::tr("Nothing was sent."), next};
}

ClusterEffect rolloutProgress(const RolloutScene &scene, const QString &doing)
{
    const KubernetesObject &live = scene.seen->kind == WorkloadKind::FlaggerCanary ? scene.holder() : scene.live;
    if (!isObserved(live))
        return waiting(doing, ProgressWords::tr("the controller has not seen it yet"));
    switch (scene.seen->kind) {
    case WorkloadKind::Rollout:
        return argoProgress(live, doing);
    case WorkloadKind::StatefulSet:
        return statefulSetProgress(live, doing);
    case WorkloadKind::DaemonSet:
        return daemonSetProgress(live, doing);
    case WorkloadKind::Deployment:
    case WorkloadKind::FlaggerCanary:
        break;
    }
    return deploymentProgress(live, doing);
}

} // namespace cockpit
