// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <functional>

namespace cockpit {

/// Tells once that the window has painted live data: the first paint after `isLive()` holds. For the bench of the start
/// (DT_COCKPIT_TELL_FIRST_PAINT); reads no clock, whoever started the process does.
class FirstPaint : public QObject {
    Q_OBJECT
public:
    FirstPaint(QWidget &window, std::function<bool()> isLive, QObject *parent = nullptr);
    /// Call when data may have come.
    void look();
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void painted();

private:
    QPointer<QWidget> m_window;
    std::function<bool()> m_isLive;
    bool m_live = false;
};

} // namespace cockpit
