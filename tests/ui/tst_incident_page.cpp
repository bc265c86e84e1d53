// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/incident_world.h"
#include "ui/incident/declare_strip.h"
#include "ui/incident/entry_detail.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_bar.h"
#include "ui/incident/incident_overview.h"
#include "ui/incident/incidents_page.h"
#include "ui/incident/paging_rows.h"
#include "ui/incident/postmortem_panel.h"
#include "ui/incident/postmortem_reader.h"
#include "ui/incident/role_rows.h"
#include "ui/incident/status_composer.h"
#include "ui/incident/task_rows.h"
#include "ui/incident/timeline_panel.h"
#include "ui/incident/timeline_view.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/triage/triage_page.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"

#include <QLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace cockpit {

/// The Incident page as a person meets it: incidents in, pictures and requests out.
class TestIncidentPage : public QObject {
    Q_OBJECT

    struct Scene {
        explicit Scene(const IncidentPtr &incident = worldIncident())
        {
            theme.apply(*qApp);
            world.answerPlans();
            world.show(incidentFleet());
            fillIncident(world, incident);
            QObject::connect(&world.requests, &Requests::incidentEntryRequested, &world.requests,
                             [this](const IncidentId &, const IncidentBody &body) { written.append(body); });
            QObject::connect(&world.requests, &Requests::incidentDeclareRequested, &world.requests,
                             [this](const IncidentProposal &proposal) { declared.append(proposal); });
        }
        Theme theme{};
        PagesWorld world{};
        QList<IncidentBody> written{};
        QList<IncidentProposal> declared{};
    };
    static void open(QWidget &page, QSize size = {1302, 696})
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
    static void press(QWidget &page, const char *text)
    {
        Button *button = buttonSaying(page, QString::fromUtf8(text));
        QVERIFY2(button, text);
        QVERIFY2(button->isEnabled(), text);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static QLineEdit *line(QWidget &page, const char *name)
    {
        for (QLineEdit *edit : page.findChildren<QLineEdit *>()) {
            if (edit->isVisible() && edit->accessibleName() == QString::fromUtf8(name))
                return edit;
        }
        return nullptr;
    }
    static bool says(QWidget &page, const QString &text)
    {
        for (const QWidget *widget : page.findChildren<QWidget *>()) {
            const auto *label = qobject_cast<const QLabel *>(widget);
            if (widget->isVisible() && (widget->accessibleName().contains(text) || (label && label->text().contains(text))))
                return true;
        }
        return false;
    }
    template <typename Body> static const Body *lastOf(const QList<IncidentBody> &bodies)
    {
        return bodies.isEmpty() ? nullptr : std::get_if<Body>(&bodies.last());
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

    void theOpenIncidentIsShownAndTheWindowKeepsItsRules()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QVERIFY(page.shown());
        QVERIFY(says(page, QStringLiteral("INC-42")));
        QVERIFY(says(page, QStringLiteral("00:10:09")));
        QVERIFY(says(page, QStringLiteral("Mitigation: 03:10, so far 2:35")));
        QVERIFY(says(page, QStringLiteral("20 entries, newest first")));
        QCOMPARE(page.composer()->editor()->toPlainText(), scene.world.incidents.statusDraft());
        keepPicture(page, QStringLiteral("incident"));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
    }

    void enterSavesANoteAndWhatIsBeingTypedSurvives()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QTest::keyClick(&page, Qt::Key_Slash);
        QLineEdit *note = page.timeline()->noteField();
        QVERIFY(note->hasFocus());
        QTest::keyClicks(note, QStringLiteral("half a no"));
        scene.world.incidents.setIncident(
            worldIncident({worldEntry(QStringLiteral("03:12:39"), QStringLiteral("second"), IncidentNote{QStringLiteral("I look at mc")})}));
        QTRY_COMPARE(page.timeline()->view()->model()->rowCount(), 21);
        QCOMPARE(note->text(), QStringLiteral("half a no"));
        QTest::keyClicks(note, QStringLiteral("te"));
        QTest::keyClick(note, Qt::Key_Return);
        const auto *written = lastOf<IncidentNote>(scene.written);
        QVERIFY(written);
        QCOMPARE(written->text, QStringLiteral("half a note"));
        QVERIFY(note->text().isEmpty());
        QTest::keyClick(note, Qt::Key_Return);
        QCOMPARE(scene.written.size(), 1); // nothing is written twice, and no empty note
    }

