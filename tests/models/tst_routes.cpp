// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include "models/route.h"
#include "models/rule_threshold.h"
#include "models/silence_preview.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;

class TestRoutes : public QObject {
    Q_OBJECT

    static QList<Matcher> matchers(const char *written) { return *parseMatchers(text(written)); }

    static RouteNode tree()
    {
        RouteNode audit{text("audit"), matchers("severity=~\"page|critical\""), true, {}, {}, {}};
        RouteNode night{{}, matchers("region=eu"), false, {}, {}, {text("nights")}};
        RouteNode gc{text("gc-pager"), matchers("service=gc-service"), false, {text("alertname")}, {night}, {}};
        RouteNode root{text("default"), {}, false, {text("job")}, {}, {}};
        root.routes = {audit, gc, RouteNode{text("late"), matchers("severity=page"), false, {}, {}, {}}};
        return root;
    }

    static QStringList receivers(const Labels &of)
    {
        QStringList names;
        const Result<QList<RouteMatch>> routes = routesFor(tree(), of);
        for (const RouteMatch &match : *routes)
            names.append(match.receiver);
        return names;
    }

private Q_SLOTS:
    void routing_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("receivers");
        QTest::newRow("continue, then the first match") << text("gc-service") << text("page") << text("audit,gc-pager");
        QTest::newRow("first match wins") << text("gc-service") << text("info") << text("gc-pager");
        QTest::newRow("sibling") << text("mc-service") << text("page") << text("audit,late");
        QTest::newRow("default") << text("mc-service") << text("info") << text("default");
    }
    void routing()
    {
        QFETCH(QString, service);
        QFETCH(QString, severity);
        QFETCH(QString, receivers);
        QCOMPARE(TestRoutes::receivers(Labels({{text("service"), service}, {text("severity"), severity}})).join(u','),
                 receivers);
    }
    void receiversAndGroupingAreInherited()
    {
        const Result<QList<RouteMatch>> routes = routesFor(tree(), labels({{"service", "gc-service"}, {"region", "eu"}}));
        QCOMPARE(routes->size(), 1);
        QCOMPARE(routes->first().receiver, text("gc-pager"));
        QCOMPARE(routes->first().groupBy, QStringList{text("alertname")});
        QCOMPARE(routes->first().muteTimeIntervals, QStringList{text("nights")});
        QCOMPARE(routes->first().path, QStringList({text("service=\"gc-service\""), text("region=\"eu\"")}));
        QVERIFY(routes->first().why.contains(text("inherits")));
    }
    void anUnreadableMatcherIsAnError()
    {
        RouteNode root = tree();
        root.routes[0].matchers = {Matcher{text("a"), text("("), true, true}};
        QVERIFY(!routesFor(root, {}));
    }

    void thresholds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("op"); // empty: none
        QTest::addColumn<double>("value");
        QTest::newRow("plain") << text("a > 0.01") << text(">") << 0.01;
        QTest::newRow("brackets") << text("(sum(rate(a[5m])) / sum(b)) >= 5e-2\n)") << text(">=") << 0.05;
        QTest::newRow("equal") << text("up == 0") << text("==") << 0.0;
        QTest::newRow("bool") << text("a < bool -1") << text("<") << -1.0;
        QTest::newRow("comment") << text("a > 1 # and more") << text(">") << 1.0;
        QTest::newRow("word in a label") << text("a{x=\"this and that\"} > 2") << text(">") << 2.0;
        QTest::newRow("joined") << text("a > 1 and b > 2") << QString() << 0.0;
        QTest::newRow("product") << text("a > 14.4 * 0.001") << QString() << 0.0;
        QTest::newRow("none") << text("absent(up)") << QString() << 0.0;
        QTest::newRow("label only") << text("a{b=\"> 5\"}") << QString() << 0.0;
    }
    void thresholds()
    {
        QFETCH(QString, query);
        QFETCH(QString, op);
        QFETCH(double, value);
        const std::optional<RuleThreshold> found = thresholdOf(query);
        QCOMPARE(found.has_value(), !op.isEmpty());
        if (found) {
            QCOMPARE(found->op, op);
            QCOMPARE(found->value, value);
        }
    }

    void silencesArePreviewed()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page"), FleetScene::alert("2", "B", "page", "mc-service")});
        AlertRule templated = scene.rule("T", "page");
        templated.labels = labels({{"severity", "page"}, {"service", "{{ $labels.job }}"}});
        scene.tellRules({scene.rule("A", "page"), scene.rule("B", "page"), scene.rule("W", "warning"), templated});
        const Fleet &fleet = scene.fold();
        const SeverityMap severities;
        const Instant noon = *parseRfc3339("2026-11-23T12:00:00Z");

        const auto preview = [&](const char *written, Instant endsAt, Duration offset = {}) {
            return previewSilence(*MatcherSet::compile(matchers(written)), text("eu"), fleet, severities, endsAt, offset);
        };
        const SilencePreview exact = preview("alertname=A", noon);
        QCOMPARE(exact.catchesNames, QStringList{text("A")});
        QCOMPARE(exact.mutesRules, QStringList{text("A")});
        QCOMPARE(worstOf(exact.checks), Evidence::Verdict::Good);

        const SilencePreview broad = preview("severity=page", noon);
        QCOMPARE(broad.catches.size(), 2);
        QCOMPARE(broad.mutesRules, QStringList({text("A"), text("B"), text("T")}));
        QCOMPARE(broad.checks.at(0).verdict, Evidence::Verdict::Bad);
        QCOMPARE(broad.checks.at(1).verdict, Evidence::Verdict::Bad);

        const SilencePreview service = preview("service=gc-service", noon);
        QCOMPARE(service.checks.at(0).verdict, Evidence::Verdict::Good);
        QVERIFY(service.mayMuteRules.contains(text("T")));
        QVERIFY(previewSilence(*MatcherSet::compile(matchers("alertname=A")), text("us"), fleet, severities, noon, {})
                    .catches.isEmpty());
    }

    void nightIsFrom22To7ByTheLocalClock_data()
    {
        QTest::addColumn<QString>("endsAt");
        QTest::addColumn<int>("offsetHours");
        QTest::addColumn<bool>("night");
        QTest::newRow("22:00") << text("2026-11-23T22:00:00Z") << 0 << true;
        QTest::newRow("21:59") << text("2026-11-23T21:59:59Z") << 0 << false;
        QTest::newRow("06:59") << text("2026-11-23T06:59:59Z") << 0 << true;
        QTest::newRow("07:00") << text("2026-11-23T07:00:00Z") << 0 << false;
        QTest::newRow("21:30 UTC in Berlin") << text("2026-11-23T21:30:00Z") << 1 << true;
        QTest::newRow("03:00 UTC in Tokyo") << text("2026-11-23T03:00:00Z") << 9 << false;
    }
    void nightIsFrom22To7ByTheLocalClock()
    {
        QFETCH(QString, endsAt);
        QFETCH(int, offsetHours);
        QFETCH(bool, night);
        const SilencePreview preview =
            previewSilence({}, {}, {}, {}, *parseRfc3339(endsAt.toStdString()), std::chrono::hours(offsetHours));
        QCOMPARE(preview.checks.at(2).verdict, night ? Evidence::Verdict::Bad : Evidence::Verdict::Good);
    }

    void moreThan20AlertsAreBroad()
    {
        FleetScene scene;
        std::vector<ReceivedAlert> many;
        for (int i = 0; i < 21; ++i) {
            many.push_back(FleetScene::alert("", "A", "page"));
            many.back().fingerprint = QStringLiteral("%1").arg(i, 2, 10, QLatin1Char('0'));
        }
        scene.tell("a", many);
        const MatcherSet set = *MatcherSet::compile(matchers("alertname=A"));
        QCOMPARE(previewSilence(set, text("eu"), scene.fold(), {}, scene.now, {}).checks.at(0).verdict,
                 Evidence::Verdict::Bad);
        many.pop_back();
        scene.tell("a", many);
        scene.last.reset();
        QCOMPARE(previewSilence(set, text("eu"), scene.fold(), {}, scene.now, {}).checks.at(0).verdict,
                 Evidence::Verdict::Good);
    }
};

QTEST_APPLESS_MAIN(TestRoutes)
#include "tst_routes.moc"
