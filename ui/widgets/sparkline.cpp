// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sparkline.h"

#include <QPainter>

#include <cmath>
#include <limits>

namespace cockpit {

namespace {

struct SparkRange {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    bool isEmpty() const { return low > high; }
};

SparkRange rangeOf(const SparklineView &view)
{
    SparkRange range;
    const auto take = [&range](double value) {
        if (!std::isfinite(value))
            return;
        range.low = std::min(range.low, value);
        range.high = std::max(range.high, value);
    };
    for (const double value : view.values)
        take(value);
    if (view.limit)
        take(*view.limit);
    if (view.fromZero && !range.isEmpty())
        take(0);
    return range;
}

void paintLimit(QPainter &painter, const QRectF &rect, double y, const QColor &color)
{
    QPen pen(color, 1, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(rect.left(), std::round(y) + 0.5), QPointF(rect.right(), std::round(y) + 0.5));
}

} // namespace

void paintSparkline(QPainter &painter, const QRectF &rect, const SparklineView &view, const Theme &theme)
{
    const SparkRange range = rangeOf(view);
    if (range.isEmpty() || view.values.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = rect.adjusted(1, 3, -3, -3);
    const double span = range.high - range.low;
    const auto y = [&](double value) {
        // A flat line rests in the middle, or on the ground where the scale starts at zero.
        const double part = span > 0 ? (value - range.low) / span : view.fromZero ? 0.0 : 0.5;
        return plot.bottom() - part * plot.height();
    };
    if (view.limit && std::isfinite(*view.limit))
        paintLimit(painter, plot, y(*view.limit), theme.color(view.limitLine));
    const double step = view.values.size() > 1 ? plot.width() / static_cast<double>(view.values.size() - 1) : 0;
    QList<QLineF> lines;
    std::optional<QPointF> previous;
    std::optional<QPointF> last;
    for (qsizetype index = 0; index < view.values.size(); ++index) {
        const double value = view.values.at(index);
        if (!std::isfinite(value)) {
            previous.reset();
            continue;
        }
        const QPointF point(plot.left() + static_cast<double>(index) * step, y(value));
        if (previous)
            lines.append(QLineF(*previous, point));
        previous = last = point;
    }
    painter.setPen(QPen(theme.color(view.line), 1.25));
    painter.drawLines(lines);
    // The dot marks the present: none where the line ended in a gap.
    if (last && previous) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(view.line));
        painter.drawEllipse(*last, 2, 2);
    }
    painter.restore();
}

Sparkline::Sparkline(const Theme &theme, const QString &name, QWidget *parent)
    : ThemedWidget(theme, parent), m_name(name)
{
    setAccessibleName(tr("%1: no data").arg(name));
}

void Sparkline::setView(const SparklineView &view)
{
    m_view = view;
    const double last = view.values.isEmpty() ? std::numeric_limits<double>::quiet_NaN() : view.values.last();
    setAccessibleName(std::isfinite(last) ? tr("%1: last %2").arg(m_name).arg(last) : tr("%1: no data").arg(m_name));
    update();
}

QSize Sparkline::sizeHint() const { return {theme().px(80), theme().px(24)}; }

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSparkline(painter, rect(), m_view, theme());
}

} // namespace cockpit
