// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/rollouts_world.h"
#include "tests/ui/runbooks_world.h"
#include "ui/runbooks/alert_runbook.h"
#include "ui/runbooks/escalation_panel.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/triage/alert_list_view.h"
#include "ui/triage/triage_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

namespace cockpit {

/// The right column of Triage: the runbook of the alert, its steps, the clock, and why there is none.
class TestAlertRunbook : public QObject {
    Q_OBJECT

    static void open(TriagePage &page, QSize size = {1302, 696})
    {
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    static void select(TriagePage &page, const QString &name) { page.selectAlert({QStringLiteral("eu"), name}); }
    static AlertRunbook *column(TriagePage &page) { return page.findChild<AlertRunbook *>(); }
    static bool says(QWidget &page, const QString &text)
    {
        for (const QWidget *widget : page.findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->accessibleName().contains(text))
                return true;
        }
        for (const GlyphLabel *label : page.findChildren<GlyphLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    static Button *buttonSaying(QWidget &page, const QString &text)
    {
        for (Button *button : page.findChildren<Button *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void theColumnShowsTheStepToDoNext()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        world.fillCharts(true);
        fillRunbooks(world);
        TriagePage page(world.models, theme);
        open(page);
        QVERIFY(column(page)->hasRunbook());
        QVERIFY(says(page, QStringLiteral("Mitigation  ·  step 4 of 7")));
        QVERIFY(says(page, QStringLiteral("offline copy, reviewed 12 d ago")));
        QVERIFY(says(page, QStringLiteral("3 of 7 steps are done")));
        QVERIFY(says(page, QStringLiteral("Step 4: Roll back if the canary is the cause")));
        QVERIFY(says(page, QStringLiteral("asks team gc in 20:00")));
        QVERIFY(says(page, QStringLiteral("P1: pages the primary and the secondary oncall")));
        QVERIFY(!buttonSaying(page, QStringLiteral("Escalate now")));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
    }

    void spaceTicksAndCopyCopies()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        answerTicks(world);
        TriagePage page(world.models, theme);
        open(page);
        QSignalSpy ticks(&world.requests, &Requests::tickRequested);
        QCOMPARE(world.commands.run(QStringLiteral("runbook.copy")), QString());
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(QStringLiteral("kubectl argo rollouts abort gc-service")));
        QCOMPARE(world.commands.run(QStringLiteral("runbook.tick")), QString());
        QCOMPARE(ticks.size(), 1);
        const auto tick = ticks.first().first().value<RunbookTick>();
        QCOMPARE(tick.occasion, occasionOf(alertNamed(world, QStringLiteral("GCHighErrorRate"))));
        QCOMPARE(tick.step, errorRateRunbook()->steps.at(3).id);
        QCOMPARE(tick.state, RunbookTick::State::Done);
        QVERIFY(says(page, QStringLiteral("step 5 of 7")));
        for (int step = 0; step < 3; ++step)
            QCOMPARE(world.commands.run(QStringLiteral("runbook.tick")), QString());
        QVERIFY(says(page, QStringLiteral("all steps are ticked")));
        QVERIFY(!world.commands.run(QStringLiteral("runbook.tick")).isEmpty());
    }

    void anAnchorOpensItsSectionAndLaysOutNoMore()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        TriagePage page(world.models, theme);
        open(page);
        const int before = column(page)->view()->flow().layoutsMade();
        select(page, QStringLiteral("GCHighLatency"));
        RunbookView *view = column(page)->view();
        QCOMPARE(view->runbook()->blocks.at(view->topHeading()).slug, QStringLiteral("scenario-42"));
        QCOMPARE(static_cast<int>(view->flow().units().size()), 5); // its section alone
        QVERIFY(view->flow().layoutsMade() - before < 40);
        QVERIFY(says(page, QStringLiteral("step 1 of 1")));
    }

    void aTickOfTheClockRebuildsNothing()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        TriagePage page(world.models, theme);
        open(page);
        const int before = column(page)->view()->flow().layoutsMade();
        world.time.setNow(worldNow() + std::chrono::seconds(1));
        world.show(incidentFleet());
        QCOMPARE(column(page)->view()->flow().layoutsMade(), before);
        QVERIFY(says(page, QStringLiteral("asks team gc in 19:59")));
    }

