// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/lint_migrations.h"

#include "app/cli/output.h"
#include "app/formats/findings_json.h"
#include "app/formats/findings_sarif.h"
#include "app/formats/migration_sql.h"
#include "app/runbooks/git_checkout.h"
#include "models/migration_lint.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>

namespace cockpit {

namespace {

constexpr int mostMigrationFiles = 50'000;
constexpr qint64 mostMigrationBytes = 64 * 1024 * 1024;

QString migrationLintWords(const char *text) { return QCoreApplication::translate("LintMigrations", text); }

MigrationFile readMigrationAt(const QString &path)
{
    QFile source(path);
    if (source.size() <= mostMigrationBytes && source.open(QIODevice::ReadOnly))
        return readMigration(path, source.readAll());
    MigrationFile file = migrationFileOf(path);
    file.notChecked.append(source.size() > mostMigrationBytes ? migrationLintWords("it is larger than 64 MiB")
                                                              : source.errorString());
    return file;
}

/// Files of the arguments; `problem` says which argument is none.
QStringList migrationPaths(const QStringList &arguments, QStringList &notChecked, QString &problem)
{
    QStringList paths;
    for (const QString &given : arguments) {
        const QFileInfo info(given);
        if (!info.exists()) {
            problem = migrationLintWords("There is no file or folder ") + given + u'.';
            return {};
        }
        if (info.isFile())
            paths.append(given);
        QDirIterator walk(given, {QStringLiteral("*.sql")}, QDir::Files, QDirIterator::Subdirectories);
        while (info.isDir() && walk.hasNext() && paths.size() < mostMigrationFiles)
            paths.append(QDir::cleanPath(walk.next()));
        if (info.isDir() && walk.hasNext())
            notChecked.append(given + migrationLintWords(": only its first 50000 files were read"));
    }
    paths.removeDuplicates();
    return paths;
}

/// Marks what differs from the revision. Gives the problem in words, empty when there is none.
QString markChanged(QList<MigrationFile> &files, const QString &since)
{
    if (files.isEmpty())
        return {};
    const auto found = GitCheckout::find(QFileInfo(files.first().path).absolutePath(), nullptr);
    if (!found)
        return found.error().text();
    if (!*found)
        return migrationLintWords("--since needs a git checkout, and this is none.");
    const auto changed = (*found)->changedSince(since);
    if (!changed)
        return changed.error().text();
    const QSet<QString> paths(changed->cbegin(), changed->cend());
    const QDir top((*found)->topLevel());
    for (MigrationFile &file : files)
        file.changed = paths.contains(top.relativeFilePath(QFileInfo(file.path).canonicalFilePath()));
    return {};
}

void printMigrationFindings(const Invocation &invocation, const QList<Finding> &findings, const QStringList &notChecked,
                            qsizetype fileCount)
{
    if (invocation.format == u"sarif")
        return printOut(findingsSarif(findings, notChecked));
    if (invocation.format == u"github")
        return printOut(findingsGitHub(findings, notChecked).trimmed());
    if (invocation.json)
        return printOut(findingsJson(findings, notChecked));
    for (const Finding &finding : findings)
        printOut(terminalText(toWireName(finding.level) + u' ' + finding.rule + u' ' + finding.text()));
    for (const QString &words : notChecked)
        printOut(terminalText(migrationLintWords("not checked: ") + words));
    if (findings.isEmpty())
        printOut(migrationLintWords("No findings in ") + QString::number(fileCount) + migrationLintWords(" files."));
}

} // namespace

int lintMigrationFiles(const Invocation &invocation)
{
    static const QStringList formats{QString(), QStringLiteral("text"), QStringLiteral("json"), QStringLiteral("sarif"),
                                     QStringLiteral("github")};
    QStringList notChecked;
    QString problem;
    if (!formats.contains(invocation.format))
        problem = migrationLintWords("There is no format '") + invocation.format + QStringLiteral("'.");
    else if (invocation.arguments.size() < 2)
        problem = migrationLintWords("The files or folders of the migrations are missing.");
    QStringList paths;
    if (problem.isEmpty())
        paths = migrationPaths(invocation.arguments.mid(1), notChecked, problem);
    QList<MigrationFile> files;
    if (problem.isEmpty())
        files = QtConcurrent::blockingMapped<QList<MigrationFile>>(paths, readMigrationAt);
    if (problem.isEmpty() && !invocation.since.isEmpty())
        problem = markChanged(files, invocation.since);
    if (!problem.isEmpty()) {
        printError(problem);
        printError(migrationLintWords(
            "Usage: dt-cockpit lint migrations PATH… [--format text|json|sarif|github] [--since REV]"));
        return exitCode::usage;
    }
    for (const MigrationFile &file : std::as_const(files)) {
        for (const QString &words : file.notChecked)
            notChecked.append(file.path + QStringLiteral(": ") + words);
    }
    const QList<Finding> findings = lintMigrations(files, !invocation.since.isEmpty());
    printMigrationFindings(invocation, findings, notChecked, files.size());
    return hasSeriousFinding(findings) ? 1 : exitCode::ok;
}

} // namespace cockpit
