// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/cockpit.h"
#include "app/desktop/window_session.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace cockpit {

/// Opens every page in turn, waits until what it shows has come, and keeps it as PNG.
class Tour : public QObject {
    Q_OBJECT
public:
    /// `end` is called once with the exit code.
    Tour(Cockpit &cockpit, WindowSession &session, QString folder, std::function<void(int)> end);
    void start();

private:
    struct Stop {
        QString name{};
        std::function<void()> open{};
    };
    void planStops();
    void openNext();
    void look();
    bool hasSettled() const;
    bool keep(const QString &name);

    Cockpit &m_cockpit;
    WindowSession &m_session;
    QString m_folder;
    std::function<void(int)> m_end;
    std::vector<Stop> m_stops;
    size_t m_current = 0;
    int m_quietLooks = 0;
    QTimer m_timer;
    QDeadlineTimer m_deadline;
};

} // namespace cockpit
