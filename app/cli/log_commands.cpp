// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/activity_json.h"
#include "app/formats/findings_json.h"
#include "app/formats/status_json.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString logWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

bool holds(const ActivityEntry &entry, const QString &word)
{
    for (const QString &text : {entry.actionName, entry.target, entry.service.toString(), entry.actor, entry.reason,
                                entry.text, toWireName(entry.state)}) {
        if (text.contains(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QList<ActivityEntry> matching(const QList<ActivityEntry> &entries, const QString &filter)
{
    QList<ActivityEntry> found;
    const QStringList words = filter.split(u' ', Qt::SkipEmptyParts);
    for (const ActivityEntry &entry : entries) {
        if (std::all_of(words.begin(), words.end(), [&entry](const QString &word) { return holds(entry, word); }))
            found.append(entry);
    }
    return found;
}

} // namespace

void runActivity(Session &session, const Invocation &invocation, Finish finish)
{
    const QString environment = session.cockpit().configuration().environment.name;
    const int limit = invocation.limit;
    session.cockpit().store().ask<QList<ActivityEntry>>(
        [environment, limit](Store &store) { return store.journal().activity(environment, limit); },
        [invocation, finish](Result<QList<ActivityEntry>> entries) {
            if (!entries) {
                printError(entries.error().text());
                return finish(1);
            }
            const QList<ActivityEntry> found = matching(*entries, invocation.filter);
            if (invocation.json) {
                printOut(activityJson(found));
                return finish(exitCode::ok);
            }
            QList<QStringList> rows;
            for (const ActivityEntry &entry : found)
                rows.append({utcDateTimeText(entry.at), entry.actor, entry.actionName, entry.target,
                             toWireName(entry.state), entry.text, entry.reason});
            printOut(rows.isEmpty() ? logWords("The activity log has no such entry.") : table(rows));
            finish(exitCode::ok);
        });
}

void runVerifyLog(Session &session, const Invocation &invocation, Finish finish)
{
    session.cockpit().store().ask<ChainReport>(
        [](Store &store) { return store.journal().verifyChain(); },
        [invocation, finish](Result<ChainReport> report) {
            if (!report) {
                printError(report.error().text());
                return finish(1);
            }
            QList<Finding> findings;
            if (!report->isIntact())
                findings.append({.rule = QStringLiteral("activity-log-broken"),
                                 .level = Finding::Level::Blocker,
                                 .object = QString::number(*report->firstBroken),
                                 .message = report->words,
                                 .risk = logWords("Entries from here on cannot be trusted."),
                                 .fix = logWords("Compare with a backup or another cockpit's log.")});
            if (invocation.json)
                printOut(findingsJson(findings, {}));
            else
                printOut(report->words);
            finish(findings.isEmpty() ? exitCode::ok : 1);
        });
}

void runSelfCheck(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        session.cockpit().store().ask<ChainReport>(
            [](Store &store) { return store.journal().verifyChain(); },
            [&session, invocation, finish](const Result<ChainReport> &report) {
                const Fleet &fleet = session.cockpit().fleet().fleet();
                QList<Finding> findings;
                if (!report || !report->isIntact())
                    findings.append({.rule = QStringLiteral("store-not-sound"),
                                     .level = Finding::Level::Blocker,
                                     .object = QStringLiteral("store"),
                                     .message = report ? report->words : report.error().text()});
                for (const SourceStatus &source : fleet.sources) {
                    if (source.state != SourceStatus::State::Ok)
                        findings.append({.rule = QStringLiteral("source-") + toWireName(source.state),
                                         .level = Finding::Level::High,
                                         .object = source.name,
                                         .message = source.message});
                }
                if (invocation.json) {
                    printOut(findingsJson(findings, {}));
                } else {
                    printOut(logWords("Sources: ") + QString::number(fleet.sources.size()) + logWords(", store: ")
                             + (report ? report->words : report.error().text()));
                    for (const Finding &finding : findings)
                        printOut(terminalText(finding.text()));
                    if (findings.isEmpty())
                        printOut(logWords("All of it works."));
                }
                finish(findings.isEmpty() ? exitCode::ok : 1);
            });
    });
}

int lintConfig(const Invocation &invocation)
{
    if (invocation.arguments.value(0) != u"config" || invocation.arguments.size() > 2) {
        printError(logWords("Usage: dt-cockpit lint config [FILE] | policy FILE… [--json]"));
        return exitCode::usage;
    }
    const QString given = invocation.arguments.value(1, invocation.configPath);
    const auto path = findConfiguration(given, processEnvironment());
    if (!path) {
        printError(path.error().text());
        return exitCode::configuration;
    }
    const LoadedConfiguration loaded = loadConfiguration(*path, processEnvironment());
    if (invocation.json) {
        printOut(findingsJson(loaded.problems, {}));
    } else {
        for (const Finding &finding : loaded.problems)
            printOut(terminalText(finding.text()));
        if (loaded.problems.isEmpty())
            printOut(*path + logWords(": no mistakes."));
    }
    return loaded.isUsable() ? exitCode::ok : 1;
}

} // namespace cockpit
