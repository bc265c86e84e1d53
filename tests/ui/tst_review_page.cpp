// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages_world.h"

#include "models/slo_math.h"
#include "ui/review/delivery_rows.h"
#include "ui/review/delivery_tab.h"
#include "ui/review/review_page.h"
#include "ui/review/slo_rows.h"
#include "ui/review/slo_table.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/segmented_control.h"

#include <QTest>

using namespace cockpit;

namespace {

SloStatus objectiveOf(const QString &service, std::optional<double> left)
{
    SloReading reading{.slo = {.id = service + QStringLiteral("-joins"),
                               .service = service,
                               .title = QStringLiteral("joins succeed"),
                               .target = 0.999,
                               .window = {.length = std::chrono::days(30)}},
                       .budgetLeft = left};
    return judgeSlo(reading, worldNow());
}

SloBoardPtr boardOf(const QList<SloStatus> &objectives)
{
    auto board = std::make_shared<SloBoard>();
    board->objectives = objectives;
    board->measured = worldNow();
    return board;
}

/// Two deployments, one of them rolled back; no figure but the frequency is known.
DeliveryReportPtr deliveryOf(int days)
{
    auto report = std::make_shared<DeliveryReport>();
    report->days = days;
    report->to = worldNow();
    report->from = worldNow() - std::chrono::days(days);
    report->figures = {{.what = DeliveryFigure::What::Frequency, .value = 2.0 / days, .samples = 2},
                       {.what = DeliveryFigure::What::LeadTime, .missing = QStringLiteral("no commit time is known")}};
    report->deployments = {{.id = QStringLiteral("b"),
                            .service = QStringLiteral("gc-service"),
                            .revision = QStringLiteral("1.43.0"),
                            .at = worldNow(),
                            .outcome = DeploymentRecord::Outcome::RolledBack,
                            .because = QStringLiteral("rolled back\n12 min later")},
                           {.id = QStringLiteral("a"),
                            .service = QStringLiteral("gc-service"),
                            .outcome = DeploymentRecord::Outcome::Succeeded,
                            .excluded = true,
                            .correctedBy = QStringLiteral("maya"),
                            .correction = QStringLiteral("a drill")}};
    report->perDay = {{.day = worldNow(), .deployments = 2, .failures = 1}};
    return report;
}

} // namespace

class ReviewPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStateSaysWhatItIs();
    void keysChooseAnObjective();
    void choiceStaysWithItsObjective();
    void unknownIsNeverZeroNorGreen();
    void failureKeepsTheBoardAndSaysItsAge();
    void deliveryIsATabOfItsOwn();
    void deliverySaysWhatCountedAndWhy();
    void deliveryWithoutAReportSaysSo();
};

void ReviewPageTest::deliveryIsATabOfItsOwn()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    QCOMPARE(page.currentTab(), QStringLiteral("slos"));
    page.openTab(QStringLiteral("delivery"));
    QCOMPARE(page.currentTab(), QStringLiteral("delivery"));
    QVERIFY(page.delivery()->isVisibleTo(&page));
    page.openTab(QStringLiteral("nothing"));
    QCOMPARE(page.currentTab(), QStringLiteral("delivery"));
}

void ReviewPageTest::deliverySaysWhatCountedAndWhy()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    world.review.setDelivery(deliveryOf(30));
    const QList<RunRow> figures = page.delivery()->figures()->rows();
    QCOMPARE(figures.size(), 2);
    QCOMPARE(figures.at(1).cells.at(1).runs.first().text, QStringLiteral("no data"));
    QCOMPARE(figures.at(1).cells.at(2).runs.first().text, QStringLiteral("no commit time is known"));
    const QList<RunRow> rows = page.delivery()->deployments()->rows();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0).cells.at(3).glyph, StateGlyph::Warning);
    QVERIFY(!rows.at(0).cells.at(4).runs.first().text.contains(QLatin1Char('\n')));
    QCOMPARE(rows.at(1).cells.at(3).runs.first().text, QStringLiteral("not counted"));
    QCOMPARE(rows.at(1).cells.at(4).runs.first().text, QStringLiteral("maya: a drill"));
}

