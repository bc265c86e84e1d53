// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_scale.h"
#include "ui/charts/chart_view.h"

#include <QRectF>

#include <optional>

class QPainter;

namespace cockpit {

class Theme;

/// Paints one chart into a rectangle. A value made anew for every paint; holds no state of its own.
class ChartPainter {
public:
    /// `axisWidth` in px of the design: 36 at full size, 28 in a compact pair.
    ChartPainter(const ChartView &view, const Theme &theme, const QRectF &area, int axisWidth);
    void paint(QPainter &painter) const;
    /// The crosshair at that x with time and values in words.
    void paintCrosshair(QPainter &painter, Instant at) const;
    /// Where the lines are.
    QRectF plot() const { return m_plot; }
    Instant timeAt(double x) const;
    double xAt(Instant at) const;

private:
    double yAt(double value) const;
    void paintTitle(QPainter &painter) const;
    void paintGrid(QPainter &painter) const;
    void paintTimeLabels(QPainter &painter) const;
    void paintShade(QPainter &painter) const;
    void paintGap(QPainter &painter, const ChartGap &gap) const;
    void paintThresholds(QPainter &painter) const;
    void paintMarkers(QPainter &painter) const;
    void paintLine(QPainter &painter, const ChartLine &line) const;
    void paintBands(QPainter &painter) const;
    /// Height of what is under the plot, in px of the design: band and time labels.
    static int footOf(const ChartView &view);

    const ChartView &m_view;
    const Theme &m_theme;
    QRectF m_area;
    QRectF m_plot;
    ValueScale m_scale;
};

} // namespace cockpit
