// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rollout_guard.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

/// Older verdicts prove nothing; the cockpit judges each 30 s.
constexpr Duration oldestVerdict{std::chrono::minutes(2)};
/// A countdown that ended longer ago was slept through.
constexpr Duration longestOverrun{std::chrono::seconds(30)};

QString guardWords(const char *text) { return QCoreApplication::translate("RolloutGuard", text); }

Error guardRefusal(const QString &what, const QString &next)
{
    return {Error::Kind::Invalid, what, guardWords("The guard was not armed."), next};
}

/// Why this sight proves nothing; empty when it does.
QString staleWords(const GuardSight &sight, Instant now)
{
    if (sight.dataStale)
        return sight.words.isEmpty() ? guardWords("the data is old") : sight.words;
    if (!sight.verdict)
        return guardWords("there is no verdict");
    const Duration age = now - sight.verdict->at;
    return age > oldestVerdict ? guardWords("the last verdict is %1 old").arg(roughDurationText(age)) : QString();
}

bool isTriggered(const CanaryVerdict &verdict)
{
    const bool met = std::any_of(verdict.criteria.begin(), verdict.criteria.end(), [](const CriterionVerdict &rule) {
        return rule.kind == CriterionVerdict::Kind::Rollback && rule.result == CriterionVerdict::Result::Fail;
    });
    return met || verdict.rollBackNow;
}

RolloutGuard inState(RolloutGuard guard, RolloutGuard::State state, const QString &words)
{
    guard.state = state;
    guard.words = words;
    guard.actsAt.reset();
    return guard;
}

RolloutGuard counting(const RolloutGuard &guard, const CanaryVerdict &verdict, Instant now)
{
    if (guard.state != RolloutGuard::State::Counting || !guard.actsAt) {
        RolloutGuard begun = inState(guard, RolloutGuard::State::Counting, verdict.words);
        begun.actsAt = now + kGuardCountdown;
        return begun;
    }
    if (now - *guard.actsAt > longestOverrun)
        return disarmGuard(guard, guardWords("nobody watched while its countdown ran out"));
    if (now >= *guard.actsAt)
        return inState(guard, RolloutGuard::State::Acting, verdict.words);
    return guard;
}

} // namespace

Result<RolloutGuard> armGuard(const ObjectKey &object, const QString &actor, const GuardSight &sight, Instant now)
{
    if (!sight.updating)
        return guardRefusal(guardWords("Nothing rolls out here now."), {});
    if (sight.sourceLost)
        return guardRefusal(guardWords("A source that it needs does not answer: %1.").arg(sight.words),
                            guardWords("Arm it when the source answers again."));
    if (const QString stale = staleWords(sight, now); !stale.isEmpty())
        return guardRefusal(guardWords("What is known is not fresh: %1.").arg(stale),
                            guardWords("Arm it when new figures are there."));
    if (sight.verdict->measures.split == TrackSplit::None)
        return guardRefusal(guardWords("Canary and stable cannot be told apart, so it could never act."), {});
    if (sight.verdict->enforced.verdict == Evidence::Verdict::Good)
        return guardRefusal(guardWords("The cluster enforces the policy itself."), {});
    return RolloutGuard{.object = object, .armedBy = actor, .armedAt = now};
}

RolloutGuard stepGuard(const RolloutGuard &guard, const GuardSight &sight, Instant now)
{
    using State = RolloutGuard::State;
    if (guard.state == State::Disarmed)
        return guard;
    if (!sight.updating)
        return disarmGuard(guard, guard.state == State::Acting ? guardWords("the rollback was asked for")
                                                               : guardWords("nothing rolls out here any more"));
    if (guard.state == State::Acting)
        return guard;
    if (sight.sourceLost)
        return disarmGuard(guard, sight.words.isEmpty() ? guardWords("a source was lost") : sight.words);
    if (const QString stale = staleWords(sight, now); !stale.isEmpty())
        return inState(guard, State::Holding, guardWords("It holds: %1.").arg(stale));
    const CanaryVerdict &verdict = *sight.verdict;
    if (!isTriggered(verdict))
        return inState(guard, State::Armed, {});
    return verdict.rollBackNow ? counting(guard, verdict, now) : inState(guard, State::Holding, verdict.words);
}

RolloutGuard disarmGuard(const RolloutGuard &guard, const QString &why)
{
    return inState(guard, RolloutGuard::State::Disarmed,
                   guardWords("The guard of %1 is off: %2.").arg(guard.object.name, why));
}

} // namespace cockpit
