// SPDX-License-Identifier: GPL-3.0-or-later
// Tab through a runbook: from control to control, over the end of what shows, and out again.
#include "ui/runbooks/runbook_view.h"

#include <QApplication>

#include <algorithm>

namespace cockpit {

namespace {

bool isStop(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
}

} // namespace

QList<QWidget *> RunbookView::focusStops() const
{
    QList<QWidget *> stops;
    for (QWidget *widget : viewport()->findChildren<QWidget *>()) {
        if (isStop(widget))
            stops.append(widget);
    }
    const auto place = [this](const QWidget *widget) { return widget->mapTo(viewport(), QPoint(0, 0)); };
    std::stable_sort(stops.begin(), stops.end(), [&place](const QWidget *a, const QWidget *b) {
        const QPoint first = place(a);
        const QPoint second = place(b);
        return first.y() != second.y() ? first.y() < second.y() : first.x() < second.x();
    });
    return stops;
}

bool RunbookView::focusNextPrevChild(bool next)
{
    const QList<QWidget *> stops = focusStops();
    QWidget *focus = QApplication::focusWidget();
    const qsizetype at = stops.indexOf(focus);
    const qsizetype wanted = focus == this ? (next ? 0 : -1) : at < 0 ? -1 : at + (next ? 1 : -1);
    if (wanted >= 0 && wanted < stops.size() && (focus == this || at >= 0)) {
        stops.at(wanted)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        return true;
    }
    if (next && at >= 0 && seekControl(+1))
        return true;
    if (!next && at >= 0) {
        if (!seekControl(-1))
            setFocus(Qt::BacktabFocusReason);
        return true;
    }
    return leaveFocus(next);
}

bool RunbookView::seekControl(int direction)
{
    const int count = int(m_flow.units().size());
    int from = m_place.unit;
    for (const auto &[key, widget] : m_controls) {
        if (widget && (widget->hasFocus() || widget->isAncestorOf(QApplication::focusWidget())))
            from = std::get<0>(key);
    }
    from += direction;
    for (int unit = from; unit >= 0 && unit < count; unit += direction) {
        const RunbookBlock &block = runbook()->blocks.at(m_flow.units()[size_t(unit)].block);
        const bool linked = std::any_of(block.text.cbegin(), block.text.cend(),
                                        [](const RunbookSpan &span) { return !span.link.isEmpty(); });
        const bool has = block.step >= 0 || linked || block.kind == RunbookBlock::Kind::Code ||
                         block.kind == RunbookBlock::Kind::Action || block.kind == RunbookBlock::Kind::Image;
        if (!has || isFolded(m_flow.units()[size_t(unit)], m_flow.look()))
            continue;
        moveTo(unit, direction > 0 ? -viewport()->height() / 2.0 : -double(m_theme.px(40)));
        double y = -m_place.offset;
        for (int above = m_place.unit; above < unit; ++above)
            y += m_flow.layout(above).height;
        const double bottom = y + m_flow.layout(unit).height;
        for (QWidget *stop : focusStops()) {
            const double top = stop->mapTo(viewport(), QPoint(0, 0)).y();
            if (top >= y - 1 && top < bottom) {
                stop->setFocus(direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
                return true;
            }
        }
    }
    return false;
}

bool RunbookView::leaveFocus(bool next)
{
    // Not into the controls again, which come after this one in the chain in no good order.
    QWidget *start = QApplication::focusWidget() ? QApplication::focusWidget() : this;
    for (QWidget *at = next ? start->nextInFocusChain() : start->previousInFocusChain(); at && at != start;
         at = next ? at->nextInFocusChain() : at->previousInFocusChain()) {
        if (!isAncestorOf(at) && at != this && at->window() == window() && isStop(at) && !at->focusProxy()) {
            at->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return QAbstractScrollArea::focusNextPrevChild(next);
}

} // namespace cockpit
