// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/flags_json.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString flagWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error flagUsage(const QString &what, const QString &next = {})
{
    return Error{.kind = Error::Kind::Invalid, .what = what, .next = next};
}

QString enabledText(const FlagState *state)
{
    if (!state)
        return flagWords("not there");
    if (!state->enabled)
        return flagWords("not known");
    return *state->enabled ? flagWords("on") : flagWords("off");
}

QString flagTable(const std::vector<FlagPtr> &flags)
{
    QList<QStringList> rows{{flagWords("FLAG"), flagWords("ENVIRONMENT"), flagWords("STATE"), flagWords("WHO GETS IT"),
                             flagWords("SERVICE"), flagWords("CHANGED"), flagWords("BY"), flagWords("SOURCE")}};
    for (const FlagPtr &flag : flags) {
        const FlagState *state = flag->state();
        rows.append({flag->key.name, flag->here, enabledText(state), state ? state->gradual : QString(),
                     flag->service.toString(), flag->changedAt ? utcDateTimeText(*flag->changedAt) : QString(),
                     flag->changedBy, flag->key.source.toString().section(u'/', 1)});
    }
    return table(rows);
}

/// The one flag that `words` names: its name, project/name, or source/project/name.
Result<FlagPtr> flagNamed(const BreakerStore &store, const QString &words)
{
    if (!store.flagsConfigured())
        return flagUsage(flagWords("No feature flag service is configured."),
                         flagWords("Name one under `flags:` in the configuration."));
    if (!store.flagsKnown())
        return Error{.kind = Error::Kind::Unavailable,
                     .what = flagWords("No feature flag service has answered: flags are not known."),
                     .next = flagWords("See why with: dt-cockpit self-check")};
    QList<FlagPtr> found = store.flagsNamed(words);
    for (const FlagPtr &flag : store.flags()) {
        const QString inProject = flag->key.project + u'/' + flag->key.name;
        if (words == inProject || words == flag->key.source.toString() + u'/' + inProject)
            found.append(flag);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty())
        return flagUsage(flagWords("No flag is called '%1'.").arg(words), flagWords("See them with: dt-cockpit flags"));
    QStringList candidates;
    for (const FlagPtr &flag : found)
        candidates.append(flag->key.source.toString() + u'/' + flag->key.project + u'/' + flag->key.name);
    return flagUsage(flagWords("Several flags are meant: %1.").arg(candidates.join(QStringLiteral(", "))),
                     flagWords("Give one of them."));
}

Result<bool> wantedState(const QString &word)
{
    if (word == u"on" || word == u"off")
        return word == u"on";
    return flagUsage(flagWords("On or off? Give: flag NAME on|off"));
}

} // namespace

void runFlags(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        const BreakerStore &store = session.cockpit().breakers();
        if (invocation.json)
            printOut(store.flagsKnown() ? flagsJson(store.flags()) : QByteArrayLiteral("null"));
        else if (!store.flagsConfigured())
            printOut(flagWords("No feature flag service is configured."));
        else if (!store.flagsKnown())
            printError(flagWords("No feature flag service has answered: flags are not known."));
        else
            printOut(store.flags().empty() ? flagWords("There are no flags.") : flagTable(store.flags()));
        finish(store.flagsKnown() ? exitCode::ok : 3);
    });
}

void runFlag(Session &session, const Invocation &invocation, Finish finish)
{
    const QString words = invocation.arguments.value(0);
    whenAnswered(session, invocation, [&session, invocation, finish, words] {
        const auto wanted = wantedState(invocation.arguments.value(1));
        const auto flag = wanted ? flagNamed(session.cockpit().breakers(), words) : Result<FlagPtr>(wanted.error());
        if (!flag)
            return refuseAction(invocation, {.target = words, .intent = SetFlag{}}, flag.error(), finish);
        SetFlag intent{.flag = (*flag)->key,
                       .environment = invocation.flagEnvironment.isEmpty() ? (*flag)->here : invocation.flagEnvironment,
                       .enabled = *wanted};
        if (invocation.lengthGiven)
            intent.endsAt = session.clock().now() + invocation.length;
        const QString target = flagWords("flag %1 in %2").arg((*flag)->key.name, intent.environment);
        runAction(session, invocation, {.target = target, .service = (*flag)->service, .intent = intent}, finish);
    });
}

} // namespace cockpit
