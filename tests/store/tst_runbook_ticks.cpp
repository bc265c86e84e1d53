// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/store_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

/// What was done with the steps of a runbook survives the process and stands in the activity log.
class RunbookTicksTest : public QObject {
    Q_OBJECT

    static QString environment() { return QStringLiteral("prod"); }
    static QString occasion() { return QStringLiteral("eu/f1@2023-11-14T22:13:20.000Z"); }

    static std::unique_ptr<Store> open(const QTemporaryDir &dir)
    {
        auto store = Store::open(optionsIn(dir), at(1000));
        if (!store)
            qFatal("%s", qPrintable(store.error().text()));
        return std::move(*store);
    }
    static RunbookTickNote note(const QString &step, int seconds, bool isTakenBack = false, const QString &reason = {})
    {
        RunbookTickNote made;
        made.environment = environment();
        made.tick = {occasion(),
                     {QStringLiteral("fleet"), QStringLiteral("alerts/GCDown.md")},
                     step,
                     QStringLiteral("Check the pools"),
                     reason.isEmpty() ? RunbookTick::State::Done : RunbookTick::State::Skipped,
                     reason,
                     QStringLiteral("alice"),
                     at(seconds)};
        made.isTakenBack = isTakenBack;
        made.id = ActionId(QStringLiteral("018bcfe5-0000-7000-8000-00000000000%1").arg(seconds % 10));
        made.service = ServiceId(QStringLiteral("gc-service"));
        made.words = QStringLiteral("Ticked step 3 “Check the pools” of GCDown.md");
        return made;
    }

private Q_SLOTS:
    void aTickSurvivesARestart()
    {
        QTemporaryDir dir;
        QVERIFY(open(dir)->runbookTicks().write(note(QStringLiteral("check-the-pools"), 1)));
        const auto ticks = open(dir)->runbookTicks().ticks(environment(), occasion());
        QVERIFY(ticks);
        QCOMPARE(ticks->size(), 1);
        QCOMPARE(ticks->first(), note(QStringLiteral("check-the-pools"), 1).tick);
    }

    void theNewestWordCounts()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        RunbookTicks &ticks = store->runbookTicks();
        QVERIFY(ticks.write(note(QStringLiteral("a"), 1)));
        QVERIFY(ticks.write(note(QStringLiteral("b"), 2, false, QStringLiteral("no pool here"))));
        QVERIFY(ticks.write(note(QStringLiteral("a"), 3, true)));
        QCOMPARE(ticks.ticks(environment(), occasion())->size(), 1);
        QCOMPARE(ticks.ticks(environment(), occasion())->first().reason, QStringLiteral("no pool here"));
        QVERIFY(ticks.write(note(QStringLiteral("a"), 4)));
        QCOMPARE(ticks.ticks(environment(), occasion())->size(), 2);
        QCOMPARE(ticks.history(environment(), occasion())->size(), 4);
        QVERIFY(ticks.ticks(QStringLiteral("other"), occasion())->isEmpty());
        QVERIFY(ticks.ticks(environment(), QStringLiteral("last week's"))->isEmpty());
    }

    void eachWordStandsInTheActivityLog()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        QVERIFY(store->journal().writeAction(armedRecord(QStringLiteral("a-1"))));
        QVERIFY(store->runbookTicks().write(note(QStringLiteral("a"), 1)));
        QVERIFY(store->runbookTicks().write(note(QStringLiteral("b"), 2, false, QStringLiteral("no pool here"))));
        QVERIFY(store->runbookTicks().write(note(QStringLiteral("a"), 3, true)));
        QVERIFY(store->journal().writeAction(armedRecord(QStringLiteral("a-2"))));
        const auto entries = store->journal().activity(environment(), 100);
        QVERIFY(entries);
        QStringList names;
        for (const ActivityEntry &entry : *entries)
            names.append(entry.actionName);
        QCOMPARE(names.filter(QStringLiteral("runbook.")),
                 QStringList({QStringLiteral("runbook.untick"), QStringLiteral("runbook.skip"),
                              QStringLiteral("runbook.tick")}));
        const auto chain = store->journal().verifyChain();
        QVERIFY(chain && chain->isIntact());
        QCOMPARE(chain->entries, entries->size());
    }

    void aTickWithoutItsEntryIsNone()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        RunbookTickNote broken = note(QStringLiteral("a"), 1);
        auto connection = SqliteConnection::open(optionsIn(dir).path, std::chrono::seconds(5));
        QVERIFY(connection);
        QVERIFY((*connection)->run("DROP TABLE activity"));
        QVERIFY(!store->runbookTicks().write(broken));
        QVERIFY(store->runbookTicks().ticks(environment(), occasion())->isEmpty());
    }

    void anOldOneGoesAndTheLogStays()
    {
        QTemporaryDir dir;
        const auto store = open(dir);
        QVERIFY(store->runbookTicks().write(note(QStringLiteral("a"), 1)));
        QVERIFY(store->runbookTicks().prune(at(10) + RunbookTicks::keptFor));
        QVERIFY(store->runbookTicks().ticks(environment(), occasion())->isEmpty());
        QCOMPARE(store->journal().activity(environment(), 10)->size(), 1);
    }
};

QTEST_GUILESS_MAIN(RunbookTicksTest)
#include "tst_runbook_ticks.moc"
