// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/flag/flag_plan.h"

#include "app/actions/lease_kind.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct FlagPlanWords {
    Q_DECLARE_TR_FUNCTIONS(SetFlag)
};

/// All that a plan is made of.
struct FlagScene {
    const ActionRequest &request;
    const SetFlag &wish;
    const FlagReading &reading;
    const FlagState &state;
    const Fleet *fleet;
    Instant now;

    QString name() const { return wish.flag.name; }
    bool isEndOfLease() const { return !wish.lease.isEmpty(); }
};

Error flagRefusal(Error::Kind kind, const QString &what, const QString &next)
{
    return {kind, what, FlagPlanWords::tr("Nothing was sent."), next};
}

Error notInEnvironment(const SetFlag &wish, const FlagReading &reading)
{
    QStringList others;
    for (const FlagState &state : reading.parsed.flag.states)
        others.append(state.environment);
    return flagRefusal(Error::Kind::NotFound,
                       FlagPlanWords::tr("The flag %1 does not exist in %2.").arg(wish.flag.name, wish.environment),
                       others.isEmpty() ? FlagPlanWords::tr("Add it to that environment where it is kept.")
                                        : FlagPlanWords::tr("It exists in: %1.").arg(others.join(QStringLiteral(", "))));
}

std::optional<Error> refusedFlag(const FlagScene &scene)
{
    const FeatureFlag &flag = scene.reading.parsed.flag;
    if (!flag.readOnlyReason.isEmpty())
        return flagRefusal(Error::Kind::Rejected, FlagPlanWords::tr("%1 cannot be switched from here.").arg(scene.name()),
                           flag.readOnlyReason + u'.');
    if (scene.reading.parsed.isArchived)
        return flagRefusal(Error::Kind::Conflict, FlagPlanWords::tr("%1 is archived.").arg(scene.name()),
                           FlagPlanWords::tr("Revive it where it is kept."));
    if (scene.isEndOfLease())
        return std::nullopt; // whatever it finds, it ends it
    if (scene.state.enabled == scene.wish.enabled) {
        const FlagEvent *last = lastSwitch(scene.reading, scene.wish.environment);
        const QString since = last ? FlagPlanWords::tr(" (%1)").arg(flagHandText(*last)) : QString();
        return flagRefusal(Error::Kind::Conflict,
                           FlagPlanWords::tr("%1 is %2 in %3 already%4.")
                               .arg(scene.name(), flagStateText(scene.state.enabled), scene.wish.environment, since),
                           FlagPlanWords::tr("There is nothing to do."));
    }
    if (scene.request.reason.trimmed().isEmpty() && !scene.request.preview)
        return flagRefusal(Error::Kind::Invalid, FlagPlanWords::tr("A flag is switched with a reason."),
                           FlagPlanWords::tr("Say why: the next shift reads it."));
    if (scene.wish.endsAt && *scene.wish.endsAt <= scene.now)
        return flagRefusal(Error::Kind::Invalid, FlagPlanWords::tr("Its end has passed already."),
                           FlagPlanWords::tr("Choose a later one."));
    if (scene.wish.endsAt && *scene.wish.endsAt > scene.now + LeaseTerms::kLongest)
        return flagRefusal(Error::Kind::Invalid, FlagPlanWords::tr("It may hold for 24 hours at most."),
                           FlagPlanWords::tr("Choose an earlier end, or switch it without one."));
    return std::nullopt;
}

Evidence flagCheck(const FlagScene &scene, Evidence::Verdict verdict, const char *id, const QString &text)
{
    Evidence evidence;
    evidence.verdict = verdict;
    evidence.id = QLatin1String(id);
    evidence.text = text;
    evidence.source = scene.wish.flag.source.toString().section(u'/', 1);
    evidence.sampledAt = scene.now;
    return evidence;
}

Evidence lastChangeCheck(const FlagScene &scene)
{
    const FlagEvent *last = lastSwitch(scene.reading, scene.wish.environment);
    const QString state = flagStateText(scene.state.enabled);
    if (last)
        return flagCheck(scene, Verdict::Good, "last-change",
                         FlagPlanWords::tr("It is %1: switched by %2.").arg(state, flagHandText(*last)));
    return flagCheck(scene, scene.reading.eventsKnown ? Verdict::Good : Verdict::Unknown, "last-change",
                     scene.reading.eventsKnown
                         ? FlagPlanWords::tr("It is %1; the event log does not go back to its last switch.").arg(state)
                         : FlagPlanWords::tr("It is %1; the event log cannot be read, so who switched it is not known.")
                               .arg(state));
}

