// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "tests/ui/runbooks_world.h"
#include "ui/runbooks/query_chart.h"
#include "ui/runbooks/runbook_controls.h"
#include "ui/runbooks/runbook_printer.h"
#include "ui/runbooks/runbook_target.h"
#include "ui/runbooks/runbook_view.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace cockpit {

/// A runbook in a column of its own: what is laid out, what keys and mouse do, what it asks for.
class TestRunbookView : public QObject {
    Q_OBJECT

    static void open(RunbookView &view, QSize size = {400, 600})
    {
        view.resize(size);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
    }
    static RunbookFilling filling()
    {
        RunbookFilling values;
        values.words = {{QStringLiteral("service"), QStringLiteral("gc-service")},
                        {QStringLiteral("namespace"), QStringLiteral("dark-tower")}};
        return values;
    }
    static QList<StepCheck *> checks(const RunbookView &view)
    {
        QList<StepCheck *> shown;
        for (StepCheck *check : view.findChildren<StepCheck *>()) {
            if (check->isVisible())
                shown.append(check);
        }
        std::sort(shown.begin(), shown.end(), [](const StepCheck *a, const StepCheck *b) { return a->y() < b->y(); });
        return shown;
    }
    static QWidget *named(const RunbookView &view, const QString &name)
    {
        for (QWidget *widget : view.findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->accessibleName().startsWith(name))
                return widget;
        }
        return nullptr;
    }
    static QList<RunbookTick> ticked(const RunbookPtr &runbook, int count)
    {
        QList<RunbookTick> ticks;
        for (int step = 0; step < count; ++step) {
            RunbookTick tick;
            tick.runbook = runbook->key;
            tick.step = runbook->steps.at(step).id;
            tick.actor = QStringLiteral("you");
            tick.at = worldNow();
            ticks.append(tick);
        }
        return ticks;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Theme::loadFonts()); }

    void openingAtASectionLaysOutOnlyWhatShows()
    {
        Theme theme;
        RunbookView view(theme, Role::Raised, 16);
        open(view);
        view.setRunbook(longRunbook(3000), {}, filling());
        const int units = static_cast<int>(view.flow().units().size());
        QVERIFY(units > 12000);
        int before = view.flow().layoutsMade();
        QVERIFY(before < 60);
        QVERIFY(view.scrollToSlug(QStringLiteral("scenario-1500")));
        QVERIFY2(view.flow().layoutsMade() - before < 40,
                 qPrintable(QString::number(view.flow().layoutsMade() - before)));
        QCOMPARE(view.runbook()->blocks.at(view.topHeading()).slug, QStringLiteral("scenario-1500"));
        // Nor does any step of the wheel, a page key, the end of the document, or a jump of the scroll bar.
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_End, Qt::Key_Home}) {
            before = view.flow().layoutsMade();
            QTest::keyClick(&view, key);
            QVERIFY(view.flow().layoutsMade() - before < 40);
        }
        before = view.flow().layoutsMade();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 3);
        QVERIFY(view.flow().layoutsMade() - before < 40);
        for (int page = 0; page < 200; ++page)
            QTest::keyClick(&view, Qt::Key_PageDown);
        QVERIFY2(view.flow().layoutsKept() < 600, "what lies far away is forgotten");
    }

    void oneHugeBlockIsLaidOutInParts()
    {
        Theme theme;
        RunbookView view(theme, Role::Raised, 16);
        open(view);
        auto runbook = std::make_shared<Runbook>();
        runbook->blocks = {
            codeBlock(QStringLiteral("echo some words that are long enough\n").repeated(30000), QStringLiteral("bash")),
            paragraph(QStringLiteral("words ").repeated(200000)), codeBlock(QStringLiteral("x").repeated(20000), {})};
        view.setRunbook(runbook, {}, {});
        QVERIFY(view.flow().layoutsMade() < 6);
        for (const RunbookUnit &unit : view.flow().units())
            QVERIFY(unit.to - unit.from <= 2 * RunbookUnit::characters + 1);
        qsizetype characters = 0;
        for (const RunbookUnit &unit : view.flow().units())
            characters += unit.to - unit.from;
        QCOMPARE(characters, runbook->blocks[0].code.size() + 1200000 + 20000);
    }

    void theCurrentStepIsTickedByKeyAndByItsBox()
    {
        Theme theme;
        RunbookView view(theme, Role::Raised, 16);
        view.setGuides(true);
        const RunbookPtr runbook = errorRateRunbook();
        open(view);
        view.setRunbook(runbook, {}, filling());
        view.setTicks(ticked(runbook, 3));
        QCOMPARE(view.progress().current(), 3);
        QCOMPARE(view.progress().doneCount(), 3);
        QSignalSpy asked(&view, &RunbookView::tickAsked);
        QSignalSpy taken(&view, &RunbookView::untickAsked);
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Space);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(asked.size(), 1); // the second press has nothing to add until the first is answered
        QCOMPARE(asked.first().first().toInt(), 3);
        view.setTicks(ticked(runbook, 4));
        QCOMPARE(view.progress().current(), 4);
        view.scrollToCurrentStep();
        const QList<StepCheck *> boxes = checks(view);
        QVERIFY(boxes.size() >= 4);
        QVERIFY(boxes.first()->isChecked());
        boxes.first()->click();
        QCOMPARE(taken.size(), 1);
        QVERIFY2(boxes.first()->isChecked(), "it shows what is known, not what was asked for");
        QAccessibleInterface *box = QAccessible::queryAccessibleInterface(boxes.first());
        QCOMPARE(box->role(), QAccessible::CheckBox);
        QVERIFY(box->state().checked);
        QVERIFY(box->text(QAccessible::Name).startsWith(QStringLiteral("Step ")));
    }

    void aStepIsSkippedOnlyWithAReason()
    {
        Theme theme;
        RunbookView view(theme, Role::Raised, 16);
        view.setGuides(true);
        open(view);
        view.setRunbook(errorRateRunbook(), {}, filling());
        view.scrollToCurrentStep();
        QSignalSpy skipped(&view, &RunbookView::skipAsked);
        QWidget *skip = named(view, QStringLiteral("Skip this step"));
        QVERIFY(skip);
        static_cast<Button *>(skip)->click();
        auto *field = view.findChild<SkipField *>();
        QVERIFY(field && field->isVisible());
        QVERIFY(field->lineEdit()->hasFocus());
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(skipped.size(), 0);
        QTest::keyClicks(field->lineEdit(), QStringLiteral("done by the release team"));
        view.setTicks({}); // a refresh does not disturb it
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("done by the release team"));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(skipped.size(), 1);
        QCOMPARE(skipped.first().at(0).toInt(), 0);
        QCOMPARE(skipped.first().at(1).toString(), QStringLiteral("done by the release team"));
    }

    void copyTakesTheCommandWithTheValuesFilledIn()
    {
        Theme theme;
        RunbookView view(theme, Role::Raised, 16);
        view.setGuides(true);
        open(view);
        const RunbookPtr runbook = errorRateRunbook();
        view.setRunbook(runbook, {}, filling());
        view.setTicks(ticked(runbook, 3));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_C);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("kubectl argo rollouts abort gc-service \\\n  -n dark-tower --context eu-west-1"));
        view.setTicks({});
        QVERIFY(!view.copyRefusal().isEmpty()); // the first step has none
    }

    void textIsSelectedAcrossBlocksAndCopied()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {700, 600});
        view.setRunbook(errorRateRunbook(), {}, filling());
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(view.selectedText().contains(QStringLiteral("After 30 min: team gc.")));
        QVERIFY(view.selectedText().startsWith(QStringLiteral("GCHighErrorRate\nSymptoms\nMore than 1 %")));
        QVERIFY(view.selectedText().contains(QStringLiteral("Database errors\tgc_db_queries_total")));
        QVERIFY(view.selectedText().contains(QStringLiteral("abort gc-service \\\n  -n dark-tower")));
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, {30, 20});
        QMouseEvent drag(QEvent::MouseMove, QPointF(500, 80), QPointF(500, 80), Qt::LeftButton, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &drag);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, {500, 80});
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(view.selectedText().size() < 400 && view.selectedText().contains(QStringLiteral("Symptoms")));
    }

    void findCountsAndGoesOn()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {600, 600});
        view.setRunbook(longRunbook(300), {}, filling());
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_F, Qt::ControlModifier);
        auto *bar = view.findChild<FindBar *>();
        QVERIFY(bar->isVisible());
        QTest::keyClicks(bar->findChild<QLineEdit *>(), QStringLiteral("scenario 299"));
        QTRY_COMPARE(view.runbook()->blocks.at(view.topHeading()).slug.left(10), QStringLiteral("scenario-2"));
        const auto says = [bar](const QString &words) {
            for (const PlainLabel *label : bar->findChildren<PlainLabel *>()) {
                if (label->text() == words)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(QStringLiteral("1 of 1")));
        bar->findChild<QLineEdit *>()->selectAll();
        QTest::keyClicks(bar->findChild<QLineEdit *>(), QStringLiteral("look at number 1"));
        QTRY_VERIFY(says(QStringLiteral("1 of 111")) || says(QStringLiteral("111 of 111")) || bar->words().isEmpty() ||
                    view.findChild<RunbookReader *>()->hits().size() == 111);
        QCOMPARE(view.findChild<RunbookReader *>()->hits().size(), size_t(111));
        QTest::keyClick(bar->findChild<QLineEdit *>(), Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QVERIFY(view.hasFocus());
    }

    void linksAreAskedForAndNeverOpened()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {700, 600});
        view.setRunbook(errorRateRunbook(), {}, filling());
        QSignalSpy asked(&view, &RunbookView::linkAsked);
        QWidget *link = named(view, QStringLiteral("the dashboard"));
        QVERIFY(link);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, link->geometry().center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), QStringLiteral("https://grafana.example/d/gc"));
        link->setFocus();
        QTest::keyClick(link, Qt::Key_Return);
        QCOMPARE(asked.size(), 2);
    }

    void tabWalksThroughTheWholeDocumentAndLeavesIt()
    {
        Theme theme;
        QWidget window;
        auto *before = new Button(theme, QStringLiteral("before"), Button::Kind::Normal, &window);
        RunbookView view(theme, Role::Surface, 24, &window);
        auto *after = new Button(theme, QStringLiteral("after"), Button::Kind::Normal, &window);
        window.resize(600, 400);
        view.setGeometry(0, 30, 600, 300);
        after->move(0, 340);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        view.setRunbook(longRunbook(12), {}, filling());
        before->setFocus();
        QStringList steps;
        for (int press = 0; press < 80 && !after->hasFocus(); ++press) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            if (auto *check = qobject_cast<StepCheck *>(QApplication::focusWidget()))
                steps.append(check->accessibleName());
        }
        QVERIFY(after->hasFocus());
        QCOMPARE(steps.size(), 12);
        QVERIFY(steps.last().startsWith(QStringLiteral("Step 12")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
        QVERIFY(view.isAncestorOf(QApplication::focusWidget()) || view.hasFocus());
    }

    void hostileTextIsPlainAndBounded()
    {
        Theme theme;
        for (const QString &text : cockpit::testing::hostileTexts()) {
            RunbookView view(theme, Role::Surface, 24);
            view.setRunbook(hostileRunbook(text), {}, filling());
            view.resize(500, 600);
            view.show();
            view.grab();
            QTest::keyClick(&view, Qt::Key_PageDown);
            QTest::keyClick(&view, Qt::Key_End);
            view.grab();
            QCOMPARE(cockpit::testing::windowProblems(view), QStringList());
        }
        // What turns the direction of text, or is not seen, stands as a sign in its place.
        const StyledText turned =
            styledCode(QStringLiteral("rm \u202Egpj.txt\u200B\a"), QStringLiteral("bash"), {}, theme);
        QCOMPARE(turned.text, QStringLiteral("rm \uFFFDgpj.txt\uFFFD\uFFFD"));
    }

    void aWideTableScrollsSideways()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {300, 500});
        auto runbook = std::make_shared<Runbook>();
        RunbookBlock table;
        table.kind = RunbookBlock::Kind::Table;
        table.rows = {QList<RunbookText>(8, RunbookText{RunbookSpan{.text = QStringLiteral("a column")}}),
                      QList<RunbookText>(8, RunbookText{RunbookSpan{.text = QStringLiteral("value")}})};
        runbook->blocks = {table};
        view.setRunbook(runbook, {}, {});
        QVERIFY(view.flow().laidOut(0)->wide > view.viewport()->width());
        const QImage before = view.grab().toImage();
        view.setFocus();
        const QImage focused = view.grab().toImage();
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.grab().toImage() != focused);
        QVERIFY(!before.isNull());
    }

    void aQueryIsRunInPlace()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {600, 600});
        RunbookQueryAnswer answer;
        bool known = false;
        view.setAnswers([&](const QString &) { return known ? &answer : nullptr; });
        view.setRunbook(errorRateRunbook(), {}, filling());
        QSignalSpy asked(&view, &RunbookView::queryAsked);
        QWidget *run = named(view, QStringLiteral("Run the query"));
        QVERIFY(run);
        QTest::mouseClick(run, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        const QString query = asked.first().first().toString();
        QVERIFY(query.contains(QStringLiteral("gc_http_requests_total")));
        known = true;
        answer.query = query;
        answer.at = worldNow();
        answer.value = QStringLiteral("0.068");
        Series series;
        for (int minute = 60; minute > 0; --minute)
            series.points.push_back({worldNow() - std::chrono::minutes(minute), 0.01 * minute});
        answer.series = {series};
        const double height = view.flow().total();
        view.answerChanged(query);
        QVERIFY(view.flow().total() > height + 100);
        auto *chart = view.findChild<QueryChart *>();
        QVERIFY(chart && chart->isVisible());
        QCOMPARE(chart->view().lines.size(), 1);
        answer.problem = QStringLiteral("Prometheus did not answer in 5 s.");
        view.answerChanged(query);
        QTRY_VERIFY(!view.findChild<QueryChart *>() || !view.findChild<QueryChart *>()->isVisible());
    }

    void theSameDocumentReadAgainKeepsItsPlace()
    {
        Theme theme;
        RunbookView view(theme, Role::Surface, 24);
        open(view, {600, 500});
        view.setRunbook(longRunbook(100), {}, filling());
        view.scrollToSlug(QStringLiteral("scenario-40"));
        QTest::keyClick(&view, Qt::Key_Down);
        auto changed = std::make_shared<Runbook>(*longRunbook(100));
        changed->blocks.prepend(paragraph(QStringLiteral("A new first paragraph.")));
        for (RunbookStep &step : changed->steps)
            ++step.block;
        view.setRunbook(changed, {}, filling());
        QCOMPARE(view.runbook()->blocks.at(view.topHeading()).slug, QStringLiteral("scenario-40"));
    }

    void linksResolveInsideTheirSourceOnly()
    {
        PagesWorld world;
        world.show(incidentFleet());
        fillRunbooks(world);
        const RunbookKey from{QStringLiteral("dark-tower"), QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md")};
        const auto target = [&](const char *link) {
            return targetOf(QString::fromLatin1(link), from, world.runbooks.library());
        };
        using Kind = RunbookTarget::Kind;
        QCOMPARE(target("#mitigation").kind, Kind::Section);
        QCOMPARE(target("../deployment/gc.md#roll-back").runbook.path,
                 QStringLiteral("docs/runbooks/deployment/gc.md"));
        QCOMPARE(target("../deployment/gc.md#roll-back").slug, QStringLiteral("roll-back"));
        QCOMPARE(target("/docs/runbooks/deployment/gc.md").kind, Kind::Runbook);
        QCOMPARE(target("https://grafana.example/d/gc").host, QStringLiteral("grafana.example"));
        for (const char *bad :
             {"../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc/passwd", "javascript:alert(1)", "file:///etc/passwd",
              "//evil.example/x", "data:text/html,x", "https://user:secret@example.org/", "missing.md", ""})
            QVERIFY2(target(bad).kind == Kind::Nothing && !target(bad).problem.isEmpty(), bad);
    }

    void printingPaintsAllPages()
    {
        QTemporaryDir folder;
        QWidget owner;
        RunbookPrinter printer(owner);
        QSignalSpy said(&printer, &RunbookPrinter::noticed);
        const QString file = folder.filePath(QStringLiteral("runbook.pdf"));
        printer.printTo(file, longRunbook(20), filling());
        QTRY_COMPARE(said.size(), 1);
        QVERIFY2(said.first().first().toString().startsWith(QStringLiteral("Printed on ")),
                 qPrintable(said.first().first().toString()));
        QVERIFY(QFile(file).size() > 5000);
        QVERIFY(!printer.isPrinting());
    }

    void everyWidthAndScaleFits()
    {
        for (const double scale : {1.0, 2.0}) {
            Theme theme;
            theme.setScale(scale);
            for (const int width : {320, 400, 598, 1200}) {
                RunbookView view(theme, Role::Surface, 24);
                view.setGuides(true);
                view.setRunbook(errorRateRunbook(), {}, filling());
                view.resize(static_cast<int>(width * scale), static_cast<int>(700 * scale));
                view.show();
                for (int unit = 0; unit < static_cast<int>(view.flow().units().size()); ++unit) {
                    const RunbookUnitLayout *laid = view.flow().laidOut(unit);
                    if (!laid || laid->wide > 0)
                        continue;
                    for (const RunbookUnitLayout::Piece &piece : laid->pieces)
                        QVERIFY(piece.at.x() + piece.layout->boundingRect().right() <= view.flow().look().width + 1);
                    for (const RunbookControl &control : laid->controls)
                        QVERIFY(control.rect.right() <= view.flow().look().width + 1);
                }
            }
        }
    }
};

} // namespace cockpit

QTEST_MAIN(cockpit::TestRunbookView)
#include "tst_runbook_view.moc"
