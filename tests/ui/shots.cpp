// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of the pages, at the size that they have in a window of 1366×768, to look at.
#include "tests/ui/pages_world.h"
#include "ui/services/services_page.h"
#include "ui/theme/theme.h"
#include "ui/triage/triage_page.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTest>

namespace {

using namespace cockpit;

struct Shot {
    QString name{};
    Fleet fleet{};
    bool incident = true;
    bool gap = false;
    QSize size{1302, 696};
    QString keys{};
    ThemeVariant variant = ThemeVariant::Night;
};

void shoot(QApplication &application, const QDir &folder, const Shot &shot)
{
    Theme theme(shot.variant);
    theme.apply(application);
    PagesWorld world;
    world.answerPlans();
    world.show(shot.fleet);
    world.fillCharts(shot.incident, shot.gap);
    QWidget *page = nullptr;
    if (shot.name.startsWith(QStringLiteral("services")))
        page = new ServicesPage(world.models, theme);
    else
        page = new TriagePage(world.models, theme);
    page->resize(shot.size);
    page->show();
    QTest::qWait(50);
    for (const QChar key : shot.keys) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page,
                        key == u'\n' ? Qt::Key_Return : Qt::Key(key.toUpper().unicode()), Qt::NoModifier);
        if (key == u'R')
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ollback is being rehearsed"));
    }
    QTest::qWait(shot.keys.isEmpty() ? 50 : 600);
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
    const QList<Shot> shots{
        {QStringLiteral("triage"), incidentFleet()},
        {QStringLiteral("triage-1920"), incidentFleet(), true, false, {1856, 1008}},
        {QStringLiteral("triage-day"), incidentFleet(), true, false, {1302, 696}, {}, ThemeVariant::Day},
        {QStringLiteral("degraded"), degradedFleet(), true, true},
        {QStringLiteral("triage-silence"), incidentFleet(), true, false, {1302, 696}, QStringLiteral("SR")},
        {QStringLiteral("triage-strip"), incidentFleet(), true, false, {1302, 696}, QStringLiteral("A")},
        {QStringLiteral("calm"), calmFleet(), false},
        {QStringLiteral("doubt"), doubtfulFleet(), false},
        {QStringLiteral("connecting"), Fleet{}, false},
        {QStringLiteral("services"), incidentFleet()},
        {QStringLiteral("services-many"), largeFleet(100)},
    };
    for (const Shot &shot : shots)
        shoot(application, folder, shot);
    return 0;
}
