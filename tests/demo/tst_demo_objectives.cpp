// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"
#include "app/demo/slo_series.h"

#include <QTest>

#include <cmath>

using namespace cockpit;
using namespace cockpit::demo;

namespace {

constexpr double objectiveDay = 86400.0;

World objectiveWorld(const char *scenario, std::uint64_t seed = 42)
{
    return World(*scenarioByName(scenario), seed, *parseRfc3339("2026-11-23T03:12:40Z"));
}

/// The value of the one series that a selector names; NaN when it has none.
double sloValue(const World &world, const std::string &selector, Offset time)
{
    const std::vector<RecordedSeries> found = sloSeries(world, *parseSelector(selector));
    return found.size() == 1 ? found.front().value(time).value_or(std::nan("")) : std::nan("");
}

double budgetLeftOf(const World &world, const char *objective, Offset time)
{
    return sloValue(world, std::string("slo:period_error_budget_remaining:ratio{sloth_slo=\"") + objective + "\"}", time);
}

/// ∫ rate over (from, to) by Simpson's rule, `step` seconds apart at most: nothing of the closed form is used.
double integrated(const Flow &flow, Offset from, Offset to, double step)
{
    const int parts = static_cast<int>(std::ceil((to - from) / step));
    const double width = (to - from) / parts;
    double sum = 0;
    for (int i = 0; i < parts; ++i) {
        const double at = from + i * width;
        sum += width / 6.0 * (flow.rate(at) + 4.0 * flow.rate(at + width / 2.0) + flow.rate(at + width));
    }
    return sum;
}

} // namespace

