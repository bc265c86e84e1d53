// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/breaker/override_checks.h"

#include "app/actions/breaker/breaker_action.h"
#include "app/breakers/breaker_words.h"

#include <map>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

Evidence breakerCheck(Verdict verdict, const char *id, const QString &text, Instant now)
{
    return Evidence{verdict, QLatin1String(id), text, {}, {}, now, {}, {}};
}

/// At most five names, and how many more.
QString fewNames(const QStringList &names)
{
    constexpr qsizetype told = 5;
    if (names.size() <= told)
        return names.join(QStringLiteral(", "));
    return BreakerWords::tr("%1 and %2 more")
        .arg(names.first(told).join(QStringLiteral(", ")))
        .arg(names.size() - told);
}

} // namespace

QList<BreakerPod> targetedPods(const OverrideBreaker &intent, const Breaker &breaker)
{
    QList<BreakerPod> pods;
    for (const BreakerPod &pod : breaker.pods) {
        if (intent.pods.isEmpty() || intent.pods.contains(pod.pod))
            pods.append(pod);
    }
    return pods;
}

QStringList forcedPods(const Breaker &breaker)
{
    QStringList forced;
    for (const BreakerPod &pod : breaker.pods) {
        if (isForced(pod.state))
            forced.append(pod.pod + u'=' + toWireName(pod.state));
    }
    return forced;
}

QStringList podChanges(const OverrideBreaker &intent, const QList<BreakerPod> &pods)
{
    std::map<QString, QStringList> byState;
    for (const BreakerPod &pod : pods)
        byState[breakerStateText(pod.state)].append(pod.pod);
    QStringList lines;
    for (const auto &[state, names] : byState)
        lines.append(QStringLiteral("%1: %2 → %3").arg(fewNames(names), state, breakerModeText(intent.mode)));
    return lines;
}

QString overrideLabel(BreakerMode mode, Duration length)
{
    const QString time = roughDurationText(length + std::chrono::seconds(30));
    switch (mode) {
    case BreakerMode::ForceOpen:
        return BreakerWords::tr("Force open for %1").arg(time);
    case BreakerMode::ForceClosed:
        return BreakerWords::tr("Force closed for %1").arg(time);
    case BreakerMode::Disable:
        return BreakerWords::tr("Disable for %1").arg(time);
    case BreakerMode::Reset:
        return BreakerWords::tr("Reset");
    }
    return {};
}

Evidence podsCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now)
{
    QStringList silent;
    const QList<BreakerPod> pods = targetedPods(intent, breaker);
    for (const BreakerPod &pod : pods) {
        if (!pod.problem.isEmpty())
            silent.append(pod.pod);
    }
    if (silent.isEmpty())
        return breakerCheck(Verdict::Good, "pods", BreakerWords::tr("All %1 pods answer.").arg(pods.size()), now);
    return breakerCheck(
        Verdict::Bad, "pods",
        BreakerWords::tr("%1 of %2 pods cannot be told: %3.").arg(silent.size()).arg(pods.size()).arg(fewNames(silent)),
        now);
}

Evidence fallbackCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now)
{
    if (intent.mode != BreakerMode::ForceOpen)
        return breakerCheck(Verdict::Good, "fallback",
                            BreakerWords::tr("Users get the real answer of %1.").arg(breaker.to), now);
    if (breaker.fallback.isEmpty())
        return breakerCheck(
            Verdict::Bad, "fallback",
            BreakerWords::tr("No fallback is known: users get errors where %1 is needed.").arg(breaker.to), now);
    return breakerCheck(Verdict::Good, "fallback", BreakerWords::tr("Users get \"%1\".").arg(breaker.fallback), now);
}

Evidence stateCheck(const OverrideBreaker &intent, const Breaker &breaker, Instant now)
{
    const bool opened = breaker.state == BreakerState::Open || breaker.state == BreakerState::HalfOpen;
    if (!opened || intent.mode == BreakerMode::ForceOpen)
        return breakerCheck(Verdict::Good, "state",
                            BreakerWords::tr("It is %1 now.").arg(breakerStateText(breaker.state)), now);
    return breakerCheck(
        Verdict::Bad, "state",
        BreakerWords::tr("It is %1 because calls to %2 fail: they would all get through and wait again.")
            .arg(breakerStateText(breaker.state), breaker.to),
        now);
}

Evidence seenCheck(bool isSeen, Instant now)
{
    return isSeen ? breakerCheck(Verdict::Good, "seen", BreakerWords::tr("Other cockpits see it on the workload."), now)
                  : breakerCheck(Verdict::Bad, "seen", BreakerWords::tr("Other cockpits cannot see it."), now);
}

Evidence heldCheck(const Override &held, Instant now)
{
    return breakerCheck(Verdict::Bad, "override",
                        BreakerWords::tr("%1 holds it %2 until %3: \"%4\". Yours would replace that.")
                            .arg(held.actor, held.is, utcDateTimeText(held.until), held.reason),
                        now);
}

Evidence controllerCheck(const Breaker &breaker, Instant now)
{
    return breakerCheck(Verdict::Bad, "controller",
                        BreakerWords::tr("%1 owns this setting and may put it back.").arg(breaker.controlledBy), now);
}

QList<Evidence> podProof(const OverrideBreaker &intent, const QList<BreakerPod> &pods, Instant now)
{
    QList<Evidence> proof;
    for (const BreakerPod &pod : pods) {
        const Verdict verdict = isAsWanted(intent.mode, pod.state) ? Verdict::Good
                                : pod.problem.isEmpty()            ? Verdict::Bad
                                                                   : Verdict::Unknown;
        const QString words = pod.problem.isEmpty() ? breakerStateText(pod.state) : pod.problem;
        proof.append(Evidence{verdict,
                              QStringLiteral("pod:") + pod.pod,
                              pod.pod + QStringLiteral(": ") + words,
                              pod.pod,
                              {},
                              now,
                              {},
                              {}});
    }
    return proof;
}

} // namespace cockpit
