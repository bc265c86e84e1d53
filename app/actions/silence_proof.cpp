// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/silence_proof.h"

#include "app/actions/silence_request.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ProofWords {
    Q_DECLARE_TR_FUNCTIONS(SilenceProof)
};

/// Why an edit may not be sent: what was planned for is not there any more.
std::optional<Error> editConflict(const ActionRecord &record, const Silence *existing)
{
    const QString next = ProofWords::tr("Look at it as it is now and decide again.");
    if (!existing || existing->state == Silence::State::Expired) {
        return Error{Error::Kind::Conflict, ProofWords::tr("The silence has ended since it was planned for."),
                     ProofWords::tr("Nothing was sent."), next};
    }
    if (toRfc3339(existing->updatedAt) != record.plan.precondition) {
        return Error{Error::Kind::Conflict,
                     ProofWords::tr("The silence was changed at %1, after it was planned for.")
                         .arg(utcTimeText(existing->updatedAt)),
                     ProofWords::tr("Nothing was sent."), next};
    }
    return std::nullopt;
}

ActionEvent createdEvent(const AlertmanagerMember &member, const Result<QString> &made)
{
    if (made)
        return ServerAccepted{ProofWords::tr("Alertmanager %1 accepted it as silence %2.").arg(member.name, *made),
                              *made, member.name};
    if (AlertmanagerCalls::outcomeIsKnown(made.error()))
        return ServerRefused{made.error()};
    return OutcomeNotKnown{made.error()};
}

Error unproven(const QString &what)
{
    return Error{Error::Kind::Conflict, what, {}, ProofWords::tr("Look at the silences of this cluster.")};
}

} // namespace

const Silence *silenceById(const std::vector<Silence> &silences, const QString &id)
{
    const auto found = std::find_if(silences.begin(), silences.end(), [&](const Silence &one) { return one.id == id; });
    return found == silences.end() ? nullptr : &*found;
}

ActionEvent notFoundEvent(const ActionRecord &record, const QString &what, Instant now)
{
    if (now - sentAt(record).value_or(record.request.requestedAt) > kLateArrival) {
        return EffectNotProven{Error{Error::Kind::NotFound, what,
                                     ProofWords::tr("The request never arrived, so nothing was changed."),
                                     ProofWords::tr("Run it again if it is still needed.")}};
    }
    return OutcomeNotKnown{Error{Error::Kind::Timeout, what,
                                 ProofWords::tr("The request may still arrive; it was not sent again."),
                                 ProofWords::tr("Look at the silences before running it again.")}};
}

void SilenceProof::send(const ActionRecord &record, const QString &cluster, const Silence &wanted,
                        ActionHandler::Event done) const
{
    m_context.alertmanagers.read(
        cluster, QString(), AlertmanagerCalls::Reading::Silences,
        [record, wanted, done, &calls = m_context.alertmanagers](Result<MemberReading> reading) {
            if (!reading)
                return done(ServerRefused{reading.error()}); // nothing was sent yet
            if (const Silence *ours = findOurs(reading->silences, wanted, record.request.id)) {
                return done(ServerAccepted{ProofWords::tr("It is there already as silence %1.").arg(ours->id), ours->id,
                                           reading->member.name});
            }
            Silence silence = wanted;
            if (!wanted.id.isEmpty()) {
                const Silence *existing = silenceById(reading->silences, wanted.id);
                if (auto conflict = editConflict(record, existing))
                    return done(ServerRefused{*conflict});
                if (existing->state == Silence::State::Active)
                    silence.startsAt = existing->startsAt; // else Alertmanager ends it and makes another one
            }
            calls.create(reading->member, silence, [done, member = reading->member](const Result<QString> &made) {
                done(createdEvent(member, made));
            });
        });
}

void SilenceProof::verify(const ActionRecord &record, const QString &cluster, const Silence &wanted,
                          ActionHandler::Event done) const
{
    m_context.alertmanagers.read(cluster, record.serverName, AlertmanagerCalls::Reading::SilencesAndAlerts,
                                 [*this, record, wanted, done](const Result<MemberReading> &reading) {
                                     done(reading ? judged(record, *reading, wanted)
                                                  : OutcomeNotKnown{reading.error()});
                                 });
}

ActionEvent SilenceProof::judged(const ActionRecord &record, const MemberReading &reading, const Silence &wanted) const
{
    const Silence *silence = silenceById(reading.silences, record.serverReference);
    if (!silence) {
        const Error missing = unproven(ProofWords::tr("Alertmanager %1 does not show silence %2.")
                                           .arg(reading.member.name, record.serverReference));
        if (reading.member.name != record.serverName) // another member: gossip may not have reached it
            return OutcomeNotKnown{missing};
        return EffectNotProven{missing};
    }
    const Instant now = m_context.clock.now();
    if (silence->state == Silence::State::Expired)
        return EffectNotProven{unproven(ProofWords::tr("Silence %1 has ended already.").arg(silence->id))};
    if (silence->state == Silence::State::Pending)
        return EffectProven{
            ProofWords::tr("Silence %1 starts at %2.").arg(silence->id, utcDateTimeText(silence->startsAt)), {}, {}};
    const auto matchers = MatcherSet::compile(wanted.matchers);
    if (!matchers)
        return EffectNotProven{matchers.error()};
    qsizetype caught = 0;
    qsizetype muted = 0;
    for (const ReceivedAlert &alert : reading.alerts) {
        const bool matches = matchers->matches(alert.labels);
        caught += matches ? 1 : 0;
        muted += matches && alert.silencedBy.contains(silence->id) ? 1 : 0;
    }
    if (muted < caught)
        return EffectNotProven{
            unproven(ProofWords::tr("%1 of %2 alerts are not muted yet.").arg(caught - muted).arg(caught))};
    return EffectProven{ProofWords::tr("Silence %1 mutes %2 alerts until %3.")
                            .arg(silence->id)
                            .arg(muted)
                            .arg(silenceEndText(silence->endsAt, now)),
                        {},
                        {}};
}

void SilenceProof::settle(const ActionRecord &record, const QString &cluster, const Silence &wanted,
                          ActionHandler::Event done) const
{
    m_context.alertmanagers.readAll(cluster, [*this, record, wanted, done](const Result<MemberReading> &reading) {
        if (!reading)
            return done(OutcomeNotKnown{reading.error()});
        if (const Silence *ours = findOurs(reading->silences, wanted, record.request.id)) {
            const QString words = ours->state == Silence::State::Expired
                                      ? ProofWords::tr("It had arrived as silence %1, which has ended since.")
                                      : ProofWords::tr("It had arrived: silence %1 is there.");
            return done(EffectProven{words.arg(ours->id), ours->id, reading->member.name});
        }
        done(notFoundEvent(record, ProofWords::tr("No silence of this action is there."), m_context.clock.now()));
    });
}

} // namespace cockpit
