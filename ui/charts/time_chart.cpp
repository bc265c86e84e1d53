// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_chart.h"

#include "ui/charts/chart_painter.h"

#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace cockpit {

namespace {

/// A chart for people who do not see it: its kind, its title and its values in words.
class TimeChartAccessible : public QAccessibleWidget {
public:
    explicit TimeChartAccessible(TimeChart *chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
    {}
    QString text(QAccessible::Text kind) const override
    {
        const auto *chart = static_cast<const TimeChart *>(object());
        if (kind == QAccessible::Name)
            return chart->view().title;
        if (kind == QAccessible::Value || kind == QAccessible::Description)
            return chartWords(chart->view());
        return QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *makeChartAccessible(const QString &, QObject *object)
{
    auto *chart = qobject_cast<TimeChart *>(object);
    return chart ? new TimeChartAccessible(chart) : nullptr;
}

} // namespace

TimeChart::TimeChart(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    // Qt keeps one list of factories and ignores one that it has.
    QAccessible::installFactory(makeChartAccessible);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TimeChart::setView(ChartView view)
{
    // Pages set what they know with each tick; painting is worth it only when something moved.
    if (view == m_view)
        return;
    m_view = std::move(view);
    setAccessibleName(m_view.title);
    setAccessibleDescription(chartWords(m_view));
    update();
}

void TimeChart::setAxisWidth(int px)
{
    m_axisWidth = px;
    update();
}

QSize TimeChart::sizeHint() const { return {theme().px(400), theme().px(140)}; }

QSize TimeChart::minimumSizeHint() const { return {theme().px(160), theme().px(90)}; }

void TimeChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    chart.paint(painter);
    if (m_dragFrom && m_crosshair && !m_pans) {
        const double from = chart.xAt(*m_dragFrom);
        const double to = chart.xAt(*m_crosshair);
        painter.fillRect(QRectF(std::min(from, to), chart.plot().top(), std::abs(to - from), chart.plot().height()),
                         theme().palette().faint(Role::Accent, 16));
    }
    if (m_crosshair && !m_view.lines.isEmpty())
        chart.paintCrosshair(painter, std::clamp(*m_crosshair, shown.start, std::max(shown.start, shown.end)));
    if (hasFocus()) {
        painter.setPen(QPen(theme().color(Role::Accent), 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragFrom)
        return dragTo(event->position(), event->modifiers());
    const ChartView shown = shownView();
    const ChartPainter chart(shown, theme(), QRectF(rect()), m_axisWidth);
    const bool inside = chart.plot().contains(event->position());
    moveCrosshair(inside ? std::optional(chart.timeAt(event->position().x())) : std::nullopt);
}

void TimeChart::leaveEvent(QEvent *) { moveCrosshair(std::nullopt); }

void TimeChart::focusOutEvent(QFocusEvent *event)
{
    moveCrosshair(std::nullopt);
    ThemedWidget::focusOutEvent(event);
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_crosshair)
        return moveCrosshair(std::nullopt);
    if (handleZoomKey(event))
        return;
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right)
        return ThemedWidget::keyPressEvent(event);
    const Duration step = std::max(m_view.step, Duration(1));
    const Duration move = event->key() == Qt::Key_Left ? -step : step;
    const ChartView shown = shownView();
    moveCrosshair(
        std::clamp(m_crosshair ? *m_crosshair + move : shown.end, shown.start, std::max(shown.start, shown.end)));
}

void TimeChart::moveCrosshair(std::optional<Instant> at)
{
    if (at == m_crosshair)
        return;
    m_crosshair = at;
    update();
}

} // namespace cockpit
