// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_place.h"

#include "models/plain_line.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

RunbookPlace placeOf(const RunbookBlock &block, const RunbookLook &look, const Theme &theme)
{
    const double deep = theme.px(20);
    RunbookPlace place;
    if (block.step >= 0) {
        place.marker = deep * std::max(0, block.depth - 1);
        const int most = look.progress.steps().isEmpty() ? 1 : look.progress.steps().last().number;
        place.text = place.marker + theme.px(most > 99 ? 64 : most > 9 ? 56 : 48);
        return place;
    }
    int depth = block.depth;
    double base = 0;
    if (block.ofStep >= 0 && block.ofStep < look.runbook->steps.size() && look.progress.step(block.ofStep)) {
        const RunbookBlock &start = look.runbook->blocks.at(look.runbook->steps.at(block.ofStep).block);
        base = deep * std::max(0, start.depth - 1) + theme.px(28);
        depth = std::max(0, block.depth - start.depth);
    }
    const bool quote = block.kind == RunbookBlock::Kind::Quote;
    if (quote) {
        place.quotes = 1;
        place.marker = base + deep * std::max(0, depth - 1);
        place.text = place.marker + theme.px(12);
        return place;
    }
    const bool marked = block.kind == RunbookBlock::Kind::ListItem && !block.marker.isEmpty();
    place.marker = base + deep * std::max(0, depth - 1);
    place.text = base + deep * (marked ? std::max(1, depth) : depth);
    // Deep nesting must leave room for words.
    const double most = std::max(0.0, look.width * 0.5);
    place.marker = std::min(place.marker, most - theme.px(20));
    place.text = std::min(place.text, most);
    place.marker = std::max(0.0, place.marker);
    return place;
}

double layLines(QTextLayout &layout, double width, int lineHeight)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(lineHeight * 2.0);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, std::round(y + (lineHeight - line.height()) / 2)});
        y += lineHeight;
    }
    layout.endLayout();
    return std::max(y, double(lineHeight));
}

double addPiece(RunbookUnitLayout &into, StyledText text, QPointF at, double width)
{
    RunbookUnitLayout::Piece piece;
    piece.layout = std::make_unique<QTextLayout>(text.text, text.font);
    piece.layout->setFormats(text.formats);
    piece.at = at;
    piece.links = std::move(text.links);
    const double height = layLines(*piece.layout, width, text.lineHeight);
    into.pieces.push_back(std::move(piece));
    return height;
}

void addLinks(RunbookUnitLayout &into)
{
    const RunbookUnitLayout::Piece &piece = into.pieces.back();
    for (const StyledText::Link &link : piece.links) {
        const QTextLine line = piece.layout->lineForTextPosition(link.start);
        if (!line.isValid())
            continue;
        const double left = line.cursorToX(link.start);
        const double right = line.cursorToX(std::min(link.start + link.length, line.textStart() + line.textLength()));
        const QRectF rect(piece.at.x() + left, piece.at.y() + line.y(), std::max(4.0, right - left), line.height());
        into.controls.push_back({RunbookControl::Kind::Link, rect, int(into.controls.size()),
                                 plainLine(piece.layout->text().mid(link.start, link.length), 120), link.target});
    }
}

} // namespace cockpit
