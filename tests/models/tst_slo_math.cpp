// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/slo_math.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace cockpit;

namespace {

constexpr Instant sloNow{std::chrono::hours(500'000)};
constexpr Duration thirtyDays{std::chrono::days(30)};

SloReading readingOf(double target)
{
    SloReading reading{.slo = {.id = QStringLiteral("gc-joins"),
                               .service = QStringLiteral("gc-service"),
                               .title = QStringLiteral("joins succeed"),
                               .target = target,
                               .window = {.length = thirtyDays}}};
    for (const Duration length : burnLookBacks())
        reading.errorRatios.insert(length.count(), 0.0005);
    return reading;
}

} // namespace

class SloMathTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void factorsFollowTheWindow();
    void bothWindowsMustBurn();
    void budgetComesFromTheRatioWhereNobodyRecordsIt();
    void targetOfAllLeavesNoBudget();
    void noTrafficIsNoDataAndNeverZero();
    void spentBudgetFreezes();
    void forecastSaysWhenAndHowSure();
    void gravestStandsFirst();
};

void SloMathTest::factorsFollowTheWindow()
{
    const QList<BurnAlert> month = burnAlertPlan(thirtyDays);
    QCOMPARE(month.size(), 4);
    QCOMPARE(month.at(0).factor, 14.4);
    QCOMPARE(month.at(1).factor, 6.0);
    QCOMPARE(month.at(2).factor, 3.0);
    QCOMPARE(month.at(3).factor, 1.0);
    QCOMPARE(burnAlertPlan(std::chrono::days(7)).at(0).factor, 0.02 * 7 * 24);
}

void SloMathTest::bothWindowsMustBurn()
{
    SloReading reading = readingOf(0.999);
    reading.errorRatios[Duration(std::chrono::minutes(5)).count()] = 0.017;
    QCOMPARE(judgeSlo(reading, sloNow).alerts.at(0).state, BurnAlert::State::Half);
    reading.errorRatios[Duration(std::chrono::hours(1)).count()] = 0.0145;
    QCOMPARE(judgeSlo(reading, sloNow).alerts.at(0).state, BurnAlert::State::Firing);
    // Exactly at the factor it does not fire: the rule says above.
    reading.errorRatios[Duration(std::chrono::hours(1)).count()] = 0.0005;
    QCOMPARE(judgeSlo(reading, sloNow).alerts.at(3).state, BurnAlert::State::Calm);
}

void SloMathTest::budgetComesFromTheRatioWhereNobodyRecordsIt()
{
    SloReading reading = readingOf(0.999);
    reading.errorRatios[thirtyDays.count()] = 0.0004;
    const SloStatus status = judgeSlo(reading, sloNow);
    QVERIFY(status.achieved && std::abs(*status.achieved - 0.9996) < 1e-9);
    QVERIFY(status.budgetLeft && std::abs(*status.budgetLeft - 0.6) < 1e-9);
    reading.budgetLeft = -0.08;
    QCOMPARE(*judgeSlo(reading, sloNow).budgetLeft, -0.08);
}

void SloMathTest::targetOfAllLeavesNoBudget()
{
    const SloStatus status = judgeSlo(readingOf(1.0), sloNow);
    QVERIFY(!status.budgetLeft);
    for (const BurnWindow &burn : status.burns)
        QVERIFY(!burn.burn);
    QVERIFY(!status.note.isEmpty());
    QCOMPARE(status.policy, BudgetPolicyState::Unknown);
}

void SloMathTest::noTrafficIsNoDataAndNeverZero()
{
    SloReading reading = readingOf(0.999);
    reading.errorRatios.clear();
    reading.errorRatios.insert(Duration(std::chrono::minutes(5)).count(), std::numeric_limits<double>::quiet_NaN());
    const SloStatus status = judgeSlo(reading, sloNow);
    QVERIFY(!status.achieved);
    QVERIFY(!status.budgetLeft);
    QVERIFY(!status.burns.first().burn);
    QCOMPARE(status.alerts.first().state, BurnAlert::State::Unknown);
    QVERIFY(!status.problem.isEmpty());
    QVERIFY(!status.forecast.gone);
    reading.budgetLeft = std::numeric_limits<double>::infinity();
    QVERIFY(!judgeSlo(reading, sloNow).budgetLeft);
}

void SloMathTest::spentBudgetFreezes()
{
    SloReading reading = readingOf(0.999);
    reading.budgetLeft = 0.0;
    QCOMPARE(judgeSlo(reading, sloNow).policy, BudgetPolicyState::Freeze);
    QCOMPARE(judgeSlo(reading, sloNow).forecast.gone, std::optional(sloNow));
    reading.budgetLeft = 0.2;
    QCOMPARE(judgeSlo(reading, sloNow).policy, BudgetPolicyState::SlowDown);
    reading.budgetLeft = 0.9;
    QCOMPARE(judgeSlo(reading, sloNow).policy, BudgetPolicyState::None);
}

void SloMathTest::forecastSaysWhenAndHowSure()
{
    SloReading reading = readingOf(0.999);
    reading.budgetLeft = 0.5;
    reading.errorRatios[Duration(std::chrono::minutes(5)).count()] = 0.02; // 20 ×
    reading.errorRatios[Duration(std::chrono::hours(1)).count()] = 0.01;   // 10 ×
    reading.errorRatios[Duration(std::chrono::hours(6)).count()] = 0.0001; // 0.1 ×
    const BudgetForecast forecast = judgeSlo(reading, sloNow).forecast;
    QCOMPARE(forecast.gone, std::optional(sloNow + Duration(std::chrono::hours(36))));
    QCOMPARE(forecast.earliest, std::optional(sloNow + Duration(std::chrono::hours(18))));
    QVERIFY(!forecast.latest); // beyond the window
    reading.errorRatios[Duration(std::chrono::hours(1)).count()] = 0.0;
    QVERIFY(!judgeSlo(reading, sloNow).forecast.gone);
}

void SloMathTest::gravestStandsFirst()
{
    SloReading spent = readingOf(0.999);
    spent.slo.service = QStringLiteral("z");
    spent.budgetLeft = -0.1;
    SloReading calm = readingOf(0.999);
    calm.budgetLeft = 0.9;
    SloReading unknown = readingOf(0.999);
    unknown.errorRatios.clear();
    QList<SloStatus> all{judgeSlo(calm, sloNow), judgeSlo(unknown, sloNow), judgeSlo(spent, sloNow)};
    sortByGravity(all);
    QCOMPARE(all.at(0).policy, BudgetPolicyState::Freeze);
    QVERIFY(!all.at(1).budgetLeft);
    QCOMPARE(*all.at(2).budgetLeft, 0.9);
}

QTEST_GUILESS_MAIN(SloMathTest)
#include "tst_slo_math.moc"
