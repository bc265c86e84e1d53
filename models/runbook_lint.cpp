// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace cockpit {

namespace {

/// What a suppression in a file holds for: lines [first, last).
std::pair<int, int> linesCovered(const LintSuppression &suppression, const Runbook *runbook,
                                 const QList<int> &rulesOfFile)
{
    constexpr int end = std::numeric_limits<int>::max();
    if (suppression.line <= 1)
        return {0, end};
    if (runbook) {
        const QList<RunbookBlock> &blocks = runbook->blocks;
        const auto next = std::find_if(blocks.cbegin(), blocks.cend(),
                                       [&](const RunbookBlock &block) { return block.line >= suppression.line; });
        if (next == blocks.cend())
            return {suppression.line, end};
        if (next->kind == RunbookBlock::Kind::Heading) {
            const auto range = runbook->sectionRange(next->slug);
            return {suppression.line, range.second < blocks.size() ? blocks[range.second].line : end};
        }
        const auto after =
            std::find_if(next, blocks.cend(), [&](const RunbookBlock &block) { return block.line > next->line; });
        return {suppression.line, after == blocks.cend() ? end : after->line};
    }
    const auto next = std::lower_bound(rulesOfFile.cbegin(), rulesOfFile.cend(), suppression.line);
    if (next == rulesOfFile.cend())
        return {suppression.line, end};
    return {suppression.line, std::next(next) == rulesOfFile.cend() ? end : *std::next(next)};
}

bool comesBefore(const Finding &a, const Finding &b)
{
    return std::tie(a.file, a.line, a.rule, a.object, a.message) <
           std::tie(b.file, b.line, b.rule, b.object, b.message);
}

} // namespace

Finding runbookFinding(const char *rule, Finding::Level level, const Runbook &runbook, int line, const QString &message,
                       const QString &fix)
{
    return {.rule = QLatin1String(rule),
            .level = level,
            .file = runbook.key.path,
            .line = line,
            .object = runbook.key.path.section(u'/', -1),
            .message = message,
            .fix = fix};
}

Finding ruleFinding(const char *rule, Finding::Level level, const LintedRule &of, const char *place,
                    const QString &message, const QString &fix)
{
    return {.rule = QLatin1String(rule),
            .level = level,
            .file = of.file,
            .line = of.lines.value(QString::fromUtf8(place), of.line),
            .object = of.alert,
            .message = message,
            .fix = fix};
}

QList<Finding> suppressed(QList<Finding> findings, const QList<LintSuppression> &suppressions,
                          const RunbookLibrary &library, const QList<LintedRule> &rules)
{
    if (suppressions.isEmpty())
        return findings;
    QHash<QString, const Runbook *> runbooks;
    for (const RunbookPtr &runbook : library.runbooks)
        runbooks.insert(runbook->key.path, runbook.get());
    QHash<QString, QList<int>> ruleLines;
    for (const LintedRule &rule : rules)
        ruleLines[rule.file].append(rule.line);
    for (QList<int> &lines : ruleLines)
        std::sort(lines.begin(), lines.end());
    for (const LintSuppression &suppression : suppressions) {
        if (suppression.reason.trimmed().isEmpty()) {
            findings.append({.rule = QStringLiteral("lint-suppression-without-reason"),
                             .level = Finding::Level::Medium,
                             .file = suppression.file,
                             .line = suppression.line,
                             .object = suppression.rule,
                             .message = RunbookLintWords::tr("This suppression gives no reason, so it does not hold."),
                             .fix = RunbookLintWords::tr("Say behind the rule's name why it is all right here.")});
            continue;
        }
        const auto [first, last] =
            linesCovered(suppression, runbooks.value(suppression.file), ruleLines.value(suppression.file));
        findings.removeIf([&, from = first, to = last](const Finding &finding) {
            return finding.rule == suppression.rule && finding.file == suppression.file && finding.line >= from &&
                   finding.line < to;
        });
    }
    return findings;
}

QList<Finding> lintRunbooks(const RunbookLibrary &library, const QList<LintedRule> &rules,
                            const QList<LintSuppression> &suppressions, const RunbookLintRules &asked, Instant now)
{
    const LintedLinks links = linksOf(library, rules);
    QList<Finding> findings;
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const qsizetype section = links.sectionOf[i];
        findings += lintRule(rules[i], links.links[i], section < 0 ? nullptr : &links.sections[section], asked);
    }
    for (const LintedSection &section : links.sections)
        findings += lintSection(section, asked);
    for (const RunbookPtr &runbook : library.runbooks) {
        if (!isRunbookTemplate(*runbook))
            findings += lintDocument(*runbook, library, asked, now);
    }
    findings += lintOrphans(library, links, rules);
    findings = suppressed(std::move(findings), suppressions, library, rules);
    std::sort(findings.begin(), findings.end(), comesBefore);
    return findings;
}

} // namespace cockpit
