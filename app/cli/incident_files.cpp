// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/incident_meant.h"
#include "app/cli/incident_writing.h"
#include "app/cli/output.h"
#include "app/formats/incident_json.h"
#include "app/formats/incidents_import.h"
#include "app/formats/postmortem_markdown.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace cockpit {

namespace {

constexpr qint64 largestImport = 512LL * 1024 * 1024;

QString fileWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

int wroteOrNot(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        printOut(fileWords("Wrote %1.").arg(path));
        return exitCode::ok;
    }
    printError(fileWords("%1 could not be written: %2.").arg(path, file.errorString()));
    return 1;
}

/// One file a postmortem in the folder; without a folder all of them on standard output.
void exportMarkdown(Session &session, const Invocation &invocation, const Finish &finish)
{
    int code = exitCode::ok;
    const IncidentStore &store = session.cockpit().models().incidents;
    for (const IncidentPtr &one : store.incidents()) {
        const QByteArray markdown = postmortemMarkdown(draftPostmortem(*one, session.clock().now(), store.targets()));
        if (invocation.out.isEmpty())
            printOut(markdown);
        else
            code = std::max(
                code, wroteOrNot(QDir(invocation.out).filePath(one->head.name() + QStringLiteral(".md")), markdown));
    }
    finish(code);
}

void exportIncidents(Session &session, const Invocation &invocation, const Finish &finish)
{
    if (!invocation.out.isEmpty() && !QDir().mkpath(invocation.out)) {
        printError(fileWords("There is no folder %1.").arg(invocation.out));
        return finish(exitCode::usage);
    }
    if (invocation.format == u"md")
        return exportMarkdown(session, invocation, finish);
    const QByteArray json = incidentsExport(session.cockpit().models().incidents.incidents());
    if (invocation.out.isEmpty()) {
        printOut(json);
        return finish(exitCode::ok);
    }
    finish(wroteOrNot(QDir(invocation.out).filePath(QStringLiteral("incidents.json")), json));
}

/// One after the other: an entry that is there already is the same entry.
void importNext(Session &session, const std::shared_ptr<std::vector<ImportedIncident>> &left, int done,
                const Finish &finish)
{
    if (left->empty()) {
        printOut(fileWords("Incidents read: %1. What was there already was left as it was.").arg(done));
        return finish(exitCode::ok);
    }
    ImportedIncident next = std::move(left->back());
    left->pop_back();
    next.head.environment = session.cockpit().configuration().environment.name;
    IncidentBook &book = session.cockpit().incidents().book();
    const std::vector<IncidentEntry> entries = next.entries;
    book.open(next.head, entries, [&session, &book, left, done, finish, entries](const Result<IncidentPtr> &opened) {
        if (!opened)
            return refuseIncident(opened.error(), finish);
        std::vector<IncidentEntry> own = entries;
        book.append(own, [&session, left, done, finish](const Result<Done> &written) {
            if (!written)
                return refuseIncident(written.error(), finish);
            importNext(session, left, done + 1, finish);
        });
    });
}

void importIncidents(Session &session, const Invocation &invocation, const Finish &finish)
{
    QFile file(invocation.arguments.value(1));
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestImport) {
        printError(fileWords("%1 cannot be read.").arg(file.fileName()));
        return finish(exitCode::usage);
    }
    auto incidents = importIncidentsJson(file.readAll());
    if (!incidents)
        return refuseIncident(incidents.error(), finish);
    importNext(session, std::make_shared<std::vector<ImportedIncident>>(std::move(*incidents)), 0, finish);
}

} // namespace

void runIncidentFiles(Session &session, const Invocation &invocation, const Finish &finish)
{
    const bool isImport = invocation.arguments.value(0) == u"import";
    const bool isFine = isImport ? invocation.arguments.size() == 2 : invocation.json || invocation.format == u"md";
    if (!isFine) {
        printError(fileWords("Usage: dt-cockpit incidents export --format json|md [--out DIR] | import FILE"));
        return finish(exitCode::usage);
    }
    whenIncidentsRead(session, invocation, finish, [&session, invocation, finish, isImport] {
        if (isImport)
            importIncidents(session, invocation, finish);
        else
            exportIncidents(session, invocation, finish);
    });
}

void runPostmortem(Session &session, const Invocation &invocation, Finish finish)
{
    const QString format = !invocation.format.isEmpty() ? invocation.format
                           : invocation.out.isEmpty()   ? QStringLiteral("md")
                                                        : QFileInfo(invocation.out).suffix();
    if (format == u"pdf" && invocation.out.isEmpty()) {
        printError(fileWords("A PDF goes to a file: give --out FILE."));
        return finish(exitCode::usage);
    }
    whenIncidentsRead(session, invocation, finish, [&session, invocation, finish, format] {
        const auto meant = incidentMeant(session, invocation.arguments, true);
        if (!meant)
            return refuseIncident(meant.error(), finish);
        IncidentExports &exports = session.cockpit().incidents().exports();
        const IncidentId id = meant->incident->head.id;
        if (invocation.out.isEmpty()) {
            return exports.postmortem(id, format, [finish](const Result<QByteArray> &bytes) {
                if (!bytes)
                    return refuseIncident(bytes.error(), finish);
                printOut(*bytes);
                finish(exitCode::ok);
            });
        }
        const QString path = QFileInfo(invocation.out).absoluteFilePath();
        exports.write(id, format, path, [finish, path](const Result<Done> &written) {
            if (!written)
                return refuseIncident(written.error(), finish);
            printOut(fileWords("Wrote %1.").arg(path));
            finish(exitCode::ok);
        });
    });
}

} // namespace cockpit
