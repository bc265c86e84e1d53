// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_clock.h"
#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ReminderWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

/// "mitigate/ID": told once, on whichever cockpit.
QString reminderId(const char *what, const Incident &incident, const QString &more = {})
{
    return QLatin1String(what) + u'/' + incident.head.id.toString() + (more.isEmpty() ? QString() : u'/' + more);
}

QString escalationWords(const Incident &incident, const ResponseTargets &targets, const QString &ownerTeam)
{
    const QString to =
        ownerTeam.isEmpty() ? ReminderWords::tr("the owning team") : ReminderWords::tr("team %1").arg(ownerTeam);
    const QString after = durationInWords(targets.mitigate);
    return incident.fields.value(IncidentField::CustomersAffected) == QStringLiteral("yes")
               ? ReminderWords::tr(
                     "%1 without mitigation: escalate to %2 and notify the channel, customers are affected")
                     .arg(after, to)
               : ReminderWords::tr("%1 without mitigation: escalate to %2").arg(after, to);
}

QString clockWords(const ResponseClock &clock, const Incident &incident)
{
    if (clock.what == ResponseClock::What::Acknowledged)
        return ReminderWords::tr("%1 is not acknowledged after %2: take it, or page again")
            .arg(incident.name(), durationInWords(clock.goal));
    return ReminderWords::tr("Status update %1 of %2 is due")
        .arg(QString::number(incident.statusUpdates + 1), incident.name());
}

} // namespace

QList<IncidentReminder> remindersOf(const Incident &incident, const ResponseTargets &targets, const QString &ownerTeam,
                                    Duration awake, Instant now)
{
    QList<IncidentReminder> reminders;
    if (incident.isOpen()) {
        for (const ResponseClock &clock : responseClocks(incident, targets, std::nullopt, now)) {
            if (!clock.running || std::min(clock.taken, awake) < clock.goal)
                continue;
            const Instant since = now - clock.taken + clock.goal;
            if (clock.what == ResponseClock::What::Mitigated)
                reminders.append(
                    {reminderId("mitigate", incident), escalationWords(incident, targets, ownerTeam), since});
            else if (clock.what == ResponseClock::What::Acknowledged)
                reminders.append({reminderId("acknowledge", incident), clockWords(clock, incident), since});
            else if (clock.what == ResponseClock::What::StatusUpdate)
                reminders.append({reminderId("update", incident, QString::number(incident.statusUpdates + 1)),
                                  clockWords(clock, incident), since});
        }
        for (const IncidentTask &task : incident.tasks) {
            if (task.state == IncidentTask::State::Open && now >= task.dueAt)
                reminders.append(
                    {reminderId("task", incident, task.task + u'/' + QString::number(toEpochMs(task.dueAt))),
                     ReminderWords::tr("Time is up: %1").arg(plainLine(task.text, 200)), task.dueAt});
        }
    }
    const std::optional<Instant> due = postmortemDueAt(incident);
    if (incident.phase == IncidentPhase::Postmortem && due && now >= *due)
        reminders.append({reminderId("postmortem", incident),
                          ReminderWords::tr("The postmortem of %1 was due on %2")
                              .arg(incident.name(), utcDateTimeText(*due).left(10)),
                          *due});
    return reminders;
}

} // namespace cockpit
