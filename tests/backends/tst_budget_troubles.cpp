// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/budget_troubles.h"

#include <QTest>

#include <limits>

using namespace cockpit;

namespace {

constexpr Duration troubleTestStep{std::chrono::minutes(15)};
const double gapValue = std::numeric_limits<double>::quiet_NaN();

Instant pointAt(int index) { return fromEpochMs(1'790'000'000'000) + index * troubleTestStep; }

Series burnLine(const char *service, const std::vector<double> &values)
{
    Series line{.labels = Labels({{QStringLiteral("sloth_service"), QLatin1String(service)}})};
    for (size_t i = 0; i < values.size(); ++i)
        line.points.push_back({.at = pointAt(static_cast<int>(i)), .value = values[i]});
    return line;
}

} // namespace

class BudgetTroublesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStretchBeginsAndEnds();
    void exactlyAtTheRateIsCalm();
    void aGapEndsItAStepAfterItsLastPoint();
    void whatReachesTheNewestPointGoesOn();
    void objectivesOfOneServiceAreOneTrouble();
};

void BudgetTroublesTest::aStretchBeginsAndEnds()
{
    const auto found = budgetTroubles({burnLine("gc", {0, 1, 7, 22, 6, 2, 0, 9, 0})}, troubleTestStep);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.first(), (BudgetTrouble{QStringLiteral("gc"), pointAt(2), pointAt(5), 22}));
    QCOMPARE(*found.last().ended, pointAt(8));
    QVERIFY(budgetTroubles({}, troubleTestStep).isEmpty());
}

void BudgetTroublesTest::exactlyAtTheRateIsCalm()
{
    QVERIFY(budgetTroubles({burnLine("gc", {5, 5, 5})}, troubleTestStep).isEmpty());
}

void BudgetTroublesTest::aGapEndsItAStepAfterItsLastPoint()
{
    const auto found = budgetTroubles({burnLine("gc", {7, 8, gapValue, gapValue, 0})}, troubleTestStep);
    QCOMPARE(found.size(), 1);
    QCOMPARE(*found.first().ended, pointAt(2));
}

void BudgetTroublesTest::whatReachesTheNewestPointGoesOn()
{
    QVERIFY(!budgetTroubles({burnLine("gc", {0, 7, 8})}, troubleTestStep).first().ended);
}

void BudgetTroublesTest::objectivesOfOneServiceAreOneTrouble()
{
    const auto found = budgetTroubles(
        {burnLine("gc", {0, 7, 8, 0, 0}), burnLine("gc", {0, 0, 9, 9, 0}), burnLine("mc", {0, 0, 6, 0, 0})},
        troubleTestStep);
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.first(), (BudgetTrouble{QStringLiteral("gc"), pointAt(1), pointAt(4), 9}));
}

QTEST_APPLESS_MAIN(BudgetTroublesTest)
#include "tst_budget_troubles.moc"
