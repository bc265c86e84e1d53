// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/process_identity.h"
#include "tests/store/store_fixture.h"
#include "tests/support/small_disk.h"

#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

/// Does to the file what no program of ours would do.
QString tamper(const QString &path, const QString &sql)
{
    QString problem;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(path);
        if (!database.open() || !QSqlQuery(database).exec(sql))
            problem = database.lastError().text() + sql;
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
    return problem;
}

} // namespace

class JournalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recordComesBackAsItWas();
    void everyStepIsLoggedOnce();
    void filesArePrivate();
    void openActionsOfDeadProcessesAreAdoptedOnce();
    void openActionsAreGivenFreeOnClose();
    void otherEnvironmentsStayApart();
    void chainFindsTampering_data();
    void chainFindsTampering();
    void twoWritersAtOnce();
    void fullDiskStopsNoAction();
    void newerSchemaIsRefused();
    void unreadableRecordIsTold();
    void oldRecordsGoButEntriesStay();
};

void JournalTest::recordComesBackAsItWas()
{
    const QTemporaryDir folder;
    const ActionRecord record = armedRecord(QStringLiteral("a-1"));
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY2(store, store ? "" : qPrintable(store.error().text()));
    QVERIFY((*store)->journal().writeAction(record));
    auto found = (*store)->journal().findAction(record.request.id);
    QVERIFY(found && *found);
    QVERIFY(**found == record);
    QVERIFY(!(*store)->journal().findAction(ActionId(QStringLiteral("other")))->has_value());
}

void JournalTest::everyStepIsLoggedOnce()
{
    const QTemporaryDir folder;
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    Journal &journal = (*store)->journal();
    ActionRecord record = armedRecord(QStringLiteral("a-1"));
    QVERIFY(journal.writeAction(record));
    QVERIFY(journal.writeAction(record));
    record = step(record, IntentJournalled{}, at(3)).first;
    record =
        step(record, ServerAccepted{QStringLiteral("Accepted."), QStringLiteral("s-2"), QStringLiteral("a")}, at(4))
            .first;
    QVERIFY(journal.writeAction(record));
    auto entries = journal.activity(QStringLiteral("prod"), 10);
    QVERIFY(entries);
    QCOMPARE(entries->size(), 4);
    QCOMPARE(entries->first().text, QStringLiteral("Accepted."));
    QCOMPARE(entries->first().sequence, 4);
    QCOMPARE(entries->first().actor, QStringLiteral("alice"));
    QCOMPARE(entries->first().actionName, QStringLiteral("alert.unsilence"));
    QCOMPARE(entries->last().state, ActionState::Planned);
    QCOMPARE(journal.activity(QStringLiteral("prod"), 10, 3)->size(), 2);
}

void JournalTest::filesArePrivate()
{
    const QTemporaryDir folder;
    const StoreOptions options = optionsIn(folder);
    auto store = Store::open(options, at(0));
    QVERIFY(store);
    QVERIFY((*store)->journal().writeAction(armedRecord(QStringLiteral("a-1"))));
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    for (const char *ending : {"", "-wal", "-shm", ".reserve"}) {
        const QFileInfo info(options.path + QLatin1String(ending));
        QVERIFY2(info.exists(), ending);
        QVERIFY2(!(info.permissions() & others), ending);
    }
    QVERIFY(!(QFileInfo(QFileInfo(options.path).path()).permissions() & others));
}

void JournalTest::openActionsOfDeadProcessesAreAdoptedOnce()
{
    const QTemporaryDir folder;
    auto dead = Store::open(optionsIn(folder, QStringLiteral("boot/1/1")), at(0));
    auto live = Store::open(optionsIn(folder, thisProcessIdentity()), at(0));
    auto first = Store::open(optionsIn(folder, QStringLiteral("boot/2/2")), at(0));
    auto second = Store::open(optionsIn(folder, QStringLiteral("boot/3/3")), at(0));
    QVERIFY(dead && live && first && second);
    QVERIFY((*dead)->journal().writeAction(armedRecord(QStringLiteral("of-dead"))));
    QVERIFY((*live)->journal().writeAction(armedRecord(QStringLiteral("of-live"))));
    auto adopted = (*first)->journal().claimOpenActions(QStringLiteral("prod"));
    QVERIFY(adopted);
    QCOMPARE(adopted->records.size(), size_t(1));
    QCOMPARE(adopted->records.front().request.id.toString(), QStringLiteral("of-dead"));
    QVERIFY((*first)->journal().claimOpenActions(QStringLiteral("prod"))->records.empty());
}

