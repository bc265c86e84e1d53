// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/recorded_slos.h"

#include <QTest>

#include <limits>

using namespace cockpit;

namespace {

FigureUpdate::Value slothValue(const char *metric, double value, const char *window = nullptr,
                               const char *id = "gc-joins-ok")
{
    std::vector<Labels::Pair> pairs{{QStringLiteral("__name__"), QLatin1String(metric)},
                                    {QStringLiteral("sloth_id"), QLatin1String(id)},
                                    {QStringLiteral("sloth_service"), QStringLiteral("gc")},
                                    {QStringLiteral("sloth_slo"), QStringLiteral("joins-ok")}};
    if (window)
        pairs.push_back({QStringLiteral("sloth_window"), QLatin1String(window)});
    return {.labels = Labels(std::move(pairs)), .value = value};
}

} // namespace

class RecordedSlosTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seriesOfOneObjectiveAreJoined();
    void brokenObjectiveHidesNoOther();
    void gapsStayGaps();
};

void RecordedSlosTest::seriesOfOneObjectiveAreJoined()
{
    const RecordedSlos recorded = recordedSlos(
        {slothValue("slo:sli_error:ratio_rate5m", 0.017, "5m"),
         slothValue("slo:sli_error:ratio_rate30d", 0.0006, "30d"), slothValue("slo:objective:ratio", 0.999),
         slothValue("slo:time_period:days", 28), slothValue("slo:period_error_budget_remaining:ratio", -0.1)},
        {});
    QCOMPARE(recorded.readings.size(), 1);
    const SloReading &reading = recorded.readings.first();
    QCOMPARE(reading.slo.title, QStringLiteral("joins ok"));
    QCOMPARE(reading.slo.service, QStringLiteral("gc"));
    QCOMPARE(reading.slo.target, 0.999);
    QCOMPARE(reading.slo.window.length, Duration(std::chrono::days(28)));
    QCOMPARE(reading.budgetLeft, std::optional(-0.1));
    QCOMPARE(reading.errorRatios.value(Duration(std::chrono::minutes(5)).count()), 0.017);
    QCOMPARE(reading.errorRatios.value(Duration(std::chrono::days(30)).count()), 0.0006);
}

void RecordedSlosTest::brokenObjectiveHidesNoOther()
{
    const RecordedSlos recorded = recordedSlos({slothValue("slo:objective:ratio", 99.9, nullptr, "wrong"),
                                                slothValue("slo:sli_error:ratio_rate5m", 0.1, "5m", "none"),
                                                slothValue("slo:objective:ratio", 0.99, nullptr, "fine")},
                                               {});
    QCOMPARE(recorded.readings.size(), 1);
    QCOMPARE(recorded.readings.first().slo.id, QStringLiteral("fine"));
    QCOMPARE(recorded.problems.size(), 2);
    QVERIFY(recorded.problems.join(u' ').contains(QStringLiteral("wrong")));
}

void RecordedSlosTest::gapsStayGaps()
{
    FigureUpdate::Value empty = slothValue("slo:period_error_budget_remaining:ratio", 0);
    empty.value.reset(); // NaN on the wire: no traffic
    Series line{.labels = empty.labels,
                .points = {{.at = fromEpochMs(1000), .value = 0.9},
                           {.at = fromEpochMs(2000), .value = std::numeric_limits<double>::quiet_NaN()}}};
    const RecordedSlos recorded = recordedSlos({slothValue("slo:objective:ratio", 0.999), empty}, {line});
    const SloReading &reading = recorded.readings.first();
    QVERIFY(!reading.budgetLeft);
    QCOMPARE(reading.burnDown.size(), 2);
    QCOMPARE(reading.burnDown.at(0).left, std::optional(0.9));
    QVERIFY(!reading.burnDown.at(1).left);
}

QTEST_GUILESS_MAIN(RecordedSlosTest)
#include "tst_recorded_slos.moc"
