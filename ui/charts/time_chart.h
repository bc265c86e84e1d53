// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_view.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// A chart over time with limits, markers, the firing interval and honest gaps. The mouse, or the arrow keys when it
/// has the focus, move a crosshair that tells time and values. Ctrl with the wheel, a drag, + and - zoom; Shift moves
/// what is shown (drag or arrows); a double click or 0 shows all again. Its accessible text holds title, values and
/// limits.
class TimeChart : public ThemedWidget {
    Q_OBJECT
public:
    explicit TimeChart(const Theme &theme, QWidget *parent = nullptr);
    void setView(ChartView view);
    const ChartView &view() const { return m_view; }
    /// Width of the value axis in px of the design: 36, in a compact pair 28.
    void setAxisWidth(int px);
    /// The stretch of time that is shown; nothing = all of it. Other charts of the page follow windowChanged().
    struct Window {
        Instant from{};
        Instant to{};
        bool operator==(const Window &) const = default;
    };
    const std::optional<Window> &window() const { return m_window; }
    /// Clamped to what the view holds; does not emit.
    void setWindow(const std::optional<Window> &window);
    /// What is on show now: the view, cut to the window.
    ChartView shownView() const;
    /// What the crosshair shows now.
    std::optional<Instant> crosshair() const { return m_crosshair; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person zoomed, moved or reset it.
    void windowChanged(const std::optional<cockpit::TimeChart::Window> &window);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void moveCrosshair(std::optional<Instant> at);
    void changeWindow(std::optional<Window> window);
    void zoomAround(Instant at, double factor);
    void panBy(Duration distance);
    bool handleZoomKey(QKeyEvent *event);
    void dragTo(const QPointF &position, Qt::KeyboardModifiers modifiers);

    ChartView m_view{};
    int m_axisWidth = 36;
    std::optional<Instant> m_crosshair{};
    std::optional<Window> m_window{};
    std::optional<Instant> m_dragFrom{}; ///< a drag chooses the stretch to zoom to; with Shift it moves it
    bool m_pans = false;
};

} // namespace cockpit
