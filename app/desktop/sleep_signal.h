// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace cockpit {

/// Hears from logind when the computer wakes up (org.freedesktop.login1.Manager, PrepareForSleep, on the system bus).
/// Without that bus it is silent: WakeWatcher notices sleep by the clocks. Never waits.
class SleepSignal : public QObject {
    Q_OBJECT
public:
    explicit SleepSignal(QObject *parent = nullptr);
    /// Call once awakened() is connected.
    void start();

Q_SIGNALS:
    void awakened();
    /// The bus is there and is listened to.
    void listening();

private Q_SLOTS:
    void prepareForSleep(bool starts);

private:
    void listen();
};

} // namespace cockpit
