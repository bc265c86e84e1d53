// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/breaker/reset_breaker.h"

#include "app/breakers/breaker_words.h"

#include <algorithm>

namespace cockpit {

namespace {

const ResetBreaker &resetIntent(const ActionRequest &request) { return std::get<ResetBreaker>(request.intent); }

/// The way back to what a pod was before.
BreakerMode modeBackTo(BreakerState before)
{
    switch (before) {
    case BreakerState::ForcedOpen:
        return BreakerMode::ForceOpen;
    case BreakerState::ForcedClosed:
        return BreakerMode::ForceClosed;
    case BreakerState::Disabled:
        return BreakerMode::Disable;
    default:
        return BreakerMode::Reset;
    }
}

/// It did not answer; one that answered and has no such breaker yet had no calls.
bool isUnread(const BreakerPod &pod) { return !pod.problem.isEmpty() && !pod.bufferedCalls; }

QString leftText(const QStringList &left)
{
    constexpr qsizetype told = 5;
    return left.isEmpty() ? QString() : u' ' + left.first(std::min(told, left.size())).join(u' ');
}

Evidence resetCheck(Evidence::Verdict verdict, const char *id, const QString &text, Instant now)
{
    return Evidence{verdict, QLatin1String(id), text, {}, {}, now, {}, {}};
}

} // namespace

BreakerReset resetOf(const Breaker &breaker, const std::optional<BreakerHold> &hold)
{
    BreakerReset reset;
    for (const BreakerPod &pod : breaker.pods) {
        if (!pod.problem.isEmpty()) {
            // A pod that has not made the breaker yet holds nothing; one that does not answer may.
            if (isUnread(pod) && (!hold || hold->before.contains(pod.pod)))
                reset.left.append(BreakerWords::tr("%1 could not be read: %2").arg(pod.pod, pod.problem));
            continue;
        }
        if (!hold) {
            reset.modes.insert(pod.pod, BreakerMode::Reset);
            continue;
        }
        const bool isOurs = isAsWanted(hold->mode, pod.state);
        const auto before = hold->before.constFind(pod.pod);
        const bool known = before != hold->before.constEnd();
        if (!isOurs && known)
            reset.left.append(BreakerWords::tr("%1 is %2: somebody changed it, or it restarted.")
                                  .arg(pod.pod, breakerStateText(pod.state)));
        else if (isOurs && known && isAsWanted(hold->mode, *before))
            reset.left.append(BreakerWords::tr("%1 was %2 before.").arg(pod.pod, breakerStateText(*before)));
        else if (isOurs)
            reset.modes.insert(pod.pod, known ? modeBackTo(*before) : BreakerMode::Reset);
    }
    return reset;
}

void ResetBreakerHandler::find(const ResetBreaker &intent, Found done, Failed failed) const
{
    const auto withLease = [this, intent, done, failed](const std::optional<Lease> &lease) {
        look(
            intent.breaker,
            [done, lease](const BreakerPtr &breaker, const BreakerLook &look) { done(breaker, lease, look); }, failed);
    };
    if (intent.lease.isEmpty())
        return withLease(std::nullopt);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.find(intent.lease, [alive, withLease, failed](const Result<std::optional<Lease>> &lease) {
        if (alive.expired())
            return;
        lease ? withLease(*lease) : failed(lease.error());
    });
}

std::optional<BreakerHold> ResetBreakerHandler::holdOf(const ResetBreaker &intent, const std::optional<Lease> &lease)
{
    if (lease && !lease->detail.isEmpty())
        return decodeBreakerHold(lease->detail);
    // Another cockpit's: what it was before is not known here. A person who resets means all of it.
    Q_UNUSED(intent)
    return std::nullopt;
}

void ResetBreakerHandler::plan(const ActionRequest &request, Planned done)
{
    find(
        resetIntent(request),
        [this, request, done](const BreakerPtr &breaker, const std::optional<Lease> &lease, const BreakerLook &look) {
            done(planned(request, *breaker, lease, look));
        },
        done);
}

Result<ActionPlan> ResetBreakerHandler::planned(const ActionRequest &request, const Breaker &breaker,
                                                const std::optional<Lease> &lease, const BreakerLook &look) const
{
    const ResetBreaker &intent = resetIntent(request);
    if (!breaker.readOnlyReason.isEmpty())
        return Error{Error::Kind::Forbidden,
                     BreakerWords::tr("%1 cannot be reset: %2.").arg(breakerTitle(breaker), breaker.readOnlyReason),
                     BreakerWords::tr("Nothing was sent."), BreakerWords::tr("Change that service's settings.")};
    if (!breaker.possible.contains(BreakerMode::Reset))
        return Error{Error::Kind::Invalid,
                     BreakerWords::tr("%1 can only be looked at.").arg(breakerTitle(breaker)),
                     BreakerWords::tr("Nothing was sent."),
                     {}};
    const BreakerReset reset = resetOf(breaker, holdOf(intent, lease));
    const Instant now = m_parts.clock.now();
    ActionPlan plan;
    plan.title = intent.lease.isEmpty() ? BreakerWords::tr("%1: reset").arg(breakerTitle(breaker))
                                        : BreakerWords::tr("%1: end the override").arg(breakerTitle(breaker));
    plan.runLabel = intent.lease.isEmpty() ? BreakerWords::tr("Reset") : BreakerWords::tr("Revert now");
    plan.willChange = {
        reset.modes.isEmpty()
            ? BreakerWords::tr("Nothing is left to be taken back.")
            : BreakerWords::tr("%1 pods decide for themselves again, counting anew.").arg(reset.modes.size())};
    if (!reset.modes.isEmpty())
        plan.willChange.append(
            BreakerWords::tr("Calls of %1 reach %2 again.").arg(breaker.key.from.toString(), breaker.to));
    plan.willNotChange = reset.left;
    plan.steps = {BreakerWords::tr("Tell each pod, once."), BreakerWords::tr("Read each pod back.")};
    const auto held = overrideOf(intent.breaker);
    if (held && held->actor != request.actor)
        plan.checks.append(resetCheck(Evidence::Verdict::Bad, "owner",
                                      BreakerWords::tr("%1 overrode it until %2: \"%3\".")
                                          .arg(held->actor, utcDateTimeText(held->until), held->reason),
                                      now));
    if (const auto clock = clockCheck(look))
        plan.checks.append(*clock);
    plan.advisory = {QStringLiteral("owner"), QStringLiteral("clock")}; // giving back is never refused, only told
    return plan;
}

void ResetBreakerHandler::send(const ActionRecord &record, Event done)
{
    const ResetBreaker intent = resetIntent(record.request);
    const std::weak_ptr<bool> alive = m_alive;
    find(
        intent,
        [this, alive, intent, record, done](const BreakerPtr &breaker, const std::optional<Lease> &lease,
                                            const BreakerLook &) {
            const BreakerReset reset = resetOf(*breaker, holdOf(intent, lease));
            BreakerSource *source = m_parts.source(intent.breaker.source);
            if (reset.modes.isEmpty() || !source)
                return done(ServerAccepted{
                    BreakerWords::tr("Nothing was left to be taken back.") + leftText(reset.left), intent.lease,
                    leftText(reset.left)});
            const BreakerOrder order{
                intent.breaker.name, reset.modes, {record.request.actor, record.request.reason, {}}};
            source->apply(order, [alive, intent, left = leftText(reset.left), done](const QList<PodOutcome> &outcomes) {
                if (alive.expired())
                    return;
                ActionEvent event = afterOrder(outcomes, intent.lease.isEmpty() ? QStringLiteral("reset") : intent.lease);
                if (auto *accepted = std::get_if<ServerAccepted>(&event))
                    accepted->member = left; // the proof tells it, when what was restored looks the same as what was left
                done(event);
            });
        },
        [done](const Error &error) {
            done(ServerRefused{error, true});
        });
}

void ResetBreakerHandler::verify(const ActionRecord &record, Event done)
{
    const ResetBreaker intent = resetIntent(record.request);
    find(
        intent,
        [this, intent, left = record.serverName, done](const BreakerPtr &breaker, const std::optional<Lease> &lease,
                                                       const BreakerLook &) {
            const auto hold = holdOf(intent, lease);
            const BreakerReset reset = resetOf(*breaker, hold);
            QStringList held;
            QStringList unread;
            for (const BreakerPod &pod : breaker->pods) {
                const bool still = hold ? reset.modes.contains(pod.pod) : isForced(pod.state);
                if (still)
                    held.append(pod.pod);
                else if (isUnread(pod) && hold && hold->before.contains(pod.pod))
                    unread.append(pod.pod);
            }
            if (held.isEmpty() && unread.isEmpty()) {
                clearBoard(intent);
                return done(EffectProven{BreakerWords::tr("%1 decides for itself again.").arg(breakerTitle(*breaker)) + left,
                                         {},
                                         {},
                                         {}});
            }
            const QString pods = (held + unread).join(QStringLiteral(", "));
            done(EffectNotProven{Error{Error::Kind::Conflict,
                                       held.isEmpty()
                                           ? BreakerWords::tr("It is not known whether it ended on %1.").arg(pods)
                                           : BreakerWords::tr("It has not ended on %1.").arg(pods),
                                       BreakerWords::tr("Calls are still decided by the override there."),
                                       BreakerWords::tr("Revert again when those pods answer.")},
                                 {}});
        },
        [done](const Error &error) { done(OutcomeNotKnown{error}); });
}

void ResetBreakerHandler::clearBoard(const ResetBreaker &intent)
{
    if (!m_parts.board.isSeen || !m_parts.board.isSeen(intent.breaker))
        return;
    Lease lease;
    lease.id = intent.lease;
    m_parts.board.post(intent.breaker, lease, true, [](const Result<Done> &) {});
}

} // namespace cockpit
