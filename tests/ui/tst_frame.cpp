// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/activity_roles.h"
#include "models/items/command_registry.h"
#include "models/items/source_roles.h"
#include "models/items/time_model.h"
#include "tests/support/window_walker.h"
#include "ui/frame/activity_page.h"
#include "ui/frame/event_strip.h"
#include "ui/frame/key_sheet.h"
#include "ui/frame/main_window.h"
#include "ui/frame/source_pills.h"
#include "ui/widgets/plain_tool_tips.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QShortcut>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QVBoxLayout>

using namespace cockpit;

namespace {

/// 23 Nov 2026, 03:12:40 UTC: the moment that the design's pictures show.
const Instant shownMoment = fromEpochMs(1795403560000);

struct FakeSource {
    const char *name;
    SourceRoles::State state;
    qint64 ageMs;
};

QStandardItem *sourceItem(const QString &name, int state, qint64 ageMs, const QString &message = QString())
{
    auto *item = new QStandardItem;
    item->setData(name, SourceRoles::NameRole);
    item->setData(state, SourceRoles::StateRole);
    item->setData(ageMs, SourceRoles::AgeMsRole);
    item->setData(message, SourceRoles::MessageRole);
    item->setData(state == SourceRoles::Down ? 8000 : -1, SourceRoles::NextTryMsRole);
    item->setData(toEpochMs(shownMoment) - ageMs, SourceRoles::LastSuccessRole);
    return item;
}

QStandardItem *eventItem(int minutesAgo, StateGlyph glyph, const QString &text, const QString &actor = QString(),
                         const QString &action = QString())
{
    auto *item = new QStandardItem;
    item->setData(toEpochMs(shownMoment) - minutesAgo * 60000, ActivityRoles::AtRole);
    item->setData(static_cast<int>(glyph), ActivityRoles::GlyphRole);
    item->setData(text, ActivityRoles::TextRole);
    item->setData(actor, ActivityRoles::ActorRole);
    item->setData(action, ActivityRoles::ActionRole);
    item->setData(QStringLiteral("GCHighErrorRate of gc-service"), ActivityRoles::ObjectRole);
    item->setData(QStringLiteral("succeeded"), ActivityRoles::OutcomeRole);
    item->setData(QStringLiteral("canary is the cause"), ActivityRoles::ReasonRole);
    item->setData(QStringLiteral("0198-%1").arg(minutesAgo), ActivityRoles::IdRole);
    return item;
}

/// A page with one field, as a page may be.
class PlainPage : public QWidget {
public:
    PlainPage(const Theme &theme, QWidget *parent) : QWidget(parent)
    {
        auto *layout = new QVBoxLayout(this);
        field = new SearchField(theme, QStringLiteral("Filter"), QStringLiteral("Words"), QString(), this);
        layout->addWidget(field);
        layout->addStretch(1);
    }
    SearchField *field;
};

struct FrameWindow {
    Theme &theme;
    QStandardItemModel sources{};
    QStandardItemModel activity{};
    TimeModel time{};
    CommandRegistry commands{};
    std::unique_ptr<MainWindow> window{};

    explicit FrameWindow(Theme &given) : theme(given)
    {
        for (const FakeSource &source : {FakeSource{"Prometheus eu", SourceRoles::Ok, 4000},
                                         FakeSource{"Alertmanager eu", SourceRoles::Ok, 3000},
                                         FakeSource{"Prometheus us", SourceRoles::Stale, 47000}})
            sources.appendRow(sourceItem(QString::fromLatin1(source.name), source.state, source.ageMs));
        activity.appendRow(eventItem(1, StateGlyph::Ok, QStringLiteral("GCHighErrorRate silenced until 03:27"),
                                     QStringLiteral("maria"), QStringLiteral("Silence")));
        activity.appendRow(eventItem(12, StateGlyph::Critical, QStringLiteral("GCHighErrorRate fired"), QString(),
                                     QStringLiteral("Acknowledge")));
        time.setNow(shownMoment);
        window = std::make_unique<MainWindow>(theme, FrameModels{sources, activity, time, commands});
        window->setEnvironment({QStringLiteral("dark-tower"), EnvironmentView::Kind::Production, QStringLiteral("eu-west-1 + 2")});
        for (const auto &[id, icon, text] : {std::tuple{"triage", Icon::Activity, "Triage"},
                                             std::tuple{"services", Icon::Grid, "Services"}})
            window->addPage(QString::fromLatin1(id), icon, QString::fromLatin1(text),
                            [this](QWidget *parent) { return new PlainPage(theme, parent); });
        window->resize(1366, 768);
    }

