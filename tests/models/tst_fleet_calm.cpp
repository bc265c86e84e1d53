// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;

/// operations.md §0, Calm: each thing that it needs, taken away one by one.
class TestFleetCalm : public QObject {
    Q_OBJECT

    static FleetScene calmScene()
    {
        FleetScene scene;
        tellCalm(scene);
        return scene;
    }

    static void tellCalm(FleetScene &scene)
    {
        scene.tell("a", {FleetScene::alert("w", "Watchdog", "none")});
        scene.tell("b", {FleetScene::alert("w", "Watchdog", "none")});
        scene.tellRules({scene.rule("A", "page"), watchdogRule(scene)});
    }

    static AlertRule watchdogRule(const FleetScene &scene)
    {
        const Labels of = labels({{"alertname", "Watchdog"}, {"severity", "none"}});
        return scene.rule("Watchdog", "none", {FleetScene::instance(of, true, scene.now - 24h)});
    }

private Q_SLOTS:
    void calmIsProven()
    {
        FleetScene scene = calmScene();
        const Fleet &fleet = scene.fold();
        QVERIFY2(fleet.calm.verdict == Evidence::Verdict::Good, qPrintable(fleet.calm.text));
        QStringList ids;
        for (const Evidence &check : fleet.calmChecks) {
            ids.append(check.id);
            QVERIFY(!check.text.isEmpty());
        }
        QCOMPARE(ids, QStringList({text("calm.sources"), text("calm.watchdog"), text("calm.rules"),
                                   text("calm.agreement"), text("calm.restart"), text("calm.firing")}));
        QVERIFY(fleet.calm.sampledAt == scene.now);
    }

