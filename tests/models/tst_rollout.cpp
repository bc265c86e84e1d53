// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rollout_store.h"
#include "models/rollout.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using std::chrono::minutes;
using std::chrono::seconds;

/// Rollouts: their revisions, their order, and the store that holds them.
class RolloutTest : public QObject {
    Q_OBJECT

    static RolloutRevision revision(const char *hash, qint64 number)
    {
        RolloutRevision one;
        one.hash = QLatin1String(hash);
        one.objectName = QStringLiteral("gc-") + one.hash;
        one.number = number;
        one.podTemplate = "{}";
        return one;
    }
    static Rollout rollout(const char *name, const char *context = "eu", const char *nameSpace = "dt")
    {
        Rollout one;
        one.key = {QStringLiteral("prod"),    QLatin1String(context), QLatin1String(nameSpace),
                   QStringLiteral("Rollout"), QLatin1String(name),    QStringLiteral("uid-") + QLatin1String(name)};
        one.service = ServiceId(QLatin1String(name));
        one.phase = RolloutPhase::Healthy;
        one.stableHash = one.currentHash = QStringLiteral("c");
        one.revisions = {revision("c", 3), revision("b", 2), revision("a", 1)};
        return one;
    }
    static RolloutsUpdate update(const char *context, const std::vector<Rollout> &rollouts,
                                 std::vector<ClusterEvent> events = {})
    {
        auto list = std::make_shared<std::vector<RolloutPtr>>();
        for (const Rollout &one : rollouts)
            list->push_back(std::make_shared<const Rollout>(one));
        RolloutsUpdate made;
        made.context = QLatin1String(context);
        made.rollouts = list;
        made.events = std::make_shared<const std::vector<ClusterEvent>>(std::move(events));
        return made;
    }
    static QStringList names(const RolloutStore &store)
    {
        QStringList all;
        for (const RolloutEntry &entry : store.entries())
            all.append(entry.rollout->key.name);
        return all;
    }

private Q_SLOTS:
    void revisionsHaveThreeNames()
    {
        const Rollout one = rollout("gc");
        QCOMPARE(one.revision(u"b")->number, 2);
        QCOMPARE(one.revision(u"gc-a")->number, 1);
        QCOMPARE(one.revision(u"3")->hash, QStringLiteral("c"));
        QVERIFY(!one.revision(u"4") && !one.revision(u"") && !one.revision(u"x"));
    }

    void aHashOfDigitsIsNoNumber()
    {
        Rollout one = rollout("gc");
        one.revisions = {revision("7", 12), revision("12", 7)};
        QCOMPARE(one.revision(u"12")->number, 7); // the hash names it
    }

    void whereAnUndoGoes()
    {
        Rollout one = rollout("gc");
        QCOMPARE(one.previous()->hash, QStringLiteral("b"));
        one.stableHash = QStringLiteral("a"); // an update runs: back to what is trusted, not to the one before
        QVERIFY(one.isUpdating());
        QCOMPARE(one.previous()->hash, QStringLiteral("a"));
        one.aborted = true; // the specification still asks for the new one
        QVERIFY(!one.isUpdating());
        QCOMPARE(one.previous()->hash, QStringLiteral("a"));
        one.aborted = false;
        one.stableHash = QStringLiteral("gone");
        QCOMPARE(one.previous()->hash, QStringLiteral("b"));
        one.revisions = {revision("c", 3)};
        one.stableHash = one.currentHash;
        QVERIFY(!one.previous());
        one.revisions.clear();
        QVERIFY(!one.previous() && !one.stable() && !one.current());
    }

    void afterAnUndoTheNewestIsTheOldOne()
    {
        Rollout one = rollout("gc");
        one.revisions = {revision("b", 4), revision("c", 3), revision("a", 1)};
        one.stableHash = one.currentHash = QStringLiteral("b");
        QCOMPARE(one.previous()->hash, QStringLiteral("c")); // undo the undo
    }

    void whenThePauseEnds()
    {
        Rollout one = rollout("gc");
        const Instant since = fromEpochMs(1'000'000);
        one.steps = {{RolloutStep::Kind::SetWeight, 5, {}, {}}, {RolloutStep::Kind::Pause, 0, minutes(10), {}}};
        one.stepIndex = 1;
        QVERIFY(!one.nextStepAt()); // not paused yet
        one.pauses = {{QStringLiteral("CanaryPauseStep"), since}};
        QCOMPARE(one.nextStepAt(), std::optional<Instant>(since + minutes(10)));
        one.userPaused = true;
        QVERIFY(!one.nextStepAt());
        one.userPaused = false;
        one.steps[1].duration.reset();
        QVERIFY(!one.nextStepAt());
        one.stepIndex = 2;
        QVERIFY(!one.nextStepAt());
        one.stepIndex = -1;
        QVERIFY(!one.nextStepAt());
    }

    void whatNeedsAHandComesFirst()
    {
        Rollout healthy = rollout("a");
        Rollout moving = rollout("b");
        moving.phase = RolloutPhase::Progressing;
        Rollout waiting = rollout("c");
        waiting.phase = RolloutPhase::Paused;
        waiting.waitsForPerson = true;
        Rollout degraded = rollout("d");
        degraded.phase = RolloutPhase::Degraded;
        Rollout timed = rollout("e");
        timed.phase = RolloutPhase::Paused;
        RolloutStore store;
        store.apply(update("eu", {healthy, moving, waiting, degraded, timed}));
        QCOMPARE(names(store).join(u' '), QStringLiteral("d c b e a"));
        QVERIFY(!rolloutBefore(healthy, healthy));
    }

