// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_fingerprint.h"
#include "app/actions/rollout/rollout_operations.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct PromoteWords {
    Q_DECLARE_TR_FUNCTIONS(PromoteRollout)
};

bool isFull(const ActionRequest &request) { return std::get<PromoteRollout>(request.intent).full; }

/// The weight that the traffic has after the next step that sets one; nothing when all of it goes over.
QString nextText(const Rollout &rollout)
{
    const qsizetype index = rollout.stepIndex.value_or(0);
    for (qsizetype step = index + 1; step < rollout.steps.size(); ++step) {
        if (rollout.steps.at(step).kind == RolloutStep::Kind::SetWeight)
            return PromoteWords::tr("%1 %").arg(rollout.steps.at(step).weight);
    }
    return PromoteWords::tr("100 %");
}

/// operations.md §1: never an instant 0 → 100.
Evidence leapCheck(const RolloutScene &scene)
{
    const int weight = scene.seen->desiredWeight.value_or(0);
    return Evidence{Evidence::Verdict::Bad,
                    QStringLiteral("leap"),
                    PromoteWords::tr("All traffic goes over in one leap, from %1 % to 100 %.").arg(weight),
                    PromoteWords::tr("deployment policy"),
                    scene.seen->key.context,
                    scene.now,
                    {},
                    {}};
}

} // namespace

Result<RolloutChange> PromoteOperation::change(const RolloutScene &scene) const
{
    const Rollout &rollout = *scene.seen;
    if (rollout.kind != WorkloadKind::Rollout) {
        return planRefusal(Error::Kind::Invalid,
                           PromoteWords::tr("A %1 has no steps to promote.").arg(rollout.key.kind),
                           PromoteWords::tr("Only Argo Rollouts can be promoted from here."));
    }
    if (scene.live.flag("status.abort")) {
        return planRefusal(Error::Kind::Conflict, PromoteWords::tr("%1 is aborted.").arg(nameText(rollout)),
                           PromoteWords::tr("Retry it: it begins again at step 0."));
    }
    const bool full = isFull(scene.request);
    const auto patches = promotePatches(scene.live, full, rollout.statusSubresource);
    if (!patches)
        return patches.error();
    const bool blueGreen = rollout.strategy == RolloutStrategy::BlueGreen;
    const QString version = versionText(rollout.current());
    RolloutChange change;
    change.patches = *patches;
    change.title = full || blueGreen
                       ? PromoteWords::tr("Promote %1 %2 to all traffic").arg(nameText(rollout), version)
                       : PromoteWords::tr("Promote %1 %2 to the next step").arg(nameText(rollout), version);
    change.runLabel = full || blueGreen ? PromoteWords::tr("Promote to 100 %")
                                        : PromoteWords::tr("Promote to %1").arg(nextText(rollout));
    change.willChange = {PromoteWords::tr("Traffic of %1: %2 % → %3.")
                             .arg(version)
                             .arg(rollout.desiredWeight.value_or(0))
                             .arg(full || blueGreen ? PromoteWords::tr("100 %") : nextText(rollout))};
    if (full)
        change.willChange.append(PromoteWords::tr("All steps, pauses and analyses that are left are passed over."));
    change.willNotChange = {PromoteWords::tr("The pod template stays.")};
    change.steps = {PromoteWords::tr("Tell %1 to go on, at this very step of it, once.").arg(rollout.key.path()),
                    PromoteWords::tr("Read back that it goes on.")};
    if (full && !blueGreen)
        change.checks = {leapCheck(scene)};
    change.reverse = blueGreen ? ActionIntent(UndoRollout{rollout.key, rollout.stableHash})
                               : ActionIntent(AbortRollout{rollout.key});
    return change;
}

bool PromoteOperation::shows(const ActionRecord &record, const RolloutScene &scene) const
{
    const bool all = scene.live.text("status.stableRS") == scene.live.text("status.currentPodHash");
    if (isFull(record.request))
        return all || scene.live.flag("status.promoteFull");
    const auto planned = fingerprintNumber(record.plan.precondition, FingerprintKey::Step);
    const bool moved = planned && scene.live.number("status.currentStepIndex") > *planned;
    return all || moved || !scene.live.has("status.pauseConditions");
}

ClusterEffect PromoteOperation::effect(const ActionRecord &record, const RolloutScene &scene) const
{
    const bool all = scene.live.text("status.stableRS") == scene.live.text("status.currentPodHash");
    if (isFull(record.request) || all)
        return rolloutProgress(scene, PromoteWords::tr("promoting"));
    const auto planned = fingerprintNumber(record.plan.precondition, FingerprintKey::Step);
    const qint64 step = scene.live.number("status.currentStepIndex");
    ClusterEffect effect;
    effect.over = !planned || step > *planned;
    effect.words = PromoteWords::tr("step %1 of %2").arg(step).arg(scene.seen->steps.size());
    return effect;
}

} // namespace cockpit
