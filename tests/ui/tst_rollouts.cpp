// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/rollouts_world.h"
#include "ui/charts/export_bar.h"
#include "ui/charts/time_chart.h"
#include "ui/rollouts/plan_lines.h"
#include "ui/rollouts/rollout_detail.h"
#include "ui/rollouts/rollout_list.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/rollouts/rollout_row.h"
#include "ui/rollouts/rollout_timeline.h"
#include "ui/rollouts/rollouts_page.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/action_strip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/strip_words.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

namespace cockpit {

/// The page as a person meets it: rollouts in, pictures and requests out.
class TestRollouts : public QObject {
    Q_OBJECT

    static void open(RolloutsPage &page, QSize size = {1302, 696})
    {
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
    static Button *buttonSaying(QWidget &page, const QString &text)
    {
        for (Button *button : page.findChildren<Button *>()) {
            if (button->isVisible() && (button->text() == text || button->accessibleName() == text))
                return button;
        }
        return nullptr;
    }
    static bool says(QWidget &page, const QString &text)
    {
        for (const GlyphLabel *label : page.findChildren<GlyphLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        for (const QWidget *widget : page.findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->accessibleName().contains(text))
                return true;
        }
        return false;
    }
    static ActionStrip *strip(RolloutsPage &page) { return page.detail()->place()->findChild<ActionStrip *>(); }
    /// Requests that were planned for real: a preview is cancelled before.
    static const ActionIntent &lastIntent(const PagesWorld &world) { return world.planned.last().intent; }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void whatNeedsAHandIsFirstAndTheWindowKeepsItsRules()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        world.fillCharts(true);
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QCOMPARE(page.list()->selected()->rollout->key.name, QStringLiteral("gc-service"));
        QCOMPARE(page.list()->model()->rowCount(), 4);
        QVERIFY(says(page, QStringLiteral("1 needs a hand, 1 waits for a person")));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
        QVERIFY(buttonSaying(page, QStringLiteral("Roll back to 1.42.3")));
        QVERIFY(buttonSaying(page, QStringLiteral("Switch to 2.8.1")));
        QVERIFY(buttonSaying(page, QStringLiteral("Discard")));
    }

    void aRowTellsItAllInWords()
    {
        PagesWorld world;
        fillRollouts(world);
        const QString words = rolloutRow(rolloutNamed(world, QStringLiteral("gc-service")), worldNow(), false).words();
        for (const char *part : {"gc-service", "critical", "1.42.3 to 1.43.0", "at 25 %", "paused", "criteria failed",
                                 "6.8 % over 1 % by 5.8", "412 ms over 218 by 194"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
    }

    void theTimeToTheNextStepCountsDown()
    {
        PagesWorld world;
        fillRollouts(world);
        changeRollout(world, QStringLiteral("gc-service"), [](Rollout &rollout) {
            rollout.waitsForPerson = false;
            rollout.pauses = {{QStringLiteral("CanaryPauseStep"), worldNow() - std::chrono::seconds(167)}};
        });
        world.rollouts.setVerdict(rolloutNamed(world, QStringLiteral("gc-service")).rollout->key, nullptr);
        const RolloutEntry &entry = rolloutNamed(world, QStringLiteral("gc-service"));
        QCOMPARE(rolloutRow(entry, worldNow(), false).next, QStringLiteral("in 2 m 13 s"));
        QCOMPARE(rolloutRow(entry, worldNow(), false).nextBelow, QStringLiteral("to 35 %"));
        QCOMPARE(rolloutRow(entry, worldNow() + std::chrono::seconds(3), false).next, QStringLiteral("in 2 m 10 s"));
    }

    void onlyWhatTheEvidenceAsksForIsPrimary()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        const auto primaries = [&page] {
            int count = 0;
            for (const Button *button : page.findChildren<Button *>())
                count += button->isVisible() && button->kind() == Button::Kind::Primary ? 1 : 0;
            return count;
        };
        QCOMPARE(primaries(), 1);
        QTest::keyClick(page.list(), Qt::Key_J);
        QCOMPARE(page.list()->selected()->rollout->key.name, QStringLiteral("mh-service"));
        QCOMPARE(primaries(), 0);
        QTest::keyClick(page.list(), Qt::Key_K);
        blameThePlatform(world);
        QTRY_COMPARE(primaries(), 0);
    }

    void selectingPlansTheRollbackAndSendsNothing()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QTRY_VERIFY(!world.planned.isEmpty());
        QVERIFY(std::holds_alternative<AbortRollout>(lastIntent(world)));
        QTRY_VERIFY(says(page, QStringLiteral("2 canary pods drain 30 s, then stop")));
        QVERIFY(!strip(page)->isVisible());
        QVERIFY(world.confirmed.isEmpty());
        // Leaving it takes the plan back.
        QTest::keyClick(page.list(), Qt::Key_J);
        QCOMPARE(world.cancelled.size(), 1);
    }

