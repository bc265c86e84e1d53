// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_walker.h"
#include "ui/widgets/action_strip.h"
#include "ui/widgets/button.h"
#include "ui/widgets/level_bar.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

ActionStripView confirmView()
{
    ActionStripView view;
    view.phase = ActionStripView::Phase::Confirm;
    view.title = QStringLiteral("Roll back gc-service 1.43.0 to 1.42.3");
    view.scope = QStringLiteral("eu-west-1 · 25 % of its traffic, 212 req/s");
    view.willChange = {QStringLiteral("canary weight 25 % to 0 %"), QStringLiteral("2 canary pods drain 30 s, then stop"),
                       QStringLiteral("stable 1.42.3 takes all: 6 pods, 2.1 × room")};
    view.willNotChange = {QStringLiteral("fast-join stays on"), QStringLiteral("us-east-1, ap-south-1: they run 1.42.3"),
                          QStringLiteral("database and configuration")};
    view.checks = {{StripCheck::Verdict::Good, QStringLiteral("may patch, shape accepted"), {}},
                   {StripCheck::Verdict::Good, QStringLiteral("image present"), {}},
                   {StripCheck::Verdict::Good, QStringLiteral("unchanged since 03:03"), {}},
                   {StripCheck::Verdict::Good, QStringLiteral("Argo CD leaves an abort"), {}},
                   {StripCheck::Verdict::Bad, QStringLiteral("database in use by stable"), {}},
                   {StripCheck::Verdict::Unknown, QStringLiteral("live sessions: not known"), {}}};
    view.runText = QStringLiteral("Roll back to 1.42.3");
    return view;
}

/// A window with one field beside the strip, active.
struct StripWindow {
    Theme &theme;
    QWidget window{};
    QLineEdit *field = new QLineEdit(&window);
    ActionStrip *strip = new ActionStrip(theme, &window);

    explicit StripWindow(Theme &given) : theme(given)
    {
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(field);
        layout->addWidget(strip);
        layout->addStretch(1);
        field->setAccessibleName(QStringLiteral("Reason"));
        window.resize(562, 400);
    }

    bool open()
    {
        window.show();
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window);
    }

    Button *button(const QString &text) const
    {
        for (Button *found : strip->findChildren<Button *>()) {
            if (found->text() == text && found->isVisible())
                return found;
        }
        return nullptr;
    }
};

} // namespace

class ActionStripTest : public QObject {
    Q_OBJECT

