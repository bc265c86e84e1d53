// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/pages_world.h"
#include "ui/services/figure_words.h"
#include "ui/services/service_card.h"
#include "ui/services/service_detail.h"
#include "ui/services/service_table.h"
#include "ui/services/services_page.h"

#include <QSignalSpy>
#include <QTest>

namespace cockpit {

/// Tiles, table and detail of the services.
class TestServices : public QObject {
    Q_OBJECT

    static void open(ServicesPage &page)
    {
        page.resize(1302, 696);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    static QStringList shownCards(ServicesPage &page)
    {
        QStringList names;
        for (const ServiceCard *card : page.findChildren<ServiceCard *>()) {
            if (card->isVisible())
                names.append(card->facts().name);
        }
        return names;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void figuresAreWords()
    {
        QCOMPARE(figureText(Figure::ErrorRatio, 0.017).joined(), QStringLiteral("1.7 %"));
        QCOMPARE(figureText(Figure::ErrorRatio, 0.0002).joined(), QStringLiteral("0.02 %"));
        QCOMPARE(figureText(Figure::ErrorRatio, std::nullopt).joined(), QStringLiteral("–"));
        QCOMPARE(figureText(Figure::P99Seconds, 0.327).joined(), QStringLiteral("327 ms"));
        QCOMPARE(figureText(Figure::P99Seconds, 0.0018).joined(), QStringLiteral("1.8 ms"));
        QCOMPARE(figureText(Figure::RequestsPerSecond, 11300.0).joined(), QStringLiteral("11 300 /s"));
        QCOMPARE(figureText(Figure::RequestsPerSecond, 1234567.0).joined(), QStringLiteral("1 234 567 /s"));
    }

    void tilesInOrderOfPainAndByName()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        world.fillCharts(true);
        ServicesPage page(world.models, theme);
        open(page);
        QCOMPARE(shownCards(page).size(), 6);
        QCOMPARE(shownCards(page).first(), QStringLiteral("gc-service"));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
    }

    void sparklinesAreAskedOnlyWhileShown()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        ServicesPage page(world.models, theme);
        QSignalSpy asked(&world.requests, &Requests::chartRequested);
        QSignalSpy released(&world.requests, &Requests::chartReleased);
        QCOMPARE(asked.size(), 0);
        open(page);
        QCOMPARE(asked.size(), 3);
        page.hide();
        QCOMPARE(released.size(), 3);
    }

    void aTileOpensItsServiceAndEscGoesBack()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        ServicesPage page(world.models, theme);
        open(page);
        auto *card = page.findChild<ServiceCard *>();
        card->setFocus();
        QTest::keyClick(card, Qt::Key_Return);
        auto *detail = page.findChild<ServiceDetail *>();
        QVERIFY(detail->isVisible());
        QCOMPARE(detail->service().toString(), QStringLiteral("gc-service"));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QTest::keyClick(&page, Qt::Key_Escape);
        QVERIFY(!detail->isVisible());
        QVERIFY(card->hasFocus());
    }

    void oldSamplesLookOld()
    {
        Theme theme;
        PagesWorld world;
        Fleet fleet = incidentFleet();
        fleet.services[2].sampledAt = worldNow() - std::chrono::seconds(90);
        fleet.services[3].sampledAt.reset();
        world.show(fleet);
        const ServiceFacts old = serviceFacts(world.models, fleet.services[2], std::chrono::hours(1));
        QCOMPARE(old.glyph, StateGlyph::Stale);
        QCOMPARE(old.level, QStringLiteral("data 1 m old"));
        QCOMPARE(old.metrics[0].color, Role::StaleText);
        const ServiceFacts none = serviceFacts(world.models, fleet.services[3], std::chrono::hours(1));
        QCOMPARE(none.glyph, StateGlyph::Unknown);
        QCOMPARE(none.level, QStringLiteral("no data"));
    }

    void manyServicesAreATable()
    {
        Theme theme;
        PagesWorld world;
        Fleet fleet = incidentFleet();
        const ServiceHealth model = fleet.services[2];
        for (int index = 0; index < 30; ++index) {
            fleet.services.push_back(model);
            fleet.services.back().id = ServiceId(QStringLiteral("extra-%1").arg(index));
        }
        world.show(fleet);
        ServicesPage page(world.models, theme);
        open(page);
        auto *table = page.findChild<ServiceTable *>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 36);
        table->setCurrentIndex(table->model()->index(5, 0));
        fleet.services.erase(fleet.services.begin());
        world.show(fleet);
        QCOMPARE(table->currentIndex().row(), 4);
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
    }

    void hostileNames()
    {
        Theme theme;
        for (const QString &text : cockpit::testing::hostileTexts()) {
            PagesWorld world;
            Fleet fleet = incidentFleet();
            fleet.services[0].id = ServiceId(text);
            fleet.services[0].versions = {text, text};
            fleet.services[0].live.text = text;
            world.show(fleet);
            ServicesPage page(world.models, theme);
            page.resize(1302, 696);
            page.show();
            page.grab();
            page.openService(ServiceId(text));
            page.grab();
            QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
            QVERIFY(page.minimumSizeHint().width() <= 1302);
        }
    }

    void nothingKnownIsSaid()
    {
        Theme theme;
        PagesWorld world;
        ServicesPage page(world.models, theme);
        open(page);
        QCOMPARE(shownCards(page), QStringList());
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestServices)
#include "tst_services.moc"
