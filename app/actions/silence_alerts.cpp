// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/silence_alerts.h"

#include "app/actions/mute_preview.h"
#include "app/actions/silence_request.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct SilenceAlertsWords {
    Q_DECLARE_TR_FUNCTIONS(SilenceAlerts)
};

const SilenceAlerts &silenceIntent(const ActionRequest &request) { return std::get<SilenceAlerts>(request.intent); }

Evidence nightCheck(const Silence &silence, const QString &cluster, const QTimeZone &zone, Instant now)
{
    const bool night = isNight(silence.endsAt, zone);
    return Evidence{night ? Evidence::Verdict::Bad : Evidence::Verdict::Good,
                    QStringLiteral("ends-at-night"),
                    night ? SilenceAlertsWords::tr("It ends in the night (%1): what still fires then wakes somebody.")
                                .arg(silenceEndText(silence.endsAt, now))
                          : SilenceAlertsWords::tr("It ends by day."),
                    QStringLiteral("dt-cockpit"),
                    cluster,
                    now,
                    {},
                    {}};
}

Evidence duplicateCheck(const Silence &silence, const MemberReading &reading, const QString &cluster, Instant now)
{
    const auto same = std::find_if(reading.silences.begin(), reading.silences.end(), [&](const Silence &one) {
        return one.id != silence.id && one.state != Silence::State::Expired &&
               sameMatchers(one.matchers, silence.matchers);
    });
    const bool exists = same != reading.silences.end();
    return Evidence{exists ? Evidence::Verdict::Bad : Evidence::Verdict::Good,
                    QStringLiteral("already-silenced"),
                    exists ? SilenceAlertsWords::tr("%1 silences exactly this already until %2 (silence %3).")
                                 .arg(same->createdBy, silenceEndText(same->endsAt, now), same->id)
                           : SilenceAlertsWords::tr("No silence with these matchers is there."),
                    SilenceAlertsWords::tr("Alertmanager %1").arg(reading.member.name),
                    cluster,
                    now,
                    {},
                    {}};
}

QString matchersText(const QList<Matcher> &matchers)
{
    QStringList texts;
    for (const Matcher &matcher : matchers)
        texts.append(matcher.toString());
    return texts.join(QStringLiteral(", "));
}

} // namespace

Silence SilenceAlertsHandler::wanted(const ActionRequest &request) const
{
    return silenceFor(request, silenceIntent(request), m_context.clock.now());
}

void SilenceAlertsHandler::plan(const ActionRequest &request, Planned done)
{
    m_context.alertmanagers.read(silenceIntent(request).cluster, QString(),
                                 AlertmanagerCalls::Reading::SilencesAndAlerts,
                                 [this, request, done](const Result<MemberReading> &reading) {
                                     done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
                                 });
}

Result<ActionPlan> SilenceAlertsHandler::planned(const ActionRequest &request, const MemberReading &reading) const
{
    const Instant now = m_context.clock.now();
    const Silence silence = wanted(request);
    if (auto invalid = invalidSilence(silence, now))
        return *invalid;
    const QString &cluster = silenceIntent(request).cluster;
    const Silence *existing = silenceById(reading.silences, silence.id);
    if (!silence.id.isEmpty() && (!existing || existing->state == Silence::State::Expired)) {
        return Error{
            Error::Kind::NotFound,
            SilenceAlertsWords::tr("There is no silence %1 in %2 that could be edited.").arg(silence.id, cluster),
            {},
            SilenceAlertsWords::tr("Make a new one.")};
    }
    const auto matchers = MatcherSet::compile(silence.matchers);
    const auto fleet = m_context.fleet();
    const MutePreview preview =
        previewMute(*matchers, reading.alerts, fleet ? fleet->rules.get() : nullptr, m_context.severities);
    const QString until = silenceEndText(silence.endsAt, now);
    ActionPlan plan;
    plan.title =
        SilenceAlertsWords::tr("Silence %1 in %2 until %3").arg(matchersText(silence.matchers), cluster, until);
    plan.runLabel =
        existing ? SilenceAlertsWords::tr("Change silence to end at %1").arg(until)
                 : SilenceAlertsWords::tr("Silence for %1").arg(roughDurationText(silence.endsAt - silence.startsAt));
    plan.willChange = {
        SilenceAlertsWords::tr("Nobody is notified of what it catches, in the whole cluster, until %1.").arg(until)};
    plan.willNotChange = {SilenceAlertsWords::tr("The alerts stay on the screen, as silenced."),
                          SilenceAlertsWords::tr("A page that is open at the paging service stays open.")};
    plan.steps = {SilenceAlertsWords::tr("Write the silence to one Alertmanager."),
                  SilenceAlertsWords::tr("Read it back there, and that the alerts show it.")};
    plan.checks = {catchCheck(preview, cluster, reading.member.name, now), breadthCheck(preview, cluster, now),
                   pagesCheck(preview, cluster, now), duplicateCheck(silence, reading, cluster, now),
                   nightCheck(silence, cluster, m_context.zone, now)};
    plan.advisory = {QStringLiteral("catches"), QStringLiteral("ends-at-night")};
    plan.precondition = existing ? toRfc3339(existing->updatedAt) : QString();
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

void SilenceAlertsHandler::send(const ActionRecord &record, Event done)
{
    m_proof.send(record, silenceIntent(record.request).cluster, wanted(record.request), std::move(done));
}

void SilenceAlertsHandler::verify(const ActionRecord &record, Event done)
{
    m_proof.verify(record, silenceIntent(record.request).cluster, wanted(record.request), std::move(done));
}

void SilenceAlertsHandler::settle(const ActionRecord &record, Event done)
{
    m_proof.settle(record, silenceIntent(record.request).cluster, wanted(record.request), std::move(done));
}

} // namespace cockpit