    void anEntryIsCorrectedInPlaceAndTheOriginalIsKept()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QVERIFY(page.timeline()->view()->select(EntryId(QStringLiteral("note-503"))));
        QTest::keyClick(page.timeline()->view(), Qt::Key_Return);
        QVERIFY(page.timeline()->detail()->isVisible());
        press(page, "Correct it");
        QLineEdit *text = line(page, "What it should say");
        QVERIFY(text);
        text->setText(QStringLiteral("503 only on join."));
        QLineEdit *at = line(page, "When it happened (UTC)");
        at->setText(QStringLiteral("soon"));
        QTest::keyClick(at, Qt::Key_Return);
        QVERIFY(scene.written.isEmpty());
        QVERIFY(says(page, QStringLiteral("This is not a time")));
        at->setText(QStringLiteral("03:06:00"));
        keepPicture(page, QStringLiteral("incident-correct"));
        QTest::keyClick(at, Qt::Key_Return);
        const auto *correction = lastOf<IncidentCorrection>(scene.written);
        QVERIFY(correction);
        QCOMPARE(correction->corrects, EntryId(QStringLiteral("note-503")));
        QCOMPARE(correction->text, QStringLiteral("503 only on join."));
        QCOMPARE(correction->at, parseRfc3339("2026-11-23T03:06:00Z"));
        scene.world.incidents.setIncident(worldIncident({namedEntry(QStringLiteral("fix"), QStringLiteral("03:12:40"), QStringLiteral("oncall-a"), *correction)}));
        QTRY_VERIFY(says(page, QStringLiteral("It first said: 03:06:20 503 only on join, only with fast-join set.")));
        QCOMPARE(page.timeline()->view()->model()->rowCount(), 20);
    }

    void theTimelineIsFiltered()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        for (const auto &[word, rows] : {std::pair{"notes", 3}, std::pair{"alerts", 6}, std::pair{"actions", 2},
                                         std::pair{"changes", 4}, std::pair{"all", 20}}) {
            for (QAbstractButton *button : page.timeline()->findChildren<QAbstractButton *>()) {
                if (button->isVisible() && button->text() == QString::fromUtf8(word))
                    QTest::mouseClick(button, Qt::LeftButton);
            }
            QCOMPARE(page.timeline()->view()->model()->rowCount(), rows);
        }
    }

    void movingOnAgainstAConcernAsksForAReasonInPlace()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        press(page, "Move to Resolution");
        QVERIFY(scene.written.isEmpty());
        QLineEdit *reason = line(page, "Reason");
        QVERIFY(reason && reason->hasFocus());
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(scene.written.isEmpty());
        QTest::keyClicks(reason, QStringLiteral("the canary is gone"));
        keepPicture(page, QStringLiteral("incident-concern"));
        QTest::keyClick(reason, Qt::Key_Return);
        const auto *phase = lastOf<IncidentPhaseSet>(scene.written);
        QVERIFY(phase);
        QCOMPARE(phase->phase, IncidentPhase::Resolution);
        QCOMPARE(phase->reason, QStringLiteral("the canary is gone"));
    }

    void theLevelChangesWithAReason()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        page.bar()->openLevel();
        for (QAbstractButton *button : page.bar()->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == u"P2")
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QLineEdit *reason = line(page, "Reason");
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(scene.written.isEmpty());
        reason->setText(QStringLiteral("one region only"));
        QTest::keyClick(reason, Qt::Key_Return);
        const auto *level = lastOf<IncidentLevelSet>(scene.written);
        QVERIFY(level);
        QCOMPARE(level->level, Priority::P2);
        QCOMPARE(level->reason, QStringLiteral("one region only"));
        QVERIFY(!level->byRule);
    }

    void aRoleIsTakenAndHandedOverWithItsSummary()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        press(page, "Take the role: Operations lead");
        const auto *taken = lastOf<IncidentRoleSet>(scene.written);
        QVERIFY(taken);
        QCOMPARE(taken->role, IncidentRole::OperationsLead);
        QCOMPARE(taken->person, QStringLiteral("oncall-a"));
        page.roles()->handOver(IncidentRole::Commander);
        QLineEdit *to = line(page, "To whom");
        QVERIFY(to && to->text().isEmpty());
        auto *summary = page.roles()->findChild<QPlainTextEdit *>();
        QVERIFY(summary && !summary->toPlainText().isEmpty());
        to->setText(QStringLiteral("second"));
        summary->setPlainText(QStringLiteral("Roll back runs."));
        QTest::keyClick(to, Qt::Key_Return);
        const auto *given = lastOf<IncidentRoleSet>(scene.written);
        QVERIFY(given);
        QCOMPARE(given->person, QStringLiteral("second"));
        QCOMPARE(given->handOver, QStringLiteral("Roll back runs."));
    }

    void aTaskCountsDownAndIsDone()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        page.tasks()->openForm();
        line(page, "What")->setText(QStringLiteral("Look at the locks"));
        press(*page.tasks(), "Start it");
        const auto *task = lastOf<IncidentTask>(scene.written);
        QVERIFY(task && !task->task.isEmpty());
        QCOMPARE(task->dueAt, worldNow() + std::chrono::minutes(10));
        scene.world.incidents.setIncident(worldIncident({worldEntry(QStringLiteral("03:12:40"), QStringLiteral("oncall-a"), *task)}));
        QTRY_VERIFY(says(page, QStringLiteral("10:00")));
        press(*page.tasks(), "Done");
        QVERIFY(lastOf<IncidentTask>(scene.written));
        QCOMPARE(lastOf<IncidentTask>(scene.written)->state, IncidentTask::State::Done);
    }

    void aReportSaysConditionsActionsAndNeeds()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        press(page, "Report: conditions, actions, needs");
        line(page, "Conditions: how it is")->setText(QStringLiteral("2 % fail"));
        line(page, "Needs: what is missing")->setText(QStringLiteral("a second pair of eyes"));
        press(page, "Save the report");
        const auto *report = lastOf<IncidentCan>(scene.written);
        QVERIFY(report);
        QCOMPARE(report->condition, QStringLiteral("2 % fail"));
        QCOMPARE(report->needs, QStringLiteral("a second pair of eyes"));
    }

    void escalatingAndCallingGoThroughActions()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QTest::keyClick(&page, Qt::Key_E);
        QCOMPARE(scene.world.planned.size(), 1);
        const auto *escalate = std::get_if<EscalatePage>(&scene.world.planned.last().intent);
        QVERIFY(escalate);
        QCOMPARE(escalate->page, QStringLiteral("PGC42"));
        keepPicture(page, QStringLiteral("incident-escalate"));
        press(page, "Call a person");
        press(page, "Call");
        const auto *call = std::get_if<AddResponders>(&scene.world.planned.last().intent);
        QVERIFY(call && call->people == QStringList{QStringLiteral("U1")});
        scene.world.incidents.setConfigured(false, false, {}, {});
        QTRY_VERIFY(says(page, QStringLiteral("No paging service is configured")));
        QVERIFY(!buttonSaying(page, QStringLiteral("Escalate now")) || !page.paging()->escalateRefusal().isEmpty());
    }

    void aStatusUpdateIsEditedPreviewedAndSent()
    {
        Scene scene;
        Fleet fleet = incidentFleet();
        SourceStatus chat;
        chat.id = SourceId(QStringLiteral("chat/slack"));
        chat.kind = SourceStatus::Kind::Chat;
        fleet.sources.append(chat);
        scene.world.show(fleet);
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QPlainTextEdit *editor = page.composer()->editor();
        QTest::keyClicks(editor, QStringLiteral("Sorry. "));
        const QString typed = editor->toPlainText();
        scene.world.incidents.setStatusDraft(QStringLiteral("newer words"), worldNow());
        scene.world.time.setNow(worldNow() + std::chrono::seconds(1));
        QTRY_VERIFY(says(page, QStringLiteral("changed by you")));
        QCOMPARE(editor->toPlainText(), typed);
        press(page, "Send to #inc-42");
        const auto *post = std::get_if<PostMessage>(&scene.world.planned.last().intent);
        QVERIFY(post);
        QCOMPARE(post->text, typed.trimmed());
        QCOMPARE(post->update, 2);
        QCOMPARE(post->source, chat.id);
        QVERIFY(page.composer()->place()->isOpen());
        // The strip is as high as its words: nothing in the column is squeezed.
        QTRY_VERIFY(page.composer()->height() >= page.composer()->layout()->totalHeightForWidth(page.composer()->width()));
        keepPicture(page, QStringLiteral("incident-send"));
        page.composer()->place()->close();
        press(page, "Use the live text");
        QCOMPARE(editor->toPlainText(), QStringLiteral("newer words"));
    }

    void theCauseIsAddedInPlaceAndThePostmortemIsRead()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        press(page, "Edit: Cause");
        auto *cause = page.postmortem()->form()->findChild<QPlainTextEdit *>();
        QVERIFY(cause && cause->toPlainText().isEmpty()); // "not known yet" is never the beginning of a cause
        cause->setPlainText(QStringLiteral("fast-join skips the health check"));
        QTest::keyClick(cause, Qt::Key_Return, Qt::ControlModifier);
        const auto *field = lastOf<IncidentFieldSet>(scene.written);
        QVERIFY(field);
        QCOMPARE(field->field, IncidentField::Cause);
        QCOMPARE(field->value, QStringLiteral("fast-join skips the health check"));
        press(page, "Open the postmortem");
        QVERIFY(page.reader()->isVisible());
        QVERIFY(page.reader()->view()->runbook());
        keepPicture(page, QStringLiteral("incident-postmortem"));
        press(page, "Back");
        QVERIFY(!page.reader()->isVisible());
    }

    void withoutAnIncidentThePageIsCalmAndDeclaresOne()
    {
        Scene scene(nullptr);
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QVERIFY(page.overview()->isVisible());
        QVERIFY(says(page, QStringLiteral("this laptop")));
        keepPicture(page, QStringLiteral("incident-none"));
        QSignalSpy asked(&scene.world.requests, &Requests::incidentProposalRequested);
        QTest::keyClick(&page, Qt::Key_I);
        QCOMPARE(asked.size(), 1);
        DeclareStrip *strip = page.overview()->strip();
        QTest::keyClick(strip->titleField(), Qt::Key_Return);
        QVERIFY(scene.declared.isEmpty()); // the proposal has not come: nothing is declared yet
        IncidentProposal proposal;
        proposal.title = QStringLiteral("Meeting joins fail");
        proposal.level = Priority::P2;
        proposal.levelReason = QStringLiteral("a page alert fires");
        proposal.impactStarted = worldNow() - std::chrono::minutes(10);
        scene.world.incidents.setProposal(proposal);
        QTest::keyClick(strip->titleField(), Qt::Key_Return);
        QCOMPARE(scene.declared.size(), 1);
        QCOMPARE(scene.declared.last(), proposal);
        QVERIFY(!strip->isOpen());
    }

    void triageDeclaresWithTwoKeysAndOffersToJoin()
    {
        Scene scene(nullptr);
        TriagePage page(scene.world.models, scene.theme);
        open(page);
        QSignalSpy asked(&scene.world.requests, &Requests::incidentProposalRequested);
        QTest::keyClick(&page, Qt::Key_I);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<QList<AlertKey>>().size(), 1);
        auto *strip = page.findChild<DeclareStrip *>();
        QVERIFY(strip && strip->isOpen());
        IncidentProposal proposal;
        proposal.title = QStringLiteral("Meeting joins fail");
        proposal.level = Priority::P1;
        proposal.levelReason = QStringLiteral("a critical alert fires");
        proposal.alerts = {{QStringLiteral("eu"), QStringLiteral("GCHighErrorRate")}};
        proposal.join = IncidentId(QStringLiteral("other"));
        proposal.joinName = QStringLiteral("INC-41");
        scene.world.incidents.setProposal(proposal);
        keepPicture(page, QStringLiteral("triage-declare"));
        QTest::keyClick(strip->titleField(), Qt::Key_Return);
        QCOMPARE(scene.declared.size(), 1);
        QCOMPARE(scene.declared.last().join, proposal.join);
        page.activateWindow();
        page.setFocus();
        QTest::keyClick(&page, Qt::Key_I);
        scene.world.incidents.setProposal(proposal);
        press(page, "Declare a second one");
        QVERIFY(scene.declared.last().join.isEmpty());
    }

    void anAttachedAlertOpensItsIncident()
    {
        Scene scene;
        TriagePage page(scene.world.models, scene.theme);
        open(page);
        page.selectAlert({QStringLiteral("eu"), QStringLiteral("GCHighErrorRate")});
        QSignalSpy asked(&scene.world.requests, &Requests::incidentRequested);
        press(page, "Open INC-42");
        QCOMPARE(asked.size(), 1);
        QVERIFY(!page.findChild<DeclareStrip *>()->isOpen());
    }

    void theArchiveSaysHowItIs()
    {
        Scene scene;
        IncidentsPage page(scene.world.models, scene.theme);
        ArchiveCondition offline;
        offline.state = ArchiveCondition::State::Offline;
        offline.place = QStringLiteral("PostgreSQL incidents@db");
        offline.words = QStringLiteral("The server does not answer. What is written stays here and is sent when it is back.");
        offline.waiting = 3;
        scene.world.incidents.setArchive(offline);
        open(page);
        QVERIFY(says(page, QStringLiteral("3 entries wait on this laptop")));
        keepPicture(page, QStringLiteral("incident-offline"));
        Q_EMIT scene.world.requests.incidentRefused(page.shown()->head.id, QStringLiteral("The disk is full. Free some space, then write it again."));
        QVERIFY(says(page, QStringLiteral("It was not written to INC-42")));
        press(page, "Dismiss");
        offline.state = ArchiveCondition::State::ReadOnly;
        scene.world.incidents.setArchive(offline);
        QTRY_VERIFY(says(page, QStringLiteral("Incidents can only be read")));
    }

    void aClosedIncidentLeavesThePageCalmAndCanBeOpenedAgain()
    {
        Scene scene(worldIncident({worldEntry(QStringLiteral("03:12:32"), QStringLiteral("oncall-a"), IncidentPhaseSet{IncidentPhase::Resolution, {}}),
                                   worldEntry(QStringLiteral("03:12:33"), QStringLiteral("oncall-a"), IncidentPhaseSet{IncidentPhase::Postmortem, {}}),
                                   worldEntry(QStringLiteral("03:12:34"), QStringLiteral("oncall-a"), IncidentPhaseSet{IncidentPhase::Closed, {}})}));
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QVERIFY(page.overview()->isVisible());
        keepPicture(page, QStringLiteral("incident-past"));
        press(page, "Open");
        QVERIFY(page.shown());
        keepPicture(page, QStringLiteral("incident-closed"));
        QTest::keyClick(&page, Qt::Key_Y);
        const auto *actionable = lastOf<IncidentFieldSet>(scene.written);
        QVERIFY(actionable && actionable->field == IncidentField::PagesActionable);
        QCOMPARE(actionable->value, QStringLiteral("yes"));
        press(page, "Reopen");
        line(page, "Reason")->setText(QStringLiteral("it fails again"));
        QTest::keyClick(line(page, "Reason"), Qt::Key_Return);
        const auto *phase = lastOf<IncidentPhaseSet>(scene.written);
        QVERIFY(phase && phase->phase == IncidentPhase::Mitigation);
    }

    void textFromOutsideStaysText()
    {
        std::vector<IncidentEntry> extra;
        int number = 0;
        for (const QString &text : cockpit::testing::hostileTexts()) {
            ++number;
            extra.push_back(namedEntry(QStringLiteral("h%1").arg(number), QStringLiteral("03:12:35"), text.left(200), IncidentNote{text}));
            extra.push_back(namedEntry(QStringLiteral("t%1").arg(number), QStringLiteral("03:12:36"), text.left(200), IncidentFieldSet{IncidentField::Title, text, {}}));
            extra.push_back(namedEntry(QStringLiteral("r%1").arg(number), QStringLiteral("03:12:37"), QStringLiteral("x"), IncidentRoleSet{IncidentRole::Deputy, text, text}));
            extra.push_back(namedEntry(QStringLiteral("f%1").arg(number), QStringLiteral("03:12:38"), QStringLiteral("x"), IncidentFollowUp{text.left(40), text, text, {}, false}));
        }
        Scene scene(worldIncident(std::move(extra)));
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        QTest::keyClick(page.timeline()->view(), Qt::Key_Down);
        QTest::keyClick(page.timeline()->view(), Qt::Key_Return);
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(page.width(), 1302); // and nothing of it makes the window wider
        keepPicture(page, QStringLiteral("incident-hostile"));
    }

    void aLongTimelinePaintsOnlyWhatShowsAndKeepsItsPlace()
    {
        Scene scene(longIncident(20000));
        IncidentsPage page(scene.world.models, scene.theme);
        open(page);
        TimelineView *view = page.timeline()->view();
        QCOMPARE(view->model()->rowCount(), 20020);
        QVERIFY2(view->paintedRows() < 400, QByteArray::number(view->paintedRows()).constData());
        view->verticalScrollBar()->setValue(3200);
        const QModelIndex top = view->indexAt({10, 5});
        const QString before = top.data(Qt::DisplayRole).toString();
        auto longer = std::make_shared<Incident>(*page.shown());
        IncidentEntry late = namedEntry(QStringLiteral("zz"), QStringLiteral("23:59:00"), QStringLiteral("second"), IncidentNote{QStringLiteral("late")});
        longer->timeline.push_back(late);
        scene.world.incidents.setIncident(longer);
        QTRY_COMPARE(view->model()->rowCount(), 20021);
        QCOMPARE(view->indexAt({10, 5}).data(Qt::DisplayRole).toString(), before);
    }

    void everySizeAndThemeHolds_data()
    {
        QTest::addColumn<QString>("variant");
        QTest::addColumn<QSize>("size");
        QTest::newRow("night-1280") << QStringLiteral("night") << QSize(1216, 648);
        QTest::newRow("day-1366") << QStringLiteral("day") << QSize(1302, 696);
        QTest::newRow("contrast-1920") << QStringLiteral("contrast") << QSize(1856, 1008);
        QTest::newRow("night-1920") << QStringLiteral("night") << QSize(1856, 1008);
    }
    void everySizeAndThemeHolds()
    {
        QFETCH(QString, variant);
        QFETCH(QSize, size);
        Scene scene;
        scene.theme.setVariantName(variant);
        IncidentsPage page(scene.world.models, scene.theme);
        open(page, size);
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(page.size(), size);
        keepPicture(page, QStringLiteral("incident-") + QString::fromLatin1(QTest::currentDataTag()));
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestIncidentPage)
#include "tst_incident_page.moc"
