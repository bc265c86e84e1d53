// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_painter.h"

#include "ui/theme/theme.h"
#include "ui/widgets/text_runs.h"
#include "ui/widgets/themed_widget.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

/// One line is one crisp pixel when it runs through the middle of it.
double crisp(double value) { return std::floor(value) + 0.5; }

} // namespace

ChartPainter::ChartPainter(const ChartView &view, const Theme &theme, const QRectF &area, int axisWidth)
    : m_view(view)
    , m_theme(theme)
    , m_area(area)
    , m_plot(area.adjusted(theme.px(axisWidth), theme.px(20), 0, -(footOf(view) > 0 ? theme.px(footOf(view)) : 1)))
    , m_scale(valueScale(chartMaximum(view), static_cast<int>(m_plot.height() / theme.px(36))))
{}

int ChartPainter::footOf(const ChartView &view)
{
    return (view.bands.isEmpty() ? 0 : 21) + (view.timeLabels ? 20 : 0);
}

double ChartPainter::xAt(Instant at) const
{
    const auto range = static_cast<double>((m_view.end - m_view.start).count());
    if (range <= 0.0)
        return m_plot.left();
    // The dot of the newest point needs its radius.
    const double width = m_plot.width() - m_theme.px(6);
    return m_plot.left() + static_cast<double>((at - m_view.start).count()) / range * width;
}

Instant ChartPainter::timeAt(double x) const
{
    const double width = std::max(1.0, m_plot.width() - m_theme.px(6));
    const double part = std::clamp((x - m_plot.left()) / width, 0.0, 1.0);
    const auto range = static_cast<double>((m_view.end - m_view.start).count());
    return m_view.start + Duration(static_cast<qint64>(part * range));
}

double ChartPainter::yAt(double value) const
{
    return m_plot.bottom() - value * m_view.factor / m_scale.top * m_plot.height();
}

void ChartPainter::paint(QPainter &painter) const
{
    paintTitle(painter);
    paintGrid(painter);
    if (m_view.timeLabels)
        paintTimeLabels(painter);
    paintBands(painter);
    painter.save();
    painter.setClipRect(m_plot.adjusted(0, 0, 0, 1));
    paintShade(painter);
    for (const ChartGap &gap : chartGaps(m_view))
        paintGap(painter, gap);
    paintThresholds(painter);
    paintMarkers(painter);
    painter.restore();
    painter.setClipRect(m_plot.adjusted(0, -m_theme.px(3), m_theme.px(1), m_theme.px(3)));
    for (const ChartLine &line : m_view.lines)
        paintLine(painter, line);
    painter.setClipping(false);
    if (m_view.lines.isEmpty()) {
        painter.setFont(m_theme.font(FontRole::Row12));
        painter.setPen(m_theme.color(Role::Muted));
        painter.drawText(m_plot, Qt::AlignCenter | Qt::TextSingleLine, m_view.emptyText);
    }
}

void ChartPainter::paintTitle(QPainter &painter) const
{
    QRectF line(m_area.left(), m_area.top(), m_area.width(), m_theme.px(20));
    const QString right = m_view.staleText.isEmpty() ? m_view.rangeText : m_view.staleText;
    const Role rightColor = m_view.staleText.isEmpty() ? Role::Muted : Role::StaleText;
    const QList<TextRun> rightRuns{{right, FontRole::Row12, rightColor}};
    paintRuns(painter, line, rightRuns, m_theme, Qt::AlignRight);
    line.setRight(line.right() - runsWidth(rightRuns, m_theme) - m_theme.px(8));
    const QString title = m_view.unit.isEmpty() ? m_view.title : m_view.title + QStringLiteral(", ") + m_view.unit;
    const QList<TextRun> titleRuns{{title, FontRole::RowStrong12, Role::Text}};
    paintRuns(painter, line, titleRuns, m_theme);
    double x = line.left() + runsWidth(titleRuns, m_theme) + m_theme.px(12);
    for (const ChartLine &entry : m_view.lines) {
        if (x > line.right() - m_theme.px(24))
            return;
        const Role color = m_view.staleText.isEmpty() ? entry.color : Role::Stale;
        painter.fillRect(QRectF(x, std::floor(line.center().y()) - 1, m_theme.px(12), 2), m_theme.color(color));
        x += m_theme.px(18);
        QList<TextRun> runs;
        if (!entry.name.isEmpty())
            runs.append({entry.name + u' ', FontRole::Row12, color == Role::Stale ? Role::StaleText : color});
        runs += numberRuns(entry.current, FontRole::Row12, FontRole::MonoMedium12, Role::Muted,
                           color == Role::Stale ? Role::StaleText : Role::Text);
        paintRuns(painter, QRectF(x, line.top(), line.right() - x, line.height()), runs, m_theme);
        x += runsWidth(runs, m_theme) + m_theme.px(12);
    }
}

