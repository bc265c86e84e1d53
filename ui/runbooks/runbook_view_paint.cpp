// SPDX-License-Identifier: GPL-3.0-or-later
// Painting a runbook: only what shows, from what was laid out.
#include "ui/runbooks/runbook_printer.h"
#include "ui/runbooks/runbook_view.h"

#include <QPainter>
#include <QPaintEvent>

#include <algorithm>
#include <limits>

namespace cockpit {

namespace {

/// A card that goes on over the edge of its unit has no line there.
void paintOpenBox(QPainter &painter, const RunbookUnitLayout::Box &box, const Theme &theme)
{
    const double beyond = box.radius + 1;
    const QRectF rect =
        box.rect.adjusted(0, box.open & Qt::TopEdge ? -beyond : 0, 0, box.open & Qt::BottomEdge ? beyond : 0);
    if (box.radius <= 0)
        return painter.fillRect(rect, theme.color(box.fill));
    painter.save();
    if (box.open != Qt::Edges())
        painter.setClipRect(box.rect, Qt::IntersectClip);
    paintBox(painter, rect, box.radius, theme.color(box.fill), theme.color(box.outline));
    painter.restore();
}

QTextLayout::FormatRange marked(int start, int length, const QColor &ground, const QColor &ink)
{
    QTextLayout::FormatRange range;
    range.start = start;
    range.length = length;
    range.format.setBackground(ground);
    range.format.setForeground(ink);
    return range;
}

/// With the marks of each piece of text.
void paintParts(QPainter &painter, const RunbookUnitLayout &layout, const Theme &theme,
                const std::function<QList<QTextLayout::FormatRange>(int piece, int length)> &marks)
{
    for (const RunbookUnitLayout::Box &box : layout.boxes)
        paintOpenBox(painter, box, theme);
    for (const RunbookUnitLayout::Label &label : layout.labels)
        paintRuns(painter, label.rect, label.runs, theme, label.alignment);
    for (int piece = 0; piece < int(layout.pieces.size()); ++piece) {
        const QTextLayout &text = *layout.pieces[size_t(piece)].layout;
        text.draw(&painter, layout.pieces[size_t(piece)].at,
                  marks ? marks(piece, int(text.text().size())) : QList<QTextLayout::FormatRange>());
    }
}

} // namespace

void paintUnitLayout(QPainter &painter, const RunbookUnitLayout &layout, const QPointF &at, const Theme &theme)
{
    painter.save();
    painter.translate(at);
    paintParts(painter, layout, theme, {});
    for (const RunbookControl &control : layout.controls) {
        if (control.kind == RunbookControl::Kind::Check)
            paintBox(painter, control.rect, theme.px(4), QColor(), theme.color(Role::Muted), Qt::SolidLine, 1.5);
    }
    painter.restore();
}

QList<QTextLayout::FormatRange> RunbookView::marksOf(int unit, int piece, int length) const
{
    QList<QTextLayout::FormatRange> marks;
    const auto &hits = m_reader->hits();
    auto hit = std::lower_bound(hits.begin(), hits.end(), RunbookPosition{unit, piece, 0},
                                [](const RunbookReader::Hit &a, const RunbookPosition &b) { return a.from < b; });
    for (; hit != hits.end() && hit->from.unit == unit && hit->from.piece == piece; ++hit) {
        const bool now = hit - hits.begin() == m_hit;
        marks.append(marked(hit->from.at, hit->length, m_theme.color(now ? Role::Accent : Role::WarningSoft),
                            m_theme.color(now ? Role::OnAccent : Role::Text)));
    }
    if (m_selectFrom && *m_selectFrom != m_selectTo) {
        const RunbookPosition from = std::min(*m_selectFrom, m_selectTo);
        const RunbookPosition to = std::max(*m_selectFrom, m_selectTo);
        const int start = from < RunbookPosition{unit, piece, 0}     ? 0
                          : from.unit == unit && from.piece == piece ? from.at
                                                                     : length;
        const int end = to > RunbookPosition{unit, piece, length} ? length
                        : to.unit == unit && to.piece == piece    ? to.at
                                                                  : 0;
        if (start < end)
            marks.append(marked(start, end - start, m_theme.color(Role::AccentSoft), m_theme.color(Role::Text)));
    }
    return marks;
}

void RunbookView::paintUnit(QPainter &painter, int unit, double top) const
{
    const RunbookUnitLayout *laid = m_flow.laidOut(unit);
    if (!laid)
        return;
    if (isInBand(m_flow.units()[size_t(unit)], m_flow.look())) {
        painter.fillRect(QRectF(0, top, viewport()->width(), laid->height), m_theme.color(Role::Raised2));
        painter.fillRect(QRectF(0, top, m_theme.px(3), laid->height), m_theme.color(Role::Accent));
    }
    painter.save();
    const auto aside = m_sideways.find(m_flow.units()[size_t(unit)].block);
    const double shift = laid->wide > 0 && aside != m_sideways.end() ? aside->second : 0;
    if (laid->wide > 0)
        painter.setClipRect(QRectF(padding(), top, m_flow.look().width, laid->height));
    painter.translate(padding() - shift, top);
    paintParts(painter, *laid, m_theme, [this, unit](int piece, int length) { return marksOf(unit, piece, length); });
    painter.restore();
    if (laid->wide > 0 && m_flow.units()[size_t(unit)].last) {
        const double width = m_flow.look().width;
        const QRectF track(padding(), top + laid->height - m_theme.px(14), width, m_theme.px(4));
        paintBox(painter,
                 QRectF(track.left() + track.width() * shift / laid->wide, track.top(),
                        track.width() * width / laid->wide, track.height()),
                 track.height() / 2, m_theme.color(Role::Border), QColor());
    }
}

void RunbookView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(m_ground));
    double y = -m_place.offset;
    for (int unit = m_place.unit; unit < int(m_flow.units().size()) && y < viewport()->height(); ++unit) {
        const double height = m_flow.height(unit);
        if (y + height >= event->rect().top() && y <= event->rect().bottom())
            paintUnit(painter, unit, y);
        y += height;
    }
    if (hasFocus() && m_lit && window()->isActiveWindow())
        paintBox(painter, viewport()->rect(), 0, QColor(), m_theme.color(Role::Accent));
}

} // namespace cockpit