void ReviewPageTest::deliveryWithoutAReportSaysSo()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    QVERIFY(page.delivery()->notice()->text().startsWith(QStringLiteral("Counting")));
    world.review.setDelivery(deliveryOf(7));
    QVERIFY(page.delivery()->notice()->text().startsWith(QStringLiteral("Counting"))); // 30 days are chosen
    world.review.setDeliveryProgress({.words = QStringLiteral("the store is busy"), .failed = true});
    QCOMPARE(page.delivery()->notice()->text(), QStringLiteral("the store is busy"));
}

void ReviewPageTest::everyStateSaysWhatItIs()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    QVERIFY(page.notice()->text().contains(QStringLiteral("Reading")));
    world.review.setSlos(boardOf({}));
    QVERIFY(page.notice()->text().contains(QStringLiteral("Sloth")));
    world.review.setSlos(boardOf({objectiveOf(QStringLiteral("gc-service"), 0.4)}));
    QVERIFY(!page.notice()->isVisibleTo(&page));
    QVERIFY(page.objectives()->isVisibleTo(&page));
}

void ReviewPageTest::keysChooseAnObjective()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    world.review.setSlos(boardOf({objectiveOf(QStringLiteral("gc"), 0.4), objectiveOf(QStringLiteral("mc"), 0.9)}));
    QTest::keyClick(page.objectives(), Qt::Key_Down);
    QCOMPARE(page.objectives()->chosen(), 1);
    QVERIFY(page.objectives()->accessibleName().contains(QStringLiteral("mc")));
    QTest::keyClick(page.objectives(), Qt::Key_Down);
    QCOMPARE(page.objectives()->chosen(), 1);
    QTest::keyClick(page.objectives(), Qt::Key_Home);
    QCOMPARE(page.objectives()->chosen(), 0);
}

void ReviewPageTest::choiceStaysWithItsObjective()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    const SloStatus gc = objectiveOf(QStringLiteral("gc"), 0.4);
    const SloStatus mc = objectiveOf(QStringLiteral("mc"), 0.9);
    world.review.setSlos(boardOf({gc, mc}));
    page.objectives()->choose(1);
    world.review.setSlos(boardOf({mc, gc}));
    QCOMPARE(page.objectives()->chosen(), 0);
    world.review.setSlos(boardOf({gc}));
    QCOMPARE(page.objectives()->chosen(), 0);
}

void ReviewPageTest::unknownIsNeverZeroNorGreen()
{
    const SloStatus unknown = objectiveOf(QStringLiteral("gc"), std::nullopt);
    QCOMPARE(sloGlyph(unknown), StateGlyph::Unknown);
    QCOMPARE(shareWords(unknown.budgetLeft, 1), QStringLiteral("no data"));
    for (const RunRow &row : burnAlertRows(unknown))
        QCOMPARE(row.cells.at(1).runs.first().text, QStringLiteral("no data"));
    QCOMPARE(sloGlyph(objectiveOf(QStringLiteral("gc"), -0.1)), StateGlyph::Critical);
    QVERIFY(budgetPolicyRows(objectiveOf(QStringLiteral("gc"), 0.0))
                .first()
                .id.startsWith(QStringLiteral("No new rollout")));
}

void ReviewPageTest::failureKeepsTheBoardAndSaysItsAge()
{
    PagesWorld world;
    const Theme theme;
    ReviewPage page(world.models, theme);
    world.review.setSlos(boardOf({objectiveOf(QStringLiteral("gc"), 0.4)}));
    world.review.setSloProgress({.words = QStringLiteral("Prometheus does not answer."), .failed = true});
    QVERIFY(page.objectives()->isVisibleTo(&page));
    QVERIFY(page.notice()->text().contains(QStringLiteral("03:12")));
    QVERIFY(page.notice()->text().contains(QStringLiteral("does not answer")));
}

QTEST_MAIN(ReviewPageTest)
#include "tst_review_page.moc"