void ChartPainter::paintGrid(QPainter &painter) const
{
    painter.setFont(m_theme.font(FontRole::Mono11));
    const double height = m_theme.px(14);
    for (double value = 0.0; value <= m_scale.top * 1.001; value += m_scale.step) {
        const double y = crisp(m_plot.bottom() - value / m_scale.top * m_plot.height());
        painter.setPen(QPen(m_theme.color(value == 0.0 ? Role::Border : Role::Grid), 1));
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        // The outer labels stay inside the plot's height, so that stacked charts do not run into each other.
        const double top = std::clamp(y - height / 2, m_plot.top() - 2, m_plot.bottom() - height + 3);
        painter.setPen(m_theme.color(Role::Muted));
        painter.drawText(QRectF(m_area.left(), top, m_plot.left() - m_area.left() - m_theme.px(6), height),
                         Qt::AlignRight | Qt::AlignVCenter, m_scale.label(value));
    }
}

void ChartPainter::paintTimeLabels(QPainter &painter) const
{
    painter.setFont(m_theme.font(FontRole::Mono11));
    painter.setPen(m_theme.color(Role::Muted));
    const double width = m_theme.px(48);
    for (const TimeTick &tick :
         timeTicks(m_view.start, m_view.end, static_cast<int>(m_plot.width() / m_theme.px(64)))) {
        const double x = xAt(tick.at);
        if (x - width / 2 < m_plot.left() - m_theme.px(8) || x + width / 2 > m_area.right() + m_theme.px(8))
            continue;
        const double y = m_plot.bottom() + m_theme.px(m_view.bands.isEmpty() ? 4 : 24);
        painter.drawText(QRectF(x - width / 2, y, width, m_theme.px(16)), Qt::AlignCenter, tick.text);
    }
}

void ChartPainter::paintBands(QPainter &painter) const
{
    const double top = m_plot.bottom() + m_theme.px(7);
    painter.setFont(m_theme.font(FontRole::ChipMedium11));
    for (const ChartBand &band : m_view.bands) {
        const double left = std::clamp(xAt(band.from), m_plot.left(), m_plot.right());
        const double right = std::clamp(xAt(band.to), m_plot.left(), m_plot.right());
        if (right - left < 1.0)
            continue;
        const QRectF box(left, top, right - left - 1.0, m_theme.px(14));
        const int share = band.color == Role::Canary ? 24 : band.color == Role::Ok ? 18 : 100;
        painter.fillRect(box, m_theme.palette().faint(band.color, share));
        painter.setPen(m_theme.color(Role::Text));
        const QRectF text = box.adjusted(m_theme.px(5), 0, 0, 0);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetricsF(painter.font()).elidedText(band.label, Qt::ElideRight, text.width()));
    }
}

void ChartPainter::paintShade(QPainter &painter) const
{
    if (!m_view.shade || m_view.shade->to <= m_view.start)
        return;
    const double left = std::max(xAt(m_view.shade->from), m_plot.left());
    const double right = std::min(xAt(m_view.shade->to), m_plot.right());
    painter.fillRect(QRectF(left, m_plot.top(), right - left, m_plot.height()),
                     m_theme.palette().faint(Role::Critical, 10));
    if (m_view.shade->from >= m_view.start) {
        painter.setPen(QPen(m_theme.palette().faint(Role::Critical, 75), 1));
        painter.drawLine(QPointF(crisp(left), m_plot.top()), QPointF(crisp(left), m_plot.bottom()));
    }
    painter.setFont(m_theme.font(FontRole::ChipMedium11));
    painter.setPen(m_theme.color(Role::Critical));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(m_view.shade->label) + m_theme.px(6);
    const double x = std::max(m_plot.left(), std::min(left + m_theme.px(5), m_plot.right() - width));
    painter.drawText(QRectF(x, m_plot.top(), width, m_theme.px(16)), Qt::AlignLeft | Qt::AlignVCenter,
                     m_view.shade->label);
}

void ChartPainter::paintGap(QPainter &painter, const ChartGap &gap) const
{
    const QRectF band(xAt(gap.from), m_plot.top(), std::max(2.0, xAt(gap.to) - xAt(gap.from)), m_plot.height());
    painter.save();
    painter.fillRect(band, m_theme.color(Role::Surface));
    painter.setClipRect(band, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Role::Stale), 1));
    QList<QLineF> hatch;
    for (double x = band.left() - band.height(); x < band.right(); x += m_theme.px(6))
        hatch.append(QLineF(x, band.top(), x + band.height(), band.bottom()));
    painter.drawLines(hatch);
    painter.restore();
    painter.setFont(m_theme.font(FontRole::Chip11));
    const QString words =
        gap.open ? QCoreApplication::translate("TimeChart", "no data since %1").arg(utcShortTimeText(gap.from))
                 : QCoreApplication::translate("TimeChart", "no data %1 to %2")
                       .arg(utcShortTimeText(gap.from), utcShortTimeText(gap.to));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2;
    const bool fitsLeft = band.left() - m_plot.left() > width + m_theme.px(4);
    const QRectF place(fitsLeft ? band.left() - width - m_theme.px(4) : band.right() + m_theme.px(4),
                       m_plot.bottom() - m_theme.px(18), width, m_theme.px(16));
    painter.setPen(m_theme.color(Role::Muted));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, words);
}

