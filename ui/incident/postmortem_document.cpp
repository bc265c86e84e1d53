// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/postmortem_document.h"

#include "models/plain_line.h"
#include "ui/incident/incident_words.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct PostmortemWords {
    Q_DECLARE_TR_FUNCTIONS(PostmortemDocument)
};

/// Adds blocks one after the other; `line` counts them, so that each has a place.
class PostmortemWriter {
public:
    void heading(int level, const QString &text)
    {
        RunbookBlock &one = add(RunbookBlock::Kind::Heading);
        one.level = level;
        one.slug = QStringLiteral("section-%1").arg(one.line);
        one.text = {{.text = plainLine(text, 300)}};
    }
    void paragraph(const QString &text)
    {
        for (const QString &part : text.split(u'\n', Qt::SkipEmptyParts))
            add(RunbookBlock::Kind::Paragraph).text = {{.text = plainLine(part, 4000)}};
    }
    void known(const QString &text) { paragraph(text.isEmpty() ? PostmortemWords::tr("Not known yet: add it when you know.") : text); }
    void items(const QStringList &texts, const QString &none)
    {
        for (const QString &text : texts) {
            RunbookBlock &one = add(RunbookBlock::Kind::ListItem);
            one.marker = QStringLiteral("•");
            one.depth = 1;
            one.text = {{.text = plainLine(text, 2000)}};
        }
        if (texts.isEmpty())
            paragraph(none);
    }
    void table(const QList<QStringList> &rows)
    {
        RunbookBlock &one = add(RunbookBlock::Kind::Table);
        for (const QStringList &row : rows) {
            QList<RunbookText> cells;
            for (const QString &cell : row)
                cells.append(RunbookText{{.text = plainLine(cell, 600)}});
            one.rows.append(cells);
        }
        one.alignments = QList<int>(rows.isEmpty() ? 0 : rows.first().size(), -1);
    }
    QList<RunbookBlock> blocks{};

private:
    RunbookBlock &add(RunbookBlock::Kind kind)
    {
        RunbookBlock one;
        one.kind = kind;
        one.line = static_cast<int>(blocks.size()) + 1;
        blocks.append(one);
        return blocks.last();
    }
};

void writeFacts(PostmortemWriter &out, const Postmortem &draft)
{
    const auto known = [](const QString &text) {
        return text.isEmpty() ? PostmortemWords::tr("not known yet") : text;
    };
    out.table({{PostmortemWords::tr("What"), PostmortemWords::tr("How it was")},
               {PostmortemWords::tr("Level"), toWireName(draft.level)},
               {PostmortemWords::tr("Status"), draft.status},
               {PostmortemWords::tr("Duration"), known(draft.duration)},
               {PostmortemWords::tr("Impact"), known(draft.impact)},
               {PostmortemWords::tr("Users affected"), known(draft.usersAffected)},
               {PostmortemWords::tr("Revenue impact"), known(draft.revenueImpact)},
               {PostmortemWords::tr("Detected by"), known(draft.detectedBy)},
               {PostmortemWords::tr("Trigger"), known(draft.trigger)}});
}

void writeTimes(PostmortemWriter &out, const Postmortem &draft)
{
    QList<QStringList> rows{{PostmortemWords::tr("Measure"), PostmortemWords::tr("Value"), PostmortemWords::tr("Goal"),
                             PostmortemWords::tr("Definition")}};
    for (const IncidentFigure &figure : draft.figures) {
        const QString value = figure.value && !figure.running ? durationText(*figure.value)
                              : figure.running                ? PostmortemWords::tr("running")
                                                              : PostmortemWords::tr("not known: %1").arg(figure.missing);
        rows.append({figureWord(figure.what), value, figure.goal ? durationText(*figure.goal) : QString(), figure.definition});
    }
    out.heading(2, PostmortemWords::tr("Times"));
    out.table(rows);
}

void writeTimeline(PostmortemWriter &out, const Postmortem &draft)
{
    out.heading(2, PostmortemWords::tr("Timeline (UTC)"));
    QList<QStringList> rows{{PostmortemWords::tr("Time"), PostmortemWords::tr("What happened"), PostmortemWords::tr("Source")}};
    for (const Postmortem::Line &line : draft.timeline)
        rows.append({utcTimeText(line.at), line.text, line.source});
    out.table(rows);
}

void writeFollowUps(PostmortemWriter &out, const Postmortem &draft)
{
    out.heading(2, PostmortemWords::tr("Action items"));
    QStringList items;
    for (const IncidentFollowUp &item : draft.actionItems) {
        QString text = item.text;
        text += QStringLiteral(" — ") + (item.owner.isEmpty() ? PostmortemWords::tr("nobody has it yet") : item.owner);
        if (item.dueAt)
            text += PostmortemWords::tr(", until %1").arg(typedText(*item.dueAt).left(10));
        items.append(item.done ? text + PostmortemWords::tr(", done") : text);
    }
    for (const QString &item : draft.suggestedItems)
        items.append(PostmortemWords::tr("Suggested: ") + item);
    out.items(items, PostmortemWords::tr("None yet."));
}

} // namespace

RunbookPtr postmortemDocument(const Postmortem &draft)
{
    PostmortemWriter out;
    out.heading(1, PostmortemWords::tr("Postmortem %1: ").arg(draft.name) + draft.title);
    out.heading(2, PostmortemWords::tr("Summary"));
    out.known(draft.summary);
    writeFacts(out, draft);
    out.heading(2, PostmortemWords::tr("Root cause"));
    out.known(draft.cause);
    out.heading(2, PostmortemWords::tr("Contributing factors"));
    out.items(draft.contributing, PostmortemWords::tr("None are suggested: nothing changed before the start of impact."));
    writeTimes(out, draft);
    writeTimeline(out, draft);
    out.heading(2, PostmortemWords::tr("What went well"));
    out.items(draft.wentWell, PostmortemWords::tr("Not written yet."));
    out.heading(2, PostmortemWords::tr("What could be improved"));
    out.items(draft.couldBeImproved, PostmortemWords::tr("Not written yet."));
    writeFollowUps(out, draft);
    out.heading(2, PostmortemWords::tr("Lessons"));
    out.known(draft.lessons);
    if (!draft.runbooks.isEmpty()) {
        out.heading(2, PostmortemWords::tr("Runbooks used"));
        out.items(draft.runbooks, {});
    }
    auto document = std::make_shared<Runbook>();
    document->key = {QStringLiteral("postmortem"), draft.name};
    document->title = draft.title;
    document->blocks = out.blocks;
    return document;
}

} // namespace cockpit
