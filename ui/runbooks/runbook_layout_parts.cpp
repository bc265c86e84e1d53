// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a unit that are more than words: code cards, tables, and what stands around a step.
#include "models/plain_line.h"
#include "ui/runbooks/runbook_place.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using ControlKind = RunbookControl::Kind;

/// The card of a code block is cut open where a long block goes on.
Qt::Edges openEdges(const RunbookUnit &unit)
{
    Qt::Edges open;
    open.setFlag(Qt::TopEdge, !unit.first);
    open.setFlag(Qt::BottomEdge, !unit.last);
    return open;
}

/// Run, and what the query gave.
double layOutQuery(RunbookUnitLayout &into, const QRectF &card, double top, const QString &query,
                   const RunbookLook &look, const Theme &theme)
{
    const double pad = theme.px(8);
    into.controls.push_back({ControlKind::RunQuery, QRectF(card.left() + pad, top, theme.px(56), theme.px(20)), 0,
                             RunbookWords::tr("Run the query"), query});
    const RunbookQueryAnswer *answer = look.answer(query);
    double bottom = top + theme.px(20);
    if (!answer)
        return bottom + theme.px(4);
    QList<TextRun> runs;
    if (answer->loading)
        runs.append({RunbookWords::tr("asking Prometheus"), FontRole::Row12, Role::Muted});
    else if (!answer->problem.isEmpty())
        runs.append({plainLine(answer->problem, 300), FontRole::Row12, Role::Critical});
    else if (!answer->value.isEmpty())
        runs = {{plainLine(answer->value, 60), FontRole::MonoStrong12, Role::Text},
                {RunbookWords::tr("  at ") + utcTimeText(answer->at), FontRole::Chip11, Role::Muted}};
    else
        runs = {{RunbookWords::tr("%1 series").arg(answer->series.size()), FontRole::Row12, Role::Text},
                {RunbookWords::tr("  at ") + utcTimeText(answer->at), FontRole::Chip11, Role::Muted}};
    const double left = card.left() + pad + theme.px(64);
    into.labels.push_back({QRectF(left, top, card.right() - left - pad, theme.px(20)), runs});
    if (!answer->series.empty() && answer->problem.isEmpty()) {
        const QRectF chart(card.left() + pad, bottom + theme.px(4), card.width() - 2 * pad, theme.px(112));
        into.controls.push_back({ControlKind::Chart, chart, 0, RunbookWords::tr("The last hour"), query});
        bottom = chart.bottom();
    }
    return bottom + theme.px(4);
}

/// Widths of the columns: what their words want, at least 56 px, as wide as there is room.
std::vector<double> columnWidths(const RunbookBlock &block, double room, const Theme &theme)
{
    const double letter = QFontMetricsF(theme.font(FontRole::Row12)).averageCharWidth();
    qsizetype columns = 0;
    for (const auto &row : block.rows.mid(0, 200))
        columns = std::max(columns, row.size());
    columns = std::min<qsizetype>(columns, 64);
    std::vector<double> wanted(size_t(columns), 0.0);
    std::vector<double> least(size_t(columns), double(theme.px(56)));
    for (const auto &row : block.rows.mid(0, 200)) {
        for (qsizetype column = 0; column < std::min(columns, row.size()); ++column) {
            const QString words = plainText(row.at(column)).left(400);
            wanted[size_t(column)] =
                std::max(wanted[size_t(column)], double(words.size()) * letter * 0.95 + theme.px(18));
            qsizetype longest = 0;
            for (const QString &word : words.split(u' '))
                longest = std::max(longest, word.size());
            least[size_t(column)] = std::max(
                least[size_t(column)], std::min(double(longest) * letter * 0.95 + theme.px(18), double(theme.px(180))));
        }
    }
    double all = 0;
    double fixed = 0;
    for (size_t column = 0; column < wanted.size(); ++column) {
        wanted[column] = std::max(wanted[column], least[column]);
        all += wanted[column];
        fixed += least[column];
    }
    if (all <= room || wanted.empty())
        return wanted;
    // What is over the least is shared by how much each wants beyond it.
    const double spare = std::max(0.0, room - fixed);
    const double asked = std::max(1.0, all - fixed);
    for (size_t column = 0; column < wanted.size(); ++column)
        wanted[column] = least[column] + (wanted[column] - least[column]) * spare / asked;
    return wanted;
}

} // namespace

void layOutCode(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                const Theme &theme)
{
    const RunbookPlace place = placeOf(block, look, theme);
    const double top = unit.first ? into.height : 0;
    const double across = theme.px(8);
    const double above = unit.first ? theme.px(6) : 0;
    QRectF card(place.text, top, look.width - place.text, 0);
    std::vector<StyledText> texts = textsOf(unit, look, theme);
    const bool isCode = block.kind == RunbookBlock::Kind::Code;
    const double icon = isCode && unit.first ? theme.px(28) : theme.px(0);
    double bottom = top + above +
                    addPiece(into, std::move(texts.front()), {card.left() + across, top + above},
                             std::max(double(theme.px(60)), card.width() - 2 * across - icon));
    if (icon > 0)
        into.controls.push_back({ControlKind::CopyCode,
                                 QRectF(card.right() - theme.px(28), top + theme.px(3), theme.px(24), theme.px(24)), 0,
                                 RunbookWords::tr("Copy this code"), filledCode(block.code, look.filling)});
    if (isCode && unit.last && look.answer && looksLikeQuery(block.code, block.language))
        bottom = layOutQuery(into, card, bottom + theme.px(4), filledCode(block.code, look.filling), look, theme);
    bottom += unit.last ? theme.px(6) : 0;
    card.setBottom(bottom);
    into.boxes.push_back({card, Role::Surface, Role::Border, double(theme.px(6)), openEdges(unit)});
    into.height = bottom;
}

