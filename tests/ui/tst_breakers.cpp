// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/breakers_world.h"
#include "ui/breakers/breaker_detail.h"
#include "ui/breakers/breaker_matrix.h"
#include "ui/breakers/breaker_side.h"
#include "ui/breakers/breakers_page.h"
#include "ui/breakers/cascade_map.h"
#include "ui/breakers/flag_section.h"
#include "ui/breakers/override_form.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/run_table.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace cockpit {

/// The Breakers page as a person meets it: breakers and flags in, pictures and requests out.
class TestBreakers : public QObject {
    Q_OBJECT

    static void open(BreakersPage &page, QSize size = {1302, 696})
    {
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    static Button *buttonSaying(QWidget &page, const QString &text)
    {
        for (Button *button : page.findChildren<Button *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
    static bool says(QWidget &page, const QString &text)
    {
        for (const QWidget *widget : page.findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->accessibleName().contains(text))
                return true;
        }
        return false;
    }
    /// DT_PICTURES names a folder: what the test sees, for people.
    static void keepPicture(QWidget &page, const QString &name)
    {
        const QString folder = qEnvironmentVariable("DT_PICTURES");
        if (!folder.isEmpty())
            page.grab().save(folder + u'/' + name + QStringLiteral(".png"));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void theWorstBreakerIsSelectedAndTheWindowKeepsItsRules()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillBreakers(world);
        BreakersPage page(world.models, theme);
        QSignalSpy drawn(page.side()->map(), &CascadeMap::drawn);
        open(page);
        QTRY_VERIFY(!drawn.isEmpty());
        QCOMPARE(page.matrix()->selected()->key, worldBreaker("gc-service", "mc-service"));
        QVERIFY(says(page, QStringLiteral("1 half-open, 8 closed, no override active")));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
        keepPicture(page, QStringLiteral("breakers"));
    }

    void anOverrideAsksWhyAndForHowLong()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillBreakers(world);
        BreakersPage page(world.models, theme);
        open(page);
        Button *ask = buttonSaying(page, QStringLiteral("Force open for 15 min"));
        QVERIFY(ask);
        auto *reason = page.detail()->form()->findChild<QLineEdit *>();
        QVERIFY(!reason->text().isEmpty()); // an alert of the caller fires: that is the reason to begin with
        reason->clear();
        QTest::keyClicks(reason, QStringLiteral(" "));
        QVERIFY(!ask->isEnabled());
        reason->clear();
        QTest::keyClicks(reason, QStringLiteral("Stop join timeouts, INC-42"));
        QTest::mouseClick(ask, Qt::LeftButton);
        QCOMPARE(world.planned.size(), 1);
        const auto *intent = std::get_if<OverrideBreaker>(&world.planned.first().intent);
        QVERIFY(intent);
        QCOMPARE(intent->breaker, worldBreaker("gc-service", "mc-service"));
        QCOMPARE(intent->mode, BreakerMode::ForceOpen);
        QCOMPARE(intent->endsAt, worldNow() + std::chrono::minutes(15));
        QCOMPARE(world.planned.first().reason, QStringLiteral("Stop join timeouts, INC-42"));
        QTRY_VERIFY(page.detail()->place()->isOpen());
        keepPicture(page, QStringLiteral("breakers-strip"));
    }

    void aHeldBreakerCountsDownAndHasAWayBack()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillBreakers(world);
        world.breakers.setOverrides({heldBreaker(QStringLiteral("you"), worldNow() + std::chrono::seconds(872))});
        BreakersPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("14:32")));
        Button *revert = buttonSaying(page, QStringLiteral("Revert now"));
        QVERIFY(revert && revert->isEnabled());
        QTest::mouseClick(revert, Qt::LeftButton);
        QVERIFY(std::get_if<ResetBreaker>(&world.planned.last().intent));
        keepPicture(page, QStringLiteral("breakers-held"));
    }

    void anOverrideThatDidNotEndSaysSo()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillBreakers(world);
        Override late = heldBreaker(QStringLiteral("gc-owner"), worldNow() - std::chrono::minutes(4));
        late.trouble = QStringLiteral("should have ended 4 min ago: gc-service-7d9f-2xkqp did not answer");
        world.breakers.setOverrides({late});
        BreakersPage page(world.models, theme);
        open(page);
        bool found = false;
        for (const auto *label : page.detail()->findChildren<QLabel *>())
            found =
                found || (label->isVisible() && label->text().contains(QStringLiteral("should have ended 4 min ago")));
        QVERIFY(found);
        QVERIFY(says(page, QStringLiteral("over since")));
    }

    void aReadOnlySourceSaysWhyNothingCanBeDone()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillBreakers(world);
        BreakersUpdate update{
            worldBreaker("gc-service", "mc-service").source, worldNow() + std::chrono::seconds(15), {}, 1, 1};
        auto one = std::make_shared<Breaker>(*world.breakers.find(worldBreaker("gc-service", "mc-service")));
        one->readOnlyReason = QStringLiteral("the actuator is read-only (405)");
        update.breakers = std::make_shared<const std::vector<BreakerPtr>>(std::vector<BreakerPtr>{one});
        world.breakers.apply(update);
        BreakersPage page(world.models, theme);
        open(page);
        Button *ask = buttonSaying(page, QStringLiteral("Force open for 15 min"));
        QVERIFY(ask && !ask->isEnabled());
        QVERIFY(ask->disabledReason().contains(QStringLiteral("read-only (405)")));
        QTest::keyClick(&page, Qt::Key_B);
        QVERIFY(world.planned.isEmpty());
    }

    void aFlagIsSwitchedWithItsReason()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillBreakers(world);
        BreakersPage page(world.models, theme);
        open(page, {1302, 900});
        page.selectFlag(world.breakers.flags().front()->key);
        Button *off = buttonSaying(page, QStringLiteral("Turn fast-join off"));
        QVERIFY(off && off->isEnabled());
        keepPicture(page, QStringLiteral("breakers-flag"));
        QTest::mouseClick(off, Qt::LeftButton);
        const auto *intent = std::get_if<SetFlag>(&world.planned.last().intent);
        QVERIFY(intent && !intent->enabled && !intent->endsAt);
        QCOMPARE(intent->environment, QStringLiteral("production"));
        QVERIFY(!world.planned.last().reason.isEmpty());
        QVERIFY(page.side()->flags()->place()->isOpen());
    }

    void nothingConfiguredIsNotTheSameAsWell()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        BreakersPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("No source of circuit breakers is configured")));
        world.breakers.setConfigured(true, true);
        page.hide();
        page.show();
        QVERIFY(says(page, QStringLiteral("No source of breakers has answered yet")));
    }

    void textFromOutsideStaysText()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillBreakers(world);
        const QString evil = QStringLiteral("<img src=file:///etc/passwd><table><table>\u202Ex\n");
        BreakersUpdate update{SourceId(QStringLiteral("breakers/other")), worldNow(), {}, 1, 1};
        auto one = std::make_shared<Breaker>(*world.breakers.find(worldBreaker("gc-service", "mc-service")));
        one->key.from = ServiceId(evil);
        one->key.source = update.source;
        one->key.name = evil;
        one->to = evil;
        one->fallback = evil.repeated(300);
        one->pods.first().pod = evil;
        one->pods.first().problem = evil;
        one->transitions.first().words = evil;
        update.breakers = std::make_shared<const std::vector<BreakerPtr>>(std::vector<BreakerPtr>{one});
        world.breakers.apply(update);
        BreakersPage page(world.models, theme);
        open(page);
        page.selectBreaker(one->key);
        QCOMPARE(page.matrix()->selected()->key, one->key);
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
    }

    void manyServicesScrollAndOnlyShowWhatIsInView()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        world.breakers.setConfigured(true, false);
        BreakersUpdate update{SourceId(QStringLiteral("breakers/many")), worldNow(), {}, 200, 200};
        std::vector<BreakerPtr> all;
        for (int service = 0; service < 200; ++service) {
            for (int to = 0; to < 10; ++to) {
                auto one = std::make_shared<Breaker>();
                one->key = {update.source, ServiceId(QStringLiteral("s%1").arg(service)),
                            QStringLiteral("d%1").arg(to)};
                one->to = one->key.name;
                one->state = service == 117 && to == 3 ? BreakerState::Open : BreakerState::Closed;
                one->sampledAt = worldNow();
                all.push_back(one);
            }
        }
        update.breakers = std::make_shared<const std::vector<BreakerPtr>>(std::move(all));
        world.breakers.apply(update);
        BreakersPage page(world.models, theme);
        open(page);
        QCOMPARE(page.matrix()->selected()->key.from, ServiceId(QStringLiteral("s117")));
        QVERIFY(page.matrix()->viewport()->rect().intersects(page.matrix()->visualRect(page.matrix()->currentIndex())));
        // Where a person scrolled to survives a refresh.
        page.matrix()->scrollToTop();
        QSignalSpy refreshed(page.matrix()->model(), &QAbstractItemModel::dataChanged);
        world.time.setNow(worldNow() + std::chrono::seconds(1));
        QTRY_VERIFY(!refreshed.isEmpty());
        QCOMPARE(page.matrix()->verticalScrollBar()->value(), 0);
    }

    void everySizeAndThemeHolds_data()
    {
        QTest::addColumn<QString>("variant");
        QTest::addColumn<QSize>("size");
        QTest::newRow("night-1280") << QStringLiteral("night") << QSize(1216, 648);
        QTest::newRow("day-1366") << QStringLiteral("day") << QSize(1302, 696);
        QTest::newRow("contrast-1920") << QStringLiteral("contrast") << QSize(1856, 1008);
    }
    void everySizeAndThemeHolds()
    {
        QFETCH(QString, variant);
        QFETCH(QSize, size);
        Theme theme;
        theme.setVariantName(variant);
        PagesWorld world;
        world.show(incidentFleet());
        fillBreakers(world);
        BreakersPage page(world.models, theme);
        QSignalSpy drawn(page.side()->map(), &CascadeMap::drawn);
        open(page, size);
        QTRY_VERIFY(!drawn.isEmpty());
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        keepPicture(page, QStringLiteral("breakers-") + QString::fromLatin1(QTest::currentDataTag()));
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestBreakers)
#include "tst_breakers.moc"