    Theme m_theme{};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(Theme::loadFonts());
        m_theme.apply(*qApp);
    }

    void runsByItselfAfterTheBar()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        ActionStripView view = confirmView();
        view.bar = 120ms;
        w.strip->setView(view);
        QVERIFY(w.strip->barRuns());
        QCOMPARE(run.count(), 0);
        QTRY_COMPARE(run.count(), 1);
    }

    void runsOnceHoweverOftenItIsPressed()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        w.strip->setView(confirmView());
        Button *button = w.button(QStringLiteral("Run now"));
        QVERIFY(button);
        QTest::mouseDClick(button, Qt::LeftButton);
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::keyClick(w.strip, Qt::Key_Return);
        QCOMPARE(run.count(), 1);
        QVERIFY(!w.strip->barRuns());
    }

    void escCancels()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        QSignalSpy cancel(w.strip, &ActionStrip::cancelRequested);
        w.strip->setView(confirmView());
        QTest::keyClick(w.strip, Qt::Key_Escape);
        QCOMPARE(cancel.count(), 1);
        QCOMPARE(run.count(), 0);
        QVERIFY(!w.strip->barRuns());
    }

    void enterThatOpenedItDoesNotRunIt()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        ActionStripView view = confirmView();
        view.opensByKey = true;
        w.strip->setView(view);
        QVERIFY(!w.strip->barRuns());
        // The key that opened it repeats while it is held, then comes up: none of that counts.
        for (int repeat = 0; repeat < 3; ++repeat) {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), true);
            QApplication::sendEvent(w.strip, &press);
        }
        QTest::keyRelease(w.strip, Qt::Key_Return);
        QCOMPARE(run.count(), 0);
        QTest::keyClick(w.strip, Qt::Key_Return);
        QCOMPARE(run.count(), 1);
    }

    void theBarStopsWhenTheFocusGoes()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        w.strip->setView(confirmView());
        QVERIFY(w.strip->barRuns());
        w.field->setFocus();
        QVERIFY(!w.strip->barRuns());
    }

    void theBarStopsWhenTheWindowIsLeft()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        w.strip->setView(confirmView());
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QTRY_VERIFY(!w.strip->barRuns());
    }

    void theBarStopsWhenTheFactsChange()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        ActionStripView view = confirmView();
        w.strip->setView(view);
        w.strip->setView(view);
        QVERIFY(w.strip->barRuns());
        view.checks[0].verdict = StripCheck::Verdict::Unknown;
        w.strip->setView(view);
        QVERIFY(!w.strip->barRuns());
        QTest::keyClick(w.strip, Qt::Key_Return);
        QCOMPARE(run.count(), 1);
    }

    void aSeriousCheckNeedsTheButtonThatNamesTheRisk()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        ActionStripView view = confirmView();
        view.serious = true;
        view.runText = QStringLiteral("Roll back although the database is not known");
        w.strip->setView(view);
        QVERIFY(!w.strip->barRuns());
        QVERIFY(w.button(view.runText));
        QVERIFY(!w.button(QStringLiteral("Run now")));
    }

    void aReasonDisablesRun()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        ActionStripView view = confirmView();
        view.runDisabledReason = QStringLiteral("data is 4 min old");
        w.strip->setView(view);
        QVERIFY(!w.strip->barRuns());
        QTest::keyClick(w.strip, Qt::Key_Return);
        QTest::mouseClick(w.button(QStringLiteral("Run now")), Qt::LeftButton);
        QCOMPARE(run.count(), 0);
    }

    void enterOnCancelCancels()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy run(w.strip, &ActionStrip::runRequested);
        QSignalSpy cancel(w.strip, &ActionStrip::cancelRequested);
        w.strip->setView(confirmView());
        Button *button = w.button(QStringLiteral("Cancel"));
        button->setFocus();
        QVERIFY(w.strip->barRuns());
        QTest::keyClick(button, Qt::Key_Return);
        QCOMPARE(cancel.count(), 1);
        QCOMPARE(run.count(), 0);
    }

    void theTrackerSaysHowItEnded()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy closed(w.strip, &ActionStrip::closeRequested);
        ActionStripView view = confirmView();
        w.strip->setView(view);
        view.phase = ActionStripView::Phase::Tracking;
        view.stages = {{StateGlyph::Ok, QStringLiteral("requested"), QStringLiteral("03:12:42")},
                       {StateGlyph::Ok, QStringLiteral("accepted"), QStringLiteral("03:12:43")},
                       {StateGlyph::Unknown, QStringLiteral("proven"), QString()}};
        w.strip->setView(view);
        QVERIFY(!w.strip->barRuns());
        QTest::keyClick(w.strip, Qt::Key_Escape);
        QCOMPARE(closed.count(), 0);
        view.phase = ActionStripView::Phase::Ended;
        view.outcomeGlyph = StateGlyph::Critical;
        view.outcome = QStringLiteral("The server refused: forbidden.");
        view.nextStep = QStringLiteral("Ask the owner of dark-tower for the right to patch rollouts.");
        w.strip->setView(view);
        QTest::keyClick(w.strip, Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
    }

    void keepsTheRulesOfEveryWindow()
    {
        StripWindow w(m_theme);
        QVERIFY(w.open());
        w.strip->setView(confirmView());
        QTRY_VERIFY(w.strip->height() > 200);
        QVERIFY(w.strip->findChild<LevelBar *>()->isVisible());
        const QString folder = qEnvironmentVariable("COCKPIT_SHOTS");
        if (!folder.isEmpty())
            QVERIFY(w.window.grab().save(folder + QStringLiteral("/strip.png")));
        QCOMPARE(cockpit::testing::windowProblems(w.window), QStringList());
        QCOMPARE(cockpit::testing::unreachableByTab(w.window), QStringList());
    }

    void hostileTextStaysText()
    {
        for (const QString &text : cockpit::testing::hostileTexts()) {
            StripWindow w(m_theme);
            QVERIFY(w.open());
            ActionStripView view = confirmView();
            view.title = view.scope = view.runText = text;
            view.willChange = view.willNotChange = {text, text};
            view.checks = {{StripCheck::Verdict::Bad, text, text}};
            view.bar = 0ms;
            w.strip->setView(view);
            QVERIFY(w.window.grab().width() <= 562);
            QVERIFY(w.strip->minimumSizeHint().width() < 562);
            view.phase = ActionStripView::Phase::Ended;
            view.outcome = view.nextStep = text;
            view.stages = {{StateGlyph::Ok, text, QString()}};
            w.strip->setView(view);
            QVERIFY(!w.window.grab().isNull());
        }
    }
};

QTEST_MAIN(ActionStripTest)
#include "tst_action_strip.moc"
