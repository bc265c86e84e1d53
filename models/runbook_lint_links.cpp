// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/link_target.h"
#include "models/runbook_lint_parts.h"

#include <limits>

namespace cockpit {

namespace {

/// Sections of the document itself that hold for each alert in it: a severity table, the paths of escalation.
bool holdsForWholeDocument(RunbookSection section)
{
    return section == RunbookSection::Severity || section == RunbookSection::Escalation;
}

/// "Severity" of a "**Severity**: Critical" line; empty where the block has none.
QString severityLine(const RunbookBlock &block)
{
    if (block.kind != RunbookBlock::Kind::Paragraph && block.kind != RunbookBlock::Kind::ListItem)
        return {};
    for (const RunbookSpan &span : block.text) {
        if (!span.bold || !span.text.startsWith(u"severity", Qt::CaseInsensitive))
            continue;
        const QString words = plainText(block.text);
        const QString after = words.mid(words.indexOf(span.text) + span.text.size()).section(u'\n', 0, 0);
        return (after.startsWith(u':') ? after.mid(1) : after).trimmed();
    }
    return {};
}

bool leadsToAnchor(const QString &anchor, const Runbook &runbook)
{
    return anchor.isEmpty() || runbook.headingAt(anchor) >= 0;
}

} // namespace

LintedSection::LintedSection(RunbookPtr of, const QString &slugInIt)
    : runbook(std::move(of))
    , slug(slugInIt)
{
    blocks = runbook->sectionRange(slug);
    const QList<RunbookBlock> &all = runbook->blocks;
    const bool isWhole = slug.isEmpty();
    lines.first = isWhole || blocks.first >= all.size() ? 1 : all[blocks.first].line;
    lines.second = isWhole || blocks.second >= all.size() ? std::numeric_limits<int>::max() : all[blocks.second].line;
}

bool LintedSection::holds(RunbookSection section) const
{
    if (section == RunbookSection::Severity && !severity().isEmpty())
        return true;
    for (int i = blocks.first; i < blocks.second; ++i) {
        if (runbook->blocks[i].section == section && runbook->blocks[i].kind != RunbookBlock::Kind::Heading)
            return true;
    }
    if (slug.isEmpty() || !holdsForWholeDocument(section))
        return false;
    for (const RunbookBlock &block : runbook->blocks) {
        if (block.section == section && block.kind == RunbookBlock::Kind::Heading && block.level <= 2)
            return true;
    }
    return false;
}

QString LintedSection::severity() const
{
    for (int i = blocks.first; i < blocks.second; ++i) {
        if (const QString words = severityLine(runbook->blocks[i]); !words.isEmpty())
            return words;
    }
    return slug.isEmpty() ? runbook->severity : QString();
}

QString LintedSection::alertNames() const
{
    QStringList names;
    for (const LintedRule *rule : rules) {
        if (!names.contains(rule->alert))
            names.append(rule->alert);
    }
    const qsizetype more = names.size() - 5;
    return names.mid(0, 5).join(QStringLiteral(", ")) + (more > 0 ? QStringLiteral(" +%1").arg(more) : QString());
}

LintedLinks linksOf(const RunbookLibrary &library, const QList<LintedRule> &rules)
{
    LintedLinks all;
    const RunbookLinker linker(RunbookLibraryPtr(std::shared_ptr<void>(), &library));
    QHash<std::pair<RunbookKey, QString>, qsizetype> known;
    for (const LintedRule &rule : rules) {
        const RunbookLink link = linker.link(rule.alert, rule.labels, rule.annotations);
        qsizetype index = -1;
        if (const RunbookPtr runbook = link.found ? library.find(link.runbook) : nullptr) {
            all.isLedTo[runbook.get()] = true;
            const std::pair place(link.runbook, link.anchorFound ? link.anchor : QString());
            index = known.value(place, -1);
            if (index < 0) {
                index = all.sections.size();
                known.insert(place, index);
                all.sections.append(LintedSection(runbook, place.second));
            }
            all.sections[index].rules.append(&rule);
        }
        all.links.append(link);
        all.sectionOf.append(index);
    }
    for (const RunbookPtr &runbook : library.runbooks) {
        for (const RunbookLinkTarget &link : runbook->links) {
            const LinkTarget target = readLinkTarget(link.target, runbook->key.path);
            if (target.kind != LinkTarget::Kind::Path || target.path == runbook->key.path)
                continue;
            if (const RunbookPtr other = library.find({runbook->key.source, target.path}))
                all.isLedTo[other.get()] = true;
        }
    }
    return all;
}

QList<DeadLink> deadLinksOf(const Runbook &runbook, const RunbookLibrary &library)
{
    QList<DeadLink> dead;
    const auto add = [&](const RunbookLinkTarget &link, bool isAnchor, const QString &message, const QString &fix) {
        dead.append(
            {runbookFinding("runbook-dead-link", Finding::Level::Medium, runbook, link.line, message, fix), isAnchor});
    };
    for (const RunbookLinkTarget &link : runbook.links) {
        const LinkTarget target = readLinkTarget(link.target, runbook.key.path);
        const QString shown = link.target.left(160);
        if (target.kind == LinkTarget::Kind::Refused || target.kind == LinkTarget::Kind::Leaves) {
            if (!link.target.startsWith(u"mailto:"))
                add(link, false,
                    RunbookLintWords::tr("\"%1\" is not opened: it leaves the repository or is no http address.")
                        .arg(shown),
                    RunbookLintWords::tr("Link to a file of the repository, or to an http or https address."));
        } else if (link.isMissing) {
            add(link, false, RunbookLintWords::tr("\"%1\" names a file that does not exist.").arg(shown),
                RunbookLintWords::tr("Correct the path, or take the link out."));
        } else if (target.kind == LinkTarget::Kind::Anchor) {
            if (!leadsToAnchor(target.anchor, runbook))
                add(link, true,
                    RunbookLintWords::tr("\"%1\" names a section that this document does not have.").arg(shown),
                    RunbookLintWords::tr("Use the anchor of a heading that is there."));
        } else if (target.kind == LinkTarget::Kind::Path) {
            const RunbookPtr other = library.find({runbook.key.source, target.path});
            if (other && !leadsToAnchor(target.anchor, *other))
                add(link, true,
                    RunbookLintWords::tr("\"%1\" names a section that %2 does not have.").arg(shown, target.path),
                    RunbookLintWords::tr("Use the anchor of a heading that is there."));
        }
    }
    return dead;
}

} // namespace cockpit
