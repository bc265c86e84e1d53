// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/weekly_report.h"

#include "app/formats/postmortem_markdown.h"
#include "models/cost_ledger.h"
#include "models/delivery_words.h"
#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct WeeklyText {
    Q_DECLARE_TR_FUNCTIONS(WeeklyReport)
};

QString weeklyLine(const QString &text) { return markdownWords(plainLine(text, 400)); }

QString weeklyRow(const QStringList &cells)
{
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

QString weeklyHead(const QStringList &cells)
{
    return QLatin1Char('\n') + weeklyRow(cells) + weeklyRow(QStringList(cells.size(), QStringLiteral("---")));
}

QString weeklySection(const QString &title) { return QStringLiteral("\n## ") + title + QStringLiteral("\n\n"); }

QString missingLine(const QString &why)
{
    return WeeklyText::tr("No data: ") + weeklyLine(why.isEmpty() ? WeeklyText::tr("it was not read in time.") : why) +
           QLatin1Char('\n');
}

QString percentText(std::optional<double> share, int decimals)
{
    return share ? QString::number(*share * 100, 'f', decimals) + QStringLiteral(" %") : WeeklyText::tr("no data");
}

QString incidentSection(const WeeklyReport &report, Instant from)
{
    QString text = weeklySection(WeeklyText::tr("Incidents"));
    QString rows;
    for (const IncidentPtr &one : report.incidents) {
        if (one->head.openedAt < from || one->head.openedAt >= report.made)
            continue;
        rows += weeklyRow({one->head.name(), weeklyLine(one->title), utcDateTimeText(one->head.openedAt)});
    }
    if (rows.isEmpty())
        return text + WeeklyText::tr("None was declared in these %1 days.").arg(report.days) + QLatin1Char('\n');
    text += weeklyHead({WeeklyText::tr("Incident"), WeeklyText::tr("What"), WeeklyText::tr("Declared")}) + rows;
    text += weeklyHead({WeeklyText::tr("Figure"), WeeklyText::tr("Mean"), WeeklyText::tr("Median"),
                        WeeklyText::tr("Counted"), WeeklyText::tr("Left out"), WeeklyText::tr("Definition")});
    for (const MeanFigure &figure : meanFigures(report.incidents, from, report.made, report.made)) {
        const auto words = [](std::optional<Duration> value) {
            return value ? durationInWords(*value) : WeeklyText::tr("no data");
        };
        text += weeklyRow({figure.name, words(figure.mean), words(figure.median), QString::number(figure.counted),
                           weeklyLine(figure.exclusion), weeklyLine(figure.definition)});
    }
    return text;
}

QString objectiveSection(const WeeklyReport &report)
{
    QString text = weeklySection(WeeklyText::tr("Objectives and error budgets"));
    if (!report.slos)
        return text + missingLine(report.slosMissing);
    if (report.slos->objectives.isEmpty())
        return text + missingLine(WeeklyText::tr("no objective is recorded."));
    text += weeklyHead({WeeklyText::tr("Service"), WeeklyText::tr("Objective"), WeeklyText::tr("Target"),
                        WeeklyText::tr("Reached"), WeeklyText::tr("Budget left"), WeeklyText::tr("Budget gone in")});
    for (const SloStatus &status : report.slos->objectives)
        text +=
            weeklyRow({weeklyLine(status.slo.service), weeklyLine(status.slo.title), percentText(status.slo.target, 2),
                       percentText(status.achieved, 3), percentText(status.budgetLeft, 1),
                       weeklyLine(status.problem.isEmpty() ? status.forecast.words : status.problem)});
    return text + QLatin1Char('\n') +
           WeeklyText::tr("Each over its own window. Source: %1, read %2.")
               .arg(weeklyLine(report.slos->source), utcDateTimeText(report.slos->measured)) +
           QLatin1Char('\n');
}

QString deliverySection(const WeeklyReport &report)
{
    QString text = weeklySection(WeeklyText::tr("Delivery"));
    if (!report.delivery)
        return text + missingLine(report.deliveryMissing);
    text += weeklyHead({WeeklyText::tr("Figure"), WeeklyText::tr("Value"), WeeklyText::tr("Against the window before"),
                        WeeklyText::tr("Samples"), WeeklyText::tr("Definition")});
    for (const DeliveryFigure &figure : report.delivery->figures)
        text += weeklyRow({deliveryFigureTitle(figure.what), deliveryValueText(figure.what, figure.value),
                           weeklyLine(figure.value ? deliveryTrendText(figure) : figure.missing),
                           QString::number(figure.samples), weeklyLine(figure.definition)});
    if (!report.delivery->deployments.isEmpty())
        text += QLatin1Char('\n') + WeeklyText::tr("What counted:") + QLatin1Char('\n');
    text += weeklyHead({WeeklyText::tr("At"), WeeklyText::tr("Service"), WeeklyText::tr("Version"),
                        WeeklyText::tr("Outcome"), WeeklyText::tr("Because")});
    for (const DeploymentRecord &record : report.delivery->deployments)
        text += weeklyRow(
            {utcDateTimeText(record.at), weeklyLine(record.service), weeklyLine(record.revision),
             deploymentOutcomeText(record),
             weeklyLine(record.correctedBy.isEmpty() ? record.because
                                                     : record.correctedBy + QStringLiteral(": ") + record.correction)});
    return text + QLatin1Char('\n') + WeeklyText::tr("Source: ") + weeklyLine(report.delivery->source) +
           QLatin1Char('\n') +
           (report.delivery->missing.isEmpty()
                ? QString()
                : QLatin1Char('\n') + weeklyLine(report.delivery->missing) + QLatin1Char('\n'));
}

QString loadSection(const WeeklyReport &report)
{
    QString text = weeklySection(WeeklyText::tr("Load on people"));
    if (!report.delivery)
        return text + missingLine(report.deliveryMissing);
    if (report.delivery->noisiest.isEmpty())
        return text + WeeklyText::tr("No page was seen in these %1 days.").arg(report.days) + QLatin1Char('\n');
    text += weeklyHead({WeeklyText::tr("Alert"), WeeklyText::tr("Service"), WeeklyText::tr("Pages"),
                        WeeklyText::tr("At night"), WeeklyText::tr("Needed"), WeeklyText::tr("Not needed")});
    QString proposals;
    for (const AlertLoad &load : report.delivery->noisiest) {
        text += weeklyRow({weeklyLine(load.alert), weeklyLine(load.service), QString::number(load.pages),
                           QString::number(load.atNight), QString::number(load.actionable),
                           QString::number(load.notActionable)});
        if (!load.proposal.isEmpty())
            proposals += QStringLiteral("- ") + weeklyLine(load.alert) + QStringLiteral(": ") +
                         weeklyLine(load.proposal) + QLatin1Char('\n');
    }
    return proposals.isEmpty()
               ? text
               : text + QLatin1Char('\n') + WeeklyText::tr("Proposed:") + QStringLiteral("\n\n") + proposals;
}

QString costSection(const WeeklyReport &report)
{
    QString text = weeklySection(WeeklyText::tr("Cost"));
    if (!report.cost)
        return text + missingLine(report.costMissing);
    text += weeklyHead({WeeklyText::tr("Service"), WeeklyText::tr("Month to date"), WeeklyText::tr("Budget to date")});
    for (const CostRow &row : report.cost->services) {
        const auto money = [&report](std::optional<double> amount) {
            return amount ? moneyText(*amount, report.cost->currency) : WeeklyText::tr("no data");
        };
        text += weeklyRow({row.name.isEmpty() ? WeeklyText::tr("unlabelled") : weeklyLine(row.name),
                           money(row.toDate.amount), money(row.budgetToDate)});
    }
    return text;
}

} // namespace

QByteArray weeklyReportMarkdown(const WeeklyReport &report)
{
    const Instant from = report.made - std::chrono::days(report.days);
    QString text = QStringLiteral("# ") + WeeklyText::tr("Review of ") + weeklyLine(report.environment) +
                   QStringLiteral("\n\n") + utcDateTimeText(from) + WeeklyText::tr(" to ") +
                   utcDateTimeText(report.made) + QLatin1Char('\n');
    text += incidentSection(report, from) + objectiveSection(report) + deliverySection(report) + loadSection(report) +
            costSection(report);
    return text.toUtf8();
}

} // namespace cockpit
