// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of a runbook: what they point at, selecting across blocks, scrolling wide tables sideways.
#include "ui/runbooks/runbook_controls.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cockpit {

int RunbookView::unitAtY(int y, double *top) const
{
    double at = -m_place.offset;
    for (int unit = m_place.unit; unit < int(m_flow.units().size()); ++unit) {
        const double height = m_flow.height(unit);
        if (y < at + height || unit + 1 == int(m_flow.units().size()) || !m_flow.laidOut(unit + 1)) {
            *top = at;
            return unit;
        }
        at += height;
    }
    return -1;
}

std::optional<RunbookPosition> RunbookView::positionAt(const QPoint &point) const
{
    double top = 0;
    const int unit = unitAtY(point.y(), &top);
    const RunbookUnitLayout *laid = unit < 0 ? nullptr : m_flow.laidOut(unit);
    if (!laid || laid->pieces.empty())
        return unit < 0 ? std::nullopt : std::optional(RunbookPosition{unit, 0, 0});
    const auto aside = m_sideways.find(m_flow.units()[size_t(unit)].block);
    const QPointF at(point.x() - padding() + (aside == m_sideways.end() ? 0 : aside->second), point.y() - top);
    int nearest = 0;
    double least = std::numeric_limits<double>::max();
    for (int index = 0; index < int(laid->pieces.size()); ++index) {
        const RunbookUnitLayout::Piece &piece = laid->pieces[size_t(index)];
        const QRectF box = piece.layout->boundingRect().translated(piece.at);
        const double away = std::max({box.top() - at.y(), at.y() - box.bottom(), 0.0}) * 4 +
                            std::max({box.left() - at.x(), at.x() - box.right(), 0.0});
        if (away < least) {
            least = away;
            nearest = index;
        }
    }
    const RunbookUnitLayout::Piece &piece = laid->pieces[size_t(nearest)];
    const double y = at.y() - piece.at.y();
    for (int line = 0; line < piece.layout->lineCount(); ++line) {
        const QTextLine text = piece.layout->lineAt(line);
        if (y < text.y() + text.height() + 2 || line + 1 == piece.layout->lineCount())
            return RunbookPosition{unit, nearest, text.xToCursor(at.x() - piece.at.x())};
    }
    return RunbookPosition{unit, nearest, 0};
}

QString RunbookView::linkAt(const QPoint &point) const
{
    double top = 0;
    const int unit = unitAtY(point.y(), &top);
    const RunbookUnitLayout *laid = unit < 0 ? nullptr : m_flow.laidOut(unit);
    const auto at = positionAt(point);
    if (!laid || !at || size_t(at->piece) >= laid->pieces.size())
        return {};
    const RunbookUnitLayout::Piece &piece = laid->pieces[size_t(at->piece)];
    const auto aside = m_sideways.find(m_flow.units()[size_t(unit)].block);
    const QPointF inside(point.x() - padding() + (aside == m_sideways.end() ? 0 : aside->second) - piece.at.x(),
                         point.y() - top - piece.at.y());
    const QTextLine line = piece.layout->lineForTextPosition(at->at);
    if (!line.isValid() || inside.y() < line.y() || inside.y() > line.y() + line.height() || inside.x() < 0 ||
        inside.x() > line.naturalTextWidth())
        return {};
    for (const StyledText::Link &link : piece.links) {
        if (at->at >= link.start && at->at <= link.start + link.length)
            return link.target;
    }
    return {};
}

int RunbookView::stepAt(const QPoint &point) const
{
    double top = 0;
    const int unit = unitAtY(point.y(), &top);
    return unit < 0 || !runbook() ? -1 : runbook()->blocks.at(m_flow.units()[size_t(unit)].block).step;
}

void RunbookView::select(const RunbookPosition &from, const RunbookPosition &to)
{
    m_selectFrom = from;
    m_selectTo = to;
    viewport()->update();
}

void RunbookView::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton)
        return QAbstractScrollArea::mousePressEvent(event);
    m_pressed = event->pos();
    const auto at = positionAt(event->pos());
    if (!at)
        return;
    if (event->modifiers() & Qt::ShiftModifier && m_selectFrom)
        select(*m_selectFrom, *at);
    else
        select(*at, *at);
}

void RunbookView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        const bool link = !linkAt(event->pos()).isEmpty();
        viewport()->setCursor(link                        ? Qt::PointingHandCursor
                              : stepAt(event->pos()) >= 0 ? Qt::ArrowCursor
                                                          : Qt::IBeamCursor);
        return;
    }
    if (event->pos().y() < 0 || event->pos().y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                      (event->pos().y() < 0 ? -m_theme.px(20) : m_theme.px(20)));
    const auto at = positionAt(event->pos());
    if (at && m_selectFrom)
        select(*m_selectFrom, *at);
}

void RunbookView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QAbstractScrollArea::mouseReleaseEvent(event);
    const bool clicked = (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
    if (!clicked)
        return;
    const QString link = linkAt(event->pos());
    if (!link.isEmpty()) {
        Q_EMIT linkAsked(link);
        return;
    }
    const RunbookProgress::Step *step = progress().step(stepAt(event->pos()));
    if (!step || !m_flow.look().guides)
        return;
    const int before = progress().current();
    const int index = step->index;
    if (!step->isOpen()) {
        if (!m_flow.look().unfolded.remove(index))
            m_flow.look().unfolded.insert(index);
        m_flow.invalidateStep(index);
    } else {
        m_flow.look().progress.choose(index);
    }
    progressChanged(before);
}

void RunbookView::scrollSideways(int unit, double distance)
{
    const RunbookUnitLayout *laid = m_flow.laidOut(unit);
    if (!laid || laid->wide <= 0)
        return;
    double &value = m_sideways[m_flow.units()[size_t(unit)].block];
    value = std::clamp(value + distance, 0.0, laid->wide - m_flow.look().width);
    placeControls();
    viewport()->update();
}

void RunbookView::wheelEvent(QWheelEvent *event)
{
    const bool shifted = event->modifiers() & Qt::ShiftModifier;
    const int across = event->angleDelta().x() != 0 ? event->angleDelta().x() : shifted ? event->angleDelta().y() : 0;
    double top = 0;
    const int unit = across != 0 ? unitAtY(event->position().toPoint().y(), &top) : -1;
    if (unit >= 0) {
        scrollSideways(unit, -across / 2.0);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

bool RunbookView::eventFilter(QObject *watched, QEvent *event)
{
    // The strip under an action's button opens, grows and closes.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::ShowToParent) {
        for (const auto &[block, widget] : m_actions) {
            if (widget == watched && event->type() == QEvent::LayoutRequest) {
                m_flow.invalidateBlock(block);
                QMetaObject::invokeMethod(this, &RunbookView::settle, Qt::QueuedConnection);
            }
        }
    }
    return QAbstractScrollArea::eventFilter(watched, event);
}

void RunbookView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_lit = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    viewport()->update();
}

void RunbookView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace cockpit
