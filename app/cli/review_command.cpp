// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/review_command.h"

#include "app/cli/output.h"
#include "app/clock/clock.h"
#include "app/formats/findings_sarif.h"
#include "app/formats/postmortem_html.h"
#include "app/formats/review_json.h"
#include "app/formats/review_markdown.h"
#include "app/review/review_run.h"

#include <QCoreApplication>

#include <unistd.h>

namespace cockpit {

namespace {

QString reviewWords(const char *text) { return QCoreApplication::translate("ReviewCommand", text); }

int reviewUsage(const QString &problem)
{
    printError(problem);
    printError(reviewWords("Usage: dt-cockpit review [PATH|REV..REV] [--format md|json|sarif|html] [--root DIR] "
                           "[--confirm CHECK=REASON]…"));
    return exitCode::usage;
}

/// "timeouts=asked the team" of a person; empty when one has no reason.
std::optional<QList<ReviewConfirmation>> confirmationsOf(const Invocation &invocation)
{
    QList<ReviewConfirmation> all;
    for (const QString &given : invocation.confirmed) {
        const qsizetype at = given.indexOf(u'=');
        if (at <= 0 || given.mid(at + 1).trimmed().isEmpty())
            return std::nullopt;
        all.append({.check = given.left(at), .reason = given.mid(at + 1).trimmed(), .by = invocation.actor});
    }
    return all;
}

QList<Finding> reviewFindingList(const OperationsReview &review)
{
    QList<Finding> findings;
    for (const ReviewFinding &found : review.findings) {
        findings.append(found.finding);
        findings.last().risk +=
            (found.finding.risk.isEmpty() || found.impact.isEmpty() ? QString() : QStringLiteral(" ")) + found.impact;
    }
    return findings;
}

void printReview(const OperationsReview &review, const QString &format)
{
    if (format == u"json")
        return printOut(reviewJson(review));
    if (format == u"html")
        return printOut(postmortemHtml(reviewMarkdown(review)));
    if (format != u"sarif")
        return printOut(reviewMarkdown(review).trimmed());
    QStringList notChecked = review.notChecked;
    for (const ReviewCheck &check : review.checks) {
        if (check.state == ReviewCheck::State::NotChecked)
            notChecked.append(check.title + QStringLiteral(": ") + check.reason);
    }
    printOut(findingsSarif(reviewFindingList(review), notChecked));
}

} // namespace

int reviewOperations(const Invocation &invocation)
{
    static const QStringList formats{QString(), QStringLiteral("md"), QStringLiteral("json"), QStringLiteral("sarif"),
                                     QStringLiteral("html")};
    if (!formats.contains(invocation.format))
        return reviewUsage(reviewWords("There is no format '") + invocation.format + QStringLiteral("'."));
    if (invocation.arguments.size() > 1)
        return reviewUsage(reviewWords("One folder or range is reviewed at a time."));
    const auto confirmations = confirmationsOf(invocation);
    if (!confirmations)
        return reviewUsage(reviewWords("--confirm needs a check and a reason: --confirm timeouts='2 s on every call'"));
    const LiveClock clock;
    const bool showsProgress = isatty(STDERR_FILENO) == 1;
    const ReviewRequest request{.subject = invocation.arguments.value(0, QStringLiteral(".")),
                                .root = invocation.root,
                                .now = clock.now(),
                                .confirmations = *confirmations,
                                .progress = [showsProgress](int read, int all) {
                                    if (showsProgress)
                                        printError(all > 0 ? QString::number(read) + u'/' + QString::number(all)
                                                           : QString::number(read) + reviewWords(" files seen"));
                                }};
    const Result<OperationsReview> review = runReview(request);
    if (!review)
        return reviewUsage(review.error().text());
    printReview(*review, invocation.json ? QStringLiteral("json") : invocation.format);
    return hasSeriousFinding(reviewFindingList(*review)) ? 1 : exitCode::ok;
}

} // namespace cockpit
