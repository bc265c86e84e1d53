// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runbook_text.h"

#include "app/cli/output.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString shownWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

/// With what was filled in between marks: it is never silent.
QString filledText(const QString &text, const RunbookFilling &filling)
{
    QString shown;
    for (const RunbookSpan &span : fillPlaceholders(text, filling))
        shown += span.filled ? u'‹' + span.text + u'›' : span.text;
    return terminalText(shown);
}

QString filledSpans(const RunbookText &text, const RunbookFilling &filling)
{
    QString shown;
    for (const RunbookSpan &span : text) {
        shown += filledText(span.text, filling);
        if (!span.link.isEmpty() && span.link != span.text)
            shown += QStringLiteral(" (") + terminalText(span.link) + u')';
    }
    return shown;
}

QString tickMark(const RunbookStep &step, const QList<RunbookTick> &ticks)
{
    const auto tick =
        std::find_if(ticks.begin(), ticks.end(), [&step](const RunbookTick &one) { return one.step == step.id; });
    const QString number = QString::number(step.number) + QStringLiteral(". ");
    if (tick == ticks.end())
        return (step.done ? QStringLiteral("[x] ") : QStringLiteral("[ ] ")) + number;
    const QString who =
        QStringLiteral(" (") + terminalText(tick->actor) + QStringLiteral(", ") + utcShortTimeText(tick->at) + u')';
    if (tick->state == RunbookTick::State::Done)
        return QStringLiteral("[x] ") + number + QStringLiteral("✓") + who + u' ';
    return QStringLiteral("[-] ") + number + shownWords("skipped, because ") + terminalText(tick->reason) + who +
           QStringLiteral(": ");
}

QStringList codeLines(const RunbookBlock &block, const RunbookFilling &filling)
{
    QStringList lines;
    for (const QString &line : block.code.split(u'\n'))
        lines.append(QStringLiteral("    ") + filledText(line, filling));
    while (!lines.isEmpty() && lines.last().trimmed().isEmpty())
        lines.removeLast();
    return lines;
}

QStringList tableLines(const RunbookBlock &block, const RunbookFilling &filling)
{
    QStringList lines;
    for (const QList<RunbookText> &row : block.rows) {
        QStringList cells;
        for (const RunbookText &cell : row)
            cells.append(filledSpans(cell, filling));
        lines.append(cells.join(QStringLiteral(" | ")));
    }
    return lines;
}

QStringList blockLines(const RunbookBlock &block, const RunbookFilling &filling)
{
    using Kind = RunbookBlock::Kind;
    switch (block.kind) {
    case Kind::Heading:
        return {QString(), QString(block.level, u'#') + u' ' + filledSpans(block.text, filling)};
    case Kind::Code:
        return codeLines(block, filling);
    case Kind::Action:
        return QStringList(shownWords("Action (in the window as a guarded button):")) + codeLines(block, filling);
    case Kind::Table:
        return tableLines(block, filling);
    case Kind::Rule:
        return {QStringLiteral("---")};
    case Kind::Quote:
        return {QStringLiteral("> ") + filledSpans(block.text, filling)};
    case Kind::Image:
        return {shownWords("[image: ") + terminalText(block.image.isEmpty() ? shownWords("blocked") : block.image) +
                u']'};
    case Kind::Paragraph:
    case Kind::ListItem:
    case Kind::RawHtml:
        break;
    }
    return {filledSpans(block.text, filling)};
}

} // namespace

RunbookFilling fillingOfAlert(const Alert &alert, const std::vector<RolloutEntry> &rollouts)
{
    RunbookFilling filling;
    filling.labels = alert.labels;
    filling.words.insert(QStringLiteral("alert"), alert.name);
    if (!alert.key.cluster.isEmpty())
        filling.words.insert(QStringLiteral("cluster"), alert.key.cluster);
    if (alert.service.isEmpty())
        return filling;
    filling.words.insert(QStringLiteral("service"), alert.service.toString());
    const auto own = std::find_if(rollouts.begin(), rollouts.end(), [&alert](const RolloutEntry &entry) {
        return entry.rollout->service == alert.service;
    });
    if (own != rollouts.end()) {
        filling.words.insert(QStringLiteral("context"), own->rollout->key.context);
        filling.words.insert(QStringLiteral("namespace"), own->rollout->key.nameSpace);
    }
    return filling;
}

