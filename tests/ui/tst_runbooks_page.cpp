// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/runbooks_world.h"
#include "ui/runbooks/coverage_view.h"
#include "ui/runbooks/runbook_row_list.h"
#include "ui/runbooks/runbook_view.h"
#include "ui/runbooks/runbooks_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"

#include <QSignalSpy>
#include <QTest>

namespace cockpit {

/// The Runbooks page as a person meets it: a library in, pictures and requests out.
class TestRunbooksPage : public QObject {
    Q_OBJECT

    static void open(RunbooksPage &page, QSize size = {1302, 696})
    {
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
    }
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
        for (const PlainLabel *label : page.findChildren<PlainLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }
    static RunbookRowList *list(const RunbooksPage &page, const QString &name)
    {
        for (RunbookRowList *found : page.findChildren<RunbookRowList *>()) {
            if (found->accessibleName() == name)
                return found;
        }
        return nullptr;
    }
    static QString shownPath(const RunbooksPage &page)
    {
        return page.view()->runbook() ? page.view()->runbook()->key.path : QString();
    }
    static Button *buttonSaying(QWidget &page, const QString &name)
    {
        for (Button *button : page.findChildren<Button *>()) {
            if (button->isVisible() && (button->text() == name || button->accessibleName() == name))
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void whatFiresIsOpenAndTheWindowKeepsItsRules()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("GCHighErrorRate.md")));
        QVERIFY(says(page, QStringLiteral("10 documents, 58 alert rules")));
        QVERIFY(says(page, QStringLiteral("reviewed 11 Nov 2026 by release")));
        QVERIFY(says(page, QStringLiteral("filled in: gc-service, dark-tower")));
        QVERIFY(says(page, QStringLiteral("54  of 58, 93 %")));
        QVERIFY(says(page, QStringLiteral("52 complete, 2 need work, 4 missing")));
        QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(page), QStringList());
    }

    void theTreeOpensDocumentsAndClosesFolders()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        RunbookRowList *tree = list(page, QStringLiteral("Folders and runbooks"));
        QCOMPARE(tree->rows().first().text, QStringLiteral("docs/runbooks"));
        QCOMPARE(tree->rows().first().trailing, QStringLiteral("10"));
        const qsizetype all = tree->rows().size();
        tree->setFocus();
        tree->setCurrentIndex(tree->model()->index(1, 0));
        QCOMPARE(tree->rows().at(1).text, QStringLiteral("alerts"));
        QTest::keyClick(tree, Qt::Key_Left);
        QCOMPARE(tree->rows().size(), all - 7);
        QTest::keyClick(tree, Qt::Key_Right);
        QCOMPARE(tree->rows().size(), all);
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Return);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("GCDown.md")));
        QTest::keyClick(page.view(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("GCHighErrorRate.md")));
        QTest::keyClick(page.view(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("GCDown.md")));
    }

    void searchShowsWhatWasFoundAndOpensItsSection()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QSignalSpy searched(&world.requests, &Requests::runbookSearchRequested);
        auto *field = page.findChild<QLineEdit *>();
        QTest::keyClick(list(page, QStringLiteral("Folders and runbooks")), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("what may"));
        QTRY_VERIFY(!searched.isEmpty());
        QCOMPARE(searched.last().first().toString(), QStringLiteral("what may"));
        RunbookHit hit;
        hit.runbook = {QStringLiteral("dark-tower"), QStringLiteral("docs/runbooks/long.md")};
        hit.title = QStringLiteral("Long");
        hit.slug = QStringLiteral("scenario-7");
        hit.excerpt = QStringLiteral("Scenario 7: what may happen");
        hit.marks = {{12, 8}};
        world.runbooks.setHits(QStringLiteral("what may"), {hit});
        RunbookRowList *hits = list(page, QStringLiteral("What was found"));
        QVERIFY(hits->isVisible());
        hits->setFocus();
        hits->setCurrentIndex(hits->model()->index(0, 0));
        QTest::keyClick(hits, Qt::Key_Return);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("long.md")));
        QCOMPARE(page.view()->runbook()->blocks.at(page.view()->topHeading()).slug, QStringLiteral("scenario-7"));
        world.runbooks.setHits(QStringLiteral("what may"), {});
        QVERIFY(says(page, QStringLiteral("No runbook has these words.")));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(list(page, QStringLiteral("Folders and runbooks"))->isVisible());
    }

    void theOutlineFollowsAndLeads()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        page.openRunbook({QStringLiteral("dark-tower"), QStringLiteral("docs/runbooks/long.md")},
                         QStringLiteral("scenario-9"));
        RunbookRowList *outline = list(page, QStringLiteral("Outline of the runbook"));
        QCOMPARE(outline->rows().at(outline->currentIndex().row()).slug, QStringLiteral("scenario-9"));
        QCOMPARE(outline->rows().at(outline->currentIndex().row()).trailing, QStringLiteral("1 step"));
        QCOMPARE(outline->rows().at(outline->currentIndex().row() + 1).kind, RunbookRow::Kind::Step);
        outline->setFocus();
        QTest::keyClick(outline, Qt::Key_Home);
        QTest::keyClick(outline, Qt::Key_Return);
        QCOMPARE(page.view()->runbook()->blocks.at(page.view()->topHeading()).slug, QStringLiteral("scenario-0"));
    }

    void coverageOpensRunbooksAndWritesMissingOnes()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QSignalSpy skeletons(&world.requests, &Requests::skeletonRequested);
        Button *write = buttonSaying(page, QStringLiteral("Write from template: MCMeetingStale"));
        QVERIFY(write);
        QTest::mouseClick(write, Qt::LeftButton);
        QCOMPARE(skeletons.size(), 1);
        QCOMPARE(skeletons.first().first().toString(), QStringLiteral("MCMeetingStale"));
        auto *table = page.findChild<CoverageList *>();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(5, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(shownPath(page).endsWith(QStringLiteral("MHHighJitter.md")));
        QVERIFY(table->rowsBelow() > 20);
        QVERIFY(says(page, QStringLiteral("more rules")) ||
                buttonSaying(page, QStringLiteral("%1 more rules").arg(table->rowsBelow())));
        // Rows that moved keep their buttons.
        QPointer<Button> held = write;
        QList<RunbookCoverage> rows = world.runbooks.coverage();
        std::swap(rows[0], rows[2]);
        world.runbooks.setCoverage(rows);
        QVERIFY(held && held->isVisible());
        QCOMPARE(held->accessibleName(), QStringLiteral("Write from template: MCMeetingStale"));
    }

    void linksShowTheirHostAndRunbooksOpenHere()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QSignalSpy opened(&world.requests, &Requests::linkRequested);
        Q_EMIT page.view()->linkAsked(QStringLiteral("https://grafana.example/d/gc"));
        QVERIFY(says(page, QStringLiteral("Open grafana.example in the browser")));
        QCOMPARE(opened.size(), 0);
        buttonSaying(page, QStringLiteral("Open grafana.example in the browser"))->click();
        QCOMPARE(opened.size(), 1);
        Q_EMIT page.view()->linkAsked(QStringLiteral("javascript:alert(1)"));
        QVERIFY(says(page, QStringLiteral("never opened")));
        QCOMPARE(opened.size(), 1);
        // The window does this.
        connect(&world.requests, &Requests::runbookRequested, &page, &RunbooksPage::openRunbook);
        Q_EMIT page.view()->linkAsked(QStringLiteral("../deployment/gc.md"));
        QVERIFY(shownPath(page).endsWith(QStringLiteral("deployment/gc.md")));
    }

    void ticksGoToTheOccasionOfWhatFires()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        answerTicks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QSignalSpy ticks(&world.requests, &Requests::tickRequested);
        page.view()->setFocus();
        QTest::keyClick(page.view(), Qt::Key_Space);
        QCOMPARE(ticks.size(), 1);
        const auto tick = ticks.first().first().value<RunbookTick>();
        QCOMPARE(tick.occasion, occasionOf(alertNamed(world, QStringLiteral("GCHighErrorRate"))));
        QCOMPARE(tick.text, QStringLiteral("Roll back if the canary is the cause"));
        QCOMPARE(page.view()->progress().doneCount(), 4);
        page.openRunbook({QStringLiteral("dark-tower"), QStringLiteral("docs/runbooks/deployment/gc.md")}, {});
        QVERIFY(says(page, QStringLiteral("Deploy gc-service")));
    }

    void editorLessonAndNoticesGoThrough()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbooksPage page(world.models, theme);
        open(page);
        QSignalSpy edits(&world.requests, &Requests::runbookEditRequested);
        buttonSaying(page, QStringLiteral("Open in editor"))->click();
        QCOMPARE(edits.size(), 1);
        Q_EMIT world.requests.runbookNoticed(
            QStringLiteral("No editor is set: name one as editor: in the configuration."));
        QVERIFY(says(page, QStringLiteral("No editor is set")));
        QSignalSpy lessons(&world.requests, &Requests::lessonRequested);
        QCOMPARE(world.commands.run(QStringLiteral("runbook.lessons")), QString());
        QCOMPARE(lessons.size(), 1);
    }

    void emptyStatesSayWhyAndWhatToDo()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        RunbooksPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("Reading the runbooks.")));
        world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>());
        QVERIFY(says(page, QStringLiteral("No source of runbooks is configured.")));
        QVERIFY(says(page, QStringLiteral("runbooks:")));
        RunbookLibrary broken;
        RunbookSourceState source;
        source.name = QStringLiteral("ops");
        source.problem = QStringLiteral("The folder cannot be read: no permission.");
        broken.sources = {source};
        world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>(broken));
        QVERIFY(says(page, QStringLiteral("No runbook can be read.")));
        QVERIFY(says(page, QStringLiteral("no permission")));
        page.openRunbook({QStringLiteral("ops"), QStringLiteral("gone.md")}, {});
        QVERIFY(says(page, QStringLiteral("no longer among the sources")));
        // Asked for before it was known: opened once it is.
        fillRunbooks(world);
        QVERIFY(page.view()->runbook());
    }

    void whatIsWrongWithAFileIsSaid()
    {
        Theme theme;
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        RunbookLibrary library = world.runbooks.library();
        auto cut = std::make_shared<Runbook>(*errorRateRunbook());
        cut->problems = {QStringLiteral("cut after 1 MiB")};
        for (RunbookPtr &runbook : library.runbooks) {
            if (runbook->key == cut->key)
                runbook = cut;
        }
        world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>(library));
        RunbooksPage page(world.models, theme);
        open(page);
        QVERIFY(says(page, QStringLiteral("cut after 1 MiB")));
    }

    void hostileTextIsPlain()
    {
        Theme theme;
        for (const QString &text : cockpit::testing::hostileTexts()) {
            PagesWorld world;
            world.show(incidentFleet());
            RunbookLibrary library;
            RunbookSourceState source;
            source.name = text.left(500);
            source.revision = text;
            source.problem = text;
            library.sources = {source};
            auto runbook = std::make_shared<Runbook>(*hostileRunbook(text));
            runbook->owner = runbook->reviewedBy = runbook->severity = text;
            runbook->problems = {text};
            library.runbooks = {runbook};
            world.runbooks.setLibrary(std::make_shared<const RunbookLibrary>(library));
            RunbookCoverage row;
            row.alert = text;
            world.runbooks.setCoverage({row});
            RunbooksPage page(world.models, theme);
            page.resize(1302, 696);
            page.show();
            RunbookHit hit;
            hit.title = hit.excerpt = text;
            hit.marks = {{0, 5}};
            world.runbooks.setHits(QStringLiteral("x"), {hit});
            page.grab();
            QCOMPARE(cockpit::testing::windowProblems(page), QStringList());
            QVERIFY(page.minimumSizeHint().width() <= 1216);
        }
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestRunbooksPage)
#include "tst_runbooks_page.moc"
