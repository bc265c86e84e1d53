// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace cockpit;
using namespace cockpit::test;

using Level = ServiceHealth::Level;

class TestFleetServices : public QObject {
    Q_OBJECT

    static double seconds(Instant at) { return double(toEpochMs(at)) / 1000.0; }

    /// A service that is well, and proven to be.
    static FleetScene wellScene()
    {
        FleetScene scene;
        scene.rules.errorRatioLimits.insert(text("*"), 0.01);
        scene.rules.p99Limits.insert(text("gc-service"), 0.218);
        tellWell(scene, scene.now);
        return scene;
    }

    static void tellWell(FleetScene &scene, Instant sampledAt)
    {
        scene.tell("a", {});
        scene.tellFigure(Figure::SampleTime, seconds(sampledAt));
        scene.tellFigure(Figure::RequestsPerSecond, 848);
        scene.tellFigure(Figure::ErrorRatio, 0.0003);
        scene.tellFigure(Figure::P99Seconds, 0.182);
        scene.tellFigure(Figure::InstancesUp, 3);
        scene.tellFigure(Figure::InstancesTotal, 3);
        scene.tellFigure(Figure::ReplicasReady, 3);
        scene.tellFigure(Figure::ReplicasDesired, 3);
    }

private Q_SLOTS:
    void wellIsHealthy()
    {
        FleetScene scene = wellScene();
        scene.fold();
        const ServiceHealth &gc = *scene.service("gc-service");
        QVERIFY2(gc.level == Level::Healthy, qPrintable(gc.healthy.text));
        QCOMPARE(gc.live.verdict, Evidence::Verdict::Good);
        QCOMPARE(gc.ready.verdict, Evidence::Verdict::Good);
        QVERIFY(gc.sampledAt == scene.now);
        QCOMPARE(gc.figure(Figure::P99Seconds)->value, 0.182);
    }

