// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/incident_meant.h"

#include "app/cli/output.h"
#include "models/incident_clock.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

namespace {

constexpr int incidentRefusedCode = 2;
constexpr std::chrono::milliseconds pastWaitedFor{3000};

QString meantWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error noIncident(const QString &what)
{
    return Error{.kind = Error::Kind::NotFound,
                 .what = what,
                 .meaning = meantWords("Nothing was written."),
                 .next = meantWords("See them with: dt-cockpit incidents; declare one with: dt-cockpit incident open")};
}

QString roleLines(const Incident &incident)
{
    QStringList lines;
    for (auto one = incident.roles.begin(); one != incident.roles.end(); ++one)
        lines.append(QStringLiteral("  ") + toWireName(one.key()) + QStringLiteral(": ") +
                     terminalText(one.value().person) + meantWords(" since ") + utcShortTimeText(one.value().since));
    return lines.join(u'\n');
}

QString clockLines(Session &session, const Incident &incident, Instant now)
{
    const IncidentWatch &watch = session.cockpit().incidents().watch();
    QStringList lines;
    for (const ResponseClock &one :
         responseClocks(incident, session.cockpit().models().incidents.targets(), watch.runbookGoal(incident), now)) {
        const QString late = one.overdue() ? meantWords(", over its time") : QString();
        lines.append(QStringLiteral("  ") + terminalText(one.text) + QStringLiteral(": ") + durationText(one.taken) +
                     meantWords(" of ") + durationText(one.goal) + (one.running ? meantWords(", running") : QString()) +
                     late + (one.other.isEmpty() ? QString() : QStringLiteral(". ") + terminalText(one.other)));
    }
    return lines.join(u'\n');
}

QString taskLines(const Incident &incident, Instant now)
{
    QStringList lines;
    int number = 0;
    for (const IncidentTask &task : incident.tasks) {
        ++number;
        const QString state = task.state == IncidentTask::State::Done      ? meantWords("done")
                              : task.state == IncidentTask::State::Dropped ? meantWords("dropped")
                              : task.dueAt < now
                                  ? meantWords("due ") + roughDurationText(now - task.dueAt) + meantWords(" ago")
                                  : meantWords("back in ") + roughDurationText(task.dueAt - now);
        lines.append(QStringLiteral("  %1. ").arg(number) + terminalText(task.text) + QStringLiteral(" (") +
                     (task.owner.isEmpty() ? QString() : terminalText(task.owner) + QStringLiteral(", ")) + state +
                     u')');
    }
    return lines.join(u'\n');
}

QString timelineTable(const Incident &incident)
{
    QList<QStringList> rows;
    for (const IncidentEntry &entry : incident.timeline) {
        const bool isCorrected = incident.correctedBy.contains(entry.id);
        rows.append({utcDateTimeText(entry.at).left(19), entry.actor, entry.origin,
                     entryText(entry) + (isCorrected ? meantWords(" [corrected below]") : QString()),
                     shortEntryId(entry.id)});
    }
    return table(rows, 110);
}

} // namespace

QString shortEntryId(const EntryId &id) { return QString(id.toString()).remove(u'-').right(8); }

Result<MeantIncident> incidentMeant(Session &session, QStringList words, bool forReading)
{
    static const QRegularExpression name(QStringLiteral("^(INC-\\d+|local-\\d+|\\d+)$"),
                                         QRegularExpression::CaseInsensitiveOption);
    IncidentBook &book = session.cockpit().incidents().book();
    if (!words.isEmpty() && name.match(words.first()).hasMatch()) {
        const QString given = words.takeFirst();
        if (const IncidentPtr incident = book.named(given))
            return MeantIncident{incident, words};
        return noIncident(meantWords("There is no incident %1.").arg(given));
    }
    const IncidentPtr current = session.cockpit().models().incidents.current();
    if (!current || (!current->isOpen() && !forReading))
        return noIncident(meantWords("No incident is open."));
    return MeantIncident{current, words};
}

Result<IncidentEntry> entryMeant(const Incident &incident, const QString &words)
{
    QList<IncidentEntry> found;
    for (const IncidentEntry &entry : incident.timeline) {
        if (words.size() >= 4 && QString(entry.id.toString()).remove(u'-').endsWith(QString(words).remove(u'-')))
            found.append(entry);
    }
    if (found.size() == 1)
        return found.first();
    return Error{.kind = found.isEmpty() ? Error::Kind::NotFound : Error::Kind::Invalid,
                 .what = found.isEmpty() ? meantWords("Its timeline has no entry '%1'.").arg(words.left(40))
                                         : meantWords("Several entries are meant by '%1'.").arg(words.left(40)),
                 .meaning = meantWords("Nothing was written."),
                 .next = meantWords("Take the last column of: dt-cockpit incident show")};
}

QStringList incidentRow(const Incident &incident, Instant now)
{
    const QString age = incident.isOpen() ? meantWords("open for ") + durationText(now - incident.openedAt)
                                          : utcDateTimeText(incident.openedAt);
    return {incident.head.name(),        toWireName(incident.level),
            toWireName(incident.phase),  age,
            incident.service.toString(), incident.title};
}

QString incidentText(Session &session, const Incident &incident)
{
    const Instant now = session.clock().now();
    QStringList lines{incident.head.name() + QStringLiteral(" · ") + toWireName(incident.level) +
                          QStringLiteral(" · ") + terminalText(incident.title),
                      meantWords("Phase: ") + toWireName(incident.phase) + meantWords(", declared ") +
                          utcDateTimeText(incident.openedAt) + meantWords(" by ") + terminalText(incident.openedBy)};
    if (incident.impactStarted)
        lines.append(meantWords("Impact since ") + utcDateTimeText(*incident.impactStarted));
    if (const QString impact = incident.fields.value(IncidentField::Impact); !impact.isEmpty())
        lines.append(meantWords("Impact: ") + terminalText(impact));
    for (const QString &part : {clockLines(session, incident, now), roleLines(incident), taskLines(incident, now)}) {
        if (!part.isEmpty())
            lines.append(part);
    }
    lines << QString() << timelineTable(incident);
    return lines.join(u'\n');
}

void refuseIncident(const Error &error, const Finish &finish)
{
    printError(terminalText(error.text()));
    finish(error.kind == Error::Kind::Storage ? 1 : incidentRefusedCode);
}

void whenIncidentsRead(Session &session, const Invocation &invocation, Finish finish, std::function<void()> then)
{
    whenRunbooksRead(session, invocation, [&session, invocation, finish, then = std::move(then)] {
        IncidentService &incidents = session.cockpit().incidents();
        const auto caughtUp = [&session, &incidents, invocation, finish, then] {
            if (const auto &error = incidents.book().readError())
                return refuseIncident(*error, finish);
            // A Prometheus that keeps no memory of alerts is not waited for as long as one that does not answer.
            Invocation brief = invocation;
            brief.timeout = std::min(invocation.timeout, pastWaitedFor);
            whenReady(session, brief, [](const Cockpit &cockpit) { return cockpit.knowsAttachedAlerts(); },
                      [&incidents, then] { incidents.recorder().catchUp(then); });
        };
        if (incidents.book().isRead())
            return caughtUp();
        QObject::connect(&incidents, &IncidentService::read, &session, caughtUp, Qt::SingleShotConnection);
    });
}

} // namespace cockpit
