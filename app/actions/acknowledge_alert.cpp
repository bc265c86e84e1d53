// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/acknowledge_alert.h"

#include "app/actions/mute_preview.h"
#include "app/actions/silence_request.h"
#include "app/paging/paging_source.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct AcknowledgeWords {
    Q_DECLARE_TR_FUNCTIONS(AcknowledgeAlert)
};

const AcknowledgeAlert &acknowledgeIntent(const ActionRequest &request)
{
    return std::get<AcknowledgeAlert>(request.intent);
}

std::optional<Error> invalidAcknowledgement(const AcknowledgeAlert &intent, const Silence &silence, Instant now)
{
    if (intent.labels.value(u"alertname").isEmpty()) {
        return Error{Error::Kind::Invalid,
                     AcknowledgeWords::tr("The alert has no name, so it cannot be told from others."),
                     AcknowledgeWords::tr("Nothing was sent."), AcknowledgeWords::tr("Silence it with matchers.")};
    }
    if (intent.length > AcknowledgeAlertHandler::kLongest) {
        return Error{Error::Kind::Invalid, AcknowledgeWords::tr("An acknowledgement lasts 4 h at most."),
                     AcknowledgeWords::tr("Nothing was sent."),
                     AcknowledgeWords::tr("Choose a shorter time, or silence the alert.")};
    }
    return invalidSilence(silence, now);
}

Evidence firingCheck(const ReceivedAlert *alert, const QString &cluster, const QString &member, Instant now)
{
    return Evidence{alert ? Evidence::Verdict::Good : Evidence::Verdict::Bad,
                    QStringLiteral("fires"),
                    alert ? AcknowledgeWords::tr("It fires since %1.").arg(utcDateTimeText(alert->startsAt))
                          : AcknowledgeWords::tr("It does not fire there any more."),
                    AcknowledgeWords::tr("Alertmanager %1").arg(member),
                    cluster,
                    alert ? alert->updatedAt : now,
                    {},
                    {}};
}

Evidence acknowledgedCheck(const ReceivedAlert *alert, const MemberReading &reading, const QString &cluster,
                           Instant now)
{
    Evidence check{Evidence::Verdict::Good,
                   QStringLiteral("already-acknowledged"),
                   AcknowledgeWords::tr("Nobody has acknowledged it yet."),
                   AcknowledgeWords::tr("Alertmanager %1").arg(reading.member.name),
                   cluster,
                   now,
                   {},
                   {}};
    for (const Silence &silence : reading.silences) {
        if (alert && silence.state == Silence::State::Active && alert->silencedBy.contains(silence.id)) {
            check.verdict = Evidence::Verdict::Bad;
            check.text = (silence.isAcknowledgement() ? AcknowledgeWords::tr("%1 has acknowledged it already until %2.")
                                                      : AcknowledgeWords::tr("%1 has silenced it already until %2."))
                             .arg(silence.createdBy, silenceEndText(silence.endsAt, now));
        }
    }
    return check;
}

} // namespace

Silence AcknowledgeAlertHandler::wanted(const ActionRequest &request) const
{
    return silenceFor(request, acknowledgeIntent(request), m_context.clock.now());
}

void AcknowledgeAlertHandler::plan(const ActionRequest &request, Planned done)
{
    m_context.alertmanagers.read(acknowledgeIntent(request).alert.cluster, QString(),
                                 AlertmanagerCalls::Reading::SilencesAndAlerts,
                                 [this, request, done](const Result<MemberReading> &reading) {
                                     done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
                                 });
}