    void oneClickRunsOnceAndIsFollowedToItsProof()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QPointer<Button> button = buttonSaying(page, QStringLiteral("Roll back to 1.42.3"));
        const QRect before = button->geometry();
        // A double click is two presses of the one button, which does not move.
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(strip(page)->isVisible());
        QCOMPARE(button->geometry().topRight(), before.topRight());
        QCOMPARE(button->kind(), Button::Kind::Armed);
        QVERIFY(strip(page)->barRuns());
        QTest::keyClick(strip(page), Qt::Key_Return);
        QTest::keyClick(strip(page), Qt::Key_Return);
        QCOMPARE(world.confirmed.size(), 1);
        const ActionId id = world.confirmed.first();
        moveAction(world, id, ActionState::Verifying);
        QCOMPARE(strip(page)->view().phase, ActionStripView::Phase::Tracking);
        QCOMPARE(strip(page)->view().proof.size(), 2);
        QCOMPARE(strip(page)->view().proof.first().before, QStringLiteral("1.7 %"));
        QCOMPARE(strip(page)->view().proof.first().now, QStringLiteral("0.03 %"));
        QCOMPARE(strip(page)->view().stages.last().text, QStringLiteral("proven"));
        // It goes on without being looked at, and is there again.
        QTest::keyClick(page.list(), Qt::Key_J);
        QVERIFY(!strip(page)->isVisible());
        QVERIFY(!world.cancelled.contains(id));
        QTest::keyClick(page.list(), Qt::Key_K);
        QTRY_VERIFY(strip(page)->isVisible());
        moveAction(world, id, ActionState::Succeeded, QStringLiteral("Proven: 5 min inside all limits."));
        QCOMPARE(strip(page)->view().phase, ActionStripView::Phase::Ended);
        QCOMPARE(world.confirmed.size(), 1);
    }

