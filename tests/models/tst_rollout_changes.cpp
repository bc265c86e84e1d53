// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rollout_changes.h"

#include <QTest>

using namespace cockpit;
using std::chrono::hours;
using std::chrono::minutes;

/// What changed in the hour before, in the order in which it may be the cause, with its real undo.
class RolloutChangesTest : public QObject {
    Q_OBJECT

    const Instant m_onset = fromEpochMs(1'790'000'000'000);

    static ServiceId id(const char *name) { return ServiceId(QLatin1String(name)); }
    static ServiceMap services()
    {
        const auto define = [](const char *name, const QList<ServiceId> &needs) {
            ServiceDefinition one;
            one.id = id(name);
            one.dependsOn = needs;
            return one;
        };
        return ServiceMap({define("portal", {id("gc")}), define("gc", {id("mc")}), define("mc", {id("redis")}),
                           define("redis", {}), define("other", {})});
    }
    RolloutEntry rollout(const char *name, Duration before, WorkloadKind kind = WorkloadKind::Rollout,
                         bool updating = false) const
    {
        auto one = std::make_shared<Rollout>();
        one->key = {QStringLiteral("prod"),
                    QStringLiteral("eu"),
                    QStringLiteral("dt"),
                    kind == WorkloadKind::Deployment ? QStringLiteral("Deployment") : QStringLiteral("Rollout"),
                    QLatin1String(name),
                    QStringLiteral("u")};
        one->kind = kind;
        one->service = id(name);
        one->currentHash = QStringLiteral("new");
        one->stableHash = updating ? QStringLiteral("old") : one->currentHash;
        one->startedAt = m_onset - before;
        RolloutRevision now;
        now.hash = QStringLiteral("new");
        now.number = 2;
        now.version = QStringLiteral("1.43.0");
        now.isCurrent = true;
        now.changedBy = QStringLiteral("kubectl");
        now.createdAt = m_onset - before;
        RolloutRevision then = now;
        then.hash = QStringLiteral("old");
        then.number = 1;
        then.isCurrent = false;
        then.podTemplate = "{}";
        then.createdAt = m_onset - hours(48);
        one->revisions = {now, then};
        return {one, {}, {}, {}};
    }
    ClusterEvent event(const char *kind, const char *name, const char *reason, const char *message,
                       Duration before) const
    {
        ClusterEvent one;
        one.object = {QStringLiteral("prod"), QStringLiteral("eu"), QStringLiteral("dt"),
                      QLatin1String(kind),    QLatin1String(name),  {}};
        one.service = id(name);
        one.reason = QLatin1String(reason);
        one.message = QLatin1String(message);
        one.reporter = QStringLiteral("controller");
        one.at = m_onset - before;
        return one;
    }
    QList<RankedChange> rank(const std::vector<RolloutEntry> &rollouts,
                             const std::vector<ClusterEvent> &events = {}) const
    {
        return changesBefore(m_onset, hours(1), id("gc"), rollouts, events, services());
    }
    static QString order(const QList<RankedChange> &changes)
    {
        QStringList names;
        for (const RankedChange &one : changes)
            names.append(one.change.target);
        return names.join(u' ');
    }

private Q_SLOTS:
    void nearInTimeAndNearAlongDependencies()
    {
        const auto changes =
            rank({rollout("other", minutes(1)), rollout("portal", minutes(2)), rollout("redis", minutes(2)),
                  rollout("mc", minutes(2)), rollout("gc", minutes(5)), rollout("gc", minutes(61))});
        QCOMPARE(order(changes), QStringLiteral("gc mc redis portal other"));
        using Relation = RankedChange::Relation;
        QVERIFY(changes[0].relation == Relation::Same && changes[0].distance == 0);
        QVERIFY(changes[1].relation == Relation::Dependency && changes[1].distance == 1);
        QVERIFY(changes[2].relation == Relation::Dependency && changes[2].distance == 2);
        QVERIFY(changes[3].relation == Relation::Dependant && changes[3].distance == 1);
        QVERIFY(changes[4].relation == Relation::Elsewhere);
        QCOMPARE(changes[0].gap, Duration(minutes(5)));
        QCOMPARE(changes[0].change.who, QStringLiteral("kubectl"));
        QVERIFY(changes[0].change.what.contains(u"1.43.0"));
    }

    void aDependencyJustNowBeatsOnesOwnLongAgo()
    {
        QCOMPARE(order(rank({rollout("gc", minutes(50)), rollout("mc", minutes(2))})), QStringLiteral("mc gc"));
    }

    void onlyTheHourBefore()
    {
        QVERIFY(rank({rollout("gc", -minutes(1))}).isEmpty()); // after it fired is no cause
        QVERIFY(rank({rollout("gc", minutes(61))}).isEmpty());
        QCOMPARE(rank({rollout("gc", minutes(60))}).size(), 1);
        QCOMPARE(rank({rollout("gc", minutes(0))}).size(), 1);
    }

    void undoIsWhatTheBackendCan()
    {
        const auto canary = rank({rollout("gc", minutes(5), WorkloadKind::Rollout, true)});
        QVERIFY(canary[0].change.undo && std::holds_alternative<AbortRollout>(canary[0].change.undo->intent));
        QCOMPARE(canary[0].change.undo->environment, QStringLiteral("prod"));
        const auto done = rank({rollout("gc", minutes(5))});
        const auto *const undo = done[0].change.undo ? std::get_if<UndoRollout>(&done[0].change.undo->intent) : nullptr;
        QVERIFY(undo && undo->revisionHash == u"old");
        const auto plain = rank({rollout("gc", minutes(5), WorkloadKind::Deployment, true)});
        QVERIFY(plain[0].change.undo && std::holds_alternative<UndoRollout>(plain[0].change.undo->intent));
    }

