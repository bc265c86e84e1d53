// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "app/cli/hold_foreground.h"
#include "app/cli/output.h"
#include "app/formats/breakers_json.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace cockpit {

namespace {

QString breakerText(const char *text) { return QCoreApplication::translate("CommandLine", text); }

QString ratioText(const std::optional<double> &ratio)
{
    return ratio ? QString::number(*ratio * 100, 'f', 1) + QStringLiteral(" %") : QStringLiteral("?");
}

QString podStates(const Breaker &breaker)
{
    if (!breaker.isMixed && std::all_of(breaker.pods.begin(), breaker.pods.end(),
                                        [](const BreakerPod &pod) { return pod.problem.isEmpty(); }))
        return breakerText("%1 pods").arg(breaker.pods.size());
    QStringList pods;
    for (const BreakerPod &pod : breaker.pods)
        pods.append(pod.pod + u'=' + (pod.problem.isEmpty() ? toWireName(pod.state) : QStringLiteral("?")));
    return pods.join(u' ');
}

QString breakerTable(const BreakerStore &store)
{
    QList<QStringList> rows{{breakerText("FROM"), breakerText("TO"), breakerText("NAME"), breakerText("STATE"),
                             breakerText("FAILED"), breakerText("PODS"), breakerText("FALLBACK"),
                             breakerText("OVERRIDE")}};
    for (const BreakerPtr &one : store.breakers()) {
        const Override *held = store.overrideOf(one->key);
        rows.append({one->key.from.toString(), one->to, one->key.name, toWireName(one->state),
                     ratioText(one->failureRatio), podStates(*one), one->fallback,
                     held ? breakerText("%1 until %2").arg(held->actor, utcShortTimeText(held->until)) : QString()});
    }
    return table(rows);
}

QString overrideTable(const QList<Override> &overrides, Instant now)
{
    QList<QStringList> rows{{breakerText("TARGET"), breakerText("WAS"), breakerText("IS"), breakerText("BY"),
                             breakerText("REASON"), breakerText("ENDS"), breakerText("TROUBLE")}};
    for (const Override &one : overrides) {
        const QString ends = one.isOverdue(now) ? breakerText("%1 ago").arg(roughDurationText(now - one.until))
                                                : breakerText("in %1").arg(roughDurationText(one.until - now));
        rows.append({one.target, one.was, one.is, one.actor, one.reason, ends, one.trouble});
    }
    return table(rows);
}

Error breakerRefusal(const QString &what, const QString &next)
{
    return Error{Error::Kind::NotFound, what, breakerText("Nothing was sent."), next};
}

Result<BreakerPtr> breakerNamed(const BreakerStore &store, const QString &from, const QString &to)
{
    if (!store.breakersKnown())
        return breakerRefusal(breakerText("No source of circuit breakers has answered."),
                              breakerText("Look at `status`, and at `breakers:` in the configuration."));
    const QList<BreakerPtr> found = store.between(ServiceId(from), to);
    if (found.size() == 1)
        return found.first();
    QStringList names;
    for (const BreakerPtr &one : store.breakers()) {
        if (found.isEmpty() ? true : found.contains(one))
            names.append(one->key.from.toString() + u' ' + one->key.name);
    }
    names.resize(std::min<qsizetype>(names.size(), 10));
    return breakerRefusal(found.isEmpty() ? breakerText("There is no breaker of %1 towards %2.").arg(from, to)
                                          : breakerText("Several breakers of %1 lead to %2.").arg(from, to),
                          breakerText("Name one of: %1.").arg(names.join(QStringLiteral("; "))));
}

Result<ActionIntent> breakerIntent(const Invocation &invocation, const Breaker &breaker, Instant now)
{
    const auto mode = breakerModeFromWireName(invocation.mode);
    if (!mode)
        return breakerRefusal(breakerText("What is to be done?"),
                              breakerText("Give --force-open, --force-closed, --disable or --reset."));
    if (*mode == BreakerMode::Reset)
        return ActionIntent(ResetBreaker{breaker.key, {}});
    return ActionIntent(OverrideBreaker{breaker.key, *mode, now + invocation.length, invocation.pods});
}

bool nothingOverdue(const Cockpit &cockpit)
{
    const QList<Override> &overrides = cockpit.breakers().overrides();
    return std::none_of(overrides.cbegin(), overrides.cend(),
                        [](const Override &one) { return !one.trouble.isEmpty(); });
}

} // namespace

void runBreakers(Session &session, const Invocation &invocation, Finish finish)
{
    whenOverridesKnown(session, invocation, [&session, invocation, finish] {
        const BreakerStore &store = session.cockpit().breakers();
        if (invocation.json)
            printOut(breakersJson(store.breakers(), store.overrides()));
        else if (!store.breakersKnown())
            printOut(breakerText("No source of circuit breakers has answered."));
        else
            printOut(breakerTable(store));
        finish(store.breakersKnown() ? exitCode::ok : 3);
    });
}

void runOverrides(Session &session, const Invocation &invocation, Finish finish)
{
    const auto print = [&session, invocation, finish] {
        const QList<Override> &overrides = session.cockpit().breakers().overrides();
        const Instant now = session.clock().now();
        if (invocation.json)
            printOut(overridesJson(overrides, now));
        else if (overrides.isEmpty())
            printOut(breakerText("Nothing is overridden."));
        else
            printOut(overrideTable(overrides, now));
        const bool trouble =
            std::any_of(overrides.begin(), overrides.end(), [](const Override &one) { return !one.trouble.isEmpty(); });
        finish(trouble ? 1 : exitCode::ok);
    };
    // What should have ended is ended by whoever runs: this command too, which stays for it as long as it waits for a
    // source.
    whenOverridesKnown(session, invocation,
                       [&session, invocation, print] { whenReady(session, invocation, nothingOverdue, print); });
}

void runBreaker(Session &session, const Invocation &invocation, Finish finish)
{
    const QString from = invocation.arguments.value(0);
    const QString to = invocation.arguments.value(1);
    whenOverridesKnown(session, invocation, [&session, invocation, finish, from, to] {
        const QString target = from + QStringLiteral(" → ") + to;
        const auto breaker = breakerNamed(session.cockpit().breakers(), from, to);
        if (!breaker)
            return refuseAction(invocation, {.target = target, .intent = OverrideBreaker{}}, breaker.error(), finish);
        const auto intent = breakerIntent(invocation, **breaker, session.clock().now());
        if (!intent)
            return refuseAction(invocation, {.target = target, .intent = OverrideBreaker{}}, intent.error(), finish);
        const bool holds = std::holds_alternative<OverrideBreaker>(*intent) && !invocation.dryRun;
        const ActionRequest request =
            session.cockpit().completed({.target = target, .service = (*breaker)->key.from, .intent = *intent});
        runAction(session, invocation, request,
                  holds ? stayWhileHeld(session, invocation, request.id, finish) : finish);
    });
}

} // namespace cockpit
