// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct PauseWords {
    Q_DECLARE_TR_FUNCTIONS(PauseRollout)
};

bool isPausedNow(const RolloutScene &scene)
{
    return scene.live.flag("spec.paused") || scene.live.flag("spec.suspend");
}

} // namespace

Result<RolloutChange> PauseOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (isPausedNow(scene))
        return planRefusal(Error::Kind::Conflict, PauseWords::tr("%1 is paused already.").arg(nameText(rollout)));
    const auto patches = pausePatches(scene.live);
    if (!patches)
        return patches.error();
    RolloutChange change;
    change.patches = *patches;
    change.title = PauseWords::tr("Pause %1 at %2 %")
                       .arg(nameText(rollout))
                       .arg(rollout.isUpdating() ? rollout.desiredWeight.value_or(0) : 100);
    change.runLabel = PauseWords::tr("Pause");
    change.willChange = {rollout.isUpdating()
                             ? PauseWords::tr("No further step is taken until somebody resumes it.")
                             : PauseWords::tr("A new version does not begin until somebody resumes it.")};
    change.willNotChange = {PauseWords::tr("Pods and traffic stay as they are."),
                            PauseWords::tr("It can still be rolled back.")};
    if (rollout.kind == WorkloadKind::Deployment)
        change.willNotChange[1] = PauseWords::tr("A paused Deployment cannot be rolled back: resume it first.");
    change.steps = {PauseWords::tr("Set the pause of %1 in this very version of it, once.").arg(rollout.key.path()),
                    PauseWords::tr("Read back that it is set.")};
    change.reverse = ResumeRollout{rollout.key};
    return change;
}

bool PauseOperation::shows(const ActionRecord &, const RolloutScene &scene) const { return isPausedNow(scene); }

ClusterEffect PauseOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    return {.over = isPausedNow(scene), .words = PauseWords::tr("paused")};
}

} // namespace cockpit
