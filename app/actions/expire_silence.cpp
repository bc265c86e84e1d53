// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/expire_silence.h"

#include "app/actions/mute_preview.h"
#include "app/actions/silence_proof.h"
#include "app/actions/silence_request.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct ExpireWords {
    Q_DECLARE_TR_FUNCTIONS(ExpireSilence)
};

const ExpireSilence &expireIntent(const ActionRequest &request) { return std::get<ExpireSilence>(request.intent); }

Evidence ownerCheck(const ActionRequest &request, const Silence &silence, const QString &member, Instant now)
{
    const bool own = silence.createdBy == request.actor;
    return Evidence{
        own ? Evidence::Verdict::Good : Evidence::Verdict::Bad,
        QStringLiteral("owner"),
        own ? ExpireWords::tr("You made it.")
            : ExpireWords::tr("%1 made it: \"%2\".").arg(silence.createdBy, withoutSilenceMark(silence.comment)),
        ExpireWords::tr("Alertmanager %1").arg(member),
        expireIntent(request).cluster,
        now,
        {},
        {}};
}

QStringList alertsUnder(const MemberReading &reading, const QString &silenceId)
{
    QStringList names;
    for (const ReceivedAlert &alert : reading.alerts) {
        if (alert.silencedBy.contains(silenceId))
            names.append(alert.labels.value(u"alertname"));
    }
    return names;
}

} // namespace

void ExpireSilenceHandler::plan(const ActionRequest &request, Planned done)
{
    m_context.alertmanagers.read(expireIntent(request).cluster, QString(),
                                 AlertmanagerCalls::Reading::SilencesAndAlerts,
                                 [this, request, done](const Result<MemberReading> &reading) {
                                     done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
                                 });
}

Result<ActionPlan> ExpireSilenceHandler::planned(const ActionRequest &request, const MemberReading &reading) const
{
    const ExpireSilence &intent = expireIntent(request);
    const Instant now = m_context.clock.now();
    const Silence *silence = silenceById(reading.silences, intent.silenceId);
    if (!silence) {
        return Error{Error::Kind::NotFound,
                     ExpireWords::tr("There is no silence %1 in %2.").arg(intent.silenceId, intent.cluster),
                     ExpireWords::tr("Nothing was sent."), ExpireWords::tr("Look at the list of silences.")};
    }
    if (silence->state == Silence::State::Expired) {
        return Error{
            Error::Kind::Conflict,
            ExpireWords::tr("Silence %1 ended at %2 already.").arg(silence->id, utcDateTimeText(silence->endsAt)),
            ExpireWords::tr("Nothing was sent."),
            {}};
    }
    const QStringList names = alertsUnder(reading, silence->id);
    const bool acknowledgement = silence->isAcknowledgement();
    ActionPlan plan;
    plan.title = (acknowledgement ? ExpireWords::tr("End the acknowledgement of %1 in %2")
                                  : ExpireWords::tr("End the silence of %1 in %2"))
                     .arg(silence->createdBy, intent.cluster);
    plan.runLabel = acknowledgement ? ExpireWords::tr("End acknowledgement") : ExpireWords::tr("End silence");
    plan.willChange = {names.isEmpty()
                           ? ExpireWords::tr("No alert is under it now.")
                           : ExpireWords::tr("%1 alerts notify again: %2.").arg(names.size()).arg(listedText(names))};
    plan.willNotChange = {ExpireWords::tr("Other silences stay.")};
    plan.steps = {ExpireWords::tr("End it at one Alertmanager."), ExpireWords::tr("Read it back there.")};
    plan.checks = {ownerCheck(request, *silence, reading.member.name, now)};
    plan.advisory = {QStringLiteral("owner")}; // ending attention's absence is never refused, only told
    plan.precondition = toRfc3339(silence->updatedAt);
    return plan;
}

void ExpireSilenceHandler::send(const ActionRecord &record, Event done)
{
    const ExpireSilence intent = expireIntent(record.request);
    m_context.alertmanagers.read(
        intent.cluster, QString(), AlertmanagerCalls::Reading::Silences,
        [record, intent, done, &calls = m_context.alertmanagers](const Result<MemberReading> &reading) {
            if (!reading)
                return done(ServerRefused{reading.error()}); // nothing was sent yet
            const Silence *silence = silenceById(reading->silences, intent.silenceId);
            if (silence && silence->state == Silence::State::Expired)
                return done(
                    ServerAccepted{ExpireWords::tr("It has ended already."), intent.silenceId, reading->member.name});
            if (silence && toRfc3339(silence->updatedAt) != record.plan.precondition) {
                return done(
                    ServerRefused{Error{Error::Kind::Conflict,
                                        ExpireWords::tr("The silence was changed at %1, after it was planned for.")
                                            .arg(utcTimeText(silence->updatedAt)),
                                        ExpireWords::tr("Nothing was sent."),
                                        ExpireWords::tr("Look at it as it is now and decide again.")}});
            }
            const AlertmanagerMember member = reading->member;
            calls.expire(member, intent.silenceId, [done, member, intent](const Result<Done> &ended) {
                if (ended)
                    return done(ServerAccepted{ExpireWords::tr("Alertmanager %1 accepted it.").arg(member.name),
                                               intent.silenceId, member.name});
                if (AlertmanagerCalls::outcomeIsKnown(ended.error()))
                    return done(ServerRefused{ended.error()});
                done(OutcomeNotKnown{ended.error()});
            });
        });
}

void ExpireSilenceHandler::verify(const ActionRecord &record, Event done)
{
    const ExpireSilence intent = expireIntent(record.request);
    m_context.alertmanagers.read(
        intent.cluster, record.serverName, AlertmanagerCalls::Reading::Silences,
        [intent, done](const Result<MemberReading> &reading) {
            if (!reading)
                return done(OutcomeNotKnown{reading.error()});
            const Silence *silence = silenceById(reading->silences, intent.silenceId);
            if (!silence || silence->state == Silence::State::Expired)
                return done(EffectProven{ExpireWords::tr("The silence has ended."), {}, {}});
            done(EffectNotProven{
                Error{Error::Kind::Conflict,
                      ExpireWords::tr("Alertmanager %1 still shows the silence.").arg(reading->member.name),
                      {},
                      ExpireWords::tr("Look at the silences of this cluster.")}});
        });
}

void ExpireSilenceHandler::settle(const ActionRecord &record, Event done)
{
    const ExpireSilence intent = expireIntent(record.request);
    m_context.alertmanagers.readAll(intent.cluster, [this, record, intent, done](const Result<MemberReading> &reading) {
        if (!reading)
            return done(OutcomeNotKnown{reading.error()});
        const Silence *silence = silenceById(reading->silences, intent.silenceId);
        if (!silence || silence->state == Silence::State::Expired)
            return done(
                EffectProven{ExpireWords::tr("The silence has ended."), intent.silenceId, reading->member.name});
        done(notFoundEvent(record, ExpireWords::tr("The silence is still there."), m_context.clock.now()));
    });
}

} // namespace cockpit
