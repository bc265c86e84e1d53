// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/incident_writing.h"

#include "app/cli/action_run.h"
#include "app/cli/incident_meant.h"
#include "app/cli/output.h"
#include "models/incident_clock.h"
#include "models/incident_proposal.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

#include <array>

namespace cockpit {

namespace {

QString writingWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error writingUsage(const QString &usage)
{
    return Error{.kind = Error::Kind::Invalid,
                 .what = writingWords("That is not all that it wants."),
                 .meaning = writingWords("Nothing was written."),
                 .next = writingWords("Give: dt-cockpit incident ") + usage};
}

/// What one verb makes of the words behind the incident's name.
using BodyOf = Result<IncidentBody> (*)(Session &, const Invocation &, const MeantIncident &);

Result<IncidentBody> noteBody(Session &, const Invocation &, const MeantIncident &meant)
{
    if (meant.words.isEmpty())
        return writingUsage(QStringLiteral("note [INC-n] TEXT"));
    return IncidentBody(IncidentNote{meant.words.join(u' ')});
}

/// A move that the guards have a word against is made with a reason, or not at all: they explain and never block.
Result<IncidentBody> moveTo(Session &session, const Invocation &invocation, const Incident &incident, IncidentPhase to)
{
    const QString concern = moveConcern(incident, to, session.cockpit().incidents().watch().provenSince(incident),
                                        session.cockpit().models().incidents.targets(), session.clock().now());
    if (!concern.isEmpty() && invocation.reason.trimmed().isEmpty())
        return Error{.kind = Error::Kind::Invalid,
                     .what = concern,
                     .meaning = writingWords("The phase stays: ") + toWireName(incident.phase) + u'.',
                     .next = writingWords("To move all the same, say why with --reason.")};
    return IncidentBody(IncidentPhaseSet{.phase = to, .reason = invocation.reason});
}

Result<IncidentBody> phaseBody(Session &session, const Invocation &invocation, const MeantIncident &meant)
{
    const auto to = meant.words.isEmpty() ? nextPhase(meant.incident->phase) : incidentPhaseOf(meant.words.first());
    if (!to || *to == IncidentPhase::Merged)
        return writingUsage(
            QStringLiteral("phase [INC-n] [detection|triage|mitigation|resolution|postmortem|closed] [--reason TEXT]"));
    return moveTo(session, invocation, *meant.incident, *to);
}

Result<IncidentBody> closeBody(Session &session, const Invocation &invocation, const MeantIncident &meant)
{
    return moveTo(session, invocation, *meant.incident, IncidentPhase::Closed);
}

Result<IncidentBody> reopenBody(Session &, const Invocation &invocation, const MeantIncident &meant)
{
    if (meant.incident->isOpen() || meant.incident->phase == IncidentPhase::Merged ||
        invocation.reason.trimmed().isEmpty())
        return writingUsage(QStringLiteral("reopen INC-n --reason TEXT (of one that has ended)"));
    return IncidentBody(IncidentPhaseSet{.phase = IncidentPhase::Mitigation, .reason = invocation.reason});
}

Result<IncidentBody> levelBody(Session &, const Invocation &invocation, const MeantIncident &meant)
{
    for (const Priority one : {Priority::P1, Priority::P2, Priority::P3, Priority::P4}) {
        if (meant.words.value(0).compare(toWireName(one), Qt::CaseInsensitive) == 0 && !invocation.reason.isEmpty())
            return IncidentBody(IncidentLevelSet{.level = one, .reason = invocation.reason, .byRule = false});
    }
    return writingUsage(QStringLiteral("level [INC-n] P1|P2|P3|P4 --reason TEXT"));
}

Result<IncidentBody> roleBody(Session &session, const Invocation &invocation, const MeantIncident &meant)
{
    const auto role = incidentRoleOf(meant.words.value(0));
    if (!role)
        return writingUsage(QStringLiteral(
            "role [INC-n] commander|deputy|scribe|communications|operations-lead [PERSON] [--reason SUMMARY]"));
    const RoleHolder before = meant.incident->roles.value(*role);
    QString handOver = invocation.reason;
    if (handOver.isEmpty() && !before.person.isEmpty())
        handOver = handOverSummary(*meant.incident, session.clock().now());
    const QString person = meant.words.size() > 1 ? meant.words.mid(1).join(u' ') : session.cockpit().actor();
    return IncidentBody(IncidentRoleSet{.role = *role, .person = person, .handOver = handOver});
}

Result<IncidentBody> fieldBody(Session &, const Invocation &, const MeantIncident &meant)
{
    const auto field = incidentFieldOf(meant.words.value(0));
    if (!field)
        return writingUsage(QStringLiteral("field [INC-n] FIELD VALUE, where FIELD is one of title, service, "
                                           "impact-started, impact-ended, impact, users-affected, revenue-impact, "
                                           "trigger, cause, summary, went-well, could-be-improved, lessons, tracker, "
                                           "breach-suspected, customers-affected, pages-actionable"));
    return IncidentBody(IncidentFieldSet{.field = *field, .value = meant.words.mid(1).join(u' '), .previous = {}});
}

Result<IncidentBody> taskBody(Session &session, const Invocation &invocation, const MeantIncident &meant)
{
    const QString verb = meant.words.value(0);
    if (verb == u"done" || verb == u"drop") {
        const auto number = meant.words.value(1).toULongLong();
        if (number < 1 || number > meant.incident->tasks.size())
            return writingUsage(QStringLiteral("task [INC-n] done|drop NUMBER [--reason OUTCOME]"));
        IncidentTask task = meant.incident->tasks[number - 1];
        task.state = verb == u"done" ? IncidentTask::State::Done : IncidentTask::State::Dropped;
        task.outcome = invocation.reason;
        return IncidentBody(task);
    }
    if (meant.words.isEmpty())
        return writingUsage(QStringLiteral("task [INC-n] TEXT [--for 10m] [--owner PERSON] | done|drop NUMBER"));
    return IncidentBody(IncidentTask{.task = {},
                                     .text = meant.words.join(u' '),
                                     .owner = invocation.owner.isEmpty() ? session.cockpit().actor() : invocation.owner,
                                     .dueAt = session.clock().now() + invocation.length,
                                     .state = IncidentTask::State::Open,
                                     .outcome = {}});
}

Result<IncidentBody> canBody(Session &, const Invocation &invocation, const MeantIncident &)
{
    if ((invocation.condition + invocation.actionsTaken + invocation.needs).trimmed().isEmpty())
        return writingUsage(QStringLiteral("can [INC-n] --condition TEXT --actions TEXT --needs TEXT"));
    return IncidentBody(IncidentCan{invocation.condition, invocation.actionsTaken, invocation.needs});
}

Result<IncidentBody> followUpBody(Session &, const Invocation &invocation, const MeantIncident &meant)
{
    if (meant.words.value(0) == u"done") {
        const auto number = meant.words.value(1).toULongLong();
        if (number < 1 || number > meant.incident->followUps.size())
            return writingUsage(QStringLiteral("follow-up [INC-n] done NUMBER"));
        IncidentFollowUp item = meant.incident->followUps[number - 1];
        item.done = true;
        return IncidentBody(item);
    }
    IncidentFollowUp item{
        .item = {}, .text = meant.words.join(u' '), .owner = invocation.owner, .dueAt = {}, .done = false};
    if (!invocation.due.isEmpty())
        item.dueAt = parseRfc3339((invocation.due.left(10) + QStringLiteral("T00:00:00Z")).toStdString());
    if (meant.words.isEmpty() || (!invocation.due.isEmpty() && !item.dueAt))
        return writingUsage(QStringLiteral("follow-up [INC-n] TEXT [--owner PERSON] [--due 2026-12-01] | done NUMBER"));
    return IncidentBody(item);
}

Result<IncidentBody> correctBody(Session &, const Invocation &invocation, const MeantIncident &meant)
{
    if (meant.words.isEmpty())
        return writingUsage(QStringLiteral("correct [INC-n] ENTRY [TEXT] [--at 2026-11-23T03:12:40Z]"));
    const auto entry = entryMeant(*meant.incident, meant.words.first());
    if (!entry)
        return entry.error();
    const auto at = invocation.at.isEmpty() ? std::nullopt : parseRfc3339(invocation.at.toStdString());
    if (!invocation.at.isEmpty() && !at)
        return writingUsage(QStringLiteral("correct [INC-n] ENTRY [TEXT] --at 2026-11-23T03:12:40Z"));
    return IncidentBody(IncidentCorrection{.corrects = entry->id, .text = meant.words.mid(1).join(u' '), .at = at});
}

Result<IncidentBody> attachBody(Session &, const Invocation &, const MeantIncident &meant)
{
    QFile file(meant.words.join(u' '));
    if (meant.words.isEmpty())
        return writingUsage(QStringLiteral("attach [INC-n] FILE"));
    if (!file.open(QIODevice::ReadOnly))
        return Error{.kind = Error::Kind::NotFound,
                     .what = writingWords("%1 cannot be read.").arg(file.fileName()),
                     .meaning = writingWords("Nothing was attached."),
                     .next = {}};
    const QByteArray bytes = file.read(IncidentAttachment::kLargest + 1);
    const QString name = QFileInfo(file.fileName()).fileName();
    return IncidentBody(IncidentAttachment{
        .name = name, .mediaType = QMimeDatabase().mimeTypeForFileNameAndData(name, bytes).name(), .bytes = bytes});
}

constexpr std::array<std::pair<const char *, BodyOf>, 12> bodies{{{"note", noteBody},
                                                                  {"phase", phaseBody},
                                                                  {"close", closeBody},
                                                                  {"reopen", reopenBody},
                                                                  {"level", levelBody},
                                                                  {"role", roleBody},
                                                                  {"field", fieldBody},
                                                                  {"task", taskBody},
                                                                  {"can", canBody},
                                                                  {"follow-up", followUpBody},
                                                                  {"correct", correctBody},
                                                                  {"attach", attachBody}}};

BodyOf bodyOf(const QString &verb)
{
    for (const auto &[name, body] : bodies) {
        if (verb == QLatin1String(name))
            return body;
    }
    return nullptr;
}

void finishWriting(const Result<Done> &written, const QString &words, const Finish &finish)
{
    if (!written)
        return refuseIncident(written.error(), finish);
    printOut(terminalText(words));
    finish(exitCode::ok);
}

void writeBody(Session &session, const Invocation &invocation, const Finish &finish)
{
    const QString verb = invocation.arguments.value(0);
    // One that has ended is still written to: its postmortem is.
    const auto meant = incidentMeant(session, invocation.arguments.mid(1), true);
    if (!meant)
        return refuseIncident(meant.error(), finish);
    const auto body = bodyOf(verb)(session, invocation, *meant);
    if (!body)
        return refuseIncident(body.error(), finish);
    const IncidentId id = meant->incident->head.id;
    session.cockpit().incidents().write(id, *body, [&session, finish, id](const Result<Done> &written) {
        const IncidentPtr now = session.cockpit().models().incidents.incident(id);
        finishWriting(written, writingWords("Written to %1, phase %2.").arg(now->head.name(), toWireName(now->phase)),
                      finish);
    });
}

void mergeIncidents(Session &session, const Invocation &invocation, const Finish &finish)
{
    IncidentService &incidents = session.cockpit().incidents();
    const IncidentPtr from = incidents.book().named(invocation.arguments.value(1));
    const IncidentPtr into = incidents.book().named(invocation.arguments.value(2));
    if (!from || !into)
        return refuseIncident(writingUsage(QStringLiteral("merge INC-n INTO-INC-n")), finish);
    incidents.merge(from->head.id, into->head.id, [from, into, finish](const Result<Done> &merged) {
        finishWriting(merged, writingWords("%1 goes on as %2.").arg(from->head.name(), into->head.name()), finish);
    });
}

void updateStatus(Session &session, const Invocation &invocation, const Finish &finish)
{
    const auto meant = incidentMeant(session, invocation.arguments.mid(1), false);
    if (!meant)
        return refuseIncident(meant.error(), finish);
    const Incident &incident = *meant->incident;
    const QString text =
        meant->words.isEmpty() ? session.cockpit().incidents().watch().statusUpdate(incident) : meant->words.join(u' ');
    if (!invocation.send) {
        printOut(text);
        return finish(exitCode::ok);
    }
    const IncidentStore &store = session.cockpit().models().incidents;
    const PostMessage message{.source = chatSourceId(),
                              .channel = incident.chatChannel.isEmpty() ? store.chatChannel() : incident.chatChannel,
                              .text = text,
                              .thread = incident.chatThread,
                              .incident = incident.head.name(),
                              .incidentId = incident.head.id.toString(),
                              .update = incident.statusUpdates + 1};
    const ActionRequest request{.target = writingWords("status update of ") + incident.head.name(),
                                .service = incident.service,
                                .intent = message};
    runAction(session, invocation, request, [&session, finish](int code) {
        session.cockpit().incidents().recorder().catchUp([finish, code] { finish(code); });
    });
}

} // namespace

void (*writingVerb(const QString &verb))(Session &, const Invocation &, const Finish &)
{
    if (verb == u"merge")
        return mergeIncidents;
    if (verb == u"update")
        return updateStatus;
    return bodyOf(verb) ? writeBody : nullptr;
}

} // namespace cockpit
