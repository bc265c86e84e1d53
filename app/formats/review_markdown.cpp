// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/review_markdown.h"

#include "app/formats/postmortem_markdown.h"
#include "models/plain_line.h"
#include "models/review_words.h"

namespace cockpit {

namespace {

constexpr qsizetype mostUncheckedLines = 200;

QString reviewText(const QString &text) { return markdownWords(plainLine(text, 1000)); }

/// A cell: a bar would end it.
QString reviewCells(const QStringList &cells)
{
    QStringList shown;
    for (const QString &cell : cells)
        shown.append(reviewText(cell));
    return QStringLiteral("| ") + shown.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

QString reviewTable(const ReviewTable &table)
{
    if (table.rows.isEmpty())
        return {};
    QString text = reviewCells(table.head) + u'|' + QStringLiteral(" --- |").repeated(table.head.size()) + u'\n';
    for (const QStringList &row : table.rows)
        text += reviewCells(row);
    return text + u'\n';
}

QString reviewHeading(const QString &title) { return QStringLiteral("## ") + title + QStringLiteral("\n\n"); }

QString reviewFacts(const QString &title, const ReviewSection &section)
{
    QString text = reviewHeading(title);
    for (const QString &paragraph : section.paragraphs)
        text += reviewText(paragraph) + QStringLiteral("\n\n");
    return text + reviewTable(section.table);
}

QString reviewSummary(const OperationsReview &review)
{
    QString text = reviewHeading(ReviewWords::tr("Summary"));
    text += QStringLiteral("**") + reviewText(toWireName(review.verdict)) + QStringLiteral("**, ") +
            ReviewWords::tr("score %1 of 100 (%2). Looked at: ")
                .arg(QString::number(review.score.value), review.score.grade) +
            reviewText(review.looked.join(QStringLiteral(", "))) + QStringLiteral(".\n\n");
    if (review.findingsElsewhere > 0)
        text += ReviewWords::tr("Not given here: %n finding(s) in files that the range does not change.", nullptr,
                                review.findingsElsewhere) +
                QStringLiteral("\n\n");
    ReviewTable sum{.head = {ReviewWords::tr("Rule"), ReviewWords::tr("Level"), ReviewWords::tr("Points")}};
    int points = 0;
    for (const ReviewDeduction &deduction : review.score.deductions) {
        sum.rows.append({deduction.rule, toWireName(deduction.level), deduction.words});
        points += deduction.points;
    }
    if (!sum.rows.isEmpty()) {
        text += ReviewWords::tr("The score: 100 − %1 = %2, never less than 0").arg(points).arg(100 - points);
        if (review.score.bound < 100)
            text += ReviewWords::tr(" and at most %1 with a BLOCKER").arg(review.score.bound);
        text += QStringLiteral(".\n\n") + reviewTable(sum);
    }
    return text;
}

QString reviewFindingText(const ReviewFinding &found)
{
    const Finding &finding = found.finding;
    QString place = finding.file;
    if (finding.line > 0)
        place += u':' + QString::number(finding.line);
    QString text = QStringLiteral("- **") + reviewText(place) + QStringLiteral("** ") + reviewText(finding.rule);
    if (!finding.object.isEmpty())
        text += QStringLiteral(" (") + reviewText(finding.object) + u')';
    text += QStringLiteral(": ") + reviewText(finding.message) + u'\n';
    const auto line = [&text](const QString &title, const QString &words) {
        if (!words.isEmpty())
            text += QStringLiteral("  - ") + title + QStringLiteral(": ") + reviewText(words) + u'\n';
    };
    line(ReviewWords::tr("Risk"), finding.risk);
    line(ReviewWords::tr("Impact"), found.impact);
    line(ReviewWords::tr("Fix"), finding.fix);
    line(ReviewWords::tr("Added by"), found.by);
    return text;
}

QString reviewFindings(const OperationsReview &review)
{
    QString text = reviewHeading(ReviewWords::tr("Findings by level"));
    if (review.findings.isEmpty())
        text += ReviewWords::tr("None.") + QStringLiteral("\n\n");
    QString level;
    for (const ReviewFinding &found : review.findings) {
        if (toWireName(found.finding.level) != level) {
            text += (level.isEmpty() ? QStringLiteral("### ") : QStringLiteral("\n### "));
            level = toWireName(found.finding.level);
            text += level + QStringLiteral("\n\n");
        }
        text += reviewFindingText(found);
    }
    return text + (review.findings.isEmpty() ? QString() : QStringLiteral("\n"));
}

QString reviewRecommendation(const OperationsReview &review)
{
    QString text = reviewHeading(ReviewWords::tr("Recommendation"));
    text += QStringLiteral("**") + toWireName(review.verdict) + QStringLiteral("**\n\n");
    for (const QString &reason : review.verdictReasons)
        text += QStringLiteral("- ") + reviewText(reason) + u'\n';
    ReviewTable checks{.head = {ReviewWords::tr("Check"), ReviewWords::tr("State"), ReviewWords::tr("Critical"),
                                ReviewWords::tr("Why")}};
    for (const ReviewCheck &check : review.checks)
        checks.rows.append({check.title + QStringLiteral(" (") + check.id + u')', toWireName(check.state),
                            check.isCritical ? ReviewWords::tr("yes") : ReviewWords::tr("no"), check.reason});
    text += u'\n' + reviewTable(checks);
    if (!review.notChecked.isEmpty())
        text += ReviewWords::tr("Not checked:") + QStringLiteral("\n\n");
    for (const QString &words : review.notChecked.mid(0, mostUncheckedLines))
        text += QStringLiteral("- ") + reviewText(words) + u'\n';
    if (review.notChecked.size() > mostUncheckedLines)
        text += QStringLiteral("- ") +
                ReviewWords::tr("and %n more", nullptr, int(review.notChecked.size() - mostUncheckedLines)) + u'\n';
    return text;
}

} // namespace

QByteArray reviewMarkdown(const OperationsReview &review)
{
    QString text = QStringLiteral("# ") + ReviewWords::tr("Operations review: ") + reviewText(review.subject) +
                   QStringLiteral("\n\n");
    text += reviewSummary(review);
    text += reviewFacts(ReviewWords::tr("Deployment safety"), review.deployment);
    text += reviewFindings(review);
    text += reviewFacts(ReviewWords::tr("Runbook requirements"), review.runbooks);
    text += reviewFacts(ReviewWords::tr("Cost implications"), review.cost);
    text += reviewFacts(ReviewWords::tr("Rollback procedure"), review.rollback);
    text += reviewRecommendation(review);
    return text.toUtf8();
}

} // namespace cockpit
