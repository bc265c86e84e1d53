// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString rolloutWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error rolloutRefusal(const QString &what, const QString &next = {})
{
    return Error{.kind = Error::Kind::Invalid, .what = what, .next = next};
}

QString candidateText(const RolloutEntry &entry)
{
    const ObjectKey &key = entry.rollout->key;
    return key.context + u'/' + key.nameSpace + u'/' + toWireName(entry.rollout->kind) + u'/' + key.name;
}

/// The one rollout that `words` names; several are refused with their full names.
Result<RolloutPtr> rolloutNamed(const Cockpit &cockpit, const QString &words)
{
    if (words.isEmpty())
        return rolloutRefusal(rolloutWords("Which rollout? Give [context/][namespace/][kind/]name."),
                              rolloutWords("See them with: dt-cockpit rollouts"));
    if (!cockpit.rollouts().isKnown())
        return Error{.kind = Error::Kind::Unavailable,
                     .what = rolloutWords("No cluster has answered: rollouts are not known."),
                     .next = rolloutWords("See why with: dt-cockpit self-check")};
    const QList<const RolloutEntry *> found = cockpit.rollouts().named(words);
    if (found.size() == 1)
        return found.first()->rollout;
    if (found.isEmpty())
        return rolloutRefusal(rolloutWords("No rollout is called '%1'.").arg(words),
                              rolloutWords("See them with: dt-cockpit rollouts"));
    QStringList candidates;
    for (const RolloutEntry *entry : found)
        candidates.append(candidateText(*entry));
    return rolloutRefusal(rolloutWords("Several are meant: %1.").arg(candidates.join(QStringLiteral(", "))),
                          rolloutWords("Give one of them."));
}

/// What `makes` says of the named rollout is planned and, with `--yes`, run.
template<typename Intent, typename Make>
void runOnRollout(Session &session, const Invocation &invocation, Finish finish, Make makes)
{
    const QString words = invocation.arguments.value(0);
    whenJudged(session, invocation, [&session, invocation, finish, words, makes] {
        const auto rollout = rolloutNamed(session.cockpit(), words);
        if (!rollout)
            return refuseAction(invocation, {.target = words, .intent = Intent{}}, rollout.error(), finish);
        const Result<ActionIntent> intent = makes(**rollout);
        const QString target = (*rollout)->key.path();
        if (!intent)
            return refuseAction(invocation, {.target = target, .intent = Intent{}}, intent.error(), finish);
        runAction(session, invocation, {.target = target, .service = (*rollout)->service, .intent = *intent}, finish);
    });
}

template<typename Intent> void runPlain(Session &session, const Invocation &invocation, Finish finish)
{
    runOnRollout<Intent>(session, invocation, std::move(finish),
                         [](const Rollout &rollout) -> Result<ActionIntent> { return ActionIntent(Intent{rollout.key}); });
}

Result<ActionIntent> rollbackOf(const Rollout &rollout, const QString &toRevision)
{
    const bool canAbort = rollout.kind == WorkloadKind::Rollout || rollout.kind == WorkloadKind::FlaggerCanary;
    // One that is aborted is not undone by accident: the plan says that it is rolled back already.
    if (toRevision.isEmpty() && canAbort && (rollout.isUpdating() || (rollout.aborted && rollout.kind == WorkloadKind::Rollout)))
        return ActionIntent(AbortRollout{rollout.key});
    if (!toRevision.isEmpty()) {
        // Undo renumbers: the hash names the revision from here on. What is not known is refused by the plan, by name.
        const RolloutRevision *revision = rollout.revision(toRevision);
        return ActionIntent(UndoRollout{rollout.key, revision ? revision->hash : toRevision});
    }
    const RolloutRevision *previous = rollout.previous();
    if (!previous)
        return rolloutRefusal(rolloutWords("The cluster holds no earlier revision of %1.").arg(rollout.key.path()),
                              rolloutWords("Deploy the version that is wanted instead."));
    return ActionIntent(UndoRollout{rollout.key, previous->hash});
}

} // namespace

void runRollback(Session &session, const Invocation &invocation, Finish finish)
{
    runOnRollout<AbortRollout>(session, invocation, std::move(finish), [to = invocation.toRevision](const Rollout &rollout) {
        return rollbackOf(rollout, to);
    });
}

void runPromote(Session &session, const Invocation &invocation, Finish finish)
{
    runOnRollout<PromoteRollout>(session, invocation, std::move(finish),
                                 [full = invocation.full](const Rollout &rollout) -> Result<ActionIntent> {
                                     return ActionIntent(PromoteRollout{rollout.key, full});
                                 });
}

void runPause(Session &session, const Invocation &invocation, Finish finish)
{
    runPlain<PauseRollout>(session, invocation, std::move(finish));
}

void runResume(Session &session, const Invocation &invocation, Finish finish)
{
    runPlain<ResumeRollout>(session, invocation, std::move(finish));
}

void runRetry(Session &session, const Invocation &invocation, Finish finish)
{
    runPlain<RetryRollout>(session, invocation, std::move(finish));
}

void runRestart(Session &session, const Invocation &invocation, Finish finish)
{
    runPlain<RestartRollout>(session, invocation, std::move(finish));
}

void runScale(Session &session, const Invocation &invocation, Finish finish)
{
    if (!invocation.replicas)
        return refuseAction(invocation, {.target = invocation.arguments.value(0), .intent = ScaleRollout{}},
                            rolloutRefusal(rolloutWords("How many pods? Give --replicas N.")), finish);
    runOnRollout<ScaleRollout>(session, invocation, std::move(finish),
                               [replicas = *invocation.replicas](const Rollout &rollout) -> Result<ActionIntent> {
                                   return ActionIntent(ScaleRollout{rollout.key, replicas});
                               });
}

} // namespace cockpit
