// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_plan.h"

#include "app/actions/rollout/rollout_checks.h"
#include "app/actions/rollout/rollout_fingerprint.h"

#include <QCoreApplication>

#include <memory>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct PlanWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutPlan)
};

/// "/apis/GROUP/VERSION/namespaces/NS/RESOURCE/NAME[/SUBRESOURCE]" or "/api/v1/namespaces/…" taken apart.
AccessQuestion rightOnPath(const QString &context, const QString &verb, const QString &path)
{
    QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    AccessQuestion question{.context = context, .verb = verb};
    if (parts.value(0) == u"apis")
        question.group = parts.value(1);
    const qsizetype start = parts.indexOf(QStringLiteral("namespaces"));
    question.nameSpace = parts.value(start + 1);
    question.resource = parts.value(start + 2);
    question.name = parts.value(start + 3);
    question.subresource = parts.value(start + 4);
    return question;
}

QString rightText(const AccessQuestion &right)
{
    const QString what = right.subresource.isEmpty() ? right.resource : right.resource + u'/' + right.subresource;
    return PlanWords::tr("%1 %2 in %3").arg(right.verb, what, right.nameSpace);
}

struct RightsAnswers {
    QStringList refused{};
    QStringList unknown{};
    qsizetype awaited = 0;
};

Evidence rightsCheck(const RolloutScene &scene, const QList<AccessQuestion> &rights, const RightsAnswers &answers)
{
    if (!answers.refused.isEmpty())
        return rolloutCheck(scene, Verdict::Bad, "permission",
                            PlanWords::tr("No permission: %1.").arg(answers.refused.join(QStringLiteral("; "))));
    if (!answers.unknown.isEmpty())
        return rolloutCheck(scene, Verdict::Unknown, "permission",
                            PlanWords::tr("The permission could not be asked for: %1").arg(answers.unknown.first()));
    QStringList names;
    for (const AccessQuestion &right : rights)
        names.append(rightText(right));
    return rolloutCheck(scene, Verdict::Good, "permission",
                        PlanWords::tr("You may %1.").arg(names.join(QStringLiteral(", "))));
}

void addRollbackChecks(const RolloutOperation &operation, const RolloutScene &scene, const RolloutRevision &to,
                       ActionPlan &plan)
{
    plan.checks += {revisionCheck(scene, to), imageCheck(scene, to), migrationCheck(scene, to), roomCheck(scene, to),
                    driftCheck(scene, to),    sessionsCheck(scene),  disruptionCheck(scene)};
    if (const auto window = windowCheck(scene, to))
        plan.checks.append(*window);
    if (const auto healthy = healthyCheck(scene); healthy && operation.isProvenByFigures()) {
        plan.checks.append(*healthy);
        plan.bar = Duration::zero();
    }
}

} // namespace

KubernetesCall callOf(const RolloutScene &scene, const KubernetesPatch &patch, bool dryRun)
{
    KubernetesCall call;
    call.context = scene.seen->key.context;
    call.method = "PATCH";
    call.path = patch.path;
    call.body = patch.body;
    call.dryRun = dryRun;
    call.lane = HttpLane::Action;
    switch (patch.type) {
    case KubernetesPatch::Type::Merge:
        call.bodyKind = KubernetesCall::Body::MergePatch;
        break;
    case KubernetesPatch::Type::Json:
        call.bodyKind = KubernetesCall::Body::JsonPatch;
        break;
    case KubernetesPatch::Type::StrategicMerge:
        call.bodyKind = KubernetesCall::Body::StrategicMergePatch;
        break;
    }
    return call;
}

QList<AccessQuestion> rightsFor(const RolloutScene &scene, const RolloutChange &change)
{
    const QString &context = scene.seen->key.context;
    QList<AccessQuestion> rights;
    for (const KubernetesPatch &patch : change.patches) {
        const AccessQuestion right = rightOnPath(context, QStringLiteral("patch"), patch.path);
        if (!rights.contains(right))
            rights.append(right);
    }
    if (!change.deletePod.isEmpty()) {
        rights.append(rightOnPath(context, QStringLiteral("delete"),
                                  pathOf(QStringLiteral("Pod"), scene.seen->key.nameSpace, change.deletePod)));
    }
    return rights;
}

void askRights(KubernetesCalls &calls, const RolloutScene &scene, const RolloutChange &change,
               std::function<void(Evidence)> done)
{
    const QList<AccessQuestion> rights = rightsFor(scene, change);
    const auto answers = std::make_shared<RightsAnswers>();
    answers->awaited = rights.size();
    for (const AccessQuestion &right : rights) {
        calls.mayI(right, [scene, rights, right, answers, done](const Result<AccessAnswer> &answer) {
            if (!answer)
                answers->unknown.append(answer.error().what);
            else if (!answer->allowed)
                answers->refused.append(rightText(right));
            if (--answers->awaited == 0)
                done(rightsCheck(scene, rights, *answers));
        });
    }
}

Evidence dryRunCheck(const RolloutScene &scene, const Result<KubernetesAnswer> &answer)
{
    if (answer && answer->warnings.isEmpty())
        return rolloutCheck(
            scene, Verdict::Good, "dry-run",
            PlanWords::tr("The server would take it. That proves the right and the shape, not the effect."));
    if (answer)
        return rolloutCheck(
            scene, Verdict::Good, "dry-run",
            PlanWords::tr("The server would take it, and warns: %1").arg(answer->warnings.join(QStringLiteral("; "))));
    const bool known = KubernetesCalls::outcomeIsKnown(answer.error());
    return rolloutCheck(
        scene, known ? Verdict::Bad : Verdict::Unknown, "dry-run",
        (known ? PlanWords::tr("The server would refuse it: %1") : PlanWords::tr("The dry run had no answer: %1"))
            .arg(answer.error().text()));
}

