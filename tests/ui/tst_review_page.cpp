// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages_world.h"

#include "models/slo_math.h"
#include "ui/review/review_page.h"
#include "ui/review/slo_rows.h"
#include "ui/review/slo_table.h"
#include "ui/widgets/plain_label.h"

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

} // namespace

class ReviewPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStateSaysWhatItIs();
    void keysChooseAnObjective();
    void choiceStaysWithItsObjective();
    void unknownIsNeverZeroNorGreen();
    void failureKeepsTheBoardAndSaysItsAge();
};

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
