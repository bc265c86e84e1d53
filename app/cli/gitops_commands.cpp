// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "models/sync_owner.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString syncCommandWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

/// What `gitops suspend|resume NAME` asks for of the rollout that NAME means.
Result<SetSync> wantedSync(const Cockpit &cockpit, const Invocation &invocation)
{
    const QString verb = invocation.arguments.value(0);
    const QString name = invocation.arguments.value(1);
    if ((verb != u"suspend" && verb != u"resume") || name.isEmpty())
        return Error{.kind = Error::Kind::Invalid,
                     .what = syncCommandWords("Say what to do with the sync of which rollout."),
                     .next = syncCommandWords("dt-cockpit gitops suspend|resume NAME [--for 1h] --reason TEXT")};
    const QList<const RolloutEntry *> found = cockpit.rollouts().named(name);
    if (found.size() != 1)
        return Error{.kind = Error::Kind::Invalid,
                     .what = found.isEmpty() ? syncCommandWords("No rollout is called '%1'.").arg(name)
                                             : syncCommandWords("Several rollouts are called '%1'.").arg(name),
                     .next = syncCommandWords("Give [context/][namespace/][kind/]name; see them with: dt-cockpit rollouts")};
    const std::optional<ObjectKey> object = syncObjectOf(*found.first()->rollout);
    if (!object)
        return Error{.kind = Error::Kind::Invalid,
                     .what = syncCommandWords("No GitOps owner is marked on %1.").arg(name),
                     .meaning = syncCommandWords("Nothing would put a rollback back, as far as its labels and annotations tell.")};
    SetSync wish{.object = *object, .suspended = verb == u"suspend"};
    if (invocation.lengthGiven)
        wish.length = invocation.length;
    return wish;
}

} // namespace

void runGitOps(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        const Result<SetSync> wish = wantedSync(session.cockpit(), invocation);
        if (!wish)
            return refuseAction(invocation, {.target = invocation.arguments.value(1), .intent = SetSync{}}, wish.error(),
                                finish);
        runAction(session, invocation, {.target = wish->object.path(), .intent = *wish}, finish);
    });
}

} // namespace cockpit
