// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct ResumeWords {
    Q_DECLARE_TR_FUNCTIONS(ResumeRollout)
};

bool isHeld(const RolloutScene &scene) { return scene.live.flag("spec.paused") || scene.live.flag("spec.suspend"); }

} // namespace

Result<RolloutChange> ResumeOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (!isHeld(scene)) {
        const bool waits = rollout.phase == RolloutPhase::Paused;
        return planRefusal(Error::Kind::Conflict, ResumeWords::tr("Nobody has paused %1.").arg(nameText(rollout)),
                           waits ? ResumeWords::tr("It waits at a step: promote it.") : QString());
    }
    const auto patches = resumePatches(scene.live);
    if (!patches)
        return patches.error();
    RolloutChange change;
    change.patches = *patches;
    change.title = ResumeWords::tr("Resume %1").arg(nameText(rollout));
    change.runLabel = ResumeWords::tr("Resume");
    change.willChange = {ResumeWords::tr("Its update goes on from where it stands.")};
    change.willNotChange = {ResumeWords::tr("A pause that is one of its steps still holds.")};
    change.steps = {
        ResumeWords::tr("Take the pause of %1 away in this very version of it, once.").arg(rollout.key.path()),
        ResumeWords::tr("Read back that it is gone.")};
    change.reverse = PauseRollout{rollout.key};
    return change;
}

bool ResumeOperation::shows(const ActionRecord &, const RolloutScene &scene) const { return !isHeld(scene); }

ClusterEffect ResumeOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    return {.over = !isHeld(scene), .words = ResumeWords::tr("resumed")};
}

} // namespace cockpit