    void contextsStandSideBySide()
    {
        RolloutStore store;
        QSignalSpy changed(&store, &RolloutStore::changed);
        QVERIFY(!store.isKnown());
        store.apply(update("eu", {rollout("gc"), rollout("mc")}));
        store.apply(update("us", {rollout("gc", "us")}));
        QVERIFY(store.isKnown());
        QCOMPARE(store.entries().size(), size_t(3));
        store.apply(update("eu", {rollout("gc")})); // mc is gone there
        QCOMPARE(store.entries().size(), size_t(2));
        QCOMPARE(changed.count(), 3);
        RolloutsUpdate eventsOnly;
        eventsOnly.context = QStringLiteral("eu");
        eventsOnly.events = std::make_shared<const std::vector<ClusterEvent>>(1);
        store.apply(eventsOnly); // null is not "none"
        QCOMPARE(store.entries().size(), size_t(2));
        QCOMPARE(store.events().size(), size_t(1));
    }

    void verdictsStayWithTheirObject()
    {
        RolloutStore store;
        const Rollout one = rollout("gc");
        store.apply(update("eu", {one}));
        store.setVerdict(one.key, std::make_shared<const CanaryVerdict>());
        store.setGuard(one.key, RolloutGuard{one.key, RolloutGuard::State::Armed, {}, {}, {}, {}});
        store.setPolicies({{QStringLiteral("gc"), std::make_shared<const DeploymentPolicy>()}});
        store.apply(update("eu", {one}));
        QVERIFY(store.entries()[0].verdict && store.entries()[0].guard && store.entries()[0].policy);
        Rollout recreated = one; // the same name, another object
        recreated.key.uid = QStringLiteral("other");
        store.apply(update("eu", {recreated}));
        QVERIFY(!store.entries()[0].verdict && !store.entries()[0].guard && store.entries()[0].policy);
        QVERIFY(!store.find(one.key));
        ObjectKey anyUid = one.key;
        anyUid.uid.clear();
        QVERIFY(store.find(anyUid));
        store.setVerdict(recreated.key, std::make_shared<const CanaryVerdict>());
        store.setVerdict(recreated.key, nullptr);
        QVERIFY(!store.entries()[0].verdict);
    }

    void aServicesRolloutIsTheOneThatMoves()
    {
        Rollout still = rollout("gc");
        Rollout moves = rollout("gc", "us");
        moves.stableHash = QStringLiteral("b");
        RolloutStore store;
        store.apply(update("eu", {still}));
        store.apply(update("us", {moves}));
        QCOMPARE(store.ofService(ServiceId(QStringLiteral("gc")))->rollout->key.context, QStringLiteral("us"));
        QVERIFY(!store.ofService(ServiceId(QStringLiteral("x"))) && !store.ofService(ServiceId()));
    }

    void objectsAreNamedByTheirPath_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("found");
        QTest::newRow("name") << QStringLiteral("gc") << 3;
        QTest::newRow("kind") << QStringLiteral("rollout/gc") << 3;
        QTest::newRow("namespace") << QStringLiteral("dt/gc") << 2;
        QTest::newRow("namespace and kind") << QStringLiteral("dt/Rollout/gc") << 2;
        QTest::newRow("context") << QStringLiteral("arn:aws:eks:eu/prod/gc") << 1;
        QTest::newRow("whole") << QStringLiteral("arn:aws:eks:eu/prod/dt/rollout/gc") << 1;
        QTest::newRow("other kind") << QStringLiteral("deployment/gc") << 0;
        QTest::newRow("part of a name") << QStringLiteral("c") << 0;
        QTest::newRow("nothing") << QString() << 0;
    }
    void objectsAreNamedByTheirPath()
    {
        QFETCH(QString, words);
        RolloutStore store;
        store.apply(update("arn:aws:eks:eu/prod", {rollout("gc", "arn:aws:eks:eu/prod")}));
        store.apply(update("us", {rollout("gc", "us"), rollout("gc", "us", "staging")}));
        QTEST(static_cast<int>(store.named(words).size()), "found");
    }

    void eventsAreNewestFirst()
    {
        ClusterEvent old;
        old.at = fromEpochMs(1);
        ClusterEvent recent;
        recent.at = fromEpochMs(2);
        RolloutStore store;
        store.apply(update("eu", {}, {old}));
        store.apply(update("us", {}, {recent}));
        QCOMPARE(store.events().front().at, recent.at);
    }

    void wireNames()
    {
        for (const auto kind : {WorkloadKind::Rollout, WorkloadKind::FlaggerCanary, WorkloadKind::Deployment,
                                WorkloadKind::StatefulSet, WorkloadKind::DaemonSet})
            QVERIFY(workloadKindFromWireName(toWireName(kind)) == kind);
        QVERIFY(workloadKindFromWireName(u"StatefulSet") == WorkloadKind::StatefulSet);
        QVERIFY(!workloadKindFromWireName(u"pod"));
        QCOMPARE(toWireName(RolloutPhase::Degraded), QStringLiteral("degraded"));
        QCOMPARE(toWireName(RolloutStrategy::BlueGreen), QStringLiteral("blue-green"));
    }
};

QTEST_GUILESS_MAIN(RolloutTest)
#include "tst_rollout.moc"
