// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/budget_chart.h"

#include "ui/charts/chart_scale.h"
#include "ui/review/slo_rows.h"
#include "ui/widgets/text_runs.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

/// Room right of now for the forecast, as a share of the window.
constexpr double forecastShare = 0.17;

} // namespace

/// Maps times and shares to px.
struct BudgetChart::Scale {
    QRectF plot{};
    Instant start{};
    Instant now{};
    Instant end{};
    double bottom = 0.0;
    double x(Instant at) const
    {
        return plot.left() + plot.width() * static_cast<double>((at - start).count()) /
                                 static_cast<double>(std::max<qint64>((end - start).count(), 1));
    }
    double y(double left) const { return plot.top() + plot.height() * (1.0 - left) / (1.0 - bottom); }
};

BudgetChart::BudgetChart(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{}

void BudgetChart::setStatus(const SloStatus &status)
{
    m_status = status;
    setAccessibleName(
        tr("Error budget: %1, %2. Left now: %3. Gone in: %4.")
            .arg(status.slo.service, status.slo.title, shareWords(status.budgetLeft, 1), status.forecast.words));
    update();
}

QSize BudgetChart::sizeHint() const { return {theme().px(560), theme().px(260)}; }

BudgetChart::Scale BudgetChart::scale() const
{
    Scale scale;
    scale.plot = QRectF(rect()).adjusted(theme().px(56), theme().px(12), -theme().px(24), -theme().px(32));
    scale.now = m_status.measured;
    scale.start = scale.now - m_status.slo.window.length;
    scale.end = scale.now +
                Duration(static_cast<qint64>(static_cast<double>(m_status.slo.window.length.count()) * forecastShare));
    double least = m_status.budgetLeft.value_or(0.0);
    for (const BudgetPoint &point : m_status.burnDown)
        least = std::min(least, point.left.value_or(least));
    scale.bottom = least < 0.0 ? std::max(std::floor(least * 4) / 4, -4.0) : 0.0;
    return scale;
}

void BudgetChart::paintGrid(QPainter &painter, const Scale &scale) const
{
    const double step = scale.bottom < -1.0 ? 1.0 : 0.25;
    for (double left = 1.0; left >= scale.bottom - 0.001; left -= step) {
        const double y = scale.y(left);
        painter.fillRect(QRectF(scale.plot.left(), y, scale.plot.width(), 1), theme().color(Role::Grid));
        paintRuns(painter, QRectF(0, y - theme().px(8), scale.plot.left() - theme().px(8), theme().px(16)),
                  {{shareWords(left, 0), FontRole::Mono11, Role::Muted}}, theme(), Qt::AlignRight);
    }
    for (const TimeTick &tick : timeTicks(scale.start, scale.end, 6)) {
        const double half = theme().px(40);
        paintRuns(painter,
                  QRectF(scale.x(tick.at) - half, scale.plot.bottom() + theme().px(6), 2 * half, theme().px(16)),
                  {{tick.text, FontRole::Mono11, Role::Muted}}, theme(), Qt::AlignHCenter);
    }
    painter.setPen(QPen(theme().color(Role::Threshold), 1, Qt::DashLine));
    painter.drawLine(QPointF(scale.plot.left(), scale.y(0.0)), QPointF(scale.plot.right(), scale.y(0.0)));
    painter.fillRect(QRectF(scale.x(scale.now), scale.plot.top(), 1, scale.plot.height()), theme().color(Role::Muted));
    paintRuns(painter, QRectF(scale.x(scale.now) - theme().px(64), scale.plot.top(), theme().px(58), theme().px(16)),
              {{tr("now"), FontRole::Chip11, Role::Text}}, theme(), Qt::AlignRight);
}

void BudgetChart::paintLine(QPainter &painter, const Scale &scale) const
{
    QList<QLineF> lines;
    const BudgetPoint *before = nullptr;
    for (const BudgetPoint &point : m_status.burnDown) {
        const bool here = point.left && point.at >= scale.start;
        if (here && before)
            lines.append(QLineF(scale.x(before->at), scale.y(*before->left), scale.x(point.at), scale.y(*point.left)));
        before = here ? &point : nullptr;
    }
    painter.setPen(QPen(theme().color(Role::Series1), 1.6));
    painter.drawLines(lines);
}

void BudgetChart::paintMarks(QPainter &painter, const Scale &scale) const
{
    for (const BudgetMark &mark : m_status.marks) {
        if (mark.at < scale.start || mark.at > scale.now)
            continue;
        const auto point = std::find_if(m_status.burnDown.begin(), m_status.burnDown.end(),
                                        [&mark](const BudgetPoint &one) { return one.at >= mark.at && one.left; });
        const double left = point == m_status.burnDown.end() ? m_status.budgetLeft.value_or(0.0) : *point->left;
        const QPointF at(scale.x(mark.at), scale.y(left));
        painter.setPen(QPen(theme().color(Role::Series1), 1.5));
        painter.setBrush(theme().color(Role::Surface));
        painter.drawEllipse(at, theme().px(3), theme().px(3));
        const double wide = theme().px(80);
        paintRuns(painter, QRectF(at.x() - wide - theme().px(6), at.y() - theme().px(20), wide, theme().px(16)),
                  {{mark.label, FontRole::Chip11, Role::Muted}}, theme(), Qt::AlignRight);
    }
}

void BudgetChart::paintForecast(QPainter &painter, const Scale &scale) const
{
    if (!m_status.budgetLeft || *m_status.budgetLeft <= 0.0 || !m_status.forecast.gone)
        return;
    const QPointF from(scale.x(scale.now), scale.y(*m_status.budgetLeft));
    painter.setPen(QPen(theme().color(Role::Critical), 1.5, Qt::DashLine));
    painter.setClipRect(scale.plot);
    painter.drawLine(from, QPointF(scale.x(*m_status.forecast.gone), scale.y(0.0)));
    painter.setClipping(false);
    const double top = scale.y(*m_status.budgetLeft) - theme().px(20);
    const double x = from.x() + theme().px(8);
    paintRuns(painter, QRectF(x, top, width() - x, theme().px(16)),
              {{tr("gone in %1").arg(m_status.forecast.words), FontRole::Chip11, Role::Critical}}, theme());
}

void BudgetChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Scale at = scale();
    paintGrid(painter, at);
    if (m_status.burnDown.isEmpty())
        paintRuns(painter, at.plot,
                  {{tr("no data: nothing records the budget over time"), FontRole::Row12, Role::Muted}}, theme(),
                  Qt::AlignHCenter);
    paintLine(painter, at);
    paintForecast(painter, at);
    paintMarks(painter, at);
}

} // namespace cockpit
