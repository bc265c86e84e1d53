// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <QSet>

namespace cockpit {

namespace {

bool isCockpitProblem(const RunbookBlock &block) { return block.action && !block.action->problem.isEmpty(); }

/// An ordinary page of the folder that no alert is asked of: its table of contents, say.
bool isIndexPage(const Runbook &runbook)
{
    const QString name = runbook.key.path.section(u'/', -1).toLower();
    return name == u"readme.md" || name == u"index.md";
}

int lineNaming(const Runbook &runbook, const QString &alert)
{
    for (const RunbookBlock &block : runbook.blocks) {
        if (block.kind == RunbookBlock::Kind::Paragraph && plainText(block.text).contains(alert))
            return block.line;
    }
    return 1;
}

} // namespace

bool isRunbookTemplate(const Runbook &runbook)
{
    return runbook.key.path.section(u'/', -1).section(u'.', 0, 0).compare(u"template", Qt::CaseInsensitive) == 0;
}

QList<Finding> lintDocument(const Runbook &runbook, const RunbookLibrary &library, const RunbookLintRules &asked,
                            Instant now)
{
    QList<Finding> findings;
    for (const QString &problem : runbook.problems)
        findings.append(runbookFinding("runbook-unreadable", Finding::Level::High, runbook, 1, problem,
                                       RunbookLintWords::tr("Save it as UTF-8 Markdown of at most 1 MiB.")));
    for (const RunbookBlock &block : runbook.blocks) {
        if (isCockpitProblem(block))
            findings.append(runbookFinding("runbook-unreadable", Finding::Level::High, runbook, block.line,
                                           RunbookLintWords::tr("This action cannot be read."), block.action->problem));
    }
    for (const DeadLink &dead : deadLinksOf(runbook, library))
        findings.append(dead.finding);
    findings += lintCommands(runbook);
    if (runbook.blocks.isEmpty() || isIndexPage(runbook))
        return findings;
    if (runbook.owner.isEmpty())
        findings.append(runbookFinding(
            "runbook-no-owner", Finding::Level::Medium, runbook, 1, RunbookLintWords::tr("Nobody owns this runbook."),
            RunbookLintWords::tr("Add \"**Owner**: TEAM\", or owner: in its front matter.")));
    if (!runbook.reviewedAt)
        findings.append(runbookFinding("runbook-stale", Finding::Level::Low, runbook, 1,
                                       RunbookLintWords::tr("It does not say when it was last reviewed."),
                                       RunbookLintWords::tr("Add \"**Last Reviewed**: YYYY-MM-DD\".")));
    else if (now - *runbook.reviewedAt > asked.staleAfter)
        findings.append(
            runbookFinding("runbook-stale", Finding::Level::Medium, runbook, 1,
                           RunbookLintWords::tr("It was last reviewed on %1, %2 ago.")
                               .arg(toRfc3339(*runbook.reviewedAt).left(10),
                                    roughDurationText(std::chrono::duration_cast<Duration>(now - *runbook.reviewedAt))),
                           RunbookLintWords::tr("Walk through it once and set its date.")));
    return findings;
}

QList<Finding> lintOrphans(const RunbookLibrary &library, const LintedLinks &links, const QList<LintedRule> &rules)
{
    QList<Finding> findings;
    QSet<QString> names;
    for (const LintedRule &rule : rules)
        names.insert(rule.alert);
    for (const RunbookPtr &runbook : library.runbooks) {
        if (isRunbookTemplate(*runbook) || isIndexPage(*runbook))
            continue;
        for (const QString &alert : runbook->alerts) {
            if (!names.contains(alert)) {
                findings.append(runbookFinding(
                    "runbook-orphan", Finding::Level::Low, *runbook, lineNaming(*runbook, alert),
                    RunbookLintWords::tr("It names the alert %1, which no rule has.").arg(alert.left(120)),
                    RunbookLintWords::tr("Correct the name, or give the linter the file of that rule.")));
                findings.last().object = alert;
            }
        }
        if (!links.isLedTo.contains(runbook.get()))
            findings.append(runbookFinding("runbook-orphan", Finding::Level::Low, *runbook, 1,
                                           RunbookLintWords::tr("No alert rule and no other runbook leads here."),
                                           RunbookLintWords::tr("Link it from where it is needed, or take it out.")));
    }
    return findings;
}

} // namespace cockpit