    bool open()
    {
        window->show();
        window->activateWindow();
        return QTest::qWaitForWindowActive(window.get());
    }

    template<typename T> T *find() const { return window->findChild<T *>(); }
};

void savePicture(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("COCKPIT_SHOTS");
    if (!folder.isEmpty())
        QVERIFY(window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
}

} // namespace

class FrameTest : public QObject {
    Q_OBJECT

    Theme m_theme{};
    std::unique_ptr<PlainToolTips> m_toolTips{};

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(Theme::loadFonts());
        m_theme.apply(*qApp);
        m_toolTips = std::make_unique<PlainToolTips>(*qApp);
    }

    void cleanupTestCase() { m_toolTips.reset(); }

    void measuresAreThoseOfTheDesign()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        QCOMPARE(w.find<NavigationRail>()->width(), 64);
        QCOMPARE(w.find<EventStrip>()->geometry().top(), 740);
        QCOMPARE(w.find<EventStrip>()->height(), 28);
        const auto *item = w.find<RailItem>();
        QCOMPARE(item->height(), 56);
        QCOMPARE(w.window->findChild<EnvironmentTag *>()->geometry(), QRect(16, 10, w.find<EnvironmentTag>()->sizeHint().width(), 24));
        w.window->setBadge(QStringLiteral("triage"), 4, StateGlyph::Critical);
        w.window->setBadge(QStringLiteral("services"), 1, StateGlyph::Warning);
        savePicture(*w.window, QStringLiteral("frame"));
        m_theme.setVariant(ThemeVariant::Day);
        savePicture(*w.window, QStringLiteral("frame-day"));
        m_theme.setVariant(ThemeVariant::HighContrast);
        savePicture(*w.window, QStringLiteral("frame-contrast"));
        m_theme.setVariant(ThemeVariant::Night);
    }

    void keepsTheRulesOfEveryWindow()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        for (const QString &page : {QStringLiteral("triage"), QStringLiteral("activity"), QStringLiteral("keys")}) {
            QVERIFY(w.window->openPage(page));
            QCOMPARE(cockpit::testing::windowProblems(*w.window), QStringList());
            const QStringList unreachable = cockpit::testing::unreachableByTab(*w.window);
            QVERIFY2(unreachable.isEmpty(), qPrintable(unreachable.join(u'\n')));
            savePicture(*w.window, QStringLiteral("frame-") + page);
        }
    }

    void pagesOpenByKeyAndRail()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        QSignalSpy opened(w.window.get(), &MainWindow::pageOpened);
        QCOMPARE(w.window->currentPage(), QStringLiteral("triage"));
        QTest::keyClick(w.window.get(), Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(w.window->currentPage(), QStringLiteral("services"));
        QTest::keyClick(w.window.get(), Qt::Key_1, Qt::ControlModifier);
        QTRY_COMPARE(w.window->currentPage(), QStringLiteral("triage"));
        QTest::mouseClick(w.window->findChildren<RailItem *>().last(), Qt::LeftButton);
        QCOMPARE(w.window->currentPage(), QStringLiteral("services"));
        QTest::mouseClick(w.find<EventStrip>(), Qt::LeftButton);
        QCOMPARE(w.window->currentPage(), QStringLiteral("activity"));
        QVERIFY(!w.window->openPage(QStringLiteral("nonsense")));
        QCOMPARE(w.window->currentPage(), QStringLiteral("activity"));
        QCOMPARE(opened.count(), 4);
    }

    void theSheetOfKeysListsTheRegistry()
    {
        FrameWindow w(m_theme);
        int runs = 0;
        w.commands.add({QStringLiteral("alert.next"), QStringLiteral("Next alert"), QStringLiteral("Alerts"), {QStringLiteral("J")}, {}},
                       {}, [&runs] { ++runs; });
        w.commands.add({QStringLiteral("alert.silence"), QStringLiteral("Silence"), QStringLiteral("Alerts"), {QStringLiteral("S")}, {}},
                       [] { return QStringLiteral("Alertmanager is down"); }, [&runs] { runs += 100; });
        QVERIFY(w.open());
        QTest::keyClick(w.window.get(), Qt::Key_Question, Qt::ShiftModifier);
        QTRY_COMPARE(w.window->currentPage(), QStringLiteral("keys"));
        savePicture(*w.window, QStringLiteral("keys"));
        auto *sheet = w.find<KeySheet>();
        const auto all = sheet->findChildren<KeySheetRow *>();
        QCOMPARE(all.size(), w.commands.commands().size());
        sheet->filterField()->setText(QStringLiteral("alert"));
        QTRY_VERIFY(sheet->findChildren<KeySheetRow *>().size() < all.size());
        QTRY_COMPARE(sheet->findChildren<KeySheetRow *>().size(), 2);
        for (KeySheetRow *row : sheet->findChildren<KeySheetRow *>()) {
            if (row->text() == QStringLiteral("Next alert"))
                row->click();
        }
        QCOMPARE(runs, 1);
    }

    void aLetterRunsItsCommandButNeverWhileTyping()
    {
        FrameWindow w(m_theme);
        int runs = 0;
        w.commands.add({QStringLiteral("alert.next"), QStringLiteral("Next alert"), QStringLiteral("Alerts"), {QStringLiteral("J")}, {}},
                       {}, [&runs] { ++runs; });
        QVERIFY(w.open());
        w.find<RailItem>()->setFocus();
        QTest::keyClick(w.window.get(), Qt::Key_J);
        QTRY_COMPARE(runs, 1);
        auto *page = dynamic_cast<PlainPage *>(w.window->page(QStringLiteral("triage")));
        page->field->setFocus();
        QTest::keyClick(page->field->lineEdit(), 'j');
        QCOMPARE(page->field->text(), QStringLiteral("j"));
        QCOMPARE(runs, 1);
    }

    void aRefusedKeySaysWhy()
    {
        FrameWindow w(m_theme);
        w.commands.add({QStringLiteral("alert.silence"), QStringLiteral("Silence"), QStringLiteral("Alerts"), {QStringLiteral("S")}, {}},
                       [] { return QStringLiteral("Alertmanager is down"); }, [] {});
        QVERIFY(w.open());
        w.find<RailItem>()->setFocus();
        QTest::keyClick(w.window.get(), Qt::Key_S);
        QTRY_VERIFY(w.find<EventStrip>()->accessibleName().contains(QStringLiteral("Alertmanager is down")));
    }

    void aPillOpensItsDetailsInPlace()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        w.sources.appendRow(sourceItem(QStringLiteral("Alertmanager us"), SourceRoles::Down, 47000,
                                       QStringLiteral("Alertmanager us did not answer in 5 s (tried 3 times).")));
        QSignalSpy retry(w.window.get(), &MainWindow::retryRequested);
        const auto pills = w.window->findChildren<Pill *>();
        QCOMPARE(pills.size(), 4);
        QTest::mouseClick(pills.last(), Qt::LeftButton);
        QList<Banner *> shown;
        for (Banner *banner : w.window->findChildren<Banner *>()) {
            if (banner->isVisible())
                shown.append(banner);
        }
        QCOMPARE(shown.size(), 1);
        QVERIFY(shown.first()->accessibleDescription().contains(QStringLiteral("tried 3 times")));
        QVERIFY(shown.first()->accessibleDescription().contains(QStringLiteral("03:11:53 UTC")));
        savePicture(*w.window, QStringLiteral("frame-source-down"));
        QTest::mouseClick(shown.first()->findChild<Button *>(), Qt::LeftButton);
        QCOMPARE(retry.value(0).value(0).toString(), QStringLiteral("Alertmanager us"));
        // It follows the model, and a second click closes it.
        w.sources.item(3)->setData(SourceRoles::Ok, SourceRoles::StateRole);
        QVERIFY(shown.first()->accessibleName().contains(QStringLiteral("answers")));
        QTest::mouseClick(pills.last(), Qt::LeftButton);
        QVERIFY(!shown.first()->isVisible());
    }

    void aSickSourceIsNeverTheOneThatDoesNotFit()
    {
        FrameWindow w(m_theme);
        for (int index = 0; index < 20; ++index)
            w.sources.appendRow(sourceItem(QStringLiteral("Prometheus cluster %1").arg(index), SourceRoles::Ok, 4000));
        w.sources.appendRow(sourceItem(QStringLiteral("Alertmanager last"), SourceRoles::Down, 60000));
        QVERIFY(w.open());
        bool downShown = false;
        int shown = 0;
        int right = 0;
        for (const Pill *pill : w.window->findChildren<Pill *>()) {
            if (!pill->isVisible())
                continue;
            ++shown;
            right = std::max(right, pill->geometry().right());
            downShown = downShown || pill->view().name == QStringLiteral("Alertmanager last");
        }
        QVERIFY(downShown);
        QVERIFY(shown < 24 && shown > 3);
        QVERIFY(right < w.find<SourcePills>()->width());
        QCOMPARE(w.window->width(), 1366);
        savePicture(*w.window, QStringLiteral("frame-many-sources"));
    }

    void theEventStripShowsTheNewest()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        QVERIFY(w.find<EventStrip>()->accessibleName().contains(QStringLiteral("03:11:40 GCHighErrorRate silenced")));
        w.activity.insertRow(0, eventItem(0, StateGlyph::Warning, QStringLiteral("breaker half-open")));
        QVERIFY(w.find<EventStrip>()->accessibleName().contains(QStringLiteral("03:12:40 breaker half-open")));
    }

    void theActivityLogFiltersAndKeepsTheSelection()
    {
        QStandardItemModel activity;
        ActivityPage page(m_theme, activity);
        new QAbstractItemModelTester(page.table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, &page);
        for (int index = 0; index < 200; ++index)
            activity.insertRow(0, eventItem(200 - index, StateGlyph::Ok, QStringLiteral("event %1").arg(index),
                                            index % 2 ? QStringLiteral("maria") : QStringLiteral("joe"), QStringLiteral("Silence")));
        QCOMPARE(page.table()->model()->rowCount(), 200);
        page.table()->selectRow(5);
        const QPersistentModelIndex selected = page.table()->selectionModel()->selectedRows().first();
        const QString toolTip = selected.data(Qt::ToolTipRole).toString();
        activity.insertRow(0, eventItem(0, StateGlyph::Ok, QStringLiteral("new"), QStringLiteral("maria")));
        QCOMPARE(selected.row(), 6);
        QCOMPARE(selected.data(Qt::ToolTipRole).toString(), toolTip);
        page.filterField()->setText(QStringLiteral("MARIA silence"));
        QCOMPARE(page.table()->model()->rowCount(), 100);
        activity.insertRow(0, eventItem(0, StateGlyph::Ok, QStringLiteral("other"), QStringLiteral("joe"), QStringLiteral("Silence")));
        QCOMPARE(page.table()->model()->rowCount(), 100);
        activity.removeRows(0, 12);
        QCOMPARE(page.table()->model()->rowCount(), 95);
        page.filterField()->setText(QStringLiteral("nobody"));
        QCOMPARE(page.table()->model()->rowCount(), 0);
        page.filterField()->setText(QString());
        QCOMPARE(page.table()->model()->rowCount(), activity.rowCount());
    }

    void hostileTextNeverWidensTheWindow()
    {
        for (const QString &text : cockpit::testing::hostileTexts()) {
            FrameWindow w(m_theme);
            w.sources.appendRow(sourceItem(text, SourceRoles::Down, 1000, text));
            w.activity.insertRow(0, eventItem(0, StateGlyph::Critical, text, text, text));
            w.window->setEnvironment({text, EnvironmentView::Kind::Demo, text});
            w.window->setBanner({StateGlyph::Warning, text, text, QStringLiteral("Retry now"), text});
            QVERIFY(w.open());
            for (Pill *pill : w.window->findChildren<Pill *>()) {
                if (pill->view().urgent)
                    QTest::mouseClick(pill, Qt::LeftButton);
            }
            w.window->openPage(QStringLiteral("activity"));
            QCOMPARE(w.window->grab().width(), 1366);
            QVERIFY2(w.window->minimumSizeHint().width() < 1280, qPrintable(QString::number(w.window->minimumSizeHint().width())));
            QCOMPARE(cockpit::testing::windowProblems(*w.window), QStringList());
        }
    }

    void fitsTheMeetingRoomAndPresenterScale()
    {
        FrameWindow w(m_theme);
        QVERIFY(w.open());
        QVERIFY(w.window->minimumSizeHint().width() <= 1280);
        QVERIFY(w.window->minimumSizeHint().height() <= 720);
        m_theme.setScale(1.5);
        QCOMPARE(w.find<NavigationRail>()->width(), 96);
        savePicture(*w.window, QStringLiteral("frame-presenter"));
        m_theme.setScale(1.0);
        QCOMPARE(w.find<NavigationRail>()->width(), 64);
    }
};

QTEST_MAIN(FrameTest)
#include "tst_frame.moc"
