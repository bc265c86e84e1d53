// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"
#include "models/runbook_link.h"

#include <QHash>
#include <QList>

namespace cockpit {

/// One alerting rule as a runbook lint sees it: from a rule file (with its place) or from Prometheus.
struct LintedRule {
    QString alert{};
    QString query{};
    Duration holdFor{};
    Labels labels{};
    Labels annotations{};
    QString file{};
    int line = 0;                       ///< of the rule's `alert:`
    QHash<QString, int> lines{};        ///< lines of "labels.severity", "annotations.runbook_url" and so on
    std::optional<Instant> changedAt{}; ///< git's last change of the rule; nothing where it is not known
};

/// One row of the coverage table: an alert rule and its runbook.
struct RunbookCoverage {
    enum class State { Complete, NeedsWork, Missing };
    QString alert{};
    RunbookLink link{};
    State state = State::Missing;
    int sections = 0; ///< of those that are asked for
    int sectionsAsked = 0;
    std::optional<Instant> reviewedAt{};
    int deadLinks = 0;
    int unresolvedAnchors = 0;
    QList<Finding> findings{};
};

/// What the lint holds a runbook to.
struct RunbookLintRules {
    QList<RunbookSection> sectionsAsked{RunbookSection::Description, RunbookSection::Severity,
                                        RunbookSection::Impact,      RunbookSection::Investigation,
                                        RunbookSection::Remediation, RunbookSection::Escalation};
    Duration staleAfter{std::chrono::hours(24 * 180)};
    QHash<QString, QString> severityWords{}; ///< what a runbook calls each rule severity: "page" → "P1"
};

/// A suppression: `<!-- cockpit-lint: off RULE reason -->` in a runbook, `# cockpit-lint: off RULE reason` in a rule
/// file. Without a reason it is a finding itself.
struct LintSuppression {
    QString rule{};
    QString reason{};
    QString file{};
    int line = 0; ///< it holds for the next block or rule; 1 in the first lines = the whole file
};

/// All findings, by file and line. Pure. Rule ids: runbook-missing, runbook-link-unresolved, runbook-anchor-unresolved,
/// runbook-section-missing, runbook-no-rollback, runbook-no-verification, runbook-no-escalation, runbook-no-owner,
/// runbook-stale, runbook-older-than-rule, runbook-command-unpasteable, runbook-denied-content,
/// runbook-severity-differs, runbook-orphan, runbook-ambiguous, runbook-dead-link, runbook-unreadable,
/// lint-suppression-without-reason.
QList<Finding> lintRunbooks(const RunbookLibrary &library, const QList<LintedRule> &rules,
                            const QList<LintSuppression> &suppressions, const RunbookLintRules &asked, Instant now);
/// One row a rule, worst first, then by name.
QList<RunbookCoverage> coverageOf(const RunbookLibrary &library, const QList<LintedRule> &rules,
                                  const RunbookLintRules &asked, Instant now);

} // namespace cockpit
