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

namespace {

/// What does not work: the store, the copy of the runbooks, a source, a folder of runbooks.
QList<Finding> selfCheckFindings(Session &session, const Result<ChainReport> &report, const Result<Done> &cache)
{
    QList<Finding> findings;
    if (!report || !report->isIntact())
        findings.append({.rule = QStringLiteral("store-not-sound"),
                         .level = Finding::Level::Blocker,
                         .object = QStringLiteral("store"),
                         .message = report ? report->words : report.error().text()});
    if (!cache)
        findings.append({.rule = QStringLiteral("runbook-copy-not-sound"),
                         .level = Finding::Level::High,
                         .object = QStringLiteral("runbooks"),
                         .message = cache.error().text()});
    for (const SourceStatus &source : session.cockpit().fleet().fleet().sources) {
        if (source.state != SourceStatus::State::Ok)
            findings.append({.rule = QStringLiteral("source-") + toWireName(source.state),
                             .level = Finding::Level::High,
                             .object = source.name,
                             .message = source.message});
    }
    for (const RunbookSourceState &source : session.cockpit().models().runbooks.library().sources) {
        if (!source.problem.isEmpty())
            findings.append({.rule = QStringLiteral("runbook-source-problem"),
                             .level = source.offline ? Finding::Level::High : Finding::Level::Low,
                             .object = source.name,
                             .message = source.problem});
    }
    return findings;
}

void printSelfCheck(Session &session, const Invocation &invocation, const Result<ChainReport> &report,
                    const Result<Done> &cache, const Finish &finish)
{
    const QList<Finding> findings = selfCheckFindings(session, report, cache);
    if (invocation.json) {
        printOut(findingsJson(findings, {}));
        return finish(findings.isEmpty() ? exitCode::ok : 1);
    }
    const RunbookLibrary &library = session.cockpit().models().runbooks.library();
    printOut(logWords("Sources: ") + QString::number(session.cockpit().fleet().fleet().sources.size())
             + logWords(", store: ") + (report ? report->words : report.error().text()));
    printOut(logWords("Runbooks: ") + QString::number(library.runbooks.size()) + logWords(" from ")
             + QString::number(library.sources.size()) + logWords(" sources, copy: ")
             + (cache ? logWords("sound") : cache.error().text()));
    for (const Finding &finding : findings)
        printOut(terminalText(finding.text()));
    if (findings.isEmpty())
        printOut(logWords("All of it works."));
    finish(findings.isEmpty() ? exitCode::ok : 1);
}

} // namespace

void runSelfCheck(Session &session, const Invocation &invocation, Finish finish)
{
    whenRunbooksRead(session, invocation, [&session, invocation, finish] {
        session.cockpit().store().ask<ChainReport>(
            [](Store &store) { return store.journal().verifyChain(); },
            [&session, invocation, finish](const Result<ChainReport> &report) {
                session.cockpit().runbooks().backend().check([&session, invocation, finish, report](const Result<Done> &cache) {
                    printSelfCheck(session, invocation, report, cache, finish);
                });
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
