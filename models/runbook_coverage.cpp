// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <algorithm>
#include <tuple>

namespace cockpit {

namespace {

/// What is found in a document once, however many rules lead to it.
struct DocumentFindings {
    QList<Finding> findings{};
    QList<DeadLink> deadLinks{};
};

bool isWithin(const Finding &finding, const LintedSection &section)
{
    // What is said at the top of the file holds for every section.
    return finding.line <= 1 || (finding.line >= section.lines.first && finding.line < section.lines.second);
}

void addDocument(const DocumentFindings &document, const LintedSection &section, RunbookCoverage &row)
{
    for (const Finding &finding : document.findings) {
        if (isWithin(finding, section))
            row.findings.append(finding);
    }
    for (const DeadLink &dead : document.deadLinks) {
        if (isWithin(dead.finding, section))
            ++(dead.isAnchor ? row.unresolvedAnchors : row.deadLinks);
    }
}

RunbookCoverage::State stateOf(const RunbookCoverage &row)
{
    using State = RunbookCoverage::State;
    if (!row.link.found)
        return State::Missing;
    const bool isSound = std::all_of(row.findings.cbegin(), row.findings.cend(),
                                     [](const Finding &finding) { return finding.level == Finding::Level::Low; });
    return isSound ? State::Complete : State::NeedsWork;
}

bool isWorse(const RunbookCoverage &a, const RunbookCoverage &b)
{
    return std::tuple(-static_cast<int>(a.state), a.alert) < std::tuple(-static_cast<int>(b.state), b.alert);
}

} // namespace

QList<RunbookCoverage> coverageOf(const RunbookLibrary &library, const QList<LintedRule> &rules,
                                  const RunbookLintRules &asked, Instant now)
{
    const LintedLinks links = linksOf(library, rules);
    QHash<const Runbook *, DocumentFindings> documents;
    QList<QList<Finding>> sectionFindings;
    QList<int> held;
    for (const LintedSection &section : links.sections) {
        sectionFindings.append(lintSection(section, asked));
        held.append(sectionsHeld(section, asked));
        if (!documents.contains(section.runbook.get()))
            documents.insert(section.runbook.get(), {lintDocument(*section.runbook, library, asked, now),
                                                     deadLinksOf(*section.runbook, library)});
    }
    QList<RunbookCoverage> rows;
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const qsizetype index = links.sectionOf[i];
        const LintedSection *section = index < 0 ? nullptr : &links.sections[index];
        RunbookCoverage row{.alert = rules[i].alert, .link = links.links[i]};
        row.sectionsAsked = static_cast<int>(asked.sectionsAsked.size());
        row.unresolvedAnchors = row.link.found && !row.link.anchorFound ? 1 : 0;
        row.findings = lintRule(rules[i], row.link, section, asked);
        if (section) {
            row.sections = held[index];
            row.reviewedAt = section->runbook->reviewedAt;
            row.findings += sectionFindings[index];
            addDocument(documents[section->runbook.get()], *section, row);
        }
        row.state = stateOf(row);
        rows.append(row);
    }
    std::stable_sort(rows.begin(), rows.end(), isWorse);
    return rows;
}

} // namespace cockpit
