// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct RestartWords {
    Q_DECLARE_TR_FUNCTIONS(RestartRollout)
};

/// When a restart was last asked for: spec.restartAt, or kubectl's annotation of the template.
std::optional<Instant> restartAskedAt(const RolloutScene &scene)
{
    if (scene.seen->kind == WorkloadKind::Rollout)
        return scene.live.time("spec.restartAt");
    const QByteArray annotations = scene.holder().jsonAt("spec.template.metadata.annotations");
    const QByteArray name = "\"kubectl.kubernetes.io/restartedAt\":\"";
    const qsizetype start = annotations.indexOf(name);
    if (start < 0)
        return std::nullopt;
    const qsizetype from = start + name.size();
    return parseRfc3339(annotations.mid(from, annotations.indexOf('"', from) - from).toStdString());
}

} // namespace

Result<RolloutChange> RestartOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (rollout.kind != WorkloadKind::Rollout && scene.live.flag("spec.paused")) {
        return planRefusal(Error::Kind::Conflict,
                           RestartWords::tr("%1 is paused: its pods are not replaced.").arg(nameText(rollout)),
                           RestartWords::tr("Resume it first."));
    }
    const auto patches = restartPatches(rollout.kind == WorkloadKind::Rollout ? scene.live : scene.holder(), scene.now);
    if (!patches)
        return patches.error();
    RolloutChange change;
    change.patches = *patches;
    change.title = RestartWords::tr("Restart %1").arg(nameText(rollout));
    change.runLabel = RestartWords::tr("Restart %n pod(s)", nullptr, rollout.desiredReplicas);
    change.willChange = {
        RestartWords::tr("%n pod(s) end and come anew, a few at a time.", nullptr, rollout.desiredReplicas)};
    change.willNotChange = {RestartWords::tr("Version, configuration and number of pods stay.")};
    change.steps = {RestartWords::tr("Ask %1 for new pods, in this very version of it, once.").arg(rollout.key.path()),
                    RestartWords::tr("Read back that it is asked for."),
                    RestartWords::tr("Watch until all pods are ready.")};
    change.explicitPress = !rollout.isUpdating() && rollout.phase == RolloutPhase::Healthy;
    return change;
}

bool RestartOperation::shows(const ActionRecord &record, const RolloutScene &scene) const
{
    const auto asked = restartAskedAt(scene);
    return asked && *asked >= std::chrono::floor<std::chrono::seconds>(record.request.requestedAt);
}

ClusterEffect RestartOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    const QString doing = RestartWords::tr("restarting");
    if (scene.seen->kind == WorkloadKind::Rollout) {
        const auto asked = scene.live.time("spec.restartAt");
        const auto done = scene.live.time("status.restartedAt");
        if (asked && (!done || *done < *asked))
            return {.words = RestartWords::tr("restarting (old pods end)")};
    }
    return rolloutProgress(scene, doing);
}

} // namespace cockpit
