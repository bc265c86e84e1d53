// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct RetryWords {
    Q_DECLARE_TR_FUNCTIONS(RetryRollout)
};

} // namespace

Result<RolloutChange> RetryOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (!scene.live.flag("status.abort")) {
        return planRefusal(
            Error::Kind::Conflict,
            RetryWords::tr("%1 is not aborted: there is nothing to begin again.").arg(nameText(rollout)));
    }
    const auto patches = retryPatches(scene.live, rollout.statusSubresource);
    if (!patches)
        return patches.error();
    const QString version = versionText(rollout.current());
    RolloutChange change;
    change.patches = *patches;
    change.title = RetryWords::tr("Begin %1 %2 again").arg(nameText(rollout), version);
    change.runLabel = RetryWords::tr("Retry %1").arg(version);
    change.willChange = {
        rollout.weights.isEmpty()
            ? RetryWords::tr("The update to %1 begins again.").arg(version)
            : RetryWords::tr("%1 gets traffic again, from step 0: %2 %.").arg(version).arg(rollout.weights.first())};
    change.willNotChange = {RetryWords::tr("The pod template stays: if %1 was bad, it still is.").arg(version)};
    change.steps = {
        RetryWords::tr("Clear status.abort of %1 in this very version of it, once.").arg(rollout.key.path()),
        RetryWords::tr("Read back that it is clear.")};
    change.reverse = AbortRollout{rollout.key};
    return change;
}

bool RetryOperation::shows(const ActionRecord &, const RolloutScene &scene) const
{
    return !scene.live.flag("status.abort");
}

ClusterEffect RetryOperation::effect(const ActionRecord &, const RolloutScene &scene) const
{
    const bool aborted = scene.live.flag("status.abort");
    return {.over = !aborted && scene.live.text("status.phase") != u"Degraded",
            .words = RetryWords::tr("begins again (%1)").arg(scene.live.text("status.phase"))};
}

} // namespace cockpit