void JournalTest::openActionsAreGivenFreeOnClose()
{
    const QTemporaryDir folder;
    {
        auto store = Store::open(optionsIn(folder, thisProcessIdentity()), at(0));
        QVERIFY(store && (*store)->journal().writeAction(armedRecord(QStringLiteral("a-1"))));
    }
    auto later = Store::open(optionsIn(folder, QStringLiteral("boot/2/2")), at(0));
    QVERIFY(later);
    QCOMPARE((*later)->journal().claimOpenActions(QStringLiteral("prod"))->records.size(), size_t(1));
}

void JournalTest::otherEnvironmentsStayApart()
{
    const QTemporaryDir folder;
    {
        auto store = Store::open(optionsIn(folder), at(0));
        QVERIFY(store &&
                (*store)->journal().writeAction(armedRecord(QStringLiteral("a-1"), QStringLiteral("staging"))));
    }
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    QVERIFY((*store)->journal().claimOpenActions(QStringLiteral("prod"))->records.empty());
    QVERIFY((*store)->journal().activity(QStringLiteral("prod"), 10)->isEmpty());
    QCOMPARE((*store)->journal().activity(QString(), 10)->size(), 2);
}

void JournalTest::chainFindsTampering_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("broken");
    QTest::newRow("changed words") << QStringLiteral("UPDATE activity SET text = 'x' WHERE sequence = 3") << 3;
    QTest::newRow("changed actor") << QStringLiteral("UPDATE activity SET actor = 'bob' WHERE sequence = 2") << 2;
    QTest::newRow("moved boundary") << QStringLiteral(
                                           "UPDATE activity SET actor = 'aliceo', reason = 'ver' WHERE sequence = 1")
                                    << 1;
    QTest::newRow("removed in the middle") << QStringLiteral("DELETE FROM activity WHERE sequence = 2") << 2;
    QTest::newRow("cut end") << QStringLiteral("DELETE FROM activity WHERE sequence = 4") << 4;
    QTest::newRow("emptied") << QStringLiteral("DELETE FROM activity") << 1;
    QTest::newRow("appended") << QStringLiteral(
                                     "INSERT INTO activity SELECT 5, environment, at, action_id, action_name,"
                                     " target, service, actor, reason, state, text, hash, identity, diff"
                                     " FROM activity WHERE sequence = 4")
                              << 5;
    QTest::newRow("other installation") << QStringLiteral("UPDATE installation SET id = 'x'") << 1;
}

void JournalTest::chainFindsTampering()
{
    QFETCH(const QString, sql);
    QFETCH(const int, broken);
    const QTemporaryDir folder;
    const StoreOptions options = optionsIn(folder);
    auto store = Store::open(options, at(0));
    QVERIFY(store);
    QVERIFY((*store)->journal().verifyChain()->isIntact());
    QVERIFY((*store)->journal().writeAction(armedRecord(QStringLiteral("a-1"))));
    QVERIFY((*store)->journal().writeAction(armedRecord(QStringLiteral("a-2"))));
    auto before = (*store)->journal().verifyChain();
    QVERIFY(before && before->isIntact());
    QCOMPARE(before->entries, 4);
    QCOMPARE(tamper(options.path, sql), QString());
    auto after = (*store)->journal().verifyChain();
    QVERIFY(after);
    QCOMPARE(after->firstBroken, std::optional<qint64>(broken));
    QVERIFY(!after->words.isEmpty());
}

