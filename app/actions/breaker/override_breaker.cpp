// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/breaker/override_breaker.h"

#include "app/actions/breaker/override_checks.h"
#include "app/breakers/breaker_words.h"

#include <algorithm>

namespace cockpit {

namespace {

const OverrideBreaker &overrideIntent(const ActionRequest &request)
{
    return std::get<OverrideBreaker>(request.intent);
}

Error refusedOverride(const QString &what, const QString &next)
{
    return Error{Error::Kind::Invalid, what, BreakerWords::tr("Nothing was sent."), next};
}

Error forcedMeanwhile(const Breaker &breaker)
{
    return Error{Error::Kind::Conflict,
                 BreakerWords::tr("%1 was overridden by somebody else after it was planned for: it is %2 now.")
                     .arg(breakerTitle(breaker), breakerStateText(breaker.state)),
                 BreakerWords::tr("Nothing was sent."), BreakerWords::tr("Look at it as it is now and decide again.")};
}

} // namespace

std::optional<Error> OverrideBreakerHandler::refusedBefore(const ActionRequest &request) const
{
    const OverrideBreaker &intent = overrideIntent(request);
    const Duration length = intent.endsAt - request.requestedAt;
    if (intent.mode == BreakerMode::Reset)
        return refusedOverride(BreakerWords::tr("A reset is no override."), BreakerWords::tr("Use reset."));
    if (request.reason.trimmed().isEmpty() && !request.preview)
        return refusedOverride(BreakerWords::tr("An override needs a reason."),
                               BreakerWords::tr("Say why: the next shift reads it."));
    if (intent.endsAt <= m_parts.clock.now())
        return refusedOverride(BreakerWords::tr("Its end is in the past."), BreakerWords::tr("Give it a length."));
    if (length > LeaseTerms::kLongest)
        return refusedOverride(BreakerWords::tr("An override holds for 24 h at most."),
                               BreakerWords::tr("Take less; it can be renewed."));
    constexpr std::chrono::seconds leeway{5};
    if (length > LeaseTerms::kLongestUnseen + leeway && !isSeen(intent.breaker))
        return refusedOverride(
            BreakerWords::tr("No other cockpit could see this override: such a one holds for 15 min at most."),
            BreakerWords::tr("Take 15 min, or name the `workload` of this source in the configuration."));
    return std::nullopt;
}

void OverrideBreakerHandler::plan(const ActionRequest &request, Planned done)
{
    if (const auto refused = refusedBefore(request))
        return done(*refused);
    look(
        overrideIntent(request).breaker,
        [this, request, done](const BreakerPtr &breaker, const BreakerLook &look) {
            done(planned(request, *breaker, look));
        },
        done);
}

Result<ActionPlan> OverrideBreakerHandler::planned(const ActionRequest &request, const Breaker &breaker,
                                                   const BreakerLook &look) const
{
    const OverrideBreaker &intent = overrideIntent(request);
    if (!breaker.readOnlyReason.isEmpty())
        return Error{
            Error::Kind::Forbidden,
            BreakerWords::tr("%1 cannot be overridden: %2.").arg(breakerTitle(breaker), breaker.readOnlyReason),
            BreakerWords::tr("Nothing was sent."),
            BreakerWords::tr("Switch the feature off or shed load instead, or change that service's settings.")};
    if (!breaker.possible.contains(intent.mode))
        return refusedOverride(BreakerWords::tr("%1 cannot be %2 at its backend (%3).")
                                   .arg(breakerTitle(breaker), breakerModeText(intent.mode), breaker.kind),
                               BreakerWords::tr("Choose another override."));
    const QList<BreakerPod> pods = targetedPods(intent, breaker);
    if (pods.isEmpty())
        return refusedOverride(BreakerWords::tr("%1 has no such pod.").arg(breakerTitle(breaker)), {});
    ActionPlan plan;
    plan.title = BreakerWords::tr("%1: %2 until %3")
                     .arg(breakerTitle(breaker), breakerModeText(intent.mode), utcShortTimeText(intent.endsAt));
    plan.runLabel = overrideLabel(intent.mode, intent.endsAt - m_parts.clock.now());
    plan.willChange = podChanges(intent, pods) + effects(intent, breaker);
    plan.willNotChange = {BreakerWords::tr("Other breakers of %1 stay.").arg(breaker.key.from.toString()),
                          BreakerWords::tr("At %1 it is given back by itself.").arg(utcDateTimeText(intent.endsAt))};
    plan.steps = {BreakerWords::tr("Write down the end."), BreakerWords::tr("Tell each pod, once."),
                  BreakerWords::tr("Read each pod back.")};
    plan.checks = checks(request, breaker, look);
    for (const char *told : {"clock", "fallback", "pods", "seen"})
        plan.advisory.append(QLatin1String(told));
    plan.precondition = forcedPods(breaker).join(u' ');
    plan.reverse = ResetBreaker{intent.breaker, request.id.toString()};
    return plan;
}

QStringList OverrideBreakerHandler::effects(const OverrideBreaker &intent, const Breaker &breaker) const
{
    QStringList lines;
    const QString from = breaker.key.from.toString();
    if (intent.mode == BreakerMode::ForceOpen) {
        lines.append(
            breaker.fallback.isEmpty()
                ? BreakerWords::tr("Each call of %1 to %2 fails at once: no fallback is known.").arg(from, breaker.to)
                : BreakerWords::tr("%1 serves \"%2\" instead of %3.").arg(from, breaker.fallback, breaker.to));
    } else {
        lines.append(BreakerWords::tr("Every call of %1 reaches %2, however many fail.").arg(from, breaker.to));
    }
    QStringList callers;
    for (const ServiceId &caller : m_parts.callersOf ? m_parts.callersOf(breaker.key.from) : QList<ServiceId>())
        callers.append(caller.toString());
    if (!callers.isEmpty())
        lines.append(BreakerWords::tr("Callers of %1 feel it: %2.").arg(from, callers.join(QStringLiteral(", "))));
    return lines;
}

QList<Evidence> OverrideBreakerHandler::checks(const ActionRequest &request, const Breaker &breaker,
                                               const BreakerLook &look) const
{
    const OverrideBreaker &intent = overrideIntent(request);
    const Instant now = m_parts.clock.now();
    QList<Evidence> list{podsCheck(intent, breaker, now), fallbackCheck(intent, breaker, now),
                         stateCheck(intent, breaker, now), seenCheck(isSeen(intent.breaker), now)};
    const auto held = overrideOf(intent.breaker);
    if (held && intent.pods.isEmpty())
        list.append(heldCheck(*held, now));
    if (!breaker.controlledBy.isEmpty())
        list.append(controllerCheck(breaker, now));
    if (const auto clock = clockCheck(look))
        list.append(*clock);
    return list;
}

void OverrideBreakerHandler::send(const ActionRecord &record, Event done)
{
    look(
        overrideIntent(record.request).breaker,
        [this, record, done](const BreakerPtr &breaker, const BreakerLook &) {
            if (forcedPods(*breaker).join(u' ') != record.plan.precondition)
                return done(ServerRefused{forcedMeanwhile(*breaker), true});
            keepLease(record, *breaker, done);
        },
        [done](const Error &error) {
            done(ServerRefused{error, true});
        });
}

void OverrideBreakerHandler::keepLease(const ActionRecord &record, const Breaker &breaker, Event done)
{
    const OverrideBreaker &intent = overrideIntent(record.request);
    const auto held = overrideOf(intent.breaker);
    const std::weak_ptr<bool> alive = m_alive;
    if (!held)
        return writeLease(record, breaker, {}, done);
    m_parts.leases.find(held->id, [this, alive, record, breaker, done](const Result<std::optional<Lease>> &lease) {
        if (alive.expired())
            return;
        // Another cockpit's: what its pods were before is not known; at least not forced.
        const BreakerHold before = lease && *lease ? decodeBreakerHold((*lease)->detail) : BreakerHold{};
        writeLease(record, breaker, before, done);
    });
}

void OverrideBreakerHandler::writeLease(const ActionRecord &record, const Breaker &breaker,
                                        const std::optional<BreakerHold> &taken, Event done)
{
    const OverrideBreaker &intent = overrideIntent(record.request);
    BreakerHold hold{intent.mode, {}};
    for (const BreakerPod &pod : targetedPods(intent, breaker)) {
        const bool isHeld = taken && isForced(pod.state);
        hold.before.insert(pod.pod, isHeld ? taken->before.value(pod.pod, BreakerState::Closed) : pod.state);
    }
    const Lease lease = leaseFor(record, breakerTitle(breaker), breakerStateText(breaker.state),
                                 breakerModeText(intent.mode), m_parts.clock.now(), intent.endsAt,
                                 ResetBreaker{intent.breaker, record.request.id.toString()}, encodeBreakerHold(hold));
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.write(lease, [this, alive, record, lease, done](const Result<Done> &written) {
        if (alive.expired())
            return;
        if (!written)
            return done(ServerRefused{written.error(), true});
        tellBoard(record, lease, done);
    });
}

void OverrideBreakerHandler::tellBoard(const ActionRecord &record, const Lease &lease, Event done)
{
    const OverrideBreaker intent = overrideIntent(record.request);
    if (!isSeen(intent.breaker))
        return tellPods(record, lease, done);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.board.post(intent.breaker, lease, false, [this, alive, record, lease, done](const Result<Done> &posted) {
        if (alive.expired())
            return;
        const bool tooLong = lease.endsAt - lease.startsAt > LeaseTerms::kLongestUnseen + std::chrono::seconds(5);
        if (!posted && tooLong) {
            Error error = posted.error();
            error.what = BreakerWords::tr("Other cockpits could not be told of it: %1").arg(error.what);
            error.meaning = BreakerWords::tr("Nothing was sent: unseen, an override holds for 15 min at most.");
            return done(ServerRefused{error, true});
        }
        tellPods(record, lease, done);
    });
}

void OverrideBreakerHandler::tellPods(const ActionRecord &record, const Lease &lease, Event done)
{
    const OverrideBreaker intent = overrideIntent(record.request);
    BreakerSource *source = m_parts.source(intent.breaker.source);
    if (!source)
        return done(
            ServerRefused{Error{Error::Kind::Unavailable, BreakerWords::tr("Its source is gone."), {}, {}}, true});
    BreakerOrder order{intent.breaker.name, {}, {lease.actor, lease.reason, lease.endsAt - m_parts.clock.now()}};
    const BreakerHold hold = decodeBreakerHold(lease.detail);
    for (auto pod = hold.before.constBegin(); pod != hold.before.constEnd(); ++pod)
        order.modes.insert(pod.key(), intent.mode);
    const std::weak_ptr<bool> alive = m_alive;
    source->apply(order, [this, alive, intent, lease, done](const QList<PodOutcome> &outcomes) {
        if (alive.expired())
            return;
        const ActionEvent event = afterOrder(outcomes, lease.id);
        if (std::holds_alternative<ServerRefused>(event) && isSeen(intent.breaker))
            m_parts.board.post(intent.breaker, lease, true, [](const Result<Done> &) {});
        done(event);
    });
}

void OverrideBreakerHandler::verify(const ActionRecord &record, Event done)
{
    const OverrideBreaker intent = overrideIntent(record.request);
    look(
        intent.breaker,
        [this, intent, done](const BreakerPtr &breaker, const BreakerLook &) {
            QStringList others;
            const QList<BreakerPod> pods = targetedPods(intent, *breaker);
            for (const BreakerPod &pod : pods) {
                if (!isAsWanted(intent.mode, pod.state))
                    others.append(pod.pod);
            }
            const QList<Evidence> proof = podProof(intent, pods, m_parts.clock.now());
            if (others.isEmpty())
                return done(EffectProven{BreakerWords::tr("All %1 pods are %2 until %3.")
                                             .arg(pods.size())
                                             .arg(breakerModeText(intent.mode), utcShortTimeText(intent.endsAt)),
                                         {},
                                         {},
                                         proof});
            const QString missing = others.join(QStringLiteral(", "));
            done(EffectNotProven{Error{Error::Kind::Conflict,
                                       BreakerWords::tr("%1 of %2 pods are %3, not %4.")
                                           .arg(pods.size() - others.size())
                                           .arg(pods.size())
                                           .arg(breakerModeText(intent.mode), missing),
                                       BreakerWords::tr("The others still decide for themselves."),
                                       BreakerWords::tr("Retry for %1.").arg(missing)},
                                 proof});
        },
        [done](const Error &error) { done(OutcomeNotKnown{error}); });
}

} // namespace cockpit
