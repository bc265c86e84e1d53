// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/review_waiting.h"
#include "app/formats/postmortem_html.h"
#include "app/formats/weekly_report.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

namespace cockpit {

namespace {

QString packWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

WeeklyReport weeklyReportOf(const Session &session, Cockpit &cockpit, int days)
{
    const ReviewStore &review = cockpit.review();
    return {.environment = cockpit.configuration().environment.name,
            .made = session.clock().now(),
            .days = days,
            .slos = review.slos(),
            .slosMissing = review.sloProgress().words,
            .delivery = review.delivery(days),
            .deliveryMissing = review.deliveryProgress().words,
            .cost = review.cost(),
            .costMissing = review.costProgress().words.isEmpty() ? packWords("cost is not read yet by this program.")
                                                                 : review.costProgress().words,
            .incidents = cockpit.models().incidents.incidents()};
}

bool writeReport(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        printOut(packWords("Wrote %1.").arg(path));
        return true;
    }
    printError(packWords("%1 could not be written: %2.").arg(path, file.errorString()));
    return false;
}

int writePack(const WeeklyReport &report, const PdfOfHtml &pdf, const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        printError(packWords("There is no folder %1, and it cannot be made.").arg(folder));
        return 1;
    }
    const QByteArray markdown = weeklyReportMarkdown(report);
    const QString base = QDir(folder).filePath(QStringLiteral("review-") + utcDateTimeText(report.made).left(10));
    if (!writeReport(base + QStringLiteral(".md"), markdown))
        return 1;
    if (!pdf) {
        printError(packWords("No PDF can be made here; the Markdown holds everything."));
        return exitCode::ok;
    }
    const Result<QByteArray> drawn = pdf(postmortemHtml(markdown), packWords("Review of %1").arg(report.environment));
    if (!drawn) {
        printError(terminalText(drawn.error().text()));
        return 1;
    }
    return writeReport(base + QStringLiteral(".pdf"), *drawn) ? exitCode::ok : 1;
}

} // namespace

void runReport(Session &session, const Invocation &invocation, Finish finish)
{
    const int days = invocation.week ? 7 : invocation.days;
    if (std::find(deliveryWindows.begin(), deliveryWindows.end(), days) == deliveryWindows.end()) {
        printError(packWords("--days wants 7, 30 or 90."));
        return finish(exitCode::usage);
    }
    whenDelivered(session, invocation, [&session, invocation, days, finish] {
        const WeeklyReport report = weeklyReportOf(session, session.cockpit(), days);
        if (!invocation.out.isEmpty())
            return finish(writePack(report, session.cockpit().pdf(), invocation.out));
        printOut(weeklyReportMarkdown(report));
        finish(exitCode::ok);
    });
}

} // namespace cockpit
