// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/incident_frame.h"
#include "tests/ui/incident_world.h"
#include "ui/frame/incident_chip.h"
#include "ui/incident/declare_strip.h"
#include "ui/incident/incident_overview.h"
#include "ui/incident/incidents_page.h"
#include "ui/incident/timeline_panel.h"
#include "ui/triage/triage_page.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;

/// Incidents on every page of the window: its keys, the chip of the top bar, and the banner that reminds.
class IncidentFrameTest : public QObject {
    Q_OBJECT

    struct Scene {
        explicit Scene(const IncidentPtr &incident)
        {
            theme.apply(*qApp);
            world.answerPlans();
            world.show(incidentFleet());
            fillIncident(world, incident);
            window = std::make_unique<MainWindow>(
                theme, FrameModels{world.sources, world.activity, world.time, world.commands});
            window->addPage(QStringLiteral("triage"), Icon::Flag, QStringLiteral("Triage"),
                            [this](QWidget *parent) { return new TriagePage(world.models, theme, parent); }, 1);
            frame = std::make_unique<IncidentFrame>(world.models, *window, theme);
            frame->addPage();
            window->resize(1366, 768);
            window->show();
        }
        IncidentsPage *page() const { return qobject_cast<IncidentsPage *>(window->page(QStringLiteral("incident"))); }
        IncidentChip *chip() const { return window->findChild<IncidentChip *>(); }
        /// The banner's button, while it is shown.
        Button *reminder() const
        {
            for (Banner *banner : window->findChildren<Banner *>()) {
                for (Button *button : banner->findChildren<Button *>()) {
                    if (button->isVisible() && button->text() == QStringLiteral("Show it"))
                        return button;
                }
            }
            return nullptr;
        }
        Theme theme{};
        PagesWorld world{};
        std::unique_ptr<MainWindow> window{};
        std::unique_ptr<IncidentFrame> frame{};
    };

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void theChipShowsTheOpenIncidentAndOpensIt()
    {
        Scene scene(worldIncident());
        QVERIFY(QTest::qWaitForWindowActive(scene.window.get()));
        QCOMPARE(scene.window->currentPage(), QStringLiteral("triage"));
        QVERIFY(scene.chip() && scene.chip()->isVisible());
        const IncidentChipView view = scene.chip()->view();
        QCOMPARE(view.name, QStringLiteral("INC-42"));
        QCOMPARE(view.level, QStringLiteral("P1"));
        QCOMPARE(view.clock, QStringLiteral("00:10:09"));
        QCOMPARE(view.more, 0);
        QVERIFY(scene.chip()->accessibleName().contains(QStringLiteral("INC-42")));
        QTest::mouseClick(scene.chip(), Qt::LeftButton);
        QCOMPARE(scene.window->currentPage(), QStringLiteral("incident"));
        QVERIFY(scene.page()->shown());
    }

    void theChipGoesWithTheLastOpenIncident()
    {
        Scene scene(worldIncident());
        scene.world.incidents.setIncident(worldIncident({worldEntry(QStringLiteral("03:12:40"), QStringLiteral("oncall-a"),
                                                                    IncidentPhaseSet{IncidentPhase::Closed, {}})}));
        QVERIFY(scene.chip()->view().name.isEmpty());
        QVERIFY(!scene.chip()->isVisible());
    }

    void theBannerRemindsOnEveryPageAndLeadsThere()
    {
        Scene scene(worldIncident());
        QVERIFY(!scene.reminder());
        const IncidentReminder late{.id = QStringLiteral("r1"),
                                    .text = QStringLiteral("30 min without mitigation: escalate to team gc"),
                                    .since = worldNow()};
        scene.world.incidents.setReminders({late});
        QTRY_VERIFY(scene.reminder());
        QCOMPARE(reminderBanner({late}, worldIncident()).title,
                 QStringLiteral("INC-42: 30 min without mitigation: escalate to team gc"));
        QVERIFY(reminderBanner({late, late}, nullptr).title.endsWith(QStringLiteral("; and 1 more")));
        QVERIFY(reminderBanner({}, worldIncident()).title.isEmpty());
        QTest::mouseClick(scene.reminder(), Qt::LeftButton);
        QCOMPARE(scene.window->currentPage(), QStringLiteral("incident"));
        scene.world.incidents.setReminders({});
        QTRY_VERIFY(!scene.reminder());
    }

    void nWritesANoteFromEveryPage()
    {
        Scene scene(worldIncident());
        QVERIFY(QTest::qWaitForWindowActive(scene.window.get()));
        QTest::keyClick(scene.window.get(), Qt::Key_N);
        QCOMPARE(scene.window->currentPage(), QStringLiteral("incident"));
        QTRY_VERIFY(scene.page()->timeline()->noteField()->hasFocus());
        // In the field it is a letter.
        QTest::keyClick(scene.page()->timeline()->noteField(), Qt::Key_N, Qt::NoModifier);
        QTRY_COMPARE(scene.page()->timeline()->noteField()->text(), QStringLiteral("n"));
    }

    void nSaysThatNoIncidentIsOpen()
    {
        Scene scene(nullptr);
        QVERIFY(QTest::qWaitForWindowActive(scene.window.get()));
        QSignalSpy refused(&scene.world.commands, &CommandRegistry::refused);
        QTest::keyClick(scene.window.get(), Qt::Key_N);
        QCOMPARE(refused.size(), 1);
        QVERIFY(refused.first().at(1).toString().contains(QStringLiteral("no incident is open")));
        QCOMPARE(scene.window->currentPage(), QStringLiteral("triage"));
    }

    void iDeclaresFromEveryPage()
    {
        Scene scene(nullptr);
        QVERIFY(QTest::qWaitForWindowActive(scene.window.get()));
        QSignalSpy asked(&scene.world.requests, &Requests::incidentProposalRequested);
        QTest::keyClick(scene.window.get(), Qt::Key_I); // of the alert that is selected on Triage
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<QList<AlertKey>>().size(), 1);
        QVERIFY(scene.window->openPage(QStringLiteral("activity")));
        QTest::keyClick(scene.window.get(), Qt::Key_I); // and of nothing elsewhere
        QCOMPARE(asked.size(), 2);
        QVERIFY(asked.last().first().value<QList<AlertKey>>().isEmpty());
        QCOMPARE(scene.window->currentPage(), QStringLiteral("incident"));
        QVERIFY(scene.page()->overview()->strip()->isOpen());
    }
};

QTEST_MAIN(IncidentFrameTest)
#include "tst_incident_frame.moc"