/// The promises of the demo are what its world did, at any time of 90 days.
class TestDemoObjectives : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eightObjectivesAreRecordedAsSlothDoes()
    {
        const World world = objectiveWorld("bad-canary");
        const auto infos = sloSeries(world, *parseSelector("sloth_slo_info"));
        QCOMPARE(infos.size(), std::size_t(8));
        QCOMPARE(infos.front().labels.at("sloth_id"), std::string("gc-service-joins-and-API-succeed"));
        QCOMPARE(infos[5].labels.at("sloth_objective"), std::string("99.95"));
        QCOMPARE(sloSeries(world, *parseSelector("{__name__=~\"slo:.*\"}")).size(), std::size_t(8 * 14));
        QVERIFY(sloSeries(world, *parseSelector("service:requests:rate5m")).empty());
        for (const char *window : {"5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"}) {
            const auto found = sloSeries(world, *parseSelector(std::string("slo:sli_error:ratio_rate") + window));
            QCOMPARE(found.size(), std::size_t(8));
            QCOMPARE(found.front().labels.at("sloth_window"), std::string(window));
        }
    }

    void figuresOfTheStart_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        const auto row = [](const char *selector, double least, double most) {
            QTest::newRow(selector) << QString::fromLatin1(selector) << least << most;
        };
        row(R"(slo:current_burn_rate:ratio{sloth_slo="joins-and-API-succeed"})", 16.9, 17.5);
        row(R"(slo:period_error_budget_remaining:ratio{sloth_slo="joins-and-API-succeed"})", 0.411, 0.413);
        row(R"(slo:current_burn_rate:ratio{sloth_slo="p99-below-200-ms"})", 6.0, 9.0);
        row(R"(slo:period_error_budget_remaining:ratio{sloth_slo="p99-below-200-ms"})", 0.3, 0.7);
        row(R"(slo:current_burn_rate:ratio{sloth_slo="signalling-succeeds"})", 8.5, 9.5);
        row(R"(slo:period_error_budget_remaining:ratio{sloth_slo="signalling-succeeds"})", 0.720, 0.722);
        row(R"(slo:current_burn_rate:ratio{sloth_slo="p95-message-below-500-ms"})", 0.85, 0.95);
        row(R"(slo:period_error_budget_remaining:ratio{sloth_slo="p95-message-below-500-ms"})", 0.78, 0.86);
        row(R"(slo:period_error_budget_remaining:ratio{sloth_slo="commands-succeed"})", 0.998, 1.0);
        row(R"(slo:objective:ratio{sloth_slo="tokens-issued"})", 0.9995, 0.9995);
        row(R"(slo:time_period:days{sloth_slo="tokens-issued"})", 30, 30);
    }
    void figuresOfTheStart()
    {
        QFETCH(QString, selector);
        QFETCH(double, least);
        QFETCH(double, most);
        const double found = sloValue(objectiveWorld("bad-canary"), selector.toStdString(), 0.0);
        QVERIFY2(found >= least - 1e-12 && found <= most + 1e-12, qPrintable(QString::number(found)));
    }

    void longerWindowsBurnLess()
    {
        const World world = objectiveWorld("bad-canary");
        double last = 1.0;
        for (const char *window : {"5m", "30m", "1h", "2h", "6h", "1d"}) {
            const double ratio = sloValue(world, std::string("slo:sli_error:ratio_rate") + window +
                                                     "{sloth_slo=\"joins-and-API-succeed\"}", 0.0);
            QVERIFY2(ratio > 0.0 && ratio < last, window);
            last = ratio;
        }
    }

    void budgetEqualsTheIntegralOfTheRates()
    {
        const World world = objectiveWorld("bad-canary");
        const ServiceFlows &gc = *world.service("gc-service");
        for (const Offset time : {0.0, -12.0 * objectiveDay}) {
            double failed = integrated(gc.pastFailures, time - budgetPeriod, time, 30.0);
            double all = failed;
            for (const VersionFlows &version : gc.versions) {
                const double own = integrated(version.failed, time - budgetPeriod, time, 30.0);
                failed += own;
                all += own + integrated(version.fast, time - budgetPeriod, time, 30.0) +
                       integrated(version.slow, time - budgetPeriod, time, 30.0);
            }
            const double left = 1.0 - failed / all / 0.001;
            QVERIFY(std::abs(left - budgetLeftOf(world, "joins-and-API-succeed", time)) < 1e-4);
        }
    }

    void monthsWereGoodAndBad()
    {
        const World world = objectiveWorld("bad-canary");
        QVERIFY(budgetLeftOf(world, "joins-and-API-succeed", -61.0 * objectiveDay) > 0.5);
        QVERIFY(budgetLeftOf(world, "joins-and-API-succeed", -31.0 * objectiveDay) < 0.0);
        QVERIFY(budgetLeftOf(world, "joins-and-API-succeed", 0.0) > 0.4);
        // Before the history there is nothing, not 0.
        QVERIFY(std::isnan(budgetLeftOf(world, "joins-and-API-succeed", -91.0 * objectiveDay)));
    }

    void incidentsBurnWhenTheyWere()
    {
        const World world = objectiveWorld("bad-canary");
        const char *burn = R"(slo:current_burn_rate:ratio{sloth_slo="joins-and-API-succeed"})";
        QVERIFY(sloValue(world, burn, -12.6 * objectiveDay + 3000.0) > 14.4);
        QVERIFY(sloValue(world, burn, -13.0 * objectiveDay) < 1.0);
    }

    void oneScenarioHasSpentItsBudget()
    {
        const World world = objectiveWorld("spent-budget");
        QVERIFY(std::abs(budgetLeftOf(world, "joins-and-API-succeed", 0.0) + 0.08) < 0.001);
        QVERIFY(sloValue(world, R"(slo:current_burn_rate:ratio{sloth_slo="joins-and-API-succeed"})", 0.0) < 1.0);
        QVERIFY(budgetLeftOf(world, "signalling-succeeds", 0.0) > 0.0);
    }

    void noTrafficIsNoSample()
    {
        const World world = objectiveWorld("redis-down");
        QVERIFY(std::isnan(sloValue(world, R"(slo:current_burn_rate:ratio{sloth_slo="commands-succeed"})", 0.0)));
        QVERIFY(!std::isnan(budgetLeftOf(world, "commands-succeed", 0.0)));
    }
};

QTEST_APPLESS_MAIN(TestDemoObjectives)
#include "tst_demo_objectives.moc"