void layOutTable(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                 const Theme &theme)
{
    const RunbookPlace place = placeOf(block, look, theme);
    const std::vector<double> widths = columnWidths(block, look.width - place.text, theme);
    std::vector<StyledText> texts = textsOf(unit, look, theme);
    double y = into.height;
    size_t next = 0;
    double right = place.text;
    for (const double width : widths)
        right += width;
    into.wide = right > look.width + 1 ? right : 0;
    for (qsizetype row = unit.from; row < unit.to; ++row) {
        const qsizetype cells = std::min<qsizetype>(block.rows.at(row).size(), 64);
        double x = place.text;
        double tallest = theme.px(row == 0 ? 16 : 18);
        for (qsizetype column = 0; column < cells && next < texts.size(); ++column, ++next) {
            const double width = size_t(column) < widths.size() ? widths[size_t(column)] : theme.px(56);
            const double inner = std::max(8.0, width - theme.px(12));
            texts[next].lineHeight = theme.px(18);
            const double height = addPiece(into, std::move(texts[next]), {x, y + theme.px(5)}, inner);
            QTextLayout &cell = *into.pieces.back().layout;
            const int side = column < block.alignments.size() ? block.alignments.at(column) : -1;
            for (int line = 0; side >= 0 && line < cell.lineCount(); ++line) {
                QTextLine laid = cell.lineAt(line);
                const double rest = inner - laid.naturalTextWidth();
                laid.setPosition({side == 1 ? rest : rest / 2, laid.y()});
            }
            addLinks(into);
            tallest = std::max(tallest, height);
            x += width;
        }
        y += tallest + theme.px(10);
        into.boxes.push_back(
            {QRectF(place.text, y - 1, std::max(right, look.width) - place.text, 1), Role::Border, Role::Border, 0});
    }
    into.height = y + (into.wide > 0 && unit.last ? theme.px(8) : 0);
}

QString tickWords(const RunbookProgress::Step *step)
{
    if (!step || step->isOpen())
        return {};
    if (!step->tick)
        return RunbookWords::tr("ticked in the file");
    const QString who = plainLine(step->tick->actor, 24) + QStringLiteral(", ") + utcShortTimeText(step->tick->at);
    return step->isSkipped() ? RunbookWords::tr("skipped, ") + who : who;
}

double tickWidth(const RunbookProgress::Step *step, const Theme &theme)
{
    const QString words = tickWords(step);
    return words.isEmpty() ? 0 : std::ceil(runsWidth({{words, FontRole::Chip11, Role::Muted}}, theme)) + theme.px(12);
}

void layOutStepHead(RunbookUnitLayout &into, const RunbookBlock &block, const RunbookLook &look, const Theme &theme)
{
    const RunbookProgress::Step *step = look.progress.step(block.step);
    if (!step || into.pieces.empty())
        return;
    const RunbookPlace place = placeOf(block, look, theme);
    const double top = into.pieces.front().at.y();
    const bool now = look.guides && look.progress.current() == step->index;
    into.controls.push_back({ControlKind::Check, QRectF(place.marker, top + theme.px(2), theme.px(16), theme.px(16)),
                             step->index,
                             RunbookWords::tr("Step %1: ").arg(step->number) + plainLine(plainText(block.text), 200)});
    into.labels.push_back(
        {QRectF(place.marker + theme.px(28), top, place.text - place.marker - theme.px(28), theme.px(20)),
         {{QString::number(step->number), now ? FontRole::MonoStrong12 : FontRole::Mono12, Role::Muted}}});
    const double width = tickWidth(step, theme);
    if (width > 0)
        into.labels.push_back({QRectF(look.width - width, top, width, theme.px(20)),
                               {{tickWords(step), FontRole::Chip11, Role::Muted}},
                               Qt::AlignRight});
    if (step->isSkipped() && !step->tick->reason.isEmpty()) {
        const double height =
            addPiece(into,
                     styledText({RunbookSpan{.text = RunbookWords::tr("because ") + step->tick->reason.left(500)}},
                                {FontRole::Row12, Role::Muted}, {}, theme),
                     {place.text, into.height}, look.width - place.text);
        into.height += height;
    }
}

void layOutStepButtons(RunbookUnitLayout &into, const RunbookLook &look, const Theme &theme)
{
    const int step = look.progress.current();
    const double left = theme.px(28);
    if (look.skipping == step) {
        into.controls.push_back({ControlKind::SkipField, QRectF(left, into.height, look.width - left, theme.px(32)),
                                 step, RunbookWords::tr("Skip this step, because")});
        into.height += theme.px(32 + 12);
        return;
    }
    double x = left;
    const auto add = [&](ControlKind kind, const QString &words, int width) {
        if (x + theme.px(width) > look.width && x > left) {
            x = left;
            into.height += theme.px(28 + 6);
        }
        into.controls.push_back({kind, QRectF(x, into.height, theme.px(width), theme.px(28)), step, words});
        x += theme.px(width + 8);
    };
    if (!codeOfStep(look, step).isEmpty())
        add(ControlKind::CopyStep, RunbookWords::tr("Copy the command of this step"), 98);
    add(ControlKind::TickStep, RunbookWords::tr("Tick this step"), 98);
    add(ControlKind::SkipStep, RunbookWords::tr("Skip this step"), 62);
    into.height += theme.px(28 + 12);
}

} // namespace cockpit
