// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations_review.h"

#include <QTest>

using namespace cockpit;

namespace {

ReviewFinding reviewFound(const QString &rule, Finding::Level level, const QString &file = QStringLiteral("a.yaml"),
                          int line = 1)
{
    return {.finding = {.rule = rule, .level = level, .file = file, .line = line}};
}

const ReviewCheck unseen{.id = QStringLiteral("timeouts"), .title = QStringLiteral("Timeouts"), .isCritical = true};

} // namespace

class TestOperationsReview : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingFoundIsTheWholeScore()
    {
        const ReviewScore score = scoreReview({});
        QCOMPARE(score.value, 100);
        QVERIFY(score.deductions.isEmpty());
        QCOMPARE(score.grade, QStringLiteral("excellent"));
    }
    void theArithmeticAddsUp()
    {
        const ReviewScore score = scoreReview({reviewFound(QStringLiteral("a"), Finding::Level::High),
                                               reviewFound(QStringLiteral("b"), Finding::Level::Medium),
                                               reviewFound(QStringLiteral("b"), Finding::Level::Medium)});
        QCOMPARE(score.value, 100 - 11 - 6);
        QCOMPARE(score.deductions.first().words, QStringLiteral("1 × 11 = 11"));
        QCOMPARE(score.grade, QStringLiteral("minor gaps"));
    }
    void aHabitCountsThreeTimes()
    {
        QList<ReviewFinding> many;
        for (int line = 1; line <= 40; ++line)
            many.append(reviewFound(QStringLiteral("a"), Finding::Level::Medium, QStringLiteral("f"), line));
        const ReviewScore score = scoreReview(many);
        QCOMPARE(score.value, 91);
        QCOMPARE(score.deductions.first().places, 40);
        QCOMPARE(score.deductions.first().words, QStringLiteral("3 × 3 = 9 (the first 3 of 40)"));
    }
    void aBlockerBoundsTheScore()
    {
        const ReviewScore score = scoreReview({reviewFound(QStringLiteral("a"), Finding::Level::Blocker)});
        QCOMPARE(score.value, 49);
        QCOMPARE(score.bound, 49);
        QCOMPARE(score.grade, QStringLiteral("major gaps"));
    }
    void theScoreIsNeverNegative()
    {
        QList<ReviewFinding> many;
        for (int rule = 0; rule < 9; ++rule)
            many.append(reviewFound(QString::number(rule), Finding::Level::Blocker));
        QCOMPARE(scoreReview(many).value, 0);
        QCOMPARE(scoreReview(many).grade, QStringLiteral("unacceptable"));
    }
    void verdictsFollowTheWorstFinding()
    {
        const auto verdictWith = [](Finding::Level level) {
            return verdictOf({reviewFound(QStringLiteral("a"), level)}, {});
        };
        QCOMPARE(verdictOf({}, {}), ReviewVerdict::Safe);
        QCOMPARE(verdictWith(Finding::Level::Low), ReviewVerdict::MinorRisks);
        QCOMPARE(verdictWith(Finding::Level::Medium), ReviewVerdict::MinorRisks);
        QCOMPARE(verdictWith(Finding::Level::High), ReviewVerdict::NeedsWork);
        QCOMPARE(verdictWith(Finding::Level::Blocker), ReviewVerdict::Unsafe);
    }
    void nothingIsSafeWhileACriticalCheckIsNotMade()
    {
        QCOMPARE(verdictOf({}, {unseen}), ReviewVerdict::NeedsWork);
        QCOMPARE(verdictOf({reviewFound(QStringLiteral("a"), Finding::Level::Low)}, {unseen}),
                 ReviewVerdict::NeedsWork);
        ReviewCheck confirmed = unseen;
        confirmed.state = ReviewCheck::State::Confirmed;
        QCOMPARE(verdictOf({}, {confirmed}), ReviewVerdict::Safe);
        ReviewCheck minor = unseen;
        minor.isCritical = false;
        QCOMPARE(verdictOf({}, {minor}), ReviewVerdict::Safe);
    }
    void theConclusionIsSortedAndReasoned()
    {
        OperationsReview review;
        review.findings = {reviewFound(QStringLiteral("a"), Finding::Level::Low),
                           reviewFound(QStringLiteral("b"), Finding::Level::Blocker, QStringLiteral("b.yaml"), 9),
                           reviewFound(QStringLiteral("b"), Finding::Level::Blocker, QStringLiteral("b.yaml"), 2)};
        review.checks = {unseen};
        concludeReview(review);
        QCOMPARE(review.findings.first().finding.line, 2);
        QCOMPARE(review.findings.last().finding.level, Finding::Level::Low);
        QCOMPARE(review.verdict, ReviewVerdict::Unsafe);
        QCOMPARE(review.verdictReasons, QStringList({QStringLiteral("2 BLOCKER"), QStringLiteral("1 LOW"),
                                                     QStringLiteral("critical and not checked: Timeouts")}));
    }
};

QTEST_GUILESS_MAIN(TestOperationsReview)
#include "tst_operations_review.moc"