QString sectionText(const Runbook &runbook, const QString &slug, const RunbookFilling &filling,
                    const QList<RunbookTick> &ticks)
{
    QStringList lines;
    const auto [first, last] = runbook.sectionRange(slug);
    for (int i = first; i < last; ++i) {
        const RunbookBlock &block = runbook.blocks.at(i);
        const QString indent(std::max(0, block.depth - 1) * 2, u' ');
        QStringList own = blockLines(block, filling);
        if (block.step >= 0 && block.step < runbook.steps.size() && !own.isEmpty())
            own.last().prepend(tickMark(runbook.steps.at(block.step), ticks));
        else if (!block.marker.isEmpty() && !own.isEmpty())
            own.last().prepend(block.marker + u' ');
        for (const QString &line : own)
            lines.append(line.isEmpty() ? line : indent + line);
    }
    while (!lines.isEmpty() && lines.first().isEmpty())
        lines.removeFirst();
    return lines.join(u'\n');
}

QString tickedText(const Runbook &runbook, const QString &slug, const RunbookStep &step, const RunbookFilling &filling,
                   const QList<RunbookTick> &ticks)
{
    const auto isOpen = [&ticks](const RunbookStep &one) {
        return !one.done && std::none_of(ticks.begin(), ticks.end(),
                                         [&one](const RunbookTick &tick) { return tick.step == one.id; });
    };
    const auto line = [&](const RunbookStep &one) { return tickMark(one, ticks) + filledText(one.text, filling); };
    const QList<RunbookStep> steps = sectionSteps(runbook, slug);
    const auto place =
        std::find_if(steps.begin(), steps.end(), [&step](const RunbookStep &one) { return one.id == step.id; });
    auto next = std::find_if(place, steps.end(), isOpen);
    if (next == steps.end()) // one before it was left out
        next = std::find_if(steps.begin(), steps.end(), isOpen);
    QStringList lines{line(step)};
    if (next == steps.end())
        lines.append(shownWords("Every step of this section is ticked or skipped."));
    else if (next->id != step.id)
        lines.append(shownWords("Next: ") + line(*next));
    return lines.join(u'\n');
}

QList<RunbookStep> sectionSteps(const Runbook &runbook, const QString &slug)
{
    const auto [first, last] = runbook.sectionRange(slug);
    QList<RunbookStep> steps;
    for (const RunbookStep &step : runbook.steps) {
        if (step.block >= first && step.block < last)
            steps.append(step);
    }
    return steps;
}

QString sourceWords(const RunbookSourceState &source, Instant now)
{
    QStringList words;
    if (source.kind == RunbookSourceState::Kind::Git && !source.revision.isEmpty())
        words.append(QStringLiteral("git ") + terminalText(source.revision));
    if (source.changedAt)
        words.append(shownWords("updated ") + roughDurationText(now - *source.changedAt) + shownWords(" ago"));
    if (source.offline)
        words.append(source.readAt
                         ? shownWords("offline copy of ") + roughDurationText(now - *source.readAt) + shownWords(" ago")
                         : shownWords("not read yet"));
    else if (source.readAt)
        words.append(shownWords("read ") + roughDurationText(now - *source.readAt) + shownWords(" ago"));
    QString line = terminalText(source.name) + QStringLiteral(": ") + words.join(QStringLiteral(", "));
    if (!source.problem.isEmpty())
        line += QStringLiteral("\n    ") + terminalText(source.problem);
    return line;
}

} // namespace cockpit
