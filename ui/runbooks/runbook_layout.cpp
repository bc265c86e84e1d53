// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_layout.h"

#include "models/plain_line.h"
#include "ui/runbooks/runbook_place.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using BlockKind = RunbookBlock::Kind;

const RunbookBlock &blockOf(const RunbookUnit &unit, const RunbookLook &look)
{
    return look.runbook->blocks.at(unit.block);
}

int stepOf(const RunbookBlock &block) { return block.step >= 0 ? block.step : block.ofStep; }

TextLook textLook(const RunbookBlock &block, const RunbookLook &look)
{
    if (block.kind == BlockKind::Heading) {
        const FontRole font = block.level <= 1   ? FontRole::Heading18
                              : block.level == 2 ? FontRole::Title15
                              : block.level == 3 ? FontRole::Strong13
                                                 : FontRole::RowStrong12;
        return {font, Role::Text};
    }
    const RunbookProgress::Step *step = block.step >= 0 ? look.progress.step(block.step) : nullptr;
    if (step) {
        const bool now = look.guides && look.progress.current() == step->index;
        return {now ? FontRole::Strong13 : FontRole::Base13, step->isOpen() ? Role::Text : Role::Muted,
                step->isSkipped()};
    }
    return {FontRole::Base13, Role::Muted};
}

/// Space over and under a block, px of the design.
std::pair<int, int> marginsOf(const RunbookBlock &block)
{
    switch (block.kind) {
    case BlockKind::Heading:
        return {block.level <= 2 ? 14 : 10, 4};
    case BlockKind::ListItem:
        return block.step >= 0 ? std::pair{4, 4} : std::pair{1, 2};
    case BlockKind::Code:
    case BlockKind::RawHtml:
        return {4, 8};
    case BlockKind::Table:
        return {6, 10};
    case BlockKind::Rule:
        return {10, 10};
    case BlockKind::Action:
    case BlockKind::Image:
        return {4, 8};
    default:
        return {block.ofStep >= 0 ? -2 : 0, 6};
    }
}

void layOutText(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                const Theme &theme, double top)
{
    const RunbookPlace place = placeOf(block, look, theme);
    const RunbookProgress::Step *step = block.step >= 0 ? look.progress.step(block.step) : nullptr;
    std::vector<StyledText> texts = textsOf(unit, look, theme);
    if (texts.empty())
        return;
    const double width = std::max(double(theme.px(60)), look.width - place.text - tickWidth(step, theme));
    const double height = addPiece(into, std::move(texts.front()), {place.text, top}, width);
    addLinks(into);
    if (unit.first && block.kind == BlockKind::ListItem && !step)
        into.labels.push_back({QRectF(place.marker, top, place.text - place.marker - theme.px(6), theme.px(20)),
                               {{block.marker.left(8), FontRole::Base13, Role::Muted}},
                               block.marker.size() > 1 ? Qt::AlignRight : Qt::AlignLeft});
    for (int bar = 0; bar < place.quotes; ++bar)
        into.boxes.push_back(
            {QRectF(place.marker + bar * theme.px(12), top, theme.px(3), height), Role::Border, Role::Border, 0});
    into.height = std::max(into.height, top + height);
}

void layOutImage(RunbookUnitLayout &into, const RunbookUnit &unit, const RunbookBlock &block, const RunbookLook &look,
                 const Theme &theme, double top)
{
    const RunbookPlace place = placeOf(block, look, theme);
    std::vector<StyledText> texts = textsOf(unit, look, theme);
    const double pad = theme.px(8);
    const double button = block.image.isEmpty() ? 0 : theme.px(64);
    const QRectF card(place.text, top, look.width - place.text, 0);
    const double height = addPiece(into, std::move(texts.front()), card.topLeft() + QPointF(pad, pad),
                                   std::max(double(theme.px(60)), card.width() - 2 * pad - button));
    into.boxes.push_back({QRectF(card.topLeft(), QSizeF(card.width(), height + 2 * pad)), Role::Surface, Role::Border,
                          double(theme.px(6))});
    if (button > 0)
        into.controls.push_back({RunbookControl::Kind::OpenImage,
                                 QRectF(card.right() - button - theme.px(4), top + pad, button, theme.px(20)), 0,
                                 RunbookWords::tr("Open the picture %1").arg(plainLine(block.image, 120)),
                                 block.image});
    into.height = top + height + 2 * pad;
}

} // namespace

