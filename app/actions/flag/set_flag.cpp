// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/flag/set_flag.h"

#include "app/actions/flag/flag_plan.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct SetFlagWords {
    Q_DECLARE_TR_FUNCTIONS(SetFlag)
};

const SetFlag &flagWish(const ActionRequest &request) { return std::get<SetFlag>(request.intent); }

QString flagTitle(const SetFlag &wish)
{
    return SetFlagWords::tr("%1 in %2").arg(wish.flag.name, wish.environment);
}

/// Somebody switched it after the lease did, whatever it is now.
const FlagEvent *foreignSwitch(const FlagReading &reading, const SetFlag &wish, Instant since)
{
    const auto found = std::find_if(reading.events.begin(), reading.events.end(), [&](const FlagEvent &event) {
        return event.enabled.has_value() && event.environment == wish.environment && event.at >= since &&
               isOurs(reading, event) == false;
    });
    return found == reading.events.end() ? nullptr : &*found;
}

Error changedMeanwhile(const SetFlag &wish, const FlagReading &reading)
{
    const FlagEvent *last = lastSwitch(reading, wish.environment);
    const FlagState *state = reading.state(wish.environment);
    const QString now = flagStateText(state ? state->enabled : std::nullopt);
    return {Error::Kind::Conflict,
            last ? SetFlagWords::tr("%1 changed since it was planned for: it is %2, switched by %3.")
                       .arg(flagTitle(wish), now, flagHandText(*last))
                 : SetFlagWords::tr("%1 changed since it was planned for: it is %2.").arg(flagTitle(wish), now),
            SetFlagWords::tr("Nothing was sent."), SetFlagWords::tr("Look at it as it is now and decide again.")};
}

/// Sentence about who did it, after it is as it was wanted.
QString proofText(const SetFlag &wish, const FlagReading &reading)
{
    const QString is = SetFlagWords::tr("%1 is %2.").arg(flagTitle(wish), flagStateText(wish.enabled));
    const FlagEvent *last = lastSwitch(reading, wish.environment);
    const QString who = last ? SetFlagWords::tr(" The event log says: by %1.").arg(flagHandText(*last))
                             : SetFlagWords::tr(" The event log does not tell who did it.");
    return is + who +
           SetFlagWords::tr(" Callers see it within about %1.").arg(roughDurationText(reading.sdkDelay));
}

} // namespace

void SetFlagHandler::read(const ActionRequest &request, Read then)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.flags.read(flagWish(request).flag, [alive, then = std::move(then)](const Result<FlagReading> &reading) {
        if (!alive.expired())
            then(reading);
    });
}

void SetFlagHandler::plan(const ActionRequest &request, Planned done)
{
    read(request, [this, request, done](const Result<FlagReading> &reading) {
        if (!reading)
            return done(reading.error());
        const auto fleet = m_parts.fleet ? m_parts.fleet() : nullptr;
        done(flagPlan(request, *reading, fleet.get(), m_parts.clock.now()));
    });
}

void SetFlagHandler::send(const ActionRecord &record, Event done)
{
    read(record.request, [this, record, done](const Result<FlagReading> &reading) {
        if (!reading)
            return done(ServerRefused{reading.error(), true});
        if (!flagWish(record.request).lease.isEmpty())
            return endLease(record, *reading, done);
        sendRead(record, *reading, done);
    });
}

void SetFlagHandler::sendRead(const ActionRecord &record, const FlagReading &reading, Event done)
{
    const SetFlag &wish = flagWish(record.request);
    if (flagPrecondition(reading, wish.environment) != record.plan.precondition)
        return done(ServerRefused{changedMeanwhile(wish, reading), true});
    if (wish.endsAt)
        return keepLease(record, reading, std::move(done));
    sendSwitch(record, reading, std::move(done));
}

void SetFlagHandler::keepLease(const ActionRecord &record, const FlagReading &reading, Event done)
{
    const SetFlag &wish = flagWish(record.request);
    const FlagState *state = reading.state(wish.environment);
    const SetFlag revert{wish.flag, wish.environment, !wish.enabled, {}, record.request.id.toString()};
    const Lease lease =
        leaseFor(record, flagTitle(wish), flagStateText(state ? state->enabled : std::nullopt),
                 flagStateText(wish.enabled), m_parts.clock.now(), *wish.endsAt, ActionIntent(revert));
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.write(lease, [this, alive, record, reading, done](const Result<Done> &written) {
        if (alive.expired())
            return;
        if (!written) {
            Error error = written.error();
            error.meaning = SetFlagWords::tr("Its end could not be written down, so nothing was sent.");
            return done(ServerRefused{error, true});
        }
        sendSwitch(record, reading, done);
    });
}