const RolloutRevision *targetRevision(const RolloutScene &scene)
{
    const ActionIntent &intent = scene.request.intent;
    if (std::holds_alternative<AbortRollout>(intent))
        return scene.seen->kind == WorkloadKind::FlaggerCanary ? scene.seen->previous() : scene.seen->stable();
    if (const auto *undo = std::get_if<UndoRollout>(&intent))
        return scene.seen->revision(undo->revisionHash);
    return nullptr;
}

/// What the figures say of going on, or back. Only what speaks against it has to be accepted; that nothing was judged
/// yet never stands against a rollback.
void addVerdictCheck(const RolloutScene &scene, ActionPlan &plan)
{
    const bool promotes = std::holds_alternative<PromoteRollout>(scene.request.intent);
    const bool goesBack = std::holds_alternative<AbortRollout>(scene.request.intent) ||
                          std::holds_alternative<UndoRollout>(scene.request.intent);
    if (!scene.policy || !scene.seen->isUpdating() || (!promotes && !goesBack))
        return;
    const CanaryVerdict *verdict = scene.verdict.get();
    if (verdict && verdict->notTheCanary) {
        plan.checks.append(
            rolloutCheck(scene, Verdict::Bad, "verdict",
                         PlanWords::tr("It is not the canary: stable breaks the same rules. %1").arg(verdict->words)));
        return;
    }
    const bool unclear = !verdict || (goesBack && verdict->result == CriterionVerdict::Result::Inconclusive);
    if (unclear) {
        plan.checks.append(rolloutCheck(scene, Verdict::Unknown, "verdict-unclear",
                                        verdict ? verdict->words : PlanWords::tr("It was not judged yet.")));
        plan.advisory.append(QStringLiteral("verdict-unclear"));
        return;
    }
    const bool passes = verdict->result == CriterionVerdict::Result::Pass;
    const bool open = verdict->result == CriterionVerdict::Result::Inconclusive;
    const Verdict said = goesBack || passes ? Verdict::Good : open ? Verdict::Unknown : Verdict::Bad;
    plan.checks.append(rolloutCheck(scene, said, "verdict", verdict->words));
}

/// operations.md §1: an exhausted budget freezes what goes forward; never a way back, a pause or a restart.
void addBudgetCheck(const RolloutScene &scene, ActionPlan &plan)
{
    const ActionIntent &intent = scene.request.intent;
    const bool goesForward = std::holds_alternative<PromoteRollout>(intent) ||
                             std::holds_alternative<ResumeRollout>(intent) ||
                             std::holds_alternative<RetryRollout>(intent);
    if (!goesForward || !scene.budget || !scene.budget->budgetLeft)
        return;
    const QString objective = scene.budget->slo.service + QStringLiteral(", ") + scene.budget->slo.title;
    const QString left = PlanWords::tr("%1 %").arg(*scene.budget->budgetLeft * 100, 0, 'f', 1);
    if (scene.budget->policy == BudgetPolicyState::Freeze) {
        plan.checks.append(
            rolloutCheck(scene, Verdict::Bad, "error-budget",
                         PlanWords::tr("The error budget of %1 is spent (%2 left): roll back, or go on and say why.")
                             .arg(objective, left)));
        return;
    }
    plan.checks.append(rolloutCheck(scene, Verdict::Good, "error-budget",
                                    PlanWords::tr("%2 of the error budget of %1 is left.").arg(objective, left)));
}

ActionPlan planOf(const RolloutOperation &operation, const RolloutScene &scene, const RolloutChange &change,
                  const Evidence &rights, const Result<KubernetesAnswer> &dryRun)
{
    const bool undo = std::holds_alternative<UndoRollout>(scene.request.intent);
    const bool specification = operation.changesSpecification() || scene.seen->kind == WorkloadKind::FlaggerCanary;
    ActionPlan plan;
    plan.title = change.title;
    plan.runLabel = change.runLabel;
    plan.willChange = change.willChange;
    plan.willNotChange = change.willNotChange;
    plan.diff = change.diff;
    if (undo || std::holds_alternative<AbortRollout>(scene.request.intent))
        plan.duration = durationFromEvents(scene.events, undo ? "" : "RolloutAborted");
    plan.steps = change.steps;
    plan.checks = {rights, dryRunCheck(scene, dryRun), gitOpsCheck(scene, specification)};
    plan.checks += change.checks;
    if (const RolloutRevision *to = targetRevision(scene))
        addRollbackChecks(operation, scene, *to, plan);
    plan.checks += {unchangedCheck(scene), inFlightCheck(scene)};
    plan.advisory =
        QStringList{QStringLiteral("unchanged"), QStringLiteral("drift"),      QStringLiteral("sessions"),
                    QStringLiteral("healthy"),   QStringLiteral("disruption"), QStringLiteral("autoscaler")} +
        change.advisory;
    if (!inFlightIsSerious(scene))
        plan.advisory.append(QStringLiteral("in-flight"));
    addVerdictCheck(scene, plan);
    addBudgetCheck(scene, plan);
    if (!undo)
        plan.advisory.append(QStringLiteral("gitops"));
    plan.precondition = fingerprintOf(scene);
    plan.reverse = change.reverse;
    if (change.explicitPress || !plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

} // namespace cockpit