    void whileAnActionRunsNoOtherIsOffered()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QTest::keyClick(page.list(), Qt::Key_R);
        QTRY_VERIFY(strip(page)->isVisible());
        moveAction(world, page.detail()->place()->action(), ActionState::Verifying);
        QCOMPARE(page.detail()->rollbackRefusal(), QStringLiteral("an action of it runs"));
        const qsizetype planned = world.planned.size();
        QTest::keyClick(page.list(), Qt::Key_R);
        QCOMPARE(world.planned.size(), planned);
    }

    void aKeyOnlyOpensTheStripAndAHeldEnterRunsNothing()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        page.list()->setFocus();
        QTest::keyClick(page.list(), Qt::Key_R);
        QTRY_VERIFY(strip(page)->isVisible());
        QVERIFY(!strip(page)->barRuns());
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), true);
        QApplication::sendEvent(strip(page), &held);
        QTest::keyRelease(strip(page), Qt::Key_Return);
        QVERIFY(world.confirmed.isEmpty());
        QTest::keyClick(strip(page), Qt::Key_Escape);
        QVERIFY(!strip(page)->isVisible());
        QVERIFY(world.confirmed.isEmpty());
    }

    void somethingSeriousHasNoBar()
    {
        Theme theme;
        PagesWorld world;
        world.seriousPlans = true;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QTest::mouseClick(buttonSaying(page, QStringLiteral("Roll back to 1.42.3")), Qt::LeftButton);
        QTRY_VERIFY(strip(page)->isVisible());
        QVERIFY(strip(page)->view().serious);
        QVERIFY(!strip(page)->barRuns());
    }

    void theBarStopsWhenSomebodyChangesTheObject()
    {
        Theme theme;
        PagesWorld world;
        world.answerPlans();
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QTest::mouseClick(buttonSaying(page, QStringLiteral("Roll back to 1.42.3")), Qt::LeftButton);
        QTRY_VERIFY(strip(page)->barRuns());
        changeRollout(world, QStringLiteral("gc-service"),
                      [](Rollout &rollout) { rollout.resourceVersion = QStringLiteral("1002"); });
        QTest::qWait(60); // the page takes storms at once: let it
        QVERIFY2(strip(page)->barRuns(), "a status written by the controller is no change of the object");
        changeRollout(world, QStringLiteral("gc-service"), [](Rollout &rollout) { ++rollout.generation; });
        QTRY_VERIFY(!strip(page)->barRuns());
        QVERIFY(world.confirmed.isEmpty());
    }

    void buttonsSayWhyTheyAreOff()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        changeRollout(world, QStringLiteral("ac-service"), [](Rollout &rollout) { rollout.revisions.removeLast(); });
        changeRollout(world, QStringLiteral("mh-service"),
                      [](Rollout &rollout) { rollout.readAt = worldNow() - std::chrono::minutes(4); });
        RolloutsPage page(world.models, theme);
        open(page);
        QCOMPARE(buttonSaying(page, QStringLiteral("Roll back"))->disabledReason(),
                 QStringLiteral("no earlier revision is kept"));
        QCOMPARE(buttonSaying(page, QStringLiteral("Switch to 2.8.1"))->disabledReason(),
                 QStringLiteral("read 4 m ago"));
        QCOMPARE(buttonSaying(page, QStringLiteral("Go on to 35 %"))->disabledReason(),
                 QStringLiteral("needs all criteria to pass"));
        QVERIFY(buttonSaying(page, QStringLiteral("Roll back to 1.42.3"))->isEnabled());
    }

    void selectionAndScrollSurviveARefreshOfAThousand()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        fillManyRollouts(world, 1000);
        RolloutsPage page(world.models, theme);
        open(page);
        const ObjectKey wanted = rolloutNamed(world, QStringLiteral("service-0600")).rollout->key;
        page.selectRollout(wanted);
        const int scroll = page.list()->verticalScrollBar()->value();
        QVERIFY(scroll > 0);
        changeRollout(world, QStringLiteral("gc-service"),
                      [](Rollout &rollout) { rollout.phase = RolloutPhase::Degraded; });
        fillManyRollouts(world, 900);
        QTRY_COMPARE(page.list()->model()->rowCount(), 904);
        QCOMPARE(page.list()->selected()->rollout->key, wanted);
        QCOMPARE(page.list()->verticalScrollBar()->value(), scroll);
        // Only rows in view are painted and have buttons.
        const int painted = page.list()->paintedRows();
        page.list()->viewport()->grab();
        QVERIFY(page.list()->paintedRows() - painted < 16);
        QVERIFY(page.list()->findChildren<Button *>().size() < 40);
    }

    void revisionsHaveTheirUndo()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        Button *undo = nullptr;
        for (RunTable *table : page.findChildren<RunTable *>())
            undo = undo ? undo : table->button(QStringLiteral("6c6f5b4d9"));
        QVERIFY(undo);
        undo->click();
        const auto *intent = std::get_if<UndoRollout>(&lastIntent(world));
        QVERIFY(intent);
        QCOMPARE(intent->revisionHash, QStringLiteral("6c6f5b4d9"));
        QCOMPARE(intent->object.uid, QStringLiteral("uid-gc-service"));
    }

    void theGuardIsArmedAndItsCountdownCanBeStopped()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QSignalSpy arm(&world.requests, &Requests::guardArmRequested);
        QSignalSpy disarm(&world.requests, &Requests::guardDisarmRequested);
        buttonSaying(page, QStringLiteral("Arm on this laptop"))->click();
        QCOMPARE(arm.size(), 1);
        RolloutGuard guard;
        guard.object = rolloutNamed(world, QStringLiteral("gc-service")).rollout->key;
        guard.state = RolloutGuard::State::Counting;
        guard.actsAt = worldNow() + std::chrono::seconds(8);
        guard.words = QStringLiteral("error rate 6.8 % over 5 %");
        world.rollouts.setGuard(guard.object, guard);
        QTRY_VERIFY(says(page, QStringLiteral("rolls back by itself in 8 s")));
        world.time.setNow(worldNow() + std::chrono::seconds(3));
        QVERIFY(says(page, QStringLiteral("rolls back by itself in 5 s")));
        buttonSaying(page, QStringLiteral("Stop it"))->click();
        QCOMPARE(disarm.size(), 1);
        QVERIFY(world.confirmed.isEmpty());
        Q_EMIT world.requests.guardRefused(guard.object, QStringLiteral("The figures are 4 min old."));
        bool told = false;
        for (const PlainLabel *label : page.findChildren<PlainLabel *>())
            told = told || (label->isVisible() && label->text() == QStringLiteral("The figures are 4 min old."));
        QVERIFY(told);
    }

    void disagreementAndBlameAreLoud()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        blameThePlatform(world);
        RolloutsPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("Not the canary: the platform")));
        QVERIFY(says(page, QStringLiteral("The cluster and the cockpit disagree")));
        QVERIFY(says(page, QStringLiteral("does not enforce it yet")));
    }

    void whatStandsInTheWayComesFirst()
    {
        ActionPlan plan;
        const auto check = [](Evidence::Verdict verdict, const char *id, const char *words) {
            return Evidence{verdict, QLatin1String(id), QLatin1String(words), {}, {}, {}, {}, {}};
        };
        plan.willChange = {QStringLiteral("4 pods are touched.")};
        plan.checks = {check(Evidence::Verdict::Good, "dry-run", "The server would take it."),
                       check(Evidence::Verdict::Bad, "sessions", "312 live sessions are on the pods that end."),
                       check(Evidence::Verdict::Bad, "gitops", "Argo CD puts its own state back.")};
        plan.advisory = {QStringLiteral("sessions")};
        const QList<PlanLine> lines = planLines(plan);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(0).text, QStringLiteral("Has to be accepted: Argo CD puts its own state back."));
        QCOMPARE(lines.at(0).glyph, StateGlyph::Critical);
        QCOMPARE(lines.at(1).glyph, StateGlyph::Warning); // only told
        QCOMPARE(lines.at(2).text, plan.willChange.first());
        QCOMPARE(lines.at(3).text, QStringLiteral("Checked and good: dry-run."));
        ActionRecord record;
        record.plan = plan;
        const QList<StripCheck> strip = stripView(record, false).checks;
        QVERIFY(strip.first().blocks && strip.first().text.startsWith(QStringLiteral("Has to be accepted")));
        QVERIFY(!strip.at(1).blocks);
    }

    void aLongLineOfThePlanWraps()
    {
        Theme theme;
        PlanLines lines(theme, QStringLiteral("What a rollback would do"));
        const QString words = QString(60, u'a') + u' ' + QString(60, u'b') + QStringLiteral(" the fact");
        lines.setLines({{StateGlyph::Critical, words, {}}});
        QVERIFY(lines.heightForWidth(300) > lines.heightForWidth(1600));
    }

    void aRefusedLookGreysTheButton()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        const QString why = QStringLiteral("No permission: patch rollouts/status in dark-tower.");
        QObject::connect(&world.requests, &Requests::planRequested, &world.requests, [&](ActionRequest request) {
            request.id = ActionId(QStringLiteral("look"));
            ActionRecord record;
            record.request = request;
            record.state = ActionState::Refused;
            record.message = why;
            world.actions.setRecord(record);
            Q_EMIT world.requests.planStarted(request);
        });
        RolloutsPage page(world.models, theme);
        open(page);
        QTRY_COMPARE(page.detail()->rollbackRefusal(), why);
        Button *button = buttonSaying(page, QStringLiteral("Roll back to 1.42.3"));
        QVERIFY(button && !button->isEnabled());
        QVERIFY(says(page, why)); // in place, where the plan would stand
    }

    void aStatusThatMovesMakesNoNewPlan()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRollouts(world);
        world.answerPlans();
        RolloutsPage page(world.models, theme);
        open(page);
        QTRY_COMPARE(world.planned.size(), 1);
        world.time.setNow(worldNow() + std::chrono::minutes(1));
        changeRollout(world, QStringLiteral("gc-service"),
                      [](Rollout &rollout) { rollout.resourceVersion = QStringLiteral("99999"); });
        QTRY_COMPARE(page.list()->selected()->rollout->resourceVersion, QStringLiteral("99999"));
        QVERIFY(!page.detail()->findChild<QTimer *>(QStringLiteral("preview"))->isActive());
        changeRollout(world, QStringLiteral("gc-service"), [](Rollout &rollout) { ++rollout.generation; });
        QTRY_COMPARE(world.planned.size(), 2);
    }

    void emptyStatesSayWhy()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        RolloutsPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("no Kubernetes cluster is configured")));
        Fleet fleet = incidentFleet();
        SourceStatus source;
        source.kind = SourceStatus::Kind::Kubernetes;
        source.name = QStringLiteral("Kubernetes eu-west-1");
        source.cluster = QStringLiteral("eu-west-1");
        fleet.sources.append(source);
        world.show(fleet);
        QVERIFY(says(page, QStringLiteral("waiting for the first answer")));
        fleet.sources.last().state = SourceStatus::State::Unauthorized;
        fleet.sources.last().message = QStringLiteral("You may not list rollouts in dark-tower.");
        world.show(fleet);
        QVERIFY(says(page, QStringLiteral("no cluster can be read")));
        QVERIFY(says(page, QStringLiteral("You may not list rollouts in dark-tower.")));
    }

    void hostileTextIsPlain()
    {
        Theme theme;
        for (const QString &text : cockpit::testing::hostileTexts()) {
            PagesWorld world;
            world.answerPlans();
            world.show(incidentFleet());
            fillRollouts(world);
            changeRollout(world, QStringLiteral("gc-service"), [&text](Rollout &rollout) {
                rollout.message = text;
                rollout.key.context = text;
                rollout.phase = RolloutPhase::Degraded;
                rollout.revisions[0].version = text;
                rollout.revisions[0].changedBy = text;
                rollout.analyses[0].metrics[0].value = text;
                rollout.pods[0].waiting = text;
                rollout.pods[0].ready = false;
            });
            RolloutsPage page(world.models, theme);
            page.resize(1302, 696);
            page.show();
            page.grab();
            QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
            QVERIFY(page.minimumSizeHint().width() <= 1302);
        }
    }

    void chartsZoomTogetherAndAreExported()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        world.fillCharts(true);
        fillRollouts(world);
        RolloutsPage page(world.models, theme);
        open(page);
        const QList<TimeChart *> charts = page.findChildren<TimeChart *>();
        QCOMPARE(charts.size(), 2);
        QCOMPARE(charts.first()->view().thresholds.size(), 2);
        QCOMPARE(charts.first()->view().thresholds.first().label, QStringLiteral("success below 1 %"));
        QVERIFY(!charts.last()->view().bands.isEmpty());
        charts.first()->setFocus();
        QTest::keyClick(charts.first(), Qt::Key_Plus);
        QVERIFY(charts.first()->window());
        QVERIFY(charts.first()->window() == charts.last()->window());
        const Instant from = charts.first()->shownView().start;
        QTest::keyClick(charts.first(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(charts.first()->shownView().start < from);
        QSignalSpy written(&world.requests, &Requests::exportRequested);
        buttonSaying(page, QStringLiteral("Export the charts"))->click();
        buttonSaying(page, QStringLiteral("Save CSV"))->click();
        QCOMPARE(written.size(), 1);
        const QByteArray csv = written.first().at(1).toByteArray();
        QVERIFY(csv.startsWith("\"time\",\"Error rate canary (%)\",\"Error rate stable (%)\"\n"));
        buttonSaying(page, QStringLiteral("Save PNG"))->click();
        QVERIFY(written.last().at(1).toByteArray().startsWith("\x89PNG"));
        QTest::keyClick(charts.first(), Qt::Key_0);
        QVERIFY(!charts.last()->window());
    }

    void proofIsReadFromItsWords()
    {
        Evidence figure;
        figure.verdict = Evidence::Verdict::Unknown;
        figure.text = QStringLiteral("Pods: 2 of 4");
        QCOMPARE(stripProof(figure).name, QStringLiteral("Pods: 2 of 4"));
        figure.text =
            QStringLiteral("error rate: before 6.8 %, now 1.3 %, limit below 1 %, window still holds old samples");
        const StripProof proof = stripProof(figure);
        QCOMPARE(proof.name, QStringLiteral("error rate"));
        QCOMPARE(proof.limit, QStringLiteral("below 1 %"));
        QCOMPARE(proof.held, QStringLiteral("window still holds old samples"));
    }

    void stepsAreReadFromEvents()
    {
        PagesWorld world;
        fillRollouts(world);
        const Rollout &rollout = *rolloutNamed(world, QStringLiteral("gc-service")).rollout;
        const QList<WeightMoment> moments = weightMoments(rollout, world.rollouts.events());
        QCOMPARE(moments.size(), 3);
        QCOMPARE(moments.last().weight, 25);
        Change change;
        change.kind = Change::Kind::Rollout;
        change.what = QStringLiteral("Traffic weight updated from 15 to 25");
        QCOMPARE(changeWords(change), QStringLiteral("Canary 15 % to 25 %"));
        change.what = QStringLiteral("Rollout step 3/8 completed (setWeight: 25)");
        QCOMPARE(changeWords(change), QStringLiteral("Canary to 25 %"));
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestRollouts)
#include "tst_rollouts.moc"