    void nothingToUndoIsNothing()
    {
        RolloutEntry entry = rollout("gc", minutes(5));
        Rollout bare = *entry.rollout;
        bare.revisions[1].podTemplate.clear(); // its template is not held any more
        entry.rollout = std::make_shared<const Rollout>(bare);
        QVERIFY(!rank({entry})[0].change.undo);
        QVERIFY(!rollbackIntent(Rollout()));
    }

    void stepsAreChangesWhileTheUpdateRuns()
    {
        const std::vector<ClusterEvent> steps{
            event("Rollout", "gc", "RolloutStepCompleted", "Rollout step 3/10 completed (setWeight: 15)", minutes(2)),
            event("Rollout", "gc", "RolloutPaused", "Rollout is paused", minutes(2)),
            event("Rollout", "gc", "RolloutUpdated", "Rollout updated to revision 2", minutes(20))};
        const auto changes = rank({rollout("gc", minutes(20), WorkloadKind::Rollout, true)}, steps);
        QCOMPARE(changes.size(), 2); // the step, and the revision once
        QVERIFY(changes[0].change.what.contains(u"setWeight: 15") && changes[0].change.undo);
        QVERIFY(changes[1].change.what.contains(u"revision 2"));
        QVERIFY(!rank({rollout("gc", minutes(120))}, {steps[0]})[0].change.undo); // it is over
    }

    void scalingOfAnUpdateIsNoChangeOfItsOwn()
    {
        const auto scaled =
            event("Deployment", "gc", "ScalingReplicaSet", "Scaled down replica set gc-new to 2 from 8", minutes(3));
        QCOMPARE(rank({rollout("gc", minutes(5), WorkloadKind::Deployment)}, {scaled}).size(), 1);

        RolloutEntry entry = rollout("gc", hours(30), WorkloadKind::Deployment);
        Rollout quiet = *entry.rollout;
        quiet.desiredReplicas = 2;
        entry.rollout = std::make_shared<const Rollout>(quiet);
        const auto changes = rank({entry}, {scaled});
        QCOMPARE(changes.size(), 1);
        QVERIFY(changes[0].change.kind == Change::Kind::Scale);
        const auto *const back =
            changes[0].change.undo ? std::get_if<ScaleRollout>(&changes[0].change.undo->intent) : nullptr;
        QVERIFY(back && back->replicas == 8);
        quiet.autoscaler = QStringLiteral("gc");
        entry.rollout = std::make_shared<const Rollout>(quiet);
        QVERIFY(!rank({entry}, {scaled})[0].change.undo); // the autoscaler would take it again
        quiet.autoscaler.clear();
        quiet.desiredReplicas = 5;
        entry.rollout = std::make_shared<const Rollout>(quiet);
        QVERIFY(!rank({entry}, {scaled})[0].change.undo); // somebody scaled since
    }

    void autoscalersAndConfigurationCount()
    {
        RolloutEntry entry = rollout("gc", hours(30));
        Rollout scaledBy = *entry.rollout;
        scaledBy.autoscaler = QStringLiteral("gc-hpa");
        entry.rollout = std::make_shared<const Rollout>(scaledBy);
        ClusterEvent rescale = event("HorizontalPodAutoscaler", "gc-hpa", "SuccessfulRescale",
                                     "New size: 2; reason: All metrics below target", minutes(4));
        rescale.service = {};
        const auto changes = rank(
            {entry}, {rescale, event("ConfigMap", "mc", "ConfigMapChanged", "ConfigMap mc was written", minutes(1)),
                      event("Pod", "gc", "BackOff", "Back-off restarting", minutes(1))});
        QCOMPARE(changes.size(), 2);
        QVERIFY(changes[0].change.kind == Change::Kind::Scale && changes[0].relation == RankedChange::Relation::Same);
        QVERIFY(changes[1].change.kind == Change::Kind::Configuration && !changes[1].change.undo);
    }

    void flaggerTellsUnderOneReason()
    {
        const auto changes =
            rank({}, {event("Canary", "gc", "Synced", "Advance gc.dt canary weight 20", minutes(2)),
                      event("Canary", "gc", "Synced", "Starting canary analysis for gc.dt", minutes(3)),
                      event("Deployment", "gc", "Synced", "Advance", minutes(3))});
        QCOMPARE(changes.size(), 1);
    }

    void dependenciesInACircleEnd()
    {
        ServiceDefinition a;
        a.id = id("a");
        a.dependsOn = {id("b")};
        ServiceDefinition b;
        b.id = id("b");
        b.dependsOn = {id("a")};
        const auto changes = changesBefore(
            m_onset, hours(1), id("a"), {rollout("b", minutes(1)), rollout("c", minutes(1))}, {}, ServiceMap({a, b}));
        QCOMPARE(changes[0].distance, 1);
        QVERIFY(changes[1].relation == RankedChange::Relation::Elsewhere);
    }

    void aStormIsBounded()
    {
        std::vector<ClusterEvent> events;
        for (int i = 0; i < 5000; ++i)
            events.push_back(event("Rollout", "gc", "TrafficWeightUpdated", "Traffic weight updated", minutes(1)));
        QCOMPARE(rank({}, events).size(), 50);
    }
};

QTEST_GUILESS_MAIN(RolloutChangesTest)
#include "tst_rollout_changes.moc"