void SetFlagHandler::sendSwitch(const ActionRecord &record, const FlagReading &reading, Event done)
{
    const SetFlag &wish = flagWish(record.request);
    const bool activate = wish.enabled && reading.parsed.enabledStrategies == 0 &&
                          reading.parsed.disabledStrategies.value_or(0) > 0;
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.flags.set({wish.flag, wish.environment, wish.enabled, activate, record.request.reason},
                      [alive, wish, done](const Result<Done> &answer) {
                          if (alive.expired())
                              return;
                          if (answer)
                              return done(ServerAccepted{
                                  SetFlagWords::tr("Its service took it."), wish.flag.name, wish.flag.source.toString()});
                          if (KubernetesCalls::outcomeIsKnown(answer.error()))
                              return done(ServerRefused{answer.error()});
                          done(OutcomeNotKnown{answer.error()});
                      });
}

void SetFlagHandler::endLease(const ActionRecord &record, const FlagReading &reading, Event done)
{
    const SetFlag &wish = flagWish(record.request);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.find(wish.lease, [this, alive, record, reading, wish, done](const Result<std::optional<Lease>> &lease) {
        if (alive.expired())
            return;
        if (!lease)
            return done(ServerRefused{lease.error(), true});
        const FlagState *state = reading.state(wish.environment);
        const FlagEvent *other = *lease ? foreignSwitch(reading, wish, (*lease)->startsAt) : nullptr;
        if (state && state->enabled != wish.enabled && !other)
            return sendSwitch(record, reading, done);
        const QString words =
            other    ? SetFlagWords::tr("Left as it is (%1): switched meanwhile by %2.")
                           .arg(flagStateText(state ? state->enabled : std::nullopt), flagHandText(*other))
            : !state ? SetFlagWords::tr("%1 is gone: there is nothing left to put back.").arg(flagTitle(wish))
                     : SetFlagWords::tr("%1 is %2 already.").arg(flagTitle(wish), flagStateText(state->enabled));
        done(ServerAccepted{words, QStringLiteral("left"), wish.flag.source.toString()});
    });
}

void SetFlagHandler::verify(const ActionRecord &record, Event done)
{
    if (record.serverReference == u"left")
        return done(EffectProven{record.steps.isEmpty() ? QString() : record.steps.last().text, {}, {}, {}});
    read(record.request, [record, done](const Result<FlagReading> &reading) {
        if (!reading)
            return done(OutcomeNotKnown{reading.error()});
        const SetFlag &wish = flagWish(record.request);
        const FlagState *state = reading->state(wish.environment);
        if (state && state->enabled == wish.enabled)
            return done(EffectProven{proofText(wish, *reading), {}, {}, {}});
        done(EffectNotProven{
            {Error::Kind::Conflict,
             SetFlagWords::tr("%1 is still %2, although its service took the switch.")
                 .arg(flagTitle(wish), flagStateText(state ? state->enabled : std::nullopt)),
             SetFlagWords::tr("Something else holds it, or switched it back."),
             SetFlagWords::tr("Look at its event log.")},
            {}});
    });
}

void SetFlagHandler::settle(const ActionRecord &record, Event done)
{
    read(record.request, [record, done](const Result<FlagReading> &reading) {
        if (!reading)
            return done(OutcomeNotKnown{reading.error()});
        const SetFlag &wish = flagWish(record.request);
        const FlagState *state = reading->state(wish.environment);
        const FlagEvent *last = lastSwitch(*reading, wish.environment);
        const bool isThere = state && state->enabled == wish.enabled;
        if (isThere && last && isOurs(*reading, *last) == false)
            return done(EffectNotProven{{Error::Kind::Conflict,
                                         SetFlagWords::tr("%1 is %2, but that was %3, and not this action.")
                                             .arg(flagTitle(wish), flagStateText(wish.enabled), flagHandText(*last)),
                                         SetFlagWords::tr("What was wanted is so nevertheless."), {}},
                                        {}});
        if (isThere)
            return done(EffectProven{proofText(wish, *reading), {}, {}, {}});
        done(EffectNotProven{{Error::Kind::Conflict,
                              SetFlagWords::tr("%1 is %2: the switch did not arrive.")
                                  .arg(flagTitle(wish), flagStateText(state ? state->enabled : std::nullopt)),
                              SetFlagWords::tr("It is not sent again by itself."),
                              SetFlagWords::tr("Plan it again if it is still wanted.")},
                             {}});
    });
}

} // namespace cockpit
