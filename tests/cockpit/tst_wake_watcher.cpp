// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/wake_watcher.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

/// A clock that the test moves.
class TestClock final : public Clock {
public:
    Instant now() const override { return m_now; }
    Monotonic monotonic() const override { return m_monotonic; }
    void move(Duration world, Duration real)
    {
        m_now += world;
        m_monotonic += real;
    }

private:
    Instant m_now{fromEpochMs(1'763'867'560'000)};
    Monotonic m_monotonic{};
};

} // namespace

class WakeWatcherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ordinaryTicksMissNothing()
    {
        QVERIFY(!missedTime({.world = 1s, .monotonic = 1s}));
        QVERIFY(!missedTime({.world = 4s, .monotonic = 4s}));
    }

    void sleepMovesTheWorldAlone() { QCOMPARE(*missedTime({.world = 301s, .monotonic = 1s}), Duration(300s)); }

    void aStoppedProcessMissesBoth() { QCOMPARE(*missedTime({.world = 60s, .monotonic = 60s}), Duration(60s)); }

    void aClockSetBackIsNoticed() { QVERIFY(*missedTime({.world = -600s, .monotonic = 1s}) < Duration(0)); }

    void theDesktopsWordCountsForAShortSleepToo()
    {
        TestClock clock;
        WakeWatcher watcher(clock);
        QSignalSpy woke(&watcher, &WakeWatcher::woke);
        clock.move(2s, 1s);
        watcher.resume();
        QCOMPARE(woke.count(), 1);
        clock.move(1h, 1s);
        watcher.resume();
        QCOMPARE(woke.count(), 2);
    }

    void theFirstTickAfterAGapSaysSo()
    {
        TestClock clock;
        WakeWatcher watcher(clock);
        QSignalSpy woke(&watcher, &WakeWatcher::woke);
        QSignalSpy ticked(&watcher, &WakeWatcher::ticked);
        clock.move(1s, 1s);
        QTRY_COMPARE_WITH_TIMEOUT(ticked.count(), 1, 5000);
        QCOMPARE(woke.count(), 0);
        clock.move(10min, 1s);
        QTRY_COMPARE_WITH_TIMEOUT(woke.count(), 1, 5000);
    }
};

QTEST_GUILESS_MAIN(WakeWatcherTest)
#include "tst_wake_watcher.moc"