    void nothingIsKnownAtFirst()
    {
        FleetScene scene;
        scene.setMember("a", SourceStatus::State::Connecting);
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.calm.verdict, Evidence::Verdict::Unknown);
        QVERIFY(!fleet.alertsKnown);
        QVERIFY(!fleet.servicesKnown);
    }

    void anAlertThatFiresIsBad()
    {
        FleetScene scene = calmScene();
        scene.tell("a", {FleetScene::alert("1", "A", "info")});
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Bad);
        QCOMPARE(scene.last->calm.count, qint64(1));
    }

    void everySourceMustAnswer_data()
    {
        QTest::addColumn<int>("state");
        for (const auto state : {SourceStatus::State::Partial, SourceStatus::State::Stale, SourceStatus::State::Down,
                                 SourceStatus::State::Unauthorized, SourceStatus::State::Connecting})
            QTest::newRow(qPrintable(toWireName(state))) << static_cast<int>(state);
    }
    void everySourceMustAnswer()
    {
        QFETCH(int, state);
        FleetScene scene = calmScene();
        scene.setMember("b", static_cast<SourceStatus::State>(state));
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
        QVERIFY(scene.check("calm.sources").verdict != Evidence::Verdict::Good);
        FleetScene blind = calmScene();
        blind.setPrometheus(static_cast<SourceStatus::State>(state));
        QCOMPARE(blind.fold().calm.verdict, Evidence::Verdict::Unknown);
    }

    void theWatchdogMustArrive()
    {
        FleetScene scene = calmScene();
        scene.tell("a", {});
        scene.tell("b", {});
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(scene.check("calm.watchdog").verdict, Evidence::Verdict::Bad);
    }
    void anOldWatchdogIsNone()
    {
        FleetScene scene = calmScene();
        ReceivedAlert old = FleetScene::alert("w", "Watchdog", "none");
        old.updatedAt = scene.now - 6min;
        scene.tell("a", {old});
        scene.tell("b", {old});
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
    }
    void aWatchdogThatNobodyPromisedIsAGapOnly()
    {
        FleetScene scene;
        scene.tell("a", {});
        scene.tellRules({scene.rule("A", "page")});
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Good);
        QCOMPARE(scene.check("calm.watchdog").verdict, Evidence::Verdict::Unknown);
        scene.rules.watchdogRequired = true;
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
    }

    void noRuleMayBeInError()
    {
        FleetScene scene = calmScene();
        AlertRule broken = scene.rule("A", "page");
        broken.health = AlertRule::Health::Error;
        scene.tellRules({broken, watchdogRule(scene)});
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(scene.check("calm.rules").verdict, Evidence::Verdict::Bad);
        broken.health = AlertRule::Health::Unknown;
        scene.tellRules({broken, watchdogRule(scene)});
        scene.fold();
        QCOMPARE(scene.check("calm.rules").verdict, Evidence::Verdict::Unknown);
        broken.health = AlertRule::Health::Ok;
        broken.lastEvaluation = scene.now - 6min;
        scene.tellRules({broken, watchdogRule(scene)});
        scene.fold();
        QCOMPARE(scene.check("calm.rules").verdict, Evidence::Verdict::Bad);
    }
    void aPrometheusWithoutRulesProvesNothing()
    {
        FleetScene scene = calmScene();
        scene.tellRules({}); // VictoriaMetrics without vmalert answers this
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Unknown);
        FleetScene alone;
        alone.tell("a", {});
        QCOMPARE(alone.fold().calm.verdict, Evidence::Verdict::Unknown);
    }

    // peers (61): a restart must not read as all clear.
    void aRestartIsNotCalm()
    {
        FleetScene scene = calmScene();
        const Labels of = labels({{"alertname", "A"}, {"severity", "page"}, {"service", "gc-service"}});
        scene.tell("a", {FleetScene::alert("w", "Watchdog", "none"), FleetScene::alert("1", "A", "page")});
        scene.tell("b", {FleetScene::alert("w", "Watchdog", "none"), FleetScene::alert("1", "A", "page")});
        scene.tellRules({scene.rule("A", "page", {FleetScene::instance(of, true, scene.now - 1h)}), watchdogRule(scene)});
        scene.fold();
        scene.now += 15s;
        for (const char *member : {"a", "b"}) {
            AlertsUpdate fresh = scene.answer(member, {});
            fresh.uptime = 5s;
            scene.inputs.apply(fresh);
        }
        QCOMPARE(scene.fold().calm.verdict, Evidence::Verdict::Bad); // A still fires
        // A cockpit that was started now knows no past: still not calm.
        scene.last.reset();
        scene.tellRules({scene.rule("A", "page", {FleetScene::instance(of, true, scene.now - 1h)})});
        QVERIFY(scene.fold().calm.verdict != Evidence::Verdict::Good);
        QCOMPARE(scene.check("calm.restart").verdict, Evidence::Verdict::Unknown);
    }
    void aRestartWhileNothingFiresInPrometheusIsCalm()
    {
        FleetScene scene = calmScene();
        AlertsUpdate fresh = scene.answer("a", {FleetScene::alert("w", "Watchdog", "none")});
        fresh.uptime = 5s;
        scene.inputs.apply(fresh);
        QVERIFY2(scene.fold().calm.verdict == Evidence::Verdict::Good, qPrintable(scene.last->calm.text));
    }

    void prometheusCutFromAlertmanagerIsNotCalm()
    {
        FleetScene scene = calmScene();
        const Labels of = labels({{"alertname", "A"}, {"severity", "page"}, {"service", "gc-service"}});
        scene.tellRules({scene.rule("A", "page", {FleetScene::instance(of, true, scene.now - 1h)}), watchdogRule(scene)});
        scene.fold();
        QCOMPARE(scene.last->calm.verdict, Evidence::Verdict::Bad);
        QCOMPARE(scene.check("calm.agreement").verdict, Evidence::Verdict::Bad);
        QVERIFY(scene.find("A")->notInAlertmanager);
    }
};

QTEST_APPLESS_MAIN(TestFleetCalm)
#include "tst_fleet_calm.moc"
