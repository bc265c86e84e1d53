// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"
#include "app/demo/recorded_series.h"

#include <QTest>

#include <cmath>

using namespace cockpit;
using namespace cockpit::demo;

namespace {

World worldOf(const char *scenario, std::uint64_t seed = 42)
{
    return World(*scenarioByName(scenario), seed, *parseRfc3339("2026-11-23T03:12:40Z"));
}

double valueOf(const RecordedSeriesSet &series, const char *selector, Offset time)
{
    const auto found = series.select(*parseSelector(selector));
    return found.size() == 1 ? found.front().value(time).value_or(std::nan("")) : std::nan("");
}

} // namespace

/// The world is what its scenario says, at any time, however one gets there.
class TestDemoWorld : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void curveInterpolatesAndHoldsItsEnds()
    {
        const Curve curve({{0, 1}, {10, 3}});
        QCOMPARE(curve.at(-5), 1.0);
        QCOMPARE(curve.at(5), 2.0);
        QCOMPARE(curve.at(99), 3.0);
        QCOMPARE((curve * Curve(2.0)).at(5), 4.0);
        QCOMPARE(curve.complement().at(10), -2.0);
    }

    void counterIsTheIntegralOfItsRate()
    {
        const Flow flow(50.0, Curve({{-600, 0.2}, {-100, 1.0}, {300, 0.4}}), Wobble::fromHash(7, "x", 0.2));
        double sum = 0;
        const double step = 0.25;
        for (double t = -900; t < 900; t += step)
            sum += step / 6.0 * (flow.rate(t) + 4 * flow.rate(t + step / 2) + flow.rate(t + step));
        QVERIFY(std::abs(flow.increase(900, 1800) / sum - 1.0) < 1e-9);
    }

    void countersNeverFall()
    {
        const World world = worldOf("platform-outage-during-canary");
        for (const ServiceFlows &service : world.services())
            for (const VersionFlows &version : service.versions) {
                double last = 0;
                for (Offset t = -7200; t < 7200; t += 37) {
                    const double count = version.failed.count(t);
                    QVERIFY2(count >= last, service.plan.name.c_str());
                    last = count;
                }
            }
    }

    void sameSeedSameWorld()
    {
        const World a = worldOf("bad-canary");
        const World b = worldOf("bad-canary");
        const World other = worldOf("bad-canary", 43);
        QCOMPARE(expositionOf(a, "gc-service", 1234.5), expositionOf(b, "gc-service", 1234.5));
        QVERIFY(expositionOf(a, "gc-service", 1234.5) != expositionOf(other, "gc-service", 1234.5));
    }

    void seekingDoesNotMatter()
    {
        const World world = worldOf("bad-canary");
        const RecordedSeriesSet series(world);
        const char *selector = R"(service:requests:rate5m{service="gc-service"})";
        const double first = valueOf(series, selector, -1000);
        QVERIFY(valueOf(series, selector, 80000) > 0);
        QVERIFY(valueOf(series, selector, -89.0 * 86400) > 0);
        QCOMPARE(valueOf(series, selector, -1000), first);
    }

    void badCanaryShowsTheFactsOfTheScenario_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<double>("expected");
        QTest::addColumn<double>("tolerance");
        const auto row = [](const char *selector, double expected, double tolerance) {
            QTest::newRow(selector) << QString::fromLatin1(selector) << expected << tolerance;
        };
        row(R"(service:requests:rate5m{service="gc-service"})", 848, 0.5);
        row(R"(service:requests_by_version:rate5m{service="gc-service",track="canary"})", 212, 0.5);
        row(R"(service:error_ratio_by_version:rate5m{service="gc-service",track="canary"})", 0.068, 0.0005);
        row(R"(service:error_ratio_by_version:rate5m{service="gc-service",track="stable"})", 0.0003, 0.00005);
        row(R"(service:error_ratio:rate5m{service="gc-service"})", 0.017, 0.0005);
        row(R"(service:latency_seconds_by_version:p99_5m{service="gc-service",track="canary"})", 0.412, 0.0005);
        row(R"(service:latency_seconds_by_version:p99_5m{service="gc-service",track="stable"})", 0.182, 0.0005);
        row(R"(service:latency_seconds:p99_5m{service="gc-service"})", 0.327, 0.004);
        row(R"(service:error_budget_left:ratio{service="gc-service"})", 0.412, 0.0005);
        row(R"(service:error_budget_left:ratio{service="ac-service"})", 0.962, 0.0005);
        row(R"(service:error_budget_left:ratio{service="redis"})", 0.999, 0.0005);
        row(R"(service:error_budget_burn:rate5m{service="gc-service"})", 17.2, 0.3);
        row(R"(service:error_ratio:rate5m{service="mc-service"})", 0.009, 0.0005);
        row(R"(service:latency_seconds:p99_5m{service="mc-service"})", 0.096, 0.0005);
        row(R"(service:heartbeat_failures:ratio5m)", 0.12, 0.004);
        row(R"(service:replicas_ready{service="mc-service"})", 8, 0);
        row(R"(service:latency_seconds:p99_5m{service="redis"})", 0.0018, 0.00001);
        row(R"(breaker:state{from="gc-service",to="mc-service",state="half_open"})", 1, 0);
    }
    void badCanaryShowsTheFactsOfTheScenario()
    {
        QFETCH(QString, selector);
        QFETCH(double, expected);
        QFETCH(double, tolerance);
        const World world = worldOf("bad-canary");
        const RecordedSeriesSet series(world);
        const double found = valueOf(series, selector.toUtf8().constData(), 0);
        QVERIFY2(std::abs(found - expected) <= tolerance, qPrintable(QString::number(found)));
    }

    void aServiceThatIsDownHasNoRequestsButIsKnown()
    {
        const World world = worldOf("redis-down");
        const RecordedSeriesSet series(world);
        QCOMPARE(valueOf(series, R"(service:instances_up:count{service="redis"})", 0), 0.0);
        QCOMPARE(valueOf(series, R"(service:instances:count{service="redis"})", 0), 3.0);
        QVERIFY(std::isnan(valueOf(series, R"(service:error_ratio:rate5m{service="redis"})", 0)));
        QVERIFY(valueOf(series, R"(service:error_ratio:rate5m{service="gc-service"})", 0) > 0.05);
    }
};

QTEST_APPLESS_MAIN(TestDemoWorld)
#include "tst_demo_world.moc"
