// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/postmortem_html.h"
#include "app/formats/weekly_report.h"

#include <QTest>

using namespace cockpit;

namespace {

const Instant monday = fromEpochMs(1'795'403'560'000); // 2026-11-23 03:12:40 UTC

WeeklyReport emptyReport() { return {.environment = QStringLiteral("prod"), .made = monday}; }

QString markdownOf(const WeeklyReport &report) { return QString::fromUtf8(weeklyReportMarkdown(report)); }

IncidentPtr incidentAt(qint64 number, Instant at)
{
    Incident incident;
    incident.head.number = number;
    incident.head.openedAt = at;
    incident.title = QStringLiteral("joins | fail <script>");
    return std::make_shared<const Incident>(incident);
}

} // namespace

class WeeklyReportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasNotReadIsSaidToBeMissing()
    {
        WeeklyReport report = emptyReport();
        report.slosMissing = QStringLiteral("Prometheus is down");
        const QString text = markdownOf(report);
        for (const QString &section : {QStringLiteral("## Incidents"), QStringLiteral("## Objectives and error budgets"),
                                       QStringLiteral("## Delivery"), QStringLiteral("## Load on people"), QStringLiteral("## Cost")})
            QVERIFY2(text.contains(section), qPrintable(section));
        QVERIFY(text.contains(QStringLiteral("No data: Prometheus is down")));
        QVERIFY(text.contains(QStringLiteral("None was declared in these 7 days.")));
    }

    void onlyIncidentsOfTheWindowCount()
    {
        WeeklyReport report = emptyReport();
        report.incidents = {incidentAt(43, monday - std::chrono::hours(24)), incidentAt(7, monday - std::chrono::days(8))};
        const QString text = markdownOf(report);
        QVERIFY(text.contains(QStringLiteral("INC-43")));
        QVERIFY(!text.contains(QStringLiteral("INC-7 ")));
    }

    void textFromOutsideStaysText()
    {
        WeeklyReport report = emptyReport();
        report.incidents = {incidentAt(43, monday - std::chrono::hours(24))};
        const QByteArray html = postmortemHtml(weeklyReportMarkdown(report));
        QVERIFY(!html.contains("<script>"));
        QVERIFY2(html.contains("joins | fail"), html.constData()); // one cell, not two
    }

    void aFigureWithoutAValueIsNoData()
    {
        WeeklyReport report = emptyReport();
        auto delivery = std::make_shared<DeliveryReport>();
        delivery->figures = {{.what = DeliveryFigure::What::TimeToRestore,
                              .samples = 0,
                              .definition = QStringLiteral("median from failure to restore"),
                              .missing = QStringLiteral("no failure with a known end")}};
        delivery->source = QStringLiteral("12 ReplicaSets");
        report.delivery = delivery;
        const QString text = markdownOf(report);
        QVERIFY(text.contains(QStringLiteral("| Time to restore | no data | no failure with a known end | 0 | median from")));
        QVERIFY(text.contains(QStringLiteral("Source: 12 ReplicaSets")));
        QVERIFY(text.contains(QStringLiteral("No page was seen in these 7 days.")));
    }
};

QTEST_APPLESS_MAIN(WeeklyReportTest)
#include "tst_weekly_report.moc"