    void whyThereIsNoRunbookIsSaid()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        TriagePage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("Reading the runbooks.")));
        fillRunbooks(world);
        QVERIFY(column(page)->hasRunbook());
        QSignalSpy skeletons(&world.requests, &Requests::skeletonRequested);
        select(page, QStringLiteral("MCGCHeartbeatWarning"));
        QVERIFY(!column(page)->hasRunbook());
        QVERIFY(says(page, QStringLiteral("This alert has no runbook.")));
        buttonSaying(page, QStringLiteral("Write from template"))->click();
        QCOMPARE(skeletons.size(), 1);
        QCOMPARE(skeletons.first().first().toString(), QStringLiteral("MCGCHeartbeatWarning"));
        world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>());
        QVERIFY(says(page, QStringLiteral("No source of runbooks is configured")));
    }

    void severalAreChosenFromAndNotGuessed()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        TriagePage page(world.models, theme);
        open(page);
        select(page, QStringLiteral("GCErrorBudgetBurnRateCritical"));
        QVERIFY(!column(page)->hasRunbook());
        QVERIFY(says(page, QStringLiteral("Several runbooks fit.")));
        buttonSaying(page, QStringLiteral("docs/runbooks/alerts/GCDown.md"))->click();
        QVERIFY(column(page)->hasRunbook());
        QCOMPARE(column(page)->view()->runbook()->title, QStringLiteral("GCDown"));
        select(page, QStringLiteral("GCHighErrorRate"));
        select(page, QStringLiteral("GCErrorBudgetBurnRateCritical"));
        QCOMPARE(column(page)->view()->runbook()->title, QStringLiteral("GCDown"));
    }

    void theDetailsOfTheAlertStayInReach()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        TriagePage page(world.models, theme);
        open(page);
        QVERIFY(!buttonSaying(page, QStringLiteral("Open at runbooks.example")));
        buttonSaying(page, QStringLiteral("Details"))->click();
        QVERIFY(buttonSaying(page, QStringLiteral("Open at runbooks.example")));
        QVERIFY(!column(page)->isVisible());
        buttonSaying(page, QStringLiteral("Back to the runbook"))->click();
        QVERIFY(column(page)->isVisible());
    }

    void anActionBlockIsTheGuardedButton()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        fillRunbooks(world);
        RunbookLibrary library = world.runbooks.library();
        auto acting = std::make_shared<Runbook>(*errorRateRunbook());
        RunbookBlock block;
        block.kind = RunbookBlock::Kind::Action;
        block.action = RunbookActionReference();
        block.action->object = QStringLiteral("gc-service");
        acting->blocks.insert(acting->steps.at(4).block, block);
        for (RunbookStep &step : acting->steps)
            step.block += step.number > 4 ? 1 : 0;
        block.action->object = QStringLiteral("nobody-service");
        acting->blocks.append(block);
        for (RunbookPtr &runbook : library.runbooks) {
            if (runbook->key == acting->key)
                runbook = acting;
        }
        world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>(library));
        TriagePage page(world.models, theme);
        open(page);
        Button *roll = buttonSaying(*column(page), QStringLiteral("Roll back gc-service"));
        QVERIFY(roll);
        QVERIFY(roll->isEnabled());
        const qsizetype planned = world.planned.size();
        const double before = column(page)->view()->flow().total();
        QTest::mouseClick(roll, Qt::LeftButton);
        QTRY_VERIFY(world.planned.size() > planned);
        QVERIFY(std::holds_alternative<AbortRollout>(world.planned.last().intent));
        QVERIFY(world.confirmed.isEmpty());
        QTRY_VERIFY2(column(page)->view()->flow().total() > before + 60, "the strip opens under its button");
        QCOMPARE(roll->kind(), Button::Kind::Armed);
        QTest::keyClick(column(page)->view(), Qt::Key_End);
        Button *unknown = buttonSaying(*column(page), QStringLiteral("Roll back nobody-service"));
        QVERIFY(unknown);
        QVERIFY(!unknown->isEnabled());
        QVERIFY(unknown->disabledReason().contains(QStringLiteral("nobody-service")));
    }

    void theClockFollowsTheRunbooksOwnWords()
    {
        const Alert alert = firingAlert(QStringLiteral("A"), QStringLiteral("page"), Priority::P1, 10);
        QCOMPARE(escalationOf(alert, nullptr, worldNow()).after, Duration(std::chrono::minutes(30)));
        QCOMPARE(escalationOf(alert, nullptr, worldNow()).asks, QStringLiteral("the owning team"));
        Runbook runbook;
        runbook.owner = QStringLiteral("team gc");
        QCOMPARE(escalationOf(alert, &runbook, worldNow()).asks, QStringLiteral("team gc"));
        runbook.escalations = {{std::chrono::minutes(60), QStringLiteral("Engineering lead"), 9},
                               {std::chrono::minutes(5), QStringLiteral("Second"), 8}};
        const EscalationClock clock = escalationOf(alert, &runbook, worldNow());
        QVERIFY(clock.ownWords);
        QCOMPARE(clock.asks, QStringLiteral("Engineering lead"));
        // What it says of another level is not for this alert.
        runbook.escalations.append({std::chrono::minutes(15), QStringLiteral("P2: page if it persists"), 10});
        QCOMPARE(escalationOf(alert, &runbook, worldNow()).asks, QStringLiteral("Engineering lead"));
        QCOMPARE(countdownText(std::chrono::seconds(19 * 60 + 20)), QStringLiteral("19:20"));
        QCOMPARE(countdownText(std::chrono::seconds(3600 + 130)), QStringLiteral("1:02:10"));
        QCOMPARE(countdownText(std::chrono::seconds(-4)), QStringLiteral("00:00"));
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestAlertRunbook)
#include "tst_alert_runbook.moc"
