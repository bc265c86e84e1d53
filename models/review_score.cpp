// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/operations_review.h"

#include "models/review_words.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace cockpit {

namespace {

/// With a BLOCKER the score stays in "major gaps", whatever else is fine.
constexpr int boundWithBlocker = 49;

QString gradeOf(int score)
{
    if (score >= 90)
        return ReviewWords::tr("excellent");
    if (score >= 70)
        return ReviewWords::tr("minor gaps");
    if (score >= 50)
        return ReviewWords::tr("mitigation needed");
    return score >= 30 ? ReviewWords::tr("major gaps") : ReviewWords::tr("unacceptable");
}

ReviewDeduction deductionOf(const QString &rule, Finding::Level level, int places)
{
    ReviewDeduction deduction{.rule = rule, .level = level, .places = places};
    deduction.counted = std::min(places, mostCountedPlaces);
    deduction.points = deduction.counted * reviewPoints(level);
    const QString how = QString::number(deduction.counted) + QStringLiteral(" × ") +
                        QString::number(reviewPoints(level)) + QStringLiteral(" = ") +
                        QString::number(deduction.points);
    deduction.words = places == deduction.counted
                          ? how
                          : how + ReviewWords::tr(" (the first %1 of %2)").arg(deduction.counted).arg(places);
    return deduction;
}

bool hasLevel(const QList<ReviewFinding> &findings, Finding::Level level)
{
    return std::any_of(findings.begin(), findings.end(),
                       [level](const ReviewFinding &found) { return found.finding.level == level; });
}

bool isUncheckedCritical(const ReviewCheck &check)
{
    return check.isCritical && check.state == ReviewCheck::State::NotChecked;
}

} // namespace

QString toWireName(ReviewCheck::State state)
{
    switch (state) {
    case ReviewCheck::State::Passed:
        return QStringLiteral("passed");
    case ReviewCheck::State::Failed:
        return QStringLiteral("failed");
    case ReviewCheck::State::NotApplicable:
        return QStringLiteral("not applicable");
    case ReviewCheck::State::Confirmed:
        return QStringLiteral("confirmed");
    case ReviewCheck::State::NotChecked:
        break;
    }
    return QStringLiteral("not checked");
}

QString toWireName(ReviewVerdict verdict)
{
    switch (verdict) {
    case ReviewVerdict::Safe:
        return QStringLiteral("safe");
    case ReviewVerdict::MinorRisks:
        return QStringLiteral("minor risks");
    case ReviewVerdict::Unsafe:
        return QStringLiteral("unsafe");
    case ReviewVerdict::NeedsWork:
        break;
    }
    return QStringLiteral("needs work");
}

int reviewPoints(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Blocker:
        return 30;
    case Finding::Level::High:
        return 11;
    case Finding::Level::Medium:
        return 3;
    case Finding::Level::Low:
        break;
    }
    return 1;
}

ReviewScore scoreReview(const QList<ReviewFinding> &findings)
{
    // A rule may have findings of several levels (a secret that is sure, one that only looks like it).
    std::map<std::pair<QString, Finding::Level>, int> places;
    for (const ReviewFinding &found : findings)
        ++places[{found.finding.rule, found.finding.level}];
    ReviewScore score;
    int left = 100;
    for (const auto &[key, count] : places) {
        score.deductions.append(deductionOf(key.first, key.second, count));
        left -= score.deductions.last().points;
    }
    std::stable_sort(score.deductions.begin(), score.deductions.end(),
                     [](const ReviewDeduction &a, const ReviewDeduction &b) { return a.points > b.points; });
    if (hasLevel(findings, Finding::Level::Blocker))
        score.bound = boundWithBlocker;
    score.value = std::clamp(left, 0, score.bound);
    score.grade = gradeOf(score.value);
    return score;
}

ReviewVerdict verdictOf(const QList<ReviewFinding> &findings, const QList<ReviewCheck> &checks)
{
    if (hasLevel(findings, Finding::Level::Blocker))
        return ReviewVerdict::Unsafe;
    if (hasLevel(findings, Finding::Level::High) || std::any_of(checks.begin(), checks.end(), isUncheckedCritical))
        return ReviewVerdict::NeedsWork;
    return findings.isEmpty() ? ReviewVerdict::Safe : ReviewVerdict::MinorRisks;
}

void concludeReview(OperationsReview &review)
{
    std::stable_sort(review.findings.begin(), review.findings.end(),
                     [](const ReviewFinding &a, const ReviewFinding &b) {
                         return std::tie(a.finding.level, a.finding.file, a.finding.line) <
                                std::tie(b.finding.level, b.finding.file, b.finding.line);
                     });
    review.score = scoreReview(review.findings);
    review.verdict = verdictOf(review.findings, review.checks);
    review.verdictReasons.clear();
    for (const Finding::Level level :
         {Finding::Level::Blocker, Finding::Level::High, Finding::Level::Medium, Finding::Level::Low}) {
        const auto count = std::count_if(review.findings.begin(), review.findings.end(),
                                         [level](const ReviewFinding &found) { return found.finding.level == level; });
        if (count > 0)
            review.verdictReasons.append(QString::number(count) + u' ' + toWireName(level));
    }
    for (const ReviewCheck &check : std::as_const(review.checks)) {
        if (isUncheckedCritical(check))
            review.verdictReasons.append(ReviewWords::tr("critical and not checked: ") + check.title);
    }
    if (review.verdictReasons.isEmpty())
        review.verdictReasons.append(ReviewWords::tr("nothing was found, and every critical check was made"));
}

} // namespace cockpit
