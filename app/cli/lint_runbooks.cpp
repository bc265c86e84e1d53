// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/lint_runbooks.h"

#include "app/cli/output.h"
#include "app/cli/rule_files.h"
#include "app/clock/clock.h"
#include "app/formats/alert_rules_yaml.h"
#include "app/formats/findings_json.h"
#include "app/formats/findings_sarif.h"
#include "app/formats/runbook_markdown.h"
#include "app/runbooks/git_checkout.h"
#include "app/runbooks/runbook_folder.h"
#include "models/link_target.h"
#include "models/runbook_coverage.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

/// A rule is never longer; of the last one of a file nobody says where it ends.
constexpr int mostRuleLines = 40;

QString lintWords(const char *text) { return QCoreApplication::translate("LintRunbooks", text); }

/// Paths of the folder's findings and rules are below `root` where they can be.
QString belowRoot(const QString &path, const QString &root)
{
    return path.startsWith(root + u'/') ? path.mid(root.size() + 1) : path;
}

class RunbookLintRun {
public:
    explicit RunbookLintRun(const Invocation &invocation)
        : m_invocation(invocation)
    {}

    int run()
    {
        if (const QString problem = readArguments(); !problem.isEmpty()) {
            printError(problem);
            printError(lintWords("Usage: dt-cockpit lint runbooks DIR --rules GLOB [--root DIR] "
                                 "[--format text|json|sarif|github]"));
            return exitCode::usage;
        }
        AlertRulesFile read = readRuleFiles(m_ruleFiles);
        m_rules = std::move(read.rules);
        m_suppressions = std::move(read.suppressions);
        m_findings = std::move(read.problems);
        chooseRoot();
        if (!isBelow(m_folder, m_root)) {
            printError(lintWords("The runbooks do not lie below --root: ") + m_root);
            return exitCode::usage;
        }
        for (LintedRule &rule : m_rules)
            rule.file = belowRoot(rule.file, m_root);
        dateRules();
        for (Finding &finding : m_findings)
            finding.file = belowRoot(finding.file, m_root);
        for (LintSuppression &suppression : m_suppressions)
            suppression.file = belowRoot(suppression.file, m_root);
        if (const QString problem = readRunbooks(); !problem.isEmpty()) {
            printError(problem);
            return exitCode::usage;
        }
        m_findings += lintRunbooks(m_library, m_rules, m_suppressions, {}, m_clock.now());
        print();
        return hasSeriousFinding(m_findings) ? 1 : exitCode::ok;
    }

private:
    QString readArguments()
    {
        static const QStringList formats{QString(), QStringLiteral("text"), QStringLiteral("json"),
                                         QStringLiteral("sarif"), QStringLiteral("github")};
        if (!formats.contains(m_invocation.format))
            return lintWords("There is no format '") + m_invocation.format + QStringLiteral("'.");
        const QString given = m_invocation.arguments.value(1);
        if (given.isEmpty())
            return lintWords("The folder of the runbooks is missing.");
        m_folder = QFileInfo(given).canonicalFilePath();
        if (m_folder.isEmpty() || !QFileInfo(m_folder).isDir())
            return lintWords("There is no folder ") + given + u'.';
        // A shell that expands the pattern leaves the further files as arguments.
        const QStringList patterns = m_invocation.rules + m_invocation.arguments.mid(2);
        if (patterns.isEmpty())
            return lintWords("The files of alert rules are missing (--rules).");
        for (const QString &pattern : patterns) {
            const QStringList files = ruleFilesOf(pattern);
            if (files.isEmpty())
                return lintWords("No file is ") + pattern + u'.';
            m_ruleFiles += files;
        }
        m_ruleFiles.removeDuplicates();
        if (!m_invocation.root.isEmpty() && !QFileInfo(m_invocation.root).isDir())
            return lintWords("There is no folder ") + m_invocation.root + u'.';
        return {};
    }

    static bool isBelow(const QString &path, const QString &root)
    {
        return path == root || path.startsWith(root + u'/');
    }

    /// --root, else git's top, else the nearest folder above in which a rule's runbook exists, else DIR itself.
    void chooseRoot()
    {
        m_root = QFileInfo(m_invocation.root).canonicalFilePath();
        if (!m_invocation.root.isEmpty())
            return;
        const auto found = GitCheckout::find(m_folder, nullptr);
        if (found && *found) {
            m_git = *found;
            m_root = QFileInfo((*found)->topLevel()).canonicalFilePath();
            return;
        }
        m_root = m_folder;
        for (QDir above(m_folder);;) {
            for (const LintedRule &rule : m_rules) {
                const LinkTarget target = readLinkTarget(rule.annotations.value(u"runbook_url"), {});
                if (target.kind == LinkTarget::Kind::Path && QFileInfo(above.filePath(target.path)).isFile()) {
                    m_root = above.absolutePath();
                    return;
                }
            }
            if (above.isRoot() || !above.cdUp())
                return;
        }
    }

