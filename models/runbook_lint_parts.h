// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook_coverage.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace cockpit {

/// The words of the lint of runbooks, in one translation context.
class RunbookLintWords {
    Q_DECLARE_TR_FUNCTIONS(RunbookLint)
};

/// A finding of a runbook. `level` decides the exit code; `file` is the path in its source.
Finding runbookFinding(const char *rule, Finding::Level level, const Runbook &runbook, int line, const QString &message,
                       const QString &fix);
/// A finding of a rule at a place of its own ("annotations.runbook_url"), else at its `alert:`.
Finding ruleFinding(const char *rule, Finding::Level level, const LintedRule &of, const char *place,
                    const QString &message, const QString &fix);

/// What the alerts that lead to one section of a runbook ask of it.
struct LintedSection {
    RunbookPtr runbook{};
    QString slug{}; ///< empty = the whole document
    std::pair<int, int> blocks{};
    std::pair<int, int> lines{}; ///< [first, last); last is one past any line for the end of the document
    QList<const LintedRule *> rules{};

    LintedSection() = default;
    LintedSection(RunbookPtr of, const QString &slugInIt);
    int line() const { return lines.first; }
    bool holds(RunbookSection section) const;
    /// What it says of its severity: a "**Severity**:" line inside, else the document's.
    QString severity() const;
    /// Its alerts, apart by commas; at most five are named.
    QString alertNames() const;
};

/// Every rule's link, and the sections that they lead to.
struct LintedLinks {
    QList<RunbookLink> links{};             ///< by rule
    QList<LintedSection> sections{};        ///< each once
    QList<qsizetype> sectionOf{};           ///< by rule; -1 = none
    QHash<const Runbook *, bool> isLedTo{}; ///< by an alert or by another runbook
};
LintedLinks linksOf(const RunbookLibrary &library, const QList<LintedRule> &rules);

/// A model to copy from, not a runbook: TEMPLATE.md.
bool isRunbookTemplate(const Runbook &runbook);

QList<Finding> lintRule(const LintedRule &rule, const RunbookLink &link, const LintedSection *section,
                        const RunbookLintRules &asked);
QList<Finding> lintSection(const LintedSection &section, const RunbookLintRules &asked);
QList<Finding> lintDocument(const Runbook &runbook, const RunbookLibrary &library, const RunbookLintRules &asked,
                            Instant now);
/// Lines of its code blocks that cannot be pasted.
QList<Finding> lintCommands(const Runbook &runbook);
/// What must not stand in an annotation: tokens, passwords, private hosts. Never repeats what it found.
QList<Finding> lintAnnotations(const LintedRule &rule);
/// A link of the runbook whose file or section is not there; `isAnchor` tells which.
struct DeadLink {
    Finding finding{};
    bool isAnchor = false;
};
QList<DeadLink> deadLinksOf(const Runbook &runbook, const RunbookLibrary &library);
/// What an `**Alert**:` line names although no rule has it.
QList<Finding> lintOrphans(const RunbookLibrary &library, const LintedLinks &links, const QList<LintedRule> &rules);

/// Takes away what a reasoned suppression covers; adds a finding for each without a reason.
QList<Finding> suppressed(QList<Finding> findings, const QList<LintSuppression> &suppressions,
                          const RunbookLibrary &library, const QList<LintedRule> &rules);

/// How much of what is asked a section holds.
int sectionsHeld(const LintedSection &section, const RunbookLintRules &asked);

} // namespace cockpit
