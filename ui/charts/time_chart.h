// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_view.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// A chart over time with limits, markers, the firing interval and honest gaps. The mouse, or the arrow keys when it
/// has the focus, move a crosshair that tells time and values. Its accessible text holds title, values and limits.
class TimeChart : public ThemedWidget {
    Q_OBJECT
public:
    explicit TimeChart(const Theme &theme, QWidget *parent = nullptr);
    void setView(ChartView view);
    const ChartView &view() const { return m_view; }
    /// Width of the value axis in px of the design: 36, in a compact pair 28.
    void setAxisWidth(int px);
    /// What the crosshair shows now.
    std::optional<Instant> crosshair() const { return m_crosshair; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void moveCrosshair(std::optional<Instant> at);

    ChartView m_view{};
    int m_axisWidth = 36;
    std::optional<Instant> m_crosshair{};
};

} // namespace cockpit