/// Switching on where no strategy is enabled gives the flag to more people than it had.
std::optional<Evidence> strategiesCheck(const FlagScene &scene)
{
    if (!scene.wish.enabled || scene.reading.parsed.enabledStrategies.value_or(1) > 0)
        return std::nullopt;
    const int disabled = scene.reading.parsed.disabledStrategies.value_or(0);
    const QString &who = scene.reading.parsed.whenOn;
    return flagCheck(scene, Evidence::Verdict::Bad, "strategies",
                     disabled > 0 ? FlagPlanWords::tr("No strategy of it is enabled: its disabled ones (%1) are enabled with it.")
                                        .arg(who.isEmpty() ? FlagPlanWords::tr("everybody") : who)
                                  : FlagPlanWords::tr("It has no strategy: its service adds one that gives it to everybody."));
}

QList<Evidence> flagChecks(const FlagScene &scene)
{
    QList<Evidence> checks{
        flagCheck(scene, Verdict::Good, "exists", FlagPlanWords::tr("It exists in %1.").arg(scene.wish.environment)),
        lastChangeCheck(scene)};
    checks.append(scene.state.needsApproval
                      ? flagCheck(scene, Verdict::Bad, "approval",
                                  FlagPlanWords::tr("%1 asks for a change request: it will be refused unless your token "
                                                    "may skip that.")
                                      .arg(scene.wish.environment))
                      : flagCheck(scene, Verdict::Good, "approval", FlagPlanWords::tr("No approval is asked for.")));
    if (const auto strategies = strategiesCheck(scene))
        checks.append(*strategies);
    if (scene.wish.endsAt && *scene.wish.endsAt > scene.now + LeaseTerms::kLongestUnseen)
        checks.append(flagCheck(scene, Verdict::Unknown, "seen-by-others",
                                FlagPlanWords::tr("Its service has no place for an end: other cockpits see the switch, "
                                                  "but not when it goes back.")));
    return checks;
}

QStringList flagEffects(const FlagScene &scene)
{
    QStringList effects;
    const QString &gradual = scene.state.gradual;
    if (!scene.wish.enabled)
        effects.append(gradual.isEmpty() ? FlagPlanWords::tr("Nobody gets %1 any more; all get it now.").arg(scene.name())
                                         : FlagPlanWords::tr("Nobody gets %1 any more; now: %2.").arg(scene.name(), gradual));
    else
        effects.append(scene.reading.parsed.whenOn.isEmpty()
                           ? FlagPlanWords::tr("Everybody gets %1.").arg(scene.name())
                           : FlagPlanWords::tr("%1 is given to: %2.").arg(scene.name(), scene.reading.parsed.whenOn));
    effects.append(FlagPlanWords::tr("Callers see it when their SDK asks again, within about %1.")
                       .arg(roughDurationText(scene.reading.sdkDelay)));
    if (const ServiceId service = scene.reading.parsed.flag.service; !service.isEmpty()) {
        QStringList callers;
        if (scene.fleet)
            for (const ServiceId &one : scene.fleet->serviceMap.dependantsOf(service))
                callers.append(one.toString());
        effects.append(callers.isEmpty() ? FlagPlanWords::tr("It is used by %1.").arg(service.toString())
                                         : FlagPlanWords::tr("It is used by %1, which %2 call.")
                                               .arg(service.toString(), callers.join(QStringLiteral(", "))));
    }
    if (scene.wish.endsAt)
        effects.append(FlagPlanWords::tr("At %1 UTC it goes back by itself, unless somebody changed it by then.")
                           .arg(utcShortTimeText(*scene.wish.endsAt)));
    return effects;
}

