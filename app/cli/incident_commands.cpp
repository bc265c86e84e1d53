// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/incident_meant.h"
#include "app/cli/incident_writing.h"
#include "app/cli/output.h"
#include "app/formats/incident_figures_json.h"
#include "app/formats/incident_json.h"
#include "models/incident_figures.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString incidentWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

std::optional<Priority> priorityNamed(const QString &word)
{
    for (const Priority one : {Priority::P1, Priority::P2, Priority::P3, Priority::P4}) {
        if (word.compare(toWireName(one), Qt::CaseInsensitive) == 0)
            return one;
    }
    return std::nullopt;
}

const ResponseTargets &targetsOf(Session &session) { return session.cockpit().models().incidents.targets(); }

/// The firing alerts that `--alert` or `--service` mean.
Result<QList<AlertKey>> alertsMeant(const Fleet &fleet, const Invocation &invocation)
{
    QList<AlertKey> keys;
    for (const Alert &alert : fleet.alerts) {
        const bool fires = alert.state != AlertState::Resolved && alert.state != AlertState::Pending;
        const bool named = !invocation.alert.isEmpty() &&
                           (alert.name == invocation.alert || alert.key.fingerprint == invocation.alert);
        const bool ofService = !invocation.service.isEmpty() && alert.service.toString() == invocation.service;
        if (fires && (named || ofService))
            keys.append(alert.key);
    }
    if (keys.isEmpty() && !invocation.alert.isEmpty())
        return Error{.kind = Error::Kind::NotFound,
                     .what = incidentWords("No alert '%1' fires.").arg(invocation.alert.left(200)),
                     .meaning = incidentWords("Nothing was declared."),
                     .next = incidentWords("See what fires with: dt-cockpit alerts")};
    return keys;
}

Result<IncidentProposal> proposalOf(Session &session, const Invocation &invocation)
{
    const auto alerts = alertsMeant(session.cockpit().fleet().fleet(), invocation);
    if (!alerts)
        return alerts.error();
    IncidentProposal proposal = session.cockpit().incidents().declaring().proposal(*alerts);
    if (!invocation.service.isEmpty())
        proposal.service = ServiceId(invocation.service);
    if (!invocation.title.isEmpty())
        proposal.title = invocation.title;
    if (!invocation.level.isEmpty()) {
        const auto level = priorityNamed(invocation.level);
        if (!level)
            return Error{.kind = Error::Kind::Invalid,
                         .what =
                             incidentWords("--level wants P1, P2, P3 or P4, not '%1'.").arg(invocation.level.left(20)),
                         .meaning = incidentWords("Nothing was declared."),
                         .next = {}};
        proposal.level = *level;
        proposal.levelReason =
            invocation.reason.isEmpty() ? incidentWords("set by the person who declared it") : invocation.reason;
    }
    if (proposal.title.trimmed().isEmpty())
        return Error{.kind = Error::Kind::Invalid,
                     .what = incidentWords("Without an alert an incident needs a name."),
                     .meaning = incidentWords("Nothing was declared."),
                     .next = incidentWords("Give --title \"…\", --alert NAME or --service NAME.")};
    return proposal;
}

void openIncident(Session &session, const Invocation &invocation, const Finish &finish)
{
    const auto proposal = proposalOf(session, invocation);
    if (!proposal)
        return refuseIncident(proposal.error(), finish);
    session.cockpit().incidents().declaring().declare(
        *proposal, [&session, invocation, finish](const Result<DeclaredIncident> &declared) {
            if (!declared)
                return refuseIncident(declared.error(), finish);
            if (invocation.json)
                printOut(incidentJson(*declared->incident, session.clock().now(), targetsOf(session)));
            else
                printOut(terminalText(declared->words.join(u' ')));
            session.cockpit().incidents().recorder().catchUp([finish] { finish(exitCode::ok); });
        });
}

void showIncident(Session &session, const Invocation &invocation, const Finish &finish)
{
    const auto meant = incidentMeant(session, invocation.arguments.mid(1), true);
    if (!meant)
        return refuseIncident(meant.error(), finish);
    if (invocation.json)
        printOut(incidentJson(*meant->incident, session.clock().now(), targetsOf(session)));
    else
        printOut(incidentText(session, *meant->incident));
    finish(exitCode::ok);
}

QString meanText(const std::optional<Duration> &value) { return value ? durationText(*value) : QStringLiteral("-"); }

void showFigures(Session &session, const Invocation &invocation, const Finish &finish)
{
    const Instant now = session.clock().now();
    const Instant from = now - std::chrono::days(invocation.days);
    const QList<MeanFigure> figures =
        meanFigures(session.cockpit().models().incidents.incidents(), from, now + Duration(1), now);
    if (invocation.json) {
        printOut(meanFiguresJson(figures, from, now));
        return finish(exitCode::ok);
    }
    QList<QStringList> rows{{incidentWords("FIGURE"), incidentWords("MEAN"), incidentWords("MEDIAN"),
                             incidentWords("OF"), incidentWords("LEFT OUT"), incidentWords("DEFINITION")}};
    for (const MeanFigure &one : figures)
        rows.append({one.name, meanText(one.mean), meanText(one.median), QString::number(one.counted),
                     one.excluded > 0 ? one.exclusion : QStringLiteral("0"), one.definition});
    printOut(incidentWords("Incidents of the last %1 days").arg(invocation.days));
    printOut(table(rows));
    finish(exitCode::ok);
}

} // namespace

void runIncident(Session &session, const Invocation &invocation, Finish finish)
{
    const QString verb = invocation.arguments.value(0);
    using Verb = void (*)(Session &, const Invocation &, const Finish &);
    const Verb run = verb == u"open"      ? openIncident
                     : verb == u"show"    ? showIncident
                     : verb == u"figures" ? showFigures
                                          : writingVerb(verb);
    if (!run) {
        printError(incidentWords("Usage: dt-cockpit incident open|show|figures|note|phase|level|role|field|task|can|"
                                 "follow-up|correct|attach|merge|reopen|close|update [INC-n] …"));
        return finish(exitCode::usage);
    }
    whenIncidentsRead(session, invocation, finish,
                      [&session, invocation, finish, run] { run(session, invocation, finish); });
}

void runIncidents(Session &session, const Invocation &invocation, Finish finish)
{
    const QString verb = invocation.arguments.value(0);
    if (verb == u"export" || verb == u"import")
        return runIncidentFiles(session, invocation, finish);
    whenIncidentsRead(session, invocation, finish, [&session, invocation, finish] {
        const QList<IncidentPtr> &incidents = session.cockpit().models().incidents.incidents();
        if (invocation.json) {
            printOut(incidentsJson(incidents));
            return finish(exitCode::ok);
        }
        QList<QStringList> rows{{incidentWords("NAME"), incidentWords("LEVEL"), incidentWords("PHASE"),
                                 incidentWords("SINCE"), incidentWords("SERVICE"), incidentWords("TITLE")}};
        for (const IncidentPtr &one : incidents)
            rows.append(incidentRow(*one, session.clock().now()));
        printOut(incidents.isEmpty() ? incidentWords("There is no incident.") : table(rows));
        finish(exitCode::ok);
    });
}

} // namespace cockpit
