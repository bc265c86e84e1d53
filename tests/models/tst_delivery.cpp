// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_correction.h"
#include "models/delivery_figures.h"

#include <QTest>

#include <cmath>

using namespace cockpit;

namespace {

using Outcome = DeploymentRecord::Outcome;

constexpr Instant deliveryNow{std::chrono::hours(500'000) + std::chrono::hours(10)};

DeploymentRecord deployed(const QString &id, Duration ago, Outcome outcome = Outcome::Succeeded)
{
    return {.id = id, .service = QStringLiteral("gc-service"), .at = deliveryNow - ago, .outcome = outcome};
}

DeploymentRecord failed(const QString &id, Duration ago, Duration restoredAfter, Outcome outcome = Outcome::RolledBack)
{
    DeploymentRecord record = deployed(id, ago, outcome);
    record.failedAt = record.at + std::chrono::minutes(5);
    record.restoredAt = *record.failedAt + restoredAfter;
    return record;
}

DeliveryFigure figure(const QList<DeploymentRecord> &records, DeliveryFigure::What what, int window = 7,
                      std::optional<Instant> seenSince = std::nullopt)
{
    return deliveryFigures(records, deliveryNow, window, seenSince).at(static_cast<int>(what));
}

} // namespace

class DeliveryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingSeenIsNoDataAndNeverZero();
    void figuresAreCountedOverTheWindow();
    void edgesOfTheWindowBelongToOneWindow();
    void trendNeedsTheWholeWindowBefore();
    void aRunningDeploymentIsNoSuccess();
    void medianOfAnEvenNumberLiesBetween();
    void clocksThatDisagreeGiveNoLength();
    void everyDayOfTheWindowIsThere();
    void correctionsCountAndCanBeTakenBack();
    void namesOfVerdictsAreStable();
};

void DeliveryTest::nothingSeenIsNoDataAndNeverZero()
{
    const DeliveryReport report = deliveryReport({}, deliveryNow, 30, std::nullopt);
    QCOMPARE(report.figures.size(), 5);
    for (const DeliveryFigure &one : report.figures) {
        QVERIFY(!one.value && !one.before);
        QCOMPARE(one.samples, 0);
        QVERIFY(!one.missing.isEmpty() && !one.definition.isEmpty());
    }
    QVERIFY(report.restoreTimes.isEmpty());
}

void DeliveryTest::figuresAreCountedOverTheWindow()
{
    const QList<DeploymentRecord> records{
        deployed(QStringLiteral("a"), std::chrono::hours(1)), deployed(QStringLiteral("b"), std::chrono::hours(30)),
        failed(QStringLiteral("c"), std::chrono::hours(50), std::chrono::minutes(20)),
        failed(QStringLiteral("d"), std::chrono::hours(60), std::chrono::minutes(40), Outcome::CausedIncident),
        deployed(QStringLiteral("e"), std::chrono::hours(24 * 8))};
    using What = DeliveryFigure::What;
    QCOMPARE(*figure(records, What::Frequency).value, 4.0 / 7.0);
    QCOMPARE(*figure(records, What::Frequency).before, 1.0 / 7.0);
    QCOMPARE(*figure(records, What::SuccessRate).value, 0.75);
    QCOMPARE(*figure(records, What::ChangeFailureRate).value, 0.5);
    QCOMPARE(*figure(records, What::TimeToRestore).value, 1800.0);
    QCOMPARE(figure(records, What::TimeToRestore).samples, 2);
    QVERIFY(!figure(records, What::TimeToRestore).before);
    QVERIFY(!figure(records, What::LeadTime).value);
}

void DeliveryTest::edgesOfTheWindowBelongToOneWindow()
{
    const QList<DeploymentRecord> records{deployed(QStringLiteral("first"), std::chrono::hours(24 * 7)),
                                          deployed(QStringLiteral("now"), Duration::zero()),
                                          deployed(QStringLiteral("oldest"), std::chrono::hours(24 * 14))};
    const DeliveryFigure frequency = figure(records, DeliveryFigure::What::Frequency);
    QCOMPARE(frequency.samples, 1);
    QCOMPARE(*frequency.before, 1.0 / 7.0);
    QCOMPARE(deliveryReport(records, deliveryNow, 7, std::nullopt).deployments.size(), 1);
}

void DeliveryTest::trendNeedsTheWholeWindowBefore()
{
    const QList<DeploymentRecord> records{deployed(QStringLiteral("a"), std::chrono::hours(1)),
                                          deployed(QStringLiteral("b"), std::chrono::hours(24 * 8))};
    const Instant since = deliveryNow - std::chrono::hours(24 * 10);
    QVERIFY(!figure(records, DeliveryFigure::What::Frequency, 7, since).before);
    QVERIFY(figure(records, DeliveryFigure::What::Frequency, 7, deliveryNow - std::chrono::hours(24 * 14)).before);
    // Watched for ten days only: per day watched, not per day of the window.
    QCOMPARE(*figure(records, DeliveryFigure::What::Frequency, 30, since).value, 0.2);
}

void DeliveryTest::aRunningDeploymentIsNoSuccess()
{
    const QList<DeploymentRecord> records{deployed(QStringLiteral("a"), std::chrono::hours(1), Outcome::Running),
                                          deployed(QStringLiteral("b"), std::chrono::hours(2), Outcome::Unknown)};
    QVERIFY(!figure(records, DeliveryFigure::What::SuccessRate).value);
    QVERIFY(!figure(records, DeliveryFigure::What::ChangeFailureRate).value);
    QCOMPARE(figure(records, DeliveryFigure::What::Frequency).samples, 2);
}

void DeliveryTest::medianOfAnEvenNumberLiesBetween()
{
    QList<DeploymentRecord> records;
    for (const int minutes : {10, 20, 60, 600})
        records.append(failed(QString::number(minutes), std::chrono::hours(20), std::chrono::minutes(minutes)));
    QCOMPARE(*figure(records, DeliveryFigure::What::TimeToRestore).value, 2400.0);
    QCOMPARE(restoreTimes(records, deliveryNow, 7).first(), Duration(std::chrono::minutes(10)));
}

void DeliveryTest::clocksThatDisagreeGiveNoLength()
{
    DeploymentRecord record = failed(QStringLiteral("a"), std::chrono::hours(2), -std::chrono::minutes(3));
    record.committed = record.at + std::chrono::hours(1);
    QVERIFY(!figure({record}, DeliveryFigure::What::TimeToRestore).value);
    QVERIFY(!figure({record}, DeliveryFigure::What::LeadTime).value);
    record.committed = record.at - std::chrono::hours(3);
    QCOMPARE(*figure({record}, DeliveryFigure::What::LeadTime).value, 10800.0);
}

void DeliveryTest::everyDayOfTheWindowIsThere()
{
    const QList<DeploymentRecord> records{failed(QStringLiteral("a"), std::chrono::hours(1), std::chrono::minutes(1)),
                                          deployed(QStringLiteral("b"), std::chrono::hours(2)),
                                          deployed(QStringLiteral("c"), std::chrono::hours(24 * 7))};
    const QList<DeliveryDay> found = deliveryDays(records, deliveryNow, 7);
    QCOMPARE(found.size(), 8); // seven days before a time of day touch eight dates
    QCOMPARE(found.last().deployments, 2);
    QCOMPARE(found.last().failures, 1);
    QCOMPARE(found.first().deployments, 1);
    QCOMPARE(found.at(3).deployments, 0);
}

void DeliveryTest::correctionsCountAndCanBeTakenBack()
{
    using Verdict = DeploymentCorrection::Verdict;
    const auto said = [](const QString &id, Verdict verdict, int minute) {
        return DeploymentCorrection{.deployment = id,
                                    .verdict = verdict,
                                    .reason = QStringLiteral("load test"),
                                    .actor = QStringLiteral("ada"),
                                    .at = deliveryNow + std::chrono::minutes(minute)};
    };
    const QList<DeploymentRecord> seen{failed(QStringLiteral("a"), std::chrono::hours(1), std::chrono::minutes(9)),
                                       deployed(QStringLiteral("b"), std::chrono::hours(2))};
    const auto excluded = withCorrections(seen, {said(QStringLiteral("a"), Verdict::Excluded, 0)});
    QCOMPARE(figure(excluded, DeliveryFigure::What::Frequency).samples, 1);
    QCOMPARE(*figure(excluded, DeliveryFigure::What::ChangeFailureRate).value, 0.0);
    QCOMPARE(deliveryReport(excluded, deliveryNow, 7, std::nullopt).deployments.size(), 2);
    QCOMPARE(excluded.first().correctedBy, QStringLiteral("ada"));
    const auto blamed = withCorrections(
        seen, {said(QStringLiteral("b"), Verdict::Failed, 0), said(QStringLiteral("gone"), Verdict::Failed, 0)});
    QCOMPARE(*figure(blamed, DeliveryFigure::What::ChangeFailureRate).value, 1.0);
    // The newest counts, in whatever order they come; taking back leaves what was seen.
    const auto back = withCorrections(
        seen, {said(QStringLiteral("a"), Verdict::AsSeen, 5), said(QStringLiteral("a"), Verdict::Succeeded, 1)});
    QCOMPARE(back, seen);
}

void DeliveryTest::namesOfVerdictsAreStable()
{
    for (const char *name : {"as-seen", "succeeded", "failed", "excluded"}) {
        const auto verdict = deploymentVerdictOf(QString::fromLatin1(name));
        QVERIFY(verdict);
        QCOMPARE(toWireName(*verdict), QString::fromLatin1(name));
    }
    QVERIFY(!deploymentVerdictOf(QStringLiteral("fine")));
}

QTEST_APPLESS_MAIN(DeliveryTest)
#include "tst_delivery.moc"
