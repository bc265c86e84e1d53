// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_clock.h"
#include "models/incident_proposal.h"
#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype kLongestUpdate = 3000;

struct UpdateWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

QString fieldLine(const Incident &incident, IncidentField field)
{
    return plainLine(incident.fields.value(field), 400);
}

/// What the affected service measures now, as a sentence with the time of its sample.
QString measuredSentence(const Incident &incident, const Fleet &fleet)
{
    const auto health = std::find_if(fleet.services.begin(), fleet.services.end(),
                                     [&](const ServiceHealth &one) { return one.id == incident.service; });
    if (incident.service.isEmpty() || health == fleet.services.end() || !health->figure(Figure::ErrorRatio))
        return UpdateWords::tr("The current error rate is not known.");
    const Sample &ratio = *health->figure(Figure::ErrorRatio);
    return UpdateWords::tr("At %1 UTC, %2 % of requests to %3 fail.")
        .arg(utcShortTimeText(ratio.sampledAt), QString::number(ratio.value * 100.0, 'f', 1),
             incident.service.toString());
}

/// For the middle of a sentence.
QString withoutFullStop(const QString &words)
{
    return words.endsWith(u'.') && !words.endsWith(u"..") ? words.chopped(1) : words;
}

/// The newest of what was done, at most `limit`, oldest first.
QStringList doneLines(const Incident &incident, qsizetype limit)
{
    QStringList lines;
    for (auto entry = incident.timeline.rbegin(); entry != incident.timeline.rend() && lines.size() < limit; ++entry) {
        const auto *action = std::get_if<IncidentAction>(&entry->body);
        const bool isDone = action && isFinal(action->state) && action->state != ActionState::Cancelled &&
                            !action->actionName.startsWith(QStringLiteral("chat."));
        if (isDone)
            lines.prepend(
                UpdateWords::tr("%1 UTC: %2").arg(utcShortTimeText(entry->at), withoutFullStop(entryText(*entry))));
    }
    return lines;
}

QString phaseSentence(const Incident &incident, Instant now)
{
    const PhaseSpan span = incident.phases.value(incident.phase);
    return UpdateWords::tr("We are in the phase %1 for %2.")
        .arg(phaseName(incident.phase), roughlyInWords(span.length(now)));
}

QString hypothesisSentence(const Incident &incident)
{
    const QString cause = fieldLine(incident, IncidentField::Cause);
    const QString trigger = fieldLine(incident, IncidentField::Trigger);
    if (!cause.isEmpty())
        return withFullStop(UpdateWords::tr("Cause (hypothesis): %1").arg(cause));
    return trigger.isEmpty() ? UpdateWords::tr("The cause is not known yet.")
                             : withFullStop(UpdateWords::tr("Trigger (hypothesis): %1").arg(trigger));
}

QString recoverySentence(const Incident &incident)
{
    if (incident.resolvedAt)
        return UpdateWords::tr("It is resolved since %1 UTC.").arg(utcShortTimeText(*incident.resolvedAt));
    const std::optional<Instant> restoredAt = serviceRestoredAt(incident);
    return restoredAt ? UpdateWords::tr("Service is restored since %1 UTC.").arg(utcShortTimeText(*restoredAt))
                      : UpdateWords::tr("A time of recovery is not known yet.");
}

QString impactSentence(const Incident &incident, Instant now)
{
    const QString told = fieldLine(incident, IncidentField::Impact);
    const QString since = incident.impactStarted
                              ? UpdateWords::tr("Impact since %1 UTC (%2)")
                                    .arg(utcShortTimeText(*incident.impactStarted),
                                         roughlyInWords(serviceRestoredAt(incident).value_or(now) - *incident.impactStarted))
                              : UpdateWords::tr("Impact");
    return withFullStop(told.isEmpty() ? since : UpdateWords::tr("%1: %2").arg(since, told));
}

QString cutUpdate(const QString &text)
{
    return text.size() <= kLongestUpdate ? text : text.left(kLongestUpdate - 1) + QChar(0x2026);
}

} // namespace

QString composeStatusUpdate(const Incident &incident, const Fleet &fleet, Duration untilNext, Instant now)
{
    QStringList lines;
    lines << UpdateWords::tr("%1, %2, update %3: %4")
                 .arg(incident.name(), toWireName(incident.level), QString::number(incident.statusUpdates + 1),
                      plainLine(incident.title, 200));
    lines << impactSentence(incident, now) + u' ' + measuredSentence(incident, fleet);
    const QStringList done = doneLines(incident, 3);
    lines << (done.isEmpty() ? UpdateWords::tr("Nothing was changed yet.")
                             : withFullStop(UpdateWords::tr("Done so far: %1").arg(done.join(QStringLiteral("; ")))));
    lines << phaseSentence(incident, now) + u' ' + hypothesisSentence(incident);
    lines << recoverySentence(incident);
    if (incident.isOpen())
        lines << UpdateWords::tr("Next update by %1 UTC.")
                     .arg(utcShortTimeText(now + std::max(Duration::zero(), untilNext)));
    return cutUpdate(lines.join(u'\n'));
}

QString handOverSummary(const Incident &incident, Instant now)
{
    QStringList lines;
    lines << UpdateWords::tr("%1, %2: %3")
                 .arg(incident.name(), toWireName(incident.level), plainLine(incident.title, 200));
    lines << phaseSentence(incident, now) + u' ' + recoverySentence(incident);
    lines << doneLines(incident, 5);
    for (const IncidentTask &task : incident.tasks) {
        if (task.state == IncidentTask::State::Open)
            lines << UpdateWords::tr("Open: %1 (%2), due %3 UTC")
                         .arg(plainLine(task.text, 200),
                              task.owner.isEmpty() ? UpdateWords::tr("nobody") : plainLine(task.owner, 80),
                              utcShortTimeText(task.dueAt));
    }
    const auto firing = std::count_if(incident.alerts.begin(), incident.alerts.end(),
                                      [](const AttachedAlert &one) { return !one.endedAt; });
    lines << (firing == 1 ? UpdateWords::tr("1 attached alert still fires.")
                          : UpdateWords::tr("%1 attached alerts still fire.").arg(firing));
    lines << hypothesisSentence(incident);
    if (const auto next = nextPhase(incident.phase); next && incident.isOpen())
        lines << UpdateWords::tr("Next: %1").arg(moveLabel(*next));
    return cutUpdate(lines.join(u'\n'));
}

} // namespace cockpit
