// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages_world.h"
#include "ui/triage/alert_pulse.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

/// A new page is seen from the corner of the eye, once.
class AlertPulseTest : public QObject {
    Q_OBJECT

    static Alert freshAlert(const QString &name = QStringLiteral("GCHighErrorRate"))
    {
        Alert alert = firingAlert(name, QStringLiteral("page"), Priority::P1, 0);
        alert.startsAt = worldNow() - 5s;
        return alert;
    }

private Q_SLOTS:
    void aNewPagePulsesOnce()
    {
        Theme theme;
        AlertPulse pulse(theme);
        QSignalSpy moved(&pulse, &AlertPulse::moved);
        const Alert alert = freshAlert();
        pulse.see(alert, worldNow());
        QVERIFY(pulse.isRunning());
        QTRY_VERIFY(pulse.strength(alert.key) > 0.0);
        QCOMPARE(pulse.strength(freshAlert(QStringLiteral("Other")).key), 0.0);
        QTRY_VERIFY(!pulse.isRunning());
        QCOMPARE(pulse.strength(alert.key), 0.0);
        QVERIFY(moved.count() > 2);
        pulse.see(alert, worldNow() + 10s);
        QVERIFY(!pulse.isRunning());
    }

    void nothingMovesWhereLessMotionIsAskedFor()
    {
        Theme theme;
        theme.setReducedMotion(true);
        AlertPulse pulse(theme);
        pulse.see(freshAlert(), worldNow());
        QVERIFY(!pulse.isRunning());
        theme.setReducedMotion(false);
        pulse.see(freshAlert(), worldNow() + 1s); // not late either
        QVERIFY(!pulse.isRunning());
    }

    void onlyWhatIsNewAndPagesPulses_data()
    {
        QTest::addColumn<int>("ageSeconds");
        QTest::addColumn<AlertState>("state");
        QTest::addColumn<bool>("pages");
        QTest::newRow("old") << 40 << AlertState::Firing << true;
        QTest::newRow("of the future") << -5 << AlertState::Firing << true;
        QTest::newRow("acknowledged") << 5 << AlertState::Acknowledged << true;
        QTest::newRow("pending") << 5 << AlertState::Pending << true;
        QTest::newRow("a warning") << 5 << AlertState::Firing << false;
    }

    void onlyWhatIsNewAndPagesPulses()
    {
        QFETCH(int, ageSeconds);
        QFETCH(AlertState, state);
        QFETCH(bool, pages);
        Alert alert = freshAlert();
        alert.startsAt = worldNow() - std::chrono::seconds(ageSeconds);
        alert.state = state;
        alert.priority = pages ? Priority::P1 : Priority::P3;
        Theme theme;
        AlertPulse pulse(theme);
        pulse.see(alert, worldNow());
        QVERIFY(!pulse.isRunning());
    }
};

QTEST_MAIN(AlertPulseTest)
#include "tst_alert_pulse.moc"