void ChartPainter::paintThresholds(QPainter &painter) const
{
    painter.setFont(m_theme.font(FontRole::ChipMedium11));
    const double height = m_theme.px(14);
    QList<QRectF> labelled;
    for (const ChartThreshold &threshold : m_view.thresholds) {
        const double y = crisp(yAt(threshold.value));
        QPen pen(m_theme.color(Role::Threshold), 1);
        pen.setDashPattern({5, 4});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        const QRectF above(m_plot.left() + m_theme.px(4), y - height - 1, m_plot.width() / 2, height);
        const auto isFree = [&](const QRectF &place) {
            return place.top() >= m_plot.top() && place.bottom() <= m_plot.bottom() &&
                   std::none_of(labelled.cbegin(), labelled.cend(),
                                [&](const QRectF &other) { return other.intersects(place); });
        };
        // Two labels on one another say nothing: the accessible text has them all.
        const QRectF below = above.translated(0, height + 3);
        if (!isFree(above) && !isFree(below))
            continue;
        labelled.append(isFree(above) ? above : below);
        painter.setPen(m_theme.color(Role::Muted));
        painter.drawText(labelled.last(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, threshold.label);
    }
}

void ChartPainter::paintMarkers(QPainter &painter) const
{
    painter.setFont(m_theme.font(FontRole::ChipMedium11));
    QList<QRectF> labelled;
    for (qsizetype index = 0; index < m_view.markers.size(); ++index) {
        const ChartMarker &marker = m_view.markers[index];
        if (marker.at < m_view.start || marker.at > m_view.end)
            continue;
        const double x = crisp(xAt(marker.at));
        QPen pen(m_theme.palette().faint(Role::Text, marker.strong ? 70 : 40), 1);
        if (marker.accent)
            pen = QPen(m_theme.color(Role::Accent), 2);
        if (!marker.strong)
            pen.setDashPattern({1, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
        if (!marker.strong)
            continue;
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(marker.label) + 2;
        const bool last = index + 1 == m_view.markers.size();
        const double room = (last ? m_plot.right() : xAt(m_view.markers[index + 1].at)) - x;
        const double left = room > width + m_theme.px(8) ? x + m_theme.px(5) : x - width - m_theme.px(5);
        // A label that would lie on the one of the firing interval goes a line lower.
        const bool crowded = m_view.shade && std::abs(left - xAt(m_view.shade->from)) < width;
        QRectF place(left, m_plot.top() + (marker.accent && crowded ? m_theme.px(16) : 0), width, m_theme.px(16));
        // Nor on that of another marker: a line lower, where it is whole.
        for (const QRectF &other : std::as_const(labelled)) {
            if (other.intersects(place))
                place.moveTop(other.bottom());
        }
        labelled.append(place);
        painter.setPen(m_theme.color(marker.accent ? Role::Accent : Role::Text));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, marker.label);
    }
}

void ChartPainter::paintLine(QPainter &painter, const ChartLine &line) const
{
    if (!line.points)
        return;
    const QColor color = m_theme.color(m_view.staleText.isEmpty() ? line.color : Role::Stale);
    // Single segments, not a polyline: the stroker of antialiased polylines costs seventy times as much.
    QList<QLineF> segments;
    std::optional<QPointF> last;
    for (const Point &point : *line.points) {
        if (!std::isfinite(point.value)) {
            last.reset();
            continue;
        }
        const QPointF here(xAt(point.at), yAt(point.value));
        if (last)
            segments.append(QLineF(*last, here));
        last = here;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(color, line.width);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    painter.drawLines(segments);
    if (last) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(*last, m_theme.px(3), m_theme.px(3));
        painter.setBrush(Qt::NoBrush);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void ChartPainter::paintCrosshair(QPainter &painter, Instant at) const
{
    const double x = crisp(xAt(at));
    painter.setPen(QPen(m_theme.color(Role::Muted), 1));
    painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    QList<TextRun> runs{{utcTimeText(at), FontRole::MonoMedium12, Role::Text}};
    for (const ChartLine &line : m_view.lines) {
        const auto point = pointNear(line, at, m_view.step);
        const QString value =
            point ? QString::number(point->value * m_view.factor, 'f', m_scale.decimals + 2) + u' ' + m_view.unit
                  : QCoreApplication::translate("TimeChart", "no data");
        runs.append({QStringLiteral("   ") + (line.name.isEmpty() ? QString() : line.name + u' '), FontRole::Row12,
                     line.name.isEmpty() ? Role::Muted : line.color});
        runs.append({value, FontRole::MonoMedium12, point ? Role::Text : Role::Muted});
    }
    const double width = runsWidth(runs, m_theme) + m_theme.px(16);
    const double left = x + m_theme.px(8) + width < m_area.right() ? x + m_theme.px(8)
                                                                   : std::max(m_area.left(), x - m_theme.px(8) - width);
    const QRectF box(left, m_plot.top() + m_theme.px(18), width, m_theme.px(24));
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, box, m_theme.px(4), m_theme.color(Role::Raised2), m_theme.color(Role::Border));
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintRuns(painter, box.adjusted(m_theme.px(8), 0, -m_theme.px(8), 0), runs, m_theme);
}

} // namespace cockpit
