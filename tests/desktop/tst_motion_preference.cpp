// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/motion_preference.h"

#include <QDBusConnection>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace cockpit;

namespace {

const QString gnome = QStringLiteral("org.gnome.desktop.interface");
const QString enableAnimations = QStringLiteral("enable-animations");

} // namespace

/// The desktop's portal, as far as the cockpit asks it.
class DesktopPortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    DesktopSettings settings{};
    QStringList asked{};

public Q_SLOTS:
    cockpit::DesktopSettings ReadAll(const QStringList &namespaces)
    {
        asked = namespaces;
        return settings;
    }

Q_SIGNALS:
    void SettingChanged(const QString &settingNamespace, const QString &key, const QDBusVariant &value);
};

class MotionPreferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
            return;
        m_bus.start(QStringLiteral("dbus-daemon"),
                    {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(m_bus.waitForStarted());
        QTRY_VERIFY(m_bus.canReadLine());
        m_address = QString::fromLatin1(m_bus.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
        qDBusRegisterMetaType<DesktopSettings>();
    }

    void cleanup() { qunsetenv("DT_COCKPIT_REDUCED_MOTION"); }

    void cleanupTestCase()
    {
        m_bus.kill();
        m_bus.waitForFinished();
    }

    void readsWhatDesktopsSay_data()
    {
        const QString appearance = QStringLiteral("org.freedesktop.appearance");
        const QString kde = QStringLiteral("org.kde.kdeglobals.KDE");
        const QString reduced = QStringLiteral("reduced-motion");
        const QString factor = QStringLiteral("AnimationDurationFactor");
        QTest::addColumn<DesktopSettings>("settings");
        QTest::addColumn<int>("less"); // -1: nothing is said
        QTest::newRow("nothing") << DesktopSettings{} << -1;
        QTest::newRow("no preference") << DesktopSettings{{appearance, {{reduced, 0U}}}} << 0;
        QTest::newRow("reduced") << DesktopSettings{{appearance, {{reduced, 1U}}}} << 1;
        QTest::newRow("GNOME, animations on") << DesktopSettings{{gnome, {{enableAnimations, true}}}} << 0;
        QTest::newRow("GNOME, animations off") << DesktopSettings{{gnome, {{enableAnimations, false}}}} << 1;
        QTest::newRow("wrapped twice")
            << DesktopSettings{{gnome, {{enableAnimations, QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(false))))}}}}
            << 1;
        QTest::newRow("KDE, instant") << DesktopSettings{{kde, {{factor, QStringLiteral("0")}}}} << 1;
        QTest::newRow("KDE, slow") << DesktopSettings{{kde, {{factor, QStringLiteral("1.4")}}}} << 0;
        QTest::newRow("KDE, no number") << DesktopSettings{{kde, {{factor, QStringLiteral("fast")}}}} << -1;
    }

    void readsWhatDesktopsSay()
    {
        QFETCH(DesktopSettings, settings);
        QFETCH(int, less);
        const std::optional<bool> read = asksForLessMotion(settings);
        QCOMPARE(read ? int(*read) : -1, less);
    }

    void theEnvironmentStandsAboveTheDesktop()
    {
        qputenv("DT_COCKPIT_REDUCED_MOTION", "yes");
        MotionPreference preference;
        QSignalSpy told(&preference, &MotionPreference::changed);
        preference.start();
        QCOMPARE(told.count(), 1);
        QVERIFY(told.front().front().toBool());
        qputenv("DT_COCKPIT_REDUCED_MOTION", "perhaps");
        QVERIFY(!lessMotionByEnvironment());
        qputenv("DT_COCKPIT_REDUCED_MOTION", "0");
        QCOMPARE(lessMotionByEnvironment(), std::optional(false));
    }

    void asksThePortalAndFollowsIt()
    {
        if (m_address.isEmpty())
            QSKIP("needs dbus-daemon");
        DesktopPortal portal;
        portal.settings = {{gnome, {{enableAnimations, false}}}};
        QDBusConnection desktop = QDBusConnection::connectToBus(m_address, QStringLiteral("desktop"));
        QVERIFY(desktop.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(desktop.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));

        MotionPreference preference;
        QSignalSpy told(&preference, &MotionPreference::changed);
        preference.start();
        QTRY_COMPARE(told.count(), 1);
        QVERIFY(told.front().front().toBool());
        QVERIFY(portal.asked.contains(gnome));

        Q_EMIT portal.SettingChanged(gnome, enableAnimations, QDBusVariant(true));
        QTRY_COMPARE(told.count(), 2);
        QVERIFY(!told.back().front().toBool());
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
    }

private:
    QProcess m_bus{};
    QString m_address{};
};

QTEST_GUILESS_MAIN(MotionPreferenceTest)
#include "tst_motion_preference.moc"