std::vector<StyledText> textsOf(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme)
{
    const RunbookBlock &block = blockOf(unit, look);
    std::vector<StyledText> texts;
    if (block.kind == BlockKind::Code || block.kind == BlockKind::RawHtml) {
        QString code = codeOf(block).mid(unit.from, unit.to - unit.from);
        if (code.endsWith(u'\n'))
            code.chop(1);
        texts.push_back(styledCode(code, block.kind == BlockKind::RawHtml ? QStringLiteral("html") : block.language,
                                   look.filling, theme));
    } else if (block.kind == BlockKind::Table) {
        for (qsizetype row = unit.from; row < unit.to; ++row) {
            for (const RunbookText &cell : block.rows.at(row).mid(0, 64))
                texts.push_back(styledText(partOf(cell, 0, RunbookUnit::characters),
                                           row == 0 ? TextLook{FontRole::ChipMedium11, Role::Muted}
                                                    : TextLook{FontRole::Row12, Role::Muted},
                                           look.filling, theme));
        }
    } else if (block.kind == BlockKind::Image) {
        const QString where =
            block.image.isEmpty() ? RunbookWords::tr("a picture that may not be loaded") : block.image;
        texts.push_back(
            styledText({RunbookSpan{.text = plainText(block.text)}, RunbookSpan{.text = QStringLiteral("  ")},
                        RunbookSpan{.text = where, .code = true}},
                       {FontRole::Row12, Role::Muted}, {}, theme));
    } else if (block.kind != BlockKind::Rule && block.kind != BlockKind::Action) {
        const RunbookText part = unit.first && unit.last ? block.text : partOf(block.text, unit.from, unit.to);
        texts.push_back(styledText(part, textLook(block, look), look.filling, theme));
    }
    return texts;
}

bool isFolded(const RunbookUnit &unit, const RunbookLook &look)
{
    const RunbookBlock &block = blockOf(unit, look);
    const RunbookProgress::Step *step = look.guides && block.step < 0 ? look.progress.step(block.ofStep) : nullptr;
    return step && !step->isOpen() && !look.unfolded.contains(step->index) && block.kind != BlockKind::Heading;
}

bool isInBand(const RunbookUnit &unit, const RunbookLook &look)
{
    const int step = stepOf(blockOf(unit, look));
    return look.guides && step >= 0 && step == look.progress.current();
}

QString codeOfStep(const RunbookLook &look, int step)
{
    if (step < 0 || step >= look.runbook->steps.size())
        return {};
    for (int index = look.runbook->steps.at(step).block; index < look.runbook->blocks.size(); ++index) {
        const RunbookBlock &block = look.runbook->blocks.at(index);
        if (stepOf(block) != step)
            break;
        if (block.kind == BlockKind::Code)
            return filledCode(block.code, look.filling);
    }
    return {};
}

RunbookUnitLayout layOutUnit(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme)
{
    RunbookUnitLayout into;
    if (isFolded(unit, look))
        return into;
    const RunbookBlock &block = blockOf(unit, look);
    const bool band = isInBand(unit, look);
    const auto [above, below] = marginsOf(block);
    const double top = unit.first ? theme.px(above + (band && block.step >= 0 ? 8 : 0)) : 0;
    into.height = top;
    switch (block.kind) {
    case BlockKind::Code:
    case BlockKind::RawHtml:
        layOutCode(into, unit, block, look, theme);
        break;
    case BlockKind::Table:
        layOutTable(into, unit, block, look, theme);
        break;
    case BlockKind::Image:
        layOutImage(into, unit, block, look, theme, top);
        break;
    case BlockKind::Rule:
        into.boxes.push_back({QRectF(0, top, look.width, 1), Role::Border, Role::Border, 0});
        into.height = top + 1;
        break;
    case BlockKind::Action: {
        const double strip = look.actionHeight ? look.actionHeight(unit.block) : 0;
        const RunbookPlace place = placeOf(block, look, theme);
        into.controls.push_back({RunbookControl::Kind::Action,
                                 QRectF(place.text, top, look.width - place.text, theme.px(36) + strip), unit.block});
        into.height = top + theme.px(36) + strip;
        break;
    }
    default:
        layOutText(into, unit, block, look, theme, top);
        break;
    }
    if (block.step >= 0 && unit.first)
        layOutStepHead(into, block, look, theme);
    into.height += unit.last ? theme.px(below) : 0;
    const qsizetype next = unit.block + 1;
    const bool ends =
        unit.last && (next >= look.runbook->blocks.size() || look.runbook->blocks.at(next).ofStep != stepOf(block) ||
                      look.runbook->blocks.at(next).step >= 0);
    if (band && ends)
        layOutStepButtons(into, look, theme);
    return into;
}

double guessedHeight(const RunbookUnit &unit, const RunbookLook &look, const Theme &theme)
{
    if (isFolded(unit, look))
        return 0;
    const RunbookBlock &block = blockOf(unit, look);
    const double letters = std::max(20.0, look.width / theme.px(7));
    const double size = double(unit.to - unit.from);
    const auto [above, below] = marginsOf(block);
    const double around = theme.px((unit.first ? above : 0) + (unit.last ? below : 0));
    switch (block.kind) {
    case BlockKind::Code:
    case BlockKind::RawHtml:
        return around + theme.px(14) + theme.px(18) * std::max(1.0, std::ceil(size / 45.0));
    case BlockKind::Table:
        return around + theme.px(32) * size;
    case BlockKind::Rule:
        return around + 1;
    case BlockKind::Action:
    case BlockKind::Image:
        return around + theme.px(36);
    default:
        return around + theme.px(20) * std::max(1.0, std::ceil(size / letters));
    }
}

} // namespace cockpit
