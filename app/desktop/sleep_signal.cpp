// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/sleep_signal.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QPointer>
#include <QThreadPool>

namespace cockpit {

SleepSignal::SleepSignal(QObject *parent) : QObject(parent) {}

void SleepSignal::start()
{
    // Opening the bus waits for it: not on the GUI thread.
    QThreadPool::globalInstance()->start([signal = QPointer(this)] {
        if (!QDBusConnection::systemBus().isConnected())
            return;
        QMetaObject::invokeMethod(
            qApp,
            [signal] {
                if (signal)
                    signal->listen();
            },
            Qt::QueuedConnection);
    });
}

void SleepSignal::listen()
{
    // No service is named: a bus without logind must not start one.
    const bool listens = QDBusConnection::systemBus().connect(
        QString(), QStringLiteral("/org/freedesktop/login1"), QStringLiteral("org.freedesktop.login1.Manager"),
        QStringLiteral("PrepareForSleep"), this, SLOT(prepareForSleep(bool)));
    if (listens)
        Q_EMIT listening();
}

void SleepSignal::prepareForSleep(bool starts)
{
    if (!starts)
        Q_EMIT awakened();
}

} // namespace cockpit
