// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rollout_guard.h"
#include "verdict_scene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using State = RolloutGuard::State;

/// Automatic rollback of one rollout on this laptop: when it acts, and everything that keeps it from acting.
class TestRolloutGuard : public QObject {
    Q_OBJECT

    VerdictScene m_scene{};

    /// Of a rollout whose policy the cluster does not enforce.
    GuardSight sight()
    {
        m_scene.rollout.weights = {100};
        return {.verdict = std::make_shared<const CanaryVerdict>(m_scene.judged())};
    }
    RolloutGuard armed()
    {
        const auto guard = armGuard(m_scene.rollout.key, QStringLiteral("ana"), sight(), m_scene.now);
        return guard ? *guard : RolloutGuard{.state = State::Disarmed};
    }

private Q_SLOTS:
    void init() { m_scene = VerdictScene(); }

    void armsAndWatches()
    {
        const RolloutGuard guard = armed();
        QCOMPARE(guard.state, State::Armed);
        QCOMPARE(guard.armedBy, QStringLiteral("ana"));
        QVERIFY(stepGuard(guard, sight(), m_scene.now + 1s) == guard);
    }

    void countsDownThenActsOnce()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        QCOMPARE(guard.state, State::Counting);
        QVERIFY(guard.actsAt == m_scene.now + kGuardCountdown);
        QVERIFY(guard.words.startsWith(QStringLiteral("Roll back now")));
        QCOMPARE(stepGuard(guard, sight(), m_scene.now + 9s).state, State::Counting);
        guard = stepGuard(guard, sight(), m_scene.now + 10s);
        QCOMPARE(guard.state, State::Acting);
        QVERIFY(stepGuard(guard, sight(), m_scene.now + 11s) == guard);
        GuardSight over = sight();
        over.updating = false;
        QCOMPARE(stepGuard(guard, over, m_scene.now + 60s).state, State::Disarmed);
    }

    void aCountdownCanBeCancelled()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = disarmGuard(stepGuard(guard, sight(), m_scene.now), QStringLiteral("ana said so"));
        QCOMPARE(guard.state, State::Disarmed);
        QVERIFY(guard.words.contains(QStringLiteral("ana said so")));
        QCOMPARE(stepGuard(guard, sight(), m_scene.now + 10s).state, State::Disarmed);
    }

    void aTriggerThatPassesStopsTheCountdown()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        m_scene = VerdictScene();
        guard = stepGuard(guard, sight(), m_scene.now + 5s);
        QCOMPARE(guard.state, State::Armed);
        QVERIFY(!guard.actsAt);
    }

    void holdsWhileStableBreachesToo()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        m_scene.makeStableBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        QCOMPARE(guard.state, State::Holding);
        QVERIFY(guard.words.startsWith(QStringLiteral("Not the canary")));
        QCOMPARE(stepGuard(guard, sight(), m_scene.now + 1min).state, State::Holding);
    }

    void refusesToArm_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<QString>("words");
        QTest::newRow("stale") << 0 << "What is known is not fresh: Prometheus is 4 min old.";
        QTest::newRow("source lost") << 1 << "Prometheus does not answer";
        QTest::newRow("nothing rolls out") << 2 << "Nothing rolls out here now.";
        QTest::newRow("no verdict") << 3 << "there is no verdict";
        QTest::newRow("old verdict") << 4 << "the last verdict is 3 m old";
        QTest::newRow("cluster enforces") << 5 << "The cluster enforces the policy itself.";
        QTest::newRow("not told apart") << 6 << "cannot be told apart";
    }
    void refusesToArm()
    {
        QFETCH(int, how);
        QFETCH(QString, words);
        if (how == 6)
            m_scene.measures.split = TrackSplit::None;
        GuardSight seen = sight();
        Instant now = m_scene.now;
        if (how == 0)
            seen.dataStale = true;
        if (how == 1)
            seen.sourceLost = true;
        seen.words =
            how == 0 ? QStringLiteral("Prometheus is 4 min old") : QStringLiteral("Prometheus does not answer");
        seen.updating = how != 2;
        if (how == 3)
            seen.verdict.reset();
        if (how == 4)
            now += 3min;
        if (how == 5)
            seen.verdict = std::make_shared<const CanaryVerdict>(VerdictScene().judged());
        const auto guard = armGuard(m_scene.rollout.key, QStringLiteral("ana"), seen, now);
        QVERIFY(!guard);
        QVERIFY2(guard.error().text().contains(words), qPrintable(guard.error().text()));
    }

    void losesItsSourceAndSaysSo()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        GuardSight lost = sight();
        lost.sourceLost = true;
        lost.words = QStringLiteral("Prometheus eu does not answer");
        guard = stepGuard(guard, lost, m_scene.now + 9s);
        QCOMPARE(guard.state, State::Disarmed);
        QCOMPARE(guard.words, QStringLiteral("The guard of gc-service is off: Prometheus eu does not answer."));
    }

    void neverActsOnOldData()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        GuardSight stale = sight();
        stale.dataStale = true;
        QCOMPARE(stepGuard(guard, stale, m_scene.now + 11s).state, State::Holding);
        const GuardSight old = sight();
        QCOMPARE(stepGuard(guard, old, m_scene.now + 3min).state, State::Holding);
    }

    void aCountdownThatWasSleptThroughDisarms()
    {
        RolloutGuard guard = armed();
        m_scene.makeCanaryBad();
        guard = stepGuard(guard, sight(), m_scene.now);
        const RolloutGuard after = stepGuard(guard, sight(), m_scene.now + 50s);
        QCOMPARE(after.state, State::Disarmed);
    }
};

QTEST_GUILESS_MAIN(TestRolloutGuard)
#include "tst_rollout_guard.moc"
