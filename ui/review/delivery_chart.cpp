// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/delivery_chart.h"

#include <QPainter>

#include <algorithm>

namespace cockpit {

DeliveryChart::DeliveryChart(const Theme &theme, QWidget *parent)
    : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DeliveryChart::setDays(const QList<DeliveryDay> &days)
{
    if (days == m_days)
        return;
    m_days = days;
    int deployments = 0;
    int failures = 0;
    for (const DeliveryDay &day : m_days) {
        deployments += day.deployments;
        failures += day.failures;
    }
    setAccessibleName(
        tr("Deployments per day: %1 in %2 days, %3 failed").arg(deployments).arg(m_days.size()).arg(failures));
    update();
}

QSize DeliveryChart::sizeHint() const { return {theme().px(400), theme().px(120)}; }

void DeliveryChart::paintEvent(QPaintEvent *)
{
    if (m_days.isEmpty())
        return;
    QPainter painter(this);
    const double axis = theme().px(18);
    const QRectF plot = QRectF(rect()).adjusted(theme().px(40), theme().px(8), -theme().px(16), -axis);
    int most = 1;
    for (const DeliveryDay &day : m_days)
        most = std::max(most, day.deployments);
    painter.setFont(theme().font(FontRole::Mono11));
    painter.setPen(theme().color(Role::Muted));
    painter.drawText(QRectF(0, plot.top() - axis / 2, plot.left() - theme().px(6), axis),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(most));
    painter.drawText(QRectF(0, plot.bottom() - axis / 2, plot.left() - theme().px(6), axis),
                     Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("0"));
    painter.drawText(QRectF(plot.left(), plot.bottom(), plot.width(), axis), Qt::AlignLeft | Qt::AlignVCenter,
                     utcDateTimeText(m_days.first().day).left(10));
    painter.drawText(QRectF(plot.left(), plot.bottom(), plot.width(), axis), Qt::AlignRight | Qt::AlignVCenter,
                     utcDateTimeText(m_days.last().day).left(10));
    painter.setPen(theme().color(Role::Grid));
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const double step = plot.width() / double(m_days.size());
    for (qsizetype index = 0; index < m_days.size(); ++index)
        paintColumn(painter, QRectF(plot.left() + double(index) * step, plot.top(), step, plot.height()), m_days[index],
                    most);
}

void DeliveryChart::paintColumn(QPainter &painter, const QRectF &column, const DeliveryDay &day, int most) const
{
    if (day.deployments == 0)
        return;
    const double gap = std::min(column.width() / 4, double(theme().px(4)));
    const double unit = column.height() / most;
    const QRectF whole(column.left() + gap / 2, column.bottom() - unit * day.deployments, column.width() - gap,
                       unit * day.deployments);
    painter.fillRect(whole, theme().color(Role::Series1));
    if (day.failures == 0)
        return;
    QRectF failed = whole;
    failed.setTop(column.bottom() - unit * std::min(day.failures, day.deployments));
    painter.fillRect(failed, theme().color(Role::Critical));
    painter.setPen(theme().color(Role::Text));
    painter.drawRect(failed.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace cockpit
