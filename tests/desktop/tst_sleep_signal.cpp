// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/sleep_signal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace cockpit;

/// A bus of our own in the system bus's place, on which the test speaks as logind does.
class SleepSignalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
            QSKIP("dbus-daemon is missing");
        m_bus.start(QStringLiteral("dbus-daemon"),
                    {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_bus.waitForStarted());
        QTRY_VERIFY(m_bus.canReadLine());
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus.readLine().trimmed());
    }

    void cleanupTestCase()
    {
        m_bus.kill();
        m_bus.waitForFinished();
    }

    void wakingUpIsHeardAndGoingToSleepIsNot()
    {
        SleepSignal signal;
        QSignalSpy awakened(&signal, &SleepSignal::awakened);
        QSignalSpy listening(&signal, &SleepSignal::listening);
        signal.start();
        QTRY_COMPARE(listening.count(), 1);
        QVERIFY(say(true));
        QVERIFY(say(false));
        QTRY_COMPARE(awakened.count(), 1);
        QVERIFY(say(true));
        QVERIFY(say(false));
        QTRY_COMPARE(awakened.count(), 2);
    }

private:
    static bool say(bool starts)
    {
        QDBusMessage message =
            QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/login1"),
                                       QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"));
        message << starts;
        return QDBusConnection::connectToBus(QString::fromLatin1(qgetenv("DBUS_SYSTEM_BUS_ADDRESS")),
                                             QStringLiteral("logind"))
            .send(message);
    }

    QProcess m_bus{};
};

QTEST_GUILESS_MAIN(SleepSignalTest)
#include "tst_sleep_signal.moc"
