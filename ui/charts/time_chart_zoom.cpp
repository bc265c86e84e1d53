// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_painter.h"
#include "ui/charts/time_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr double zoomStep = 0.8;
/// No closer than this many steps of the data.
constexpr int fewestSteps = 8;

} // namespace

ChartView TimeChart::shownView() const
{
    if (!m_window || m_window->to <= m_view.start || m_window->from >= m_view.end)
        return m_view;
    return windowOf(m_view, std::max(m_window->from, m_view.start), std::min(m_window->to, m_view.end));
}

void TimeChart::setWindow(const std::optional<Window> &window)
{
    if (window == m_window)
        return;
    m_window = window;
    update();
}

void TimeChart::changeWindow(std::optional<Window> window)
{
    if (window) {
        const Duration length =
            std::clamp(window->to - window->from, std::max(m_view.step, Duration(1000)) * fewestSteps,
                       std::max(m_view.end - m_view.start, Duration(1000)));
        window->from = std::clamp(window->from, m_view.start, std::max(m_view.start, m_view.end - length));
        window->to = window->from + length;
        if (window->from <= m_view.start && window->to >= m_view.end)
            window.reset();
    }
    if (window == m_window)
        return;
    setWindow(window);
    Q_EMIT windowChanged(window);
}

void TimeChart::zoomAround(Instant at, double factor)
{
    const ChartView shown = shownView();
    const auto scaled = [&](Instant edge) {
        return at + Duration(static_cast<qint64>(std::llround(static_cast<double>((edge - at).count()) * factor)));
    };
    changeWindow(Window{scaled(shown.start), scaled(shown.end)});
}

void TimeChart::panBy(Duration distance)
{
    if (!m_window)
        return;
    changeWindow(Window{m_window->from + distance, m_window->to + distance});
}

void TimeChart::wheelEvent(QWheelEvent *event)
{
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    // The bare wheel scrolls the page that the chart lies in.
    if (!chart.plot().contains(event->position()) || event->angleDelta().y() == 0 || m_view.lines.isEmpty() ||
        !(event->modifiers() & Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    zoomAround(chart.timeAt(event->position().x()), event->angleDelta().y() > 0 ? zoomStep : 1.0 / zoomStep);
    event->accept();
}

void TimeChart::mousePressEvent(QMouseEvent *event)
{
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    if (event->button() != Qt::LeftButton || !chart.plot().contains(event->position()))
        return ThemedWidget::mousePressEvent(event);
    m_dragFrom = chart.timeAt(event->position().x());
    m_pans = event->modifiers() & Qt::ShiftModifier;
}

void TimeChart::dragTo(const QPointF &position, Qt::KeyboardModifiers)
{
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    const Instant at = chart.timeAt(position.x());
    if (m_pans)
        panBy(*m_dragFrom - at);
    else
        moveCrosshair(at);
    update();
}

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return ThemedWidget::mouseReleaseEvent(event);
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    const Instant from = *m_dragFrom;
    const Instant to = chart.timeAt(event->position().x());
    m_dragFrom.reset();
    const bool far = std::abs(chart.xAt(to) - chart.xAt(from)) > theme().px(6);
    if (far && !m_pans)
        changeWindow(Window{std::min(from, to), std::max(from, to)});
    update();
}

void TimeChart::mouseDoubleClickEvent(QMouseEvent *) { changeWindow(std::nullopt); }

bool TimeChart::handleZoomKey(QKeyEvent *event)
{
    const ChartView shown = shownView();
    const Instant middle = m_crosshair.value_or(shown.start + (shown.end - shown.start) / 2);
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAround(middle, zoomStep);
        return true;
    case Qt::Key_Minus:
        zoomAround(middle, 1.0 / zoomStep);
        return true;
    case Qt::Key_0:
        changeWindow(std::nullopt);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!shift)
            return false;
        panBy((shown.end - shown.start) / (event->key() == Qt::Key_Left ? -8 : 8));
        return true;
    default:
        return false;
    }
}

} // namespace cockpit
