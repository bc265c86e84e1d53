// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"
#include "models/instant.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// The operations review of a change (operations.md §10): what was found, what was looked at, what could not be.

/// A finding with what it does to those who use or run the service.
struct ReviewFinding {
    Finding finding{};
    QString impact{};
    QString by{}; ///< the person who added it; empty = a check of the cockpit
    bool operator==(const ReviewFinding &) const = default;
};

/// One question of the review.
struct ReviewCheck {
    enum class State {
        Passed,        ///< looked at, nothing of level BLOCKER or HIGH
        Failed,        ///< looked at, such a finding
        NotChecked,    ///< cannot be seen from the files, or could not be read
        NotApplicable, ///< nothing of its kind is in what was looked at
        Confirmed,     ///< cannot be seen from the files; a person says that it holds
    };
    QString id{};    ///< stable: "timeouts"
    QString title{}; ///< "Timeouts in code"
    State state = State::NotChecked;
    bool isCritical = false; ///< not checked, it forbids the verdict *safe*
    QString reason{};        ///< what was looked at, why it is not checked, or who confirmed it
    bool operator==(const ReviewCheck &) const = default;
};
/// "passed", "failed", "not checked", "not applicable", "confirmed".
QString toWireName(ReviewCheck::State state);

/// Safe / minor risks / needs work / unsafe.
enum class ReviewVerdict { Safe, MinorRisks, NeedsWork, Unsafe };
/// "safe", "minor risks", "needs work", "unsafe".
QString toWireName(ReviewVerdict verdict);

/// One line of the score's arithmetic.
struct ReviewDeduction {
    QString rule{}; ///< empty for the line of a bound
    Finding::Level level = Finding::Level::Low;
    int places = 0;  ///< findings of the rule
    int counted = 0; ///< of these, at most mostCountedPlaces
    int points = 0;  ///< taken away by all that are counted
    QString words{}; ///< "migration-no-down: 3 of 8 places × 30 = 90"
    bool operator==(const ReviewDeduction &) const = default;
};

/// 0…100 with how it came about: 100 less the points of every rule that has findings.
struct ReviewScore {
    int value = 100;
    QList<ReviewDeduction> deductions{}; ///< most points first
    int bound = 100;                     ///< it is never more than this: below "minor gaps" with a BLOCKER
    QString grade{}; ///< "excellent" (90+), "minor gaps", "mitigation needed", "major gaps", "unacceptable"
    bool operator==(const ReviewScore &) const = default;
};
/// One habit in forty files is one reason, not forty.
inline constexpr int mostCountedPlaces = 3;

/// Points that one finding takes away: 30, 11, 3, 1.
int reviewPoints(Finding::Level level);
/// Pure.
ReviewScore scoreReview(const QList<ReviewFinding> &findings);
/// Unsafe with a BLOCKER; needs work with a HIGH one, or while a critical check is not made; minor risks with others.
ReviewVerdict verdictOf(const QList<ReviewFinding> &findings, const QList<ReviewCheck> &checks);

/// A paragraph or a table of the report; outside text is plain.
struct ReviewTable {
    QStringList head{};
    QList<QStringList> rows{};
    bool operator==(const ReviewTable &) const = default;
};
struct ReviewSection {
    QStringList paragraphs{};
    ReviewTable table{};
    bool operator==(const ReviewSection &) const = default;
};

/// The whole report. Its sections in their order: Summary (of the other fields), Deployment safety, Findings by level,
/// Runbook requirements, Cost implications, Rollback procedure, Recommendation.
struct OperationsReview {
    QString subject{}; ///< the folder or the range of revisions, as given
    Instant at{};
    QStringList looked{};            ///< "24 manifests with 2 workloads", one per kind of file
    QList<ReviewFinding> findings{}; ///< by level, file and line
    int findingsElsewhere = 0;       ///< of a range: in files that it does not change
    QList<ReviewCheck> checks{};
    QStringList notChecked{}; ///< single files and places, with the reason
    ReviewSection deployment{};
    ReviewSection runbooks{};
    ReviewSection cost{};
    ReviewSection rollback{};
    ReviewScore score{};
    ReviewVerdict verdict = ReviewVerdict::NeedsWork;
    QStringList verdictReasons{};
    bool operator==(const OperationsReview &) const = default;
};

/// Sorts the findings and sets score, verdict and the verdict's reasons from findings and checks.
void concludeReview(OperationsReview &review);

} // namespace cockpit