void JournalTest::twoWritersAtOnce()
{
    const QTemporaryDir folder;
    std::array<int, 2> failures{0, 0};
    const auto writer = [&](size_t number) {
        auto store = Store::open(optionsIn(folder, QStringLiteral("boot/%1/1").arg(number)), at(0));
        if (!store) {
            failures.at(number) = 1000;
            return;
        }
        for (int round = 0; round < 100; ++round) {
            const QString id = QStringLiteral("a-%1-%2").arg(number).arg(round);
            failures.at(number) += (*store)->journal().writeAction(armedRecord(id)) ? 0 : 1;
        }
    };
    std::thread first(writer, 0);
    std::thread second(writer, 1);
    first.join();
    second.join();
    QCOMPARE(failures[0], 0);
    QCOMPARE(failures[1], 0);
    auto store = Store::open(optionsIn(folder), at(0));
    QVERIFY(store);
    auto report = (*store)->journal().verifyChain();
    QVERIFY(report && report->isIntact());
    QCOMPARE(report->entries, 400);
}

void JournalTest::fullDiskStopsNoAction()
{
    const QTemporaryDir folder;
    const SmallDisk disk(folder.path());
    if (!disk.isMounted())
        QSKIP("mounting a small file system needs root");
    const StoreOptions options = optionsIn(folder);
    const auto writeMany = [&](Store &store, const QString &prefix) {
        for (int round = 0; round < 100; ++round) {
            auto done = store.journal().writeAction(armedRecord(prefix + QString::number(round)));
            if (!done)
                return done.error().text();
        }
        return store.journal().verifyChain()->words;
    };
    const QString intact = QStringLiteral("All %1 entries are as they were written.");
    {
        auto store = Store::open(options, at(0));
        QVERIFY2(store, store ? "" : qPrintable(store.error().text()));
        disk.fill(); // full while it runs
        QCOMPARE(writeMany(**store, QStringLiteral("a")), intact.arg(200));
        QVERIFY(!QFileInfo::exists(options.path + QStringLiteral(".reserve")));
    }
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("filler"))));
    QVERIFY(Store::open(options, at(0)));
    QVERIFY(QFileInfo::exists(options.path + QStringLiteral(".reserve"))); // taken again as soon as there is room
    disk.fill();                                                           // full before it starts
    auto store = Store::open(options, at(0));
    QVERIFY2(store, store ? "" : qPrintable(store.error().text()));
    QCOMPARE(writeMany(**store, QStringLiteral("b")), intact.arg(400));
}

void JournalTest::newerSchemaIsRefused()
{
    const QTemporaryDir folder;
    const StoreOptions options = optionsIn(folder);
    QVERIFY(Store::open(options, at(0)));
    QCOMPARE(tamper(options.path, QStringLiteral("INSERT INTO schema_version VALUES (999, 0)")), QString());
    auto store = Store::open(options, at(0));
    QVERIFY(!store);
    QVERIFY(store.error().kind == Error::Kind::Storage);
    QVERIFY(store.error().what.contains(QStringLiteral("999")));
}

void JournalTest::unreadableRecordIsTold()
{
    const QTemporaryDir folder;
    const StoreOptions options = optionsIn(folder);
    {
        auto store = Store::open(options, at(0));
        QVERIFY(store && (*store)->journal().writeAction(armedRecord(QStringLiteral("a-1"))));
    }
    QCOMPARE(tamper(options.path, QStringLiteral("UPDATE actions SET record = '{\"v\":2}'")), QString());
    auto store = Store::open(options, at(0));
    QVERIFY(store);
    auto open = (*store)->journal().claimOpenActions(QStringLiteral("prod"));
    QVERIFY(open);
    QVERIFY(open->records.empty());
    QCOMPARE(open->unreadable.size(), 1);
}

void JournalTest::oldRecordsGoButEntriesStay()
{
    const QTemporaryDir folder;
    const ActionRecord open = armedRecord(QStringLiteral("open"));
    const ActionRecord ended = step(armedRecord(QStringLiteral("ended")), CancelledByPerson{}, at(3)).first;
    {
        auto store = Store::open(optionsIn(folder), at(0));
        QVERIFY(store && (*store)->journal().writeAction(open) && (*store)->journal().writeAction(ended));
    }
    auto store = Store::open(optionsIn(folder), at(0) + std::chrono::days(91));
    QVERIFY(store);
    QVERIFY((*store)->journal().findAction(open.request.id)->has_value());
    QVERIFY(!(*store)->journal().findAction(ended.request.id)->has_value());
    QCOMPARE((*store)->journal().verifyChain()->entries, 5);
    QVERIFY((*store)->journal().verifyChain()->isIntact());
}

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
