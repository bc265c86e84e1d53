// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of runbooks, on their page and beside an alert, to look at.
#include "tests/ui/rollouts_world.h"
#include "tests/ui/runbooks_world.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/runbooks/runbooks_page.h"
#include "ui/triage/triage_page.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTest>

namespace {

using namespace cockpit;

struct RunbookShot {
    QString name{};
    QSize size{1302, 696};
    ThemeVariant variant = ThemeVariant::Night;
    QString keys{};
    double scale = 1.0;
};

void shootRunbook(QApplication &application, const QDir &folder, const RunbookShot &shot)
{
    Theme theme(shot.variant);
    theme.setScale(shot.scale);
    theme.apply(application);
    PagesWorld world;
    world.answerPlans();
    world.show(incidentFleet());
    world.fillCharts(true);
    fillRollouts(world);
    if (!shot.name.contains(QStringLiteral("empty")))
        fillRunbooks(world);
    answerTicks(world);
    QWidget *page = nullptr;
    if (shot.name.startsWith(QStringLiteral("triage")))
        page = new TriagePage(world.models, theme);
    else
        page = new RunbooksPage(world.models, theme);
    page->resize(shot.size);
    page->show();
    QTest::qWait(100);
    for (const QChar key : shot.keys)
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page,
                        Qt::Key(key.toUpper().unicode()));
    QTest::qWait(400);
    page->grab().save(folder.filePath(shot.name + QStringLiteral(".png")));
    delete page;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme::loadFonts();
    const QDir folder(argc > 1 ? QFile::decodeName(argv[1]) : QStringLiteral("."));
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    for (const RunbookShot &shot :
         QList<RunbookShot>{{QStringLiteral("triage")},
                            {QStringLiteral("triage-latency"), {1302, 696}, ThemeVariant::Night, QStringLiteral("J")},
                            {QStringLiteral("triage-choose"), {1302, 696}, ThemeVariant::Night, QStringLiteral("JJ")},
                            {QStringLiteral("triage-none"), {1302, 696}, ThemeVariant::Night, QStringLiteral("JJJ")},
                            {QStringLiteral("triage-empty")},
                            {QStringLiteral("triage-day"), {1302, 696}, ThemeVariant::Day},
                            {QStringLiteral("triage-contrast"), {1302, 696}, ThemeVariant::HighContrast},
                            {QStringLiteral("triage-1920"), {1856, 1008}},
                            {QStringLiteral("triage-1280"), {1216, 648}},
                            {QStringLiteral("runbooks")},
                            {QStringLiteral("runbooks-day"), {1302, 696}, ThemeVariant::Day},
                            {QStringLiteral("runbooks-contrast"), {1302, 696}, ThemeVariant::HighContrast},
                            {QStringLiteral("runbooks-1920"), {1856, 1008}},
                            {QStringLiteral("runbooks-1280"), {1216, 648}},
                            {QStringLiteral("runbooks-double"), {2604, 1392}, ThemeVariant::Night, {}, 2.0},
                            {QStringLiteral("runbooks-empty")}}) {
        if (shot.name.startsWith(only))
            shootRunbook(application, folder, shot);
    }
    return 0;
}
