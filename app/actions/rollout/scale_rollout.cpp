// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct ScaleWords {
    Q_DECLARE_TR_FUNCTIONS(ScaleRollout)
};

int wantedReplicas(const ActionRequest &request) { return std::get<ScaleRollout>(request.intent).replicas; }

Evidence scaleCheck(const RolloutScene &scene, Evidence::Verdict verdict, const char *id, const QString &text)
{
    return Evidence{verdict,
                    QLatin1String(id),
                    text,
                    ScaleWords::tr("Kubernetes %1").arg(scene.seen->key.context),
                    scene.seen->key.context,
                    scene.now,
                    {},
                    {}};
}

QList<Evidence> scaleChecks(const RolloutScene &scene)
{
    const Rollout &rollout = *scene.seen;
    QList<Evidence> checks;
    if (rollout.autoscaler.isEmpty())
        checks.append(
            scaleCheck(scene, Evidence::Verdict::Good, "autoscaler", ScaleWords::tr("No autoscaler owns the number.")));
    else
        checks.append(scaleCheck(
            scene, Evidence::Verdict::Bad, "autoscaler",
            ScaleWords::tr("The autoscaler %1 sets the number again within about 15 s; change its limits instead.")
                .arg(rollout.autoscaler)));
    if (wantedReplicas(scene.request) == 0)
        checks.append(
            scaleCheck(scene, Evidence::Verdict::Bad, "outage", ScaleWords::tr("With 0 pods nothing serves.")));
    return checks;
}

} // namespace

Result<RolloutChange> ScaleOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    const int wanted = wantedReplicas(scene.request);
    const int present = static_cast<int>(scene.live.has("spec.replicas") ? scene.live.number("spec.replicas") : 1);
    if (rollout.kind == WorkloadKind::DaemonSet || rollout.kind == WorkloadKind::FlaggerCanary)
        return planRefusal(Error::Kind::Invalid,
                           ScaleWords::tr("A %1 has no number of pods to set.").arg(rollout.key.kind));
    if (wanted < 0)
        return planRefusal(Error::Kind::Invalid, ScaleWords::tr("A number of pods is 0 or more."));
    if (wanted == present)
        return planRefusal(Error::Kind::Conflict,
                           ScaleWords::tr("%1 has %n pod(s) already.", nullptr, wanted).arg(nameText(rollout)));
    const auto patches = scalePatches(scene.live, scene.live.resourceVersion(), wanted);
    if (!patches)
        return patches.error();
    RolloutChange change;
    change.patches = *patches;
    change.title = ScaleWords::tr("Scale %1 from %2 to %3 pods").arg(nameText(rollout)).arg(present).arg(wanted);
    change.runLabel = ScaleWords::tr("Scale to %1").arg(wanted);
    change.willChange = {wanted > present ? ScaleWords::tr("%n pod(s) more.", nullptr, wanted - present)
                                          : ScaleWords::tr("%n pod(s) end.", nullptr, present - wanted)};
    change.willNotChange = {ScaleWords::tr("Version and configuration stay.")};
    change.diff = QStringLiteral("- replicas: %1\n+ replicas: %2").arg(present).arg(wanted);
    change.steps = {ScaleWords::tr("Set the number of %1 in this very version of it, once.").arg(rollout.key.path()),
                    ScaleWords::tr("Read back that it is set."), ScaleWords::tr("Watch until the pods are there.")};
    change.checks = scaleChecks(scene);
    change.reverse = ScaleRollout{rollout.key, present};
    change.explicitPress = wanted < present;
    return change;
}

bool ScaleOperation::shows(const ActionRecord &record, const RolloutScene &scene) const
{
    return scene.live.has("spec.replicas") && scene.live.number("spec.replicas") == wantedReplicas(record.request);
}

ClusterEffect ScaleOperation::effect(const ActionRecord &record, const RolloutScene &scene) const
{
    const qint64 wanted = wantedReplicas(record.request);
    const qint64 available = scene.live.has("status.availableReplicas") ? scene.live.number("status.availableReplicas")
                                                                        : scene.live.number("status.readyReplicas");
    const qint64 replicas = scene.live.number("status.replicas");
    const bool over = available >= wanted && replicas == wanted;
    return {
        .over = over,
        .words =
            (over ? ScaleWords::tr("%1/%2 pods") : ScaleWords::tr("scaling (%1/%2 pods)")).arg(available).arg(wanted)};
}

} // namespace cockpit