Result<ActionPlan> AcknowledgeAlertHandler::planned(const ActionRequest &request, const MemberReading &reading) const
{
    const Instant now = m_context.clock.now();
    const AcknowledgeAlert &intent = acknowledgeIntent(request);
    const Silence silence = wanted(request);
    if (auto invalid = invalidAcknowledgement(intent, silence, now))
        return *invalid;
    const auto matchers = MatcherSet::compile(silence.matchers);
    const auto fleet = m_context.fleet();
    const MutePreview preview =
        previewMute(*matchers, reading.alerts, fleet ? fleet->rules.get() : nullptr, m_context.severities);
    const auto found = std::find_if(reading.alerts.begin(), reading.alerts.end(), [&](const ReceivedAlert &one) {
        return one.fingerprint == intent.alert.fingerprint ||
               (intent.alert.fingerprint.isEmpty() && one.labels == intent.labels);
    });
    const ReceivedAlert *alert = found == reading.alerts.end() ? nullptr : &*found;
    const QString &cluster = intent.alert.cluster;
    const QString until = silenceEndText(silence.endsAt, now);
    ActionPlan plan;
    plan.title = AcknowledgeWords::tr("Acknowledge %1 in %2 until %3").arg(request.target, cluster, until);
    plan.runLabel = AcknowledgeWords::tr("Acknowledge for %1").arg(roughDurationText(intent.length));
    plan.willChange = {
        AcknowledgeWords::tr("Everybody sees that %1 is on it.").arg(request.actor),
        AcknowledgeWords::tr("Nobody is notified of this alert until %1, also not when it resolves.").arg(until)};
    plan.willNotChange = {AcknowledgeWords::tr("Other alerts, also of the same rule, notify as before."),
                          AcknowledgeWords::tr("A page that is open at the paging service stays open.")};
    plan.steps = {AcknowledgeWords::tr("Write a short silence of exactly this alert to one Alertmanager."),
                  AcknowledgeWords::tr("Read it back there, and that the alert shows it.")};
    joinPage(intent, plan);
    plan.checks = {firingCheck(alert, cluster, reading.member.name, now),
                   acknowledgedCheck(alert, reading, cluster, now), pagesCheck(preview, cluster, now)};
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

void AcknowledgeAlertHandler::joinPage(const AcknowledgeAlert &intent, ActionPlan &plan) const
{
    const auto page = m_context.paging && m_context.openPage ? m_context.openPage(intent.labels) : std::nullopt;
    if (!page || page->state != Page::State::Triggered)
        return;
    const QString service = m_context.paging->name();
    plan.precondition = page->id;
    plan.willChange.append(AcknowledgeWords::tr("The page at %1 is acknowledged, too: %2").arg(service, page->title));
    plan.willNotChange = {plan.willNotChange.first(),
                          AcknowledgeWords::tr("The page stays open until it is resolved: a silenced alert sends no resolve.")};
    plan.steps.append(AcknowledgeWords::tr("Acknowledge the page at %1, and read it there.").arg(service));
}

void AcknowledgeAlertHandler::send(const ActionRecord &record, Event done)
{
    const QString page = m_context.paging ? record.plan.precondition : QString();
    m_proof.send(record, acknowledgeIntent(record.request).alert.cluster, wanted(record.request),
                 [this, page, done](const ActionEvent &event) {
                     const auto *accepted = std::get_if<ServerAccepted>(&event);
                     if (!accepted || page.isEmpty())
                         return done(event);
                     // Whatever becomes of the page, the silence is there: the proof reads both.
                     m_context.paging->setState({page, {}}, Page::State::Acknowledged,
                                                [accepted = *accepted, service = m_context.paging->name(),
                                                 done](const Result<QString> &answer) {
                                                    ServerAccepted both = accepted;
                                                    both.words += u' ' + (answer ? AcknowledgeWords::tr("%1 took it, too.").arg(service)
                                                                                 : answer.error().text());
                                                    done(both);
                                                });
                 });
}

/// The silence is there: is the page acknowledged, too?
void AcknowledgeAlertHandler::provePage(const ActionRecord &record, const ActionEvent &event, const Event &done) const
{
    const auto *proven = std::get_if<EffectProven>(&event);
    if (!proven || !m_context.paging || record.plan.precondition.isEmpty())
        return done(event);
    m_context.paging->read(
        {record.plan.precondition, {}},
        [proven = *proven, service = m_context.paging->name(), done](const Result<PageReading> &reading) {
            if (!reading)
                return done(OutcomeNotKnown{reading.error()});
            if (!reading->page || reading->page->state == Page::State::Triggered) {
                return done(EffectNotProven{
                    {Error::Kind::Conflict,
                     proven.words + u' ' + AcknowledgeWords::tr("The page at %1 is not acknowledged.").arg(service),
                     AcknowledgeWords::tr("It goes on escalating."),
                     AcknowledgeWords::tr("Acknowledge it there, or with: dt-cockpit page ack")},
                    {}});
            }
            EffectProven both = proven;
            const QString by = reading->page->acknowledgedBy.join(QStringLiteral(", "));
            both.words += u' ' + (reading->page->state == Page::State::Resolved
                                      ? AcknowledgeWords::tr("%1 shows the page resolved.").arg(service)
                                      : AcknowledgeWords::tr("%1 shows the page acknowledged by %2.").arg(service, by));
            done(both);
        });
}

void AcknowledgeAlertHandler::verify(const ActionRecord &record, Event done)
{
    m_proof.verify(record, acknowledgeIntent(record.request).alert.cluster, wanted(record.request),
                   [this, record, done](const ActionEvent &event) { provePage(record, event, done); });
}

void AcknowledgeAlertHandler::settle(const ActionRecord &record, Event done)
{
    m_proof.settle(record, acknowledgeIntent(record.request).alert.cluster, wanted(record.request),
                   [this, record, done](const ActionEvent &event) { provePage(record, event, done); });
}

} // namespace cockpit