QStringList flagStays(const FlagScene &scene)
{
    QStringList others;
    for (const FlagState &state : scene.reading.parsed.flag.states) {
        if (state.environment != scene.wish.environment)
            others.append(FlagPlanWords::tr("%1 (%2)").arg(state.environment, flagStateText(state.enabled)));
    }
    QStringList stays{FlagPlanWords::tr("Its strategies and variants stay as they are.")};
    if (!others.isEmpty())
        stays.append(FlagPlanWords::tr("Other environments stay: %1.").arg(others.join(QStringLiteral(", "))));
    return stays;
}

QStringList flagSteps(const FlagScene &scene)
{
    QStringList steps{FlagPlanWords::tr("Read it once more: it must be as it is now.")};
    if (scene.wish.endsAt)
        steps.append(FlagPlanWords::tr("Write down when it ends."));
    steps.append(FlagPlanWords::tr("Switch it in %1, once.").arg(scene.wish.environment));
    steps.append(FlagPlanWords::tr("Read it back, and who the event log says did it."));
    return steps;
}

} // namespace

Result<ActionPlan> flagPlan(const ActionRequest &request, const FlagReading &reading, const Fleet *fleet, Instant now)
{
    const SetFlag &wish = std::get<SetFlag>(request.intent);
    const FlagState *state = reading.state(wish.environment);
    if (!state)
        return notInEnvironment(wish, reading);
    const FlagScene scene{request, wish, reading, *state, fleet, now};
    if (const auto refused = refusedFlag(scene))
        return *refused;
    const QString word = flagStateText(wish.enabled);
    ActionPlan plan;
    plan.title = FlagPlanWords::tr("Turn %1 %2 in %3").arg(wish.flag.name, word, wish.environment);
    plan.runLabel = FlagPlanWords::tr("Turn %1").arg(word);
    if (wish.endsAt) {
        plan.title += FlagPlanWords::tr(" until %1").arg(utcShortTimeText(*wish.endsAt));
        plan.runLabel += FlagPlanWords::tr(" for %1").arg(roughDurationText(*wish.endsAt - now));
    }
    plan.willChange = flagEffects(scene);
    plan.willNotChange = flagStays(scene);
    plan.diff = QStringLiteral("- %1: %2\n+ %1: %3").arg(wish.environment, flagStateText(state->enabled), word);
    plan.steps = flagSteps(scene);
    plan.checks = flagChecks(scene);
    plan.advisory = {QStringLiteral("last-change"), QStringLiteral("seen-by-others")};
    if (scene.isEndOfLease()) // nobody is there to accept one
        plan.advisory += {QStringLiteral("approval"), QStringLiteral("strategies")};
    plan.precondition = flagPrecondition(reading, wish.environment);
    plan.reverse = SetFlag{wish.flag, wish.environment, !wish.enabled, {},
                           wish.endsAt ? request.id.toString() : QString()};
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

QString flagPrecondition(const FlagReading &reading, const QString &environment)
{
    const FlagState *state = reading.state(environment);
    const FlagEvent *last = lastSwitch(reading, environment);
    return QStringLiteral("%1 %2 %3")
        .arg(state && state->enabled ? (*state->enabled ? QStringLiteral("on") : QStringLiteral("off"))
                                     : QStringLiteral("?"))
        .arg(last ? toEpochMs(last->at) : 0)
        .arg(reading.parsed.version);
}

const FlagEvent *lastSwitch(const FlagReading &reading, const QString &environment)
{
    const auto found = std::find_if(reading.events.begin(), reading.events.end(), [&](const FlagEvent &event) {
        return event.enabled.has_value() && event.environment == environment;
    });
    return found == reading.events.end() ? nullptr : &*found;
}

std::optional<bool> isOurs(const FlagReading &reading, const FlagEvent &event)
{
    if (reading.ourNames.isEmpty())
        return std::nullopt;
    return reading.ourNames.contains(event.who);
}

QString flagStateText(const std::optional<bool> &enabled)
{
    if (!enabled)
        return FlagPlanWords::tr("not known");
    return *enabled ? FlagPlanWords::tr("on") : FlagPlanWords::tr("off");
}

QString flagHandText(const FlagEvent &event)
{
    const QString who = event.who.isEmpty() ? FlagPlanWords::tr("somebody") : event.who;
    return FlagPlanWords::tr("%1 at %2 UTC").arg(who, utcShortTimeText(event.at));
}

} // namespace cockpit