    /// When each rule last changed: the newest of its lines, which end where the next rule begins.
    void dateRules()
    {
        QString file;
        QHash<int, Instant> lines;
        for (qsizetype i = 0; i < m_rules.size(); ++i) {
            LintedRule &rule = m_rules[i];
            if (rule.file != file || i == 0) {
                file = rule.file;
                lines = changesOf(file);
            }
            const bool isLast = i + 1 == m_rules.size() || m_rules[i + 1].file != file;
            const int end = isLast ? rule.line + mostRuleLines : m_rules[i + 1].line;
            for (int line = rule.line; line < end; ++line) {
                if (const auto at = lines.constFind(line); at != lines.cend())
                    rule.changedAt = std::max(*at, rule.changedAt.value_or(*at));
            }
        }
    }

    QHash<int, Instant> changesOf(const QString &file)
    {
        const auto changes = m_git ? m_git->lineChanges(file) : Result<QHash<int, Instant>>(QHash<int, Instant>());
        if (!m_git || !changes || changes->isEmpty())
            m_notChecked.append(file + lintWords(": not known when its rules last changed") +
                                (changes ? QString() : QStringLiteral(": ") + changes.error().text()));
        return changes ? *changes : QHash<int, Instant>();
    }

    QString readRunbooks()
    {
        const QString below = m_folder.mid(m_root.size() + 1);
        RunbookFolder folder(m_root,
                             {below.isEmpty() ? QStringLiteral("**/*.md") : below + QStringLiteral("/**/*.md")});
        const Result<RunbookFolderRead> read = folder.read();
        if (!read)
            return read.error().text();
        QHash<QString, Instant> ages;
        if (m_git) {
            if (const auto changes = m_git->lastChanges(m_root))
                ages = *changes;
            else
                m_notChecked.append(lintWords("git did not say when the runbooks changed: ") + changes.error().text());
        }
        m_library.sources = {{.name = QStringLiteral("root"), .root = m_root}};
        if (m_git) {
            if (const auto state = m_git->state())
                m_library.sources[0].urls = state->urls;
        }
        for (const RunbookFilePtr &file : read->files)
            readOne(*file, folder, ages);
        readLinkedElsewhere(folder, ages);
        m_notChecked += read->problems;
        std::sort(m_library.runbooks.begin(), m_library.runbooks.end(),
                  [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
        return {};
    }

    /// What rules name below the root but outside of DIR.
    void readLinkedElsewhere(const RunbookFolder &folder, const QHash<QString, Instant> &ages)
    {
        QSet<QString> known;
        for (const RunbookPtr &runbook : std::as_const(m_library.runbooks))
            known.insert(runbook->key.path);
        for (const LintedRule &rule : std::as_const(m_rules)) {
            const LinkTarget target = readLinkTarget(rule.annotations.value(u"runbook_url"), {});
            if (target.kind != LinkTarget::Kind::Path || known.contains(target.path))
                continue;
            known.insert(target.path);
            if (const Result<RunbookFilePtr> file = folder.readOne(target.path))
                readOne(**file, folder, ages);
        }
    }

    void readOne(const RunbookFile &file, const RunbookFolder &folder, const QHash<QString, Instant> &ages)
    {
        RunbookReading reading;
        reading.pathInSource = [&folder](const QString &path) { return folder.holds(path); };
        if (const auto age = ages.constFind(file.path); age != ages.cend())
            reading.changedAt = *age;
        const RunbookPtr runbook = readRunbook({QStringLiteral("root"), file.path}, file.bytes, reading);
        m_suppressions += runbookSuppressions(file.bytes, file.path);
        noteUnchecked(*runbook);
        m_library.runbooks.append(runbook);
    }

    void noteUnchecked(const Runbook &runbook)
    {
        if (runbook.key.path.section(u'/', -1).startsWith(u"TEMPLATE", Qt::CaseInsensitive))
            m_notChecked.append(runbook.key.path + lintWords(": a template, no runbook"));
        for (const RunbookLinkTarget &link : runbook.links) {
            if (readLinkTarget(link.target, runbook.key.path).kind == LinkTarget::Kind::Web)
                m_notChecked.append(runbook.key.path + u':' + QString::number(link.line) +
                                    lintWords(": not asked whether it answers: ") + link.target.left(300));
        }
    }

    void print()
    {
        if (m_invocation.format == u"sarif")
            return printOut(findingsSarif(m_findings, m_notChecked));
        if (m_invocation.format == u"github")
            return printOut(findingsGitHub(m_findings, m_notChecked).trimmed());
        if (m_invocation.json)
            return printOut(findingsJson(m_findings, m_notChecked));
        for (const Finding &finding : m_findings)
            printOut(terminalText(toWireName(finding.level) + u' ' + finding.rule + u' ' + finding.text()));
        for (const QString &words : m_notChecked)
            printOut(terminalText(lintWords("not checked: ") + words));
        if (m_findings.isEmpty())
            printOut(lintWords("No findings in ") + QString::number(m_library.runbooks.size()) +
                     lintWords(" runbooks and ") + QString::number(m_rules.size()) + lintWords(" rules."));
    }

    const Invocation &m_invocation;
    LiveClock m_clock{};
    QString m_folder{};
    QString m_root{};
    std::optional<GitCheckout> m_git{};
    QStringList m_ruleFiles{};
    QList<LintedRule> m_rules{};
    QList<LintSuppression> m_suppressions{};
    RunbookLibrary m_library{};
    QList<Finding> m_findings{};
    QStringList m_notChecked{};
};

} // namespace

int lintRunbookFolder(const Invocation &invocation) { return RunbookLintRun(invocation).run(); }

} // namespace cockpit
