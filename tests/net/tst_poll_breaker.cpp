// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/poll_breaker.h"

#include <QTest>

using namespace std::chrono_literals;
using cockpit::BackendLink;
using cockpit::PollBreaker;

/// The rules of the poll breaker: 5 failures in a row or half of 20, then a probe after 10 s, doubling to 2 min.
class TestPollBreaker : public QObject {
    Q_OBJECT

    PollBreaker::Monotonic m_now{};

    void failTimes(PollBreaker &breaker, int times)
    {
        for (int i = 0; i < times; ++i)
            breaker.failed(breaker.admit(m_now).value(), m_now);
    }
    void pass(PollBreaker &breaker) { breaker.succeeded(breaker.admit(m_now).value()); }

private Q_SLOTS:
    void opensAfterFiveFailuresInARow()
    {
        PollBreaker breaker;
        failTimes(breaker, 4);
        pass(breaker);
        failTimes(breaker, 4);
        QVERIFY(!breaker.refuses(m_now));
        failTimes(breaker, 1);
        QVERIFY(breaker.refuses(m_now));
        QCOMPARE(breaker.link(m_now).breaker, BackendLink::Breaker::Open);
        QCOMPARE(breaker.link(m_now).failuresInARow, 5);
        QVERIFY(breaker.link(m_now).nextTryIn.value() == 10s);
        QVERIFY(breaker.link(m_now + 4s).nextTryIn.value() == 6s);
    }

    void opensWhenHalfOfTwentyFailed()
    {
        PollBreaker breaker;
        for (int i = 0; i < 9; ++i) {
            pass(breaker);
            failTimes(breaker, 1);
        }
        pass(breaker);
        QVERIFY(!breaker.refuses(m_now)); // 9 of 19
        failTimes(breaker, 1);            // 10 of 20
        QVERIFY(breaker.refuses(m_now));
    }

    void forgetsWhatIsOlderThanTwenty()
    {
        PollBreaker breaker;
        for (int i = 0; i < 9; ++i) {
            pass(breaker);
            failTimes(breaker, 1);
        }
        for (int i = 0; i < 20; ++i)
            pass(breaker);
        for (int i = 0; i < 4; ++i) {
            failTimes(breaker, 1);
            pass(breaker);
        }
        QVERIFY(!breaker.refuses(m_now));
    }

    void letsOneProbeThroughAfterThePause()
    {
        PollBreaker breaker;
        failTimes(breaker, 5);
        QVERIFY(!breaker.admit(m_now + 9999ms));
        const auto probe = breaker.admit(m_now + 10s);
        QVERIFY(probe && probe->probe);
        QCOMPARE(breaker.link(m_now + 10s).breaker, BackendLink::Breaker::HalfOpen);
        QVERIFY(!breaker.admit(m_now + 10s));
        breaker.succeeded(*probe);
        QCOMPARE(breaker.link(m_now).breaker, BackendLink::Breaker::Closed);
        QCOMPARE(breaker.link(m_now).failuresInARow, 0);
        failTimes(breaker, 4); // starts from nothing
        QVERIFY(!breaker.refuses(m_now));
    }

    void doublesThePauseUpToTwoMinutes()
    {
        PollBreaker breaker;
        failTimes(breaker, 5);
        for (const auto pause : {10s, 20s, 40s, 80s, 120s, 120s}) {
            QVERIFY(breaker.link(m_now).nextTryIn.value() == pause);
            m_now += pause;
            breaker.failed(breaker.admit(m_now).value(), m_now);
        }
        m_now += 120s;
        pass(breaker);
        failTimes(breaker, 5);
        QVERIFY(breaker.link(m_now).nextTryIn.value() == 10s); // from the start again
    }

    void aPersonProbesAtOnceAndIsNeverRefused()
    {
        PollBreaker breaker;
        failTimes(breaker, 5);
        const auto first = breaker.probe();
        const auto second = breaker.probe();
        QVERIFY(first.probe && second.probe);
        QCOMPARE(breaker.link(m_now).breaker, BackendLink::Breaker::HalfOpen);
        breaker.failed(first, m_now);
        QVERIFY(breaker.link(m_now).nextTryIn.value() == 10s); // not longer for the person's sake
        breaker.succeeded(second);
        QCOMPARE(breaker.link(m_now).breaker, BackendLink::Breaker::Closed);
    }

    void ignoresResultsOfAnOlderState()
    {
        PollBreaker breaker;
        const auto before = breaker.admit(m_now).value();
        failTimes(breaker, 5);
        breaker.failed(before, m_now + 5s);
        QVERIFY(breaker.link(m_now).nextTryIn.value() == 10s);
        breaker.succeeded(before);
        QVERIFY(breaker.refuses(m_now));
        breaker.reset();
        breaker.failed(before, m_now);
        QCOMPARE(breaker.link(m_now).failuresInARow, 0);
    }

    void anAbandonedProbeMakesRoomForTheNext()
    {
        PollBreaker breaker;
        failTimes(breaker, 5);
        const auto probe = breaker.admit(m_now + 10s).value();
        breaker.abandoned(probe, m_now + 11s);
        QVERIFY(breaker.admit(m_now + 11s).has_value());
    }
};

QTEST_GUILESS_MAIN(TestPollBreaker)
#include "tst_poll_breaker.moc"