    // operations.md §0: the age of a value is that of its sample. Scrapes dead for 4 min while queries answer.
    void oldSamplesAreUnknownThoughQueriesAnswer()
    {
        FleetScene scene = wellScene();
        scene.fold();
        const Instant lastScrape = scene.now;
        scene.now += 4min;
        tellWell(scene, lastScrape);
        scene.fold();
        const ServiceHealth &gc = *scene.service("gc-service");
        QVERIFY(gc.figure(Figure::ErrorRatio)->sampledAt == lastScrape);
        QVERIFY(gc.sampledAt == lastScrape);
        QCOMPARE(gc.live.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(gc.ready.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(gc.healthy.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(gc.level, Level::Unknown);
        QVERIFY2(gc.live.text.contains(text("4 m")), qPrintable(gc.live.text));
    }

    void aFigureThatVanishedIsNeverZero()
    {
        FleetScene scene = wellScene();
        scene.fold();
        scene.now += 15s;
        tellWell(scene, scene.now);
        scene.tellFigure(Figure::ErrorRatio, std::vector<std::pair<Labels, std::optional<double>>>{});
        scene.fold();
        QVERIFY(!scene.service("gc-service")->figure(Figure::ErrorRatio));
        QCOMPARE(scene.service("gc-service")->level, Level::Unknown);
        scene.now += 15s;
        scene.fold(); // and it is not forgotten by the next one
        QCOMPARE(scene.service("gc-service")->level, Level::Unknown);
    }

    void naNIsAbsent()
    {
        FleetScene scene = wellScene();
        scene.tellFigure(Figure::ErrorRatio, {{labels({{"service", "gc-service"}}), std::nullopt}});
        scene.tellFigure(Figure::P99Seconds, std::numeric_limits<double>::quiet_NaN());
        scene.fold();
        QVERIFY(!scene.service("gc-service")->figure(Figure::ErrorRatio));
        QVERIFY(!scene.service("gc-service")->figure(Figure::P99Seconds));
    }

    void aServiceThatVanishedStaysUnknown()
    {
        FleetScene scene = wellScene();
        scene.fold();
        const Instant known = scene.now;
        scene.now += 1min;
        for (int i = 0; i < static_cast<int>(Figure::Count); ++i)
            scene.tellFigure(static_cast<Figure>(i), std::vector<std::pair<Labels, std::optional<double>>>{});
        scene.tell("a", {});
        scene.fold();
        QVERIFY(scene.service("gc-service"));
        QCOMPARE(scene.service("gc-service")->level, Level::Unknown);
        QVERIFY(scene.service("gc-service")->sampledAt == known);
    }

    void withoutSampleTimesTheAgeIsThatOfTheQueryAndSaysSo()
    {
        FleetScene scene;
        scene.tell("a", {});
        scene.tellFigure(Figure::InstancesUp, 2);
        scene.fold();
        QVERIFY(scene.service("gc-service")->sampledAt == scene.now);
        QVERIFY(scene.service("gc-service")->live.text.contains(text("age of the query")));
    }

    void nothingUpIsUnhealthy()
    {
        FleetScene scene = wellScene();
        scene.tellFigure(Figure::SampleTime, std::vector<std::pair<Labels, std::optional<double>>>{});
        scene.tellFigure(Figure::InstancesUp, 0);
        scene.fold();
        QCOMPARE(scene.service("gc-service")->live.verdict, Evidence::Verdict::Bad);
        QCOMPARE(scene.service("gc-service")->level, Level::Unhealthy);
    }

    void levels_data()
    {
        QTest::addColumn<int>("figure");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("severity");
        QTest::addColumn<int>("level");
        const auto row = [](const char *name, Figure figure, double value, const char *severity, Level level) {
            QTest::newRow(name) << int(figure) << value << text(severity) << int(level);
        };
        row("some instances down", Figure::InstancesUp, 2, "", Level::Degraded);
        row("not all ready", Figure::ReplicasReady, 2, "", Level::Degraded);
        row("errors beyond the limit", Figure::ErrorRatio, 0.02, "", Level::Degraded);
        row("errors and a page", Figure::ErrorRatio, 0.02, "page", Level::Unhealthy);
        row("p99 beyond the limit", Figure::P99Seconds, 0.219, "", Level::Degraded);
        row("p99 at the limit", Figure::P99Seconds, 0.218, "", Level::Healthy);
        row("load shedding begins at 85 %", Figure::Saturation, 0.86, "", Level::Degraded);
        row("85 % itself", Figure::Saturation, 0.85, "", Level::Healthy);
        row("a page", Figure::RequestsPerSecond, 800, "page", Level::Unhealthy);
        row("a warning", Figure::RequestsPerSecond, 800, "warning", Level::Degraded);
        row("an unknown severity", Figure::RequestsPerSecond, 800, "huge", Level::Unhealthy);
        row("an information", Figure::RequestsPerSecond, 800, "info", Level::Healthy);
    }
    void levels()
    {
        QFETCH(int, figure);
        QFETCH(double, value);
        QFETCH(QString, severity);
        QFETCH(int, level);
        FleetScene scene = wellScene();
        scene.tellFigure(static_cast<Figure>(figure), value);
        if (!severity.isEmpty())
            scene.tell("a", {FleetScene::alert("1", "A", severity.toUtf8().constData())});
        scene.fold();
        QCOMPARE(int(scene.service("gc-service")->level), level);
    }

    void withoutAnAlertmanagerNothingIsHealthy()
    {
        FleetScene scene = wellScene();
        scene.setMember("a", SourceStatus::State::Down);
        scene.fold();
        QCOMPARE(scene.service("gc-service")->level, Level::Unknown);
    }

    void worstPainFirstThenByName()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page", "z-burning"),
                         FleetScene::alert("2", "B", "warning", "m-warm")});
        scene.tellFigure(Figure::InstancesUp, {{labels({{"service", "b-well"}}), 1.0}, {labels({{"service", "a-well"}}), 1.0}});
        QStringList names;
        for (const ServiceHealth &service : scene.fold().services)
            names.append(service.id.toString());
        QCOMPARE(names, QStringList({text("z-burning"), text("m-warm"), text("a-well"), text("b-well")}));
        QCOMPARE(scene.service("z-burning")->alerts.size(), 1);
        QCOMPARE(scene.last->alerts.front().name, text("A"));
    }

    void versionsAreSplit()
    {
        FleetScene scene = wellScene();
        const Labels canary = labels({{"service", "gc-service"}, {"version", "1.43.0"}, {"track", "canary"}});
        const Labels stable = labels({{"service", "gc-service"}, {"version", "1.42.3"}, {"track", "stable"}});
        scene.tellFigure(Figure::ErrorRatioByVersion, {{canary, 0.068}, {stable, 0.0003}});
        scene.fold();
        const ServiceHealth &gc = *scene.service("gc-service");
        QCOMPARE(gc.versions, QStringList({text("1.42.3"), text("1.43.0")}));
        QCOMPARE(gc.errorRatioByVersion.size(), 2);
        QCOMPARE(gc.errorRatioByVersion.at(1).track, text("canary"));
        QCOMPARE(gc.errorRatioByVersion.at(1).sample.value, 0.068);
    }
};

QTEST_APPLESS_MAIN(TestFleetServices)
#include "tst_fleet_services.moc"
