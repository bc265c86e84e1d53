// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/cockpit.h"
#include "app/desktop/sleep_signal.h"
#include "ui/frame/main_window.h"

#include <QObject>

namespace cockpit {

/// Shows in the frame how true the screen is, and passes on that the computer woke up.
class ConnectivityFrame : public QObject {
    Q_OBJECT
public:
    ConnectivityFrame(Cockpit &cockpit, MainWindow &window, QObject *parent = nullptr);

private:
    void refresh();

    Cockpit &m_cockpit;
    MainWindow &m_window;
    SleepSignal m_sleep;
};

} // namespace cockpit
