// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/review_waiting.h"
#include "app/formats/delivery_json.h"
#include "models/delivery_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = DeploymentCorrection::Verdict;

QString shipWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

bool isWindow(int days)
{
    return std::find(deliveryWindows.begin(), deliveryWindows.end(), days) != deliveryWindows.end();
}

QString windowHeading(const DeliveryReport &report)
{
    return shipWords("%1 days, %2 to %3")
               .arg(report.days)
               .arg(utcDateTimeText(report.from), utcDateTimeText(report.to)) +
           u'\n';
}

QString figureTable(const DeliveryReport &report)
{
    QList<QStringList> rows{
        {shipWords("FIGURE"), shipWords("VALUE"), shipWords("TREND"), shipWords("SAMPLES"), shipWords("DEFINITION")}};
    for (const DeliveryFigure &figure : report.figures)
        rows.append(
            {deliveryFigureTitle(figure.what),
             figure.value ? deliveryValueText(figure.what, figure.value) : shipWords("no data: %1").arg(figure.missing),
             deliveryTrendText(figure), QString::number(figure.samples), figure.definition});
    return table(rows);
}

QString deploymentTable(const DeliveryReport &report)
{
    QList<QStringList> rows{{shipWords("AT"), shipWords("SERVICE"), shipWords("VERSION"), shipWords("OUTCOME"),
                             shipWords("BECAUSE"), shipWords("ID")}};
    for (const DeploymentRecord &record : report.deployments)
        rows.append({utcDateTimeText(record.at), record.service, record.revision, deploymentOutcomeText(record),
                     record.correctedBy.isEmpty() ? record.because
                                                  : shipWords("%1 says: %2").arg(record.correctedBy, record.correction),
                     record.id});
    return table(rows);
}

void printDelivery(const DeliveryReport &report, const Invocation &invocation)
{
    if (invocation.json)
        return printOut(deliveryJson(report));
    printOut(windowHeading(report) + (invocation.list ? deploymentTable(report) : figureTable(report)) +
             shipWords("Source: %1").arg(report.source));
    if (!report.missing.isEmpty())
        printError(terminalText(report.missing));
}

QString loadTable(const DeliveryReport &report)
{
    QList<QStringList> rows{{shipWords("PAGES"), shipWords("AT NIGHT"), shipWords("NEEDED"), shipWords("NOT NEEDED"),
                             shipWords("ALERT"), shipWords("SERVICE"), shipWords("PROPOSAL")}};
    for (const AlertLoad &load : report.noisiest)
        rows.append({QString::number(load.pages), QString::number(load.atNight), QString::number(load.actionable),
                     QString::number(load.notActionable), load.alert, load.service, load.proposal});
    return table(rows);
}

QString shiftTable(const DeliveryReport &report)
{
    QList<QStringList> rows{{shipWords("SHIFT"), shipWords("WHO"), shipWords("PAGES"), shipWords("AT NIGHT")}};
    for (const ShiftLoad &shift : report.shifts) {
        if (shift.pages > 0)
            rows.append({utcDateTimeText(shift.from), shift.person, QString::number(shift.pages),
                         QString::number(shift.atNight)});
    }
    return table(rows);
}

void printLoad(const DeliveryReport &report, const Invocation &invocation)
{
    if (invocation.json)
        return printOut(loadJson(report));
    if (report.noisiest.isEmpty())
        return printOut(windowHeading(report) + shipWords("No page was seen."));
    printOut(windowHeading(report) + loadTable(report) + u'\n' + shiftTable(report));
}

void finishWithUsage(const Finish &finish, const QString &words)
{
    printError(words);
    finish(exitCode::usage);
}

void correctDeployment(Session &session, const Invocation &invocation, const Finish &finish)
{
    const std::optional<Verdict> verdict = deploymentVerdictOf(invocation.outcome);
    if (invocation.arguments.size() != 2 || !verdict || invocation.reason.trimmed().isEmpty())
        return finishWithUsage(finish, shipWords("usage: delivery correct ID --outcome "
                                                 "succeeded|failed|excluded|as-seen --reason TEXT"));
    whenDelivered(session, invocation, [&session, invocation, verdict, finish] {
        DeploymentCorrection correction{.deployment = invocation.arguments.at(1),
                                        .verdict = *verdict,
                                        .reason = invocation.reason,
                                        .actor = session.cockpit().actor(),
                                        .at = session.clock().now()};
        session.cockpit().delivery()->correct(std::move(correction), [invocation, finish](const Result<Done> &written) {
            if (written)
                printOut(shipWords("Kept: it counts as %1.").arg(invocation.outcome));
            else
                printError(terminalText(written.error().text()));
            finish(written ? exitCode::ok : 1);
        });
    });
}

/// Prints the report of the window that was asked for: 0, or 3 when there is none.
void showDelivery(Session &session, const Invocation &invocation, const Finish &finish,
                  void (*print)(const DeliveryReport &, const Invocation &))
{
    if (!isWindow(invocation.days))
        return finishWithUsage(finish, shipWords("--days wants 7, 30 or 90."));
    whenDelivered(session, invocation, [&session, invocation, finish, print] {
        const ReviewStore &review = session.cockpit().review();
        if (review.deliveryProgress().failed)
            printError(terminalText(review.deliveryProgress().words));
        const DeliveryReportPtr report = review.delivery(invocation.days);
        if (report)
            print(*report, invocation);
        else if (invocation.json)
            printOut(QByteArrayLiteral("null"));
        else
            printError(shipWords("Nothing was read in time: no figures."));
        finish(report ? exitCode::ok : 3);
    });
}

} // namespace

void runDelivery(Session &session, const Invocation &invocation, Finish finish)
{
    if (invocation.arguments.value(0) == u"correct")
        return correctDeployment(session, invocation, finish);
    if (!invocation.arguments.isEmpty())
        return finishWithUsage(finish, shipWords("usage: delivery [--days 7|30|90] [--list] [--json]"));
    showDelivery(session, invocation, finish, printDelivery);
}

void runLoad(Session &session, const Invocation &invocation, Finish finish)
{
    showDelivery(session, invocation, finish, printLoad);
}

} // namespace cockpit
