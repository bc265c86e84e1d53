// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/review_json.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

using ReviewValue = nlohmann::ordered_json;

ReviewValue reviewTextOrNull(const QString &text)
{
    return text.isEmpty() ? ReviewValue() : ReviewValue(jsonText(text));
}

ReviewValue reviewSectionJson(const ReviewSection &section)
{
    ReviewValue rows = ReviewValue::array();
    for (const QStringList &row : section.table.rows)
        rows.push_back(ReviewValue(jsonTexts(row)));
    return ReviewValue{{"paragraphs", ReviewValue(jsonTexts(section.paragraphs))},
                       {"head", ReviewValue(jsonTexts(section.table.head))},
                       {"rows", rows}};
}

ReviewValue reviewFindingJson(const ReviewFinding &found)
{
    const Finding &finding = found.finding;
    return ReviewValue{{"rule", jsonText(finding.rule)},
                       {"level", jsonText(toWireName(finding.level))},
                       {"file", reviewTextOrNull(finding.file)},
                       {"line", finding.line > 0 ? ReviewValue(finding.line) : ReviewValue()},
                       {"column", finding.column > 0 ? ReviewValue(finding.column) : ReviewValue()},
                       {"object", reviewTextOrNull(finding.object)},
                       {"message", jsonText(finding.message)},
                       {"risk", reviewTextOrNull(finding.risk)},
                       {"impact", reviewTextOrNull(found.impact)},
                       {"fix", reviewTextOrNull(finding.fix)},
                       {"by", reviewTextOrNull(found.by)}};
}

ReviewValue reviewScoreJson(const ReviewScore &score)
{
    ReviewValue deductions = ReviewValue::array();
    for (const ReviewDeduction &deduction : score.deductions)
        deductions.push_back(ReviewValue{{"rule", jsonText(deduction.rule)},
                                         {"level", jsonText(toWireName(deduction.level))},
                                         {"places", deduction.places},
                                         {"counted", deduction.counted},
                                         {"points", deduction.points}});
    return ReviewValue{
        {"value", score.value}, {"grade", jsonText(score.grade)}, {"bound", score.bound}, {"deductions", deductions}};
}

} // namespace

QByteArray reviewJson(const OperationsReview &review)
{
    ReviewValue findings = ReviewValue::array();
    for (const ReviewFinding &found : review.findings)
        findings.push_back(reviewFindingJson(found));
    ReviewValue checks = ReviewValue::array();
    for (const ReviewCheck &check : review.checks)
        checks.push_back(ReviewValue{{"id", jsonText(check.id)},
                                     {"title", jsonText(check.title)},
                                     {"state", jsonText(toWireName(check.state))},
                                     {"critical", check.isCritical},
                                     {"reason", reviewTextOrNull(check.reason)}});
    const ReviewValue whole{{"subject", jsonText(review.subject)},
                            {"at", toEpochMs(review.at)},
                            {"verdict", jsonText(toWireName(review.verdict))},
                            {"reasons", ReviewValue(jsonTexts(review.verdictReasons))},
                            {"score", reviewScoreJson(review.score)},
                            {"looked", ReviewValue(jsonTexts(review.looked))},
                            {"findings", findings},
                            {"findingsElsewhere", review.findingsElsewhere},
                            {"checks", checks},
                            {"notChecked", ReviewValue(jsonTexts(review.notChecked))},
                            {"deploymentSafety", reviewSectionJson(review.deployment)},
                            {"runbookRequirements", reviewSectionJson(review.runbooks)},
                            {"costImplications", reviewSectionJson(review.cost)},
                            {"rollbackProcedure", reviewSectionJson(review.rollback)}};
    return QByteArray::fromStdString(whole.dump(-1, ' ', false, ReviewValue::error_handler_t::replace));
}

} // namespace cockpit
