// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/sqlite_archive.h"
#include "app/store/store_backup.h"

#include <QTest>

#include "tests/incidents/archive_fixture.h"
#include "tests/support/small_disk.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

using SqliteSeat = Seat<SqliteArchive>;
const QString environmentName = QStringLiteral("prod");

/// One statement by a program that is not ours.
bool runForeign(const QString &path, const QStringList &statements)
{
    bool isDone = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("foreign"));
        database.setDatabaseName(path);
        isDone = database.open();
        for (const QString &statement : statements)
            isDone = isDone && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("foreign"));
    return isDone;
}

/// Overwrites the middle of a file, and leaves its first page.
bool spoil(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !file.seek(4096 + 512))
        return false;
    const QByteArray garbage(int(std::max<qint64>(file.size() - 8192, 8192)), '\x5a');
    return file.write(garbage) == garbage.size();
}

} // namespace

class SqliteArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenComesBack();
    void numbersAreGivenInOrderAndOnce();
    void theSameEntryCountsOnce();
    void anEntryOfAnUnknownIncidentIsRefused();
    void anotherProcessIsNoticedWithinASecond();
    void oneOfTwoClaimsAReminder();
    void otherEnvironmentsStayApart();
    void aNewerStoreIsReadAndNotWritten();
    void aDamagedStoreIsSetAsideAndRestored();
    void aDamagedStoreWithoutBackupIsSaid();
    void aLockedStoreSaysSo();
    void aFullDiskRefusesAndLosesNothing();
    void backupsAreBoundedAndOnlyOfChanges();
    void aBackupIsRestored();
    void killedAtAnyMomentNothingAcknowledgedIsLost();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("data/store.sqlite")); }
    LiveClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
};

void SqliteArchiveTest::whatIsWrittenComesBack()
{
    const IncidentHead head = newHead();
    const IncidentEntry note = noteOf(head.id, QStringLiteral("<b>Zürich</b> \u2014 'quoted'\n\tcontrol \u0001"), 5);
    {
        SqliteSeat seat(path(), m_clock, environmentName);
        auto opened = seat.open(head);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().text()));
        QCOMPARE(opened->number.value_or(0), 1);
        QVERIFY(seat.append({note}));
        QTRY_VERIFY(seat.condition.state == ArchiveCondition::State::Live);
        QCOMPARE(seat.condition.words, QString());
    }
    SqliteSeat again(path(), m_clock, environmentName);
    const auto heads = again.list();
    QVERIFY(heads);
    QCOMPARE(heads->size(), 1);
    QVERIFY(heads->first().id == head.id);
    const auto entries = again.entries(head.id);
    QVERIFY(entries);
    QCOMPARE(entries->size(), size_t(2));
    QVERIFY(entries->at(1) == note);
}

void SqliteArchiveTest::numbersAreGivenInOrderAndOnce()
{
    SqliteSeat window(path(), m_clock, environmentName);
    SqliteSeat command(path(), m_clock, environmentName);
    QSet<qint64> numbers;
    for (int round = 0; round < 10; ++round) {
        numbers.insert(window.open(newHead())->number.value_or(0));
        numbers.insert(command.open(newHead())->number.value_or(0));
    }
    QCOMPARE(numbers.size(), 20);
    QCOMPARE(*std::max_element(numbers.begin(), numbers.end()), 20);
    const IncidentHead twice = newHead();
    const auto first = window.open(twice);
    const auto second = command.open(twice);
    QVERIFY(first && second && first->number == second->number);
    QCOMPARE(window.list(5)->size(), 5);
}

void SqliteArchiveTest::theSameEntryCountsOnce()
{
    SqliteSeat seat(path(), m_clock, environmentName);
    const IncidentHead head = newHead();
    QVERIFY(seat.open(head));
    const IncidentEntry note = noteOf(head.id, QStringLiteral("once"));
    QVERIFY(seat.append({note, note}));
    QVERIFY(seat.append({note}));
    QCOMPARE(seat.entries(head.id)->size(), size_t(2));
}

void SqliteArchiveTest::anEntryOfAnUnknownIncidentIsRefused()
{
    SqliteSeat seat(path(), m_clock, environmentName);
    const auto refused = seat.append({noteOf(newHead().id, QStringLiteral("lost"))});
    QVERIFY(!refused);
    QVERIFY(refused.error().kind == Error::Kind::NotFound);
}

void SqliteArchiveTest::anotherProcessIsNoticedWithinASecond()
{
    SqliteSeat window(path(), m_clock, environmentName);
    SqliteSeat command(path(), m_clock, environmentName);
    const IncidentHead own = newHead();
    QVERIFY(window.open(own));
    const IncidentHead head = newHead();
    QVERIFY(command.open(head));
    const IncidentEntry note = noteOf(head.id, QStringLiteral("from the command line"));
    QVERIFY(command.append({note}));
    QVERIFY(QTest::qWaitFor([&] { return window.arrived.contains(note.id.toString()); }, 1000));
    QVERIFY(window.heads.contains(head.id.toString()));
    QVERIFY(!window.heads.contains(own.id.toString()));
}

void SqliteArchiveTest::oneOfTwoClaimsAReminder()
{
    SqliteSeat window(path(), m_clock, environmentName);
    SqliteSeat other(path(), m_clock, environmentName);
    const auto claim = [](SqliteSeat &seat) {
        return seat.ask<bool>([&](auto done) { seat.archive.claimReminder(QStringLiteral("inc/30m"), done); });
    };
    const auto first = claim(window);
    const auto second = claim(other);
    QVERIFY(first && second);
    QVERIFY(*first && !*second);
}

void SqliteArchiveTest::otherEnvironmentsStayApart()
{
    SqliteSeat prod(path(), m_clock, environmentName);
    SqliteSeat staging(path(), m_clock, QStringLiteral("staging"));
    QVERIFY(prod.open(newHead()));
    QCOMPARE(staging.list()->size(), 0);
    QCOMPARE(staging.open(newHead())->environment, QStringLiteral("staging"));
    QCOMPARE(prod.list()->size(), 1);
}

void SqliteArchiveTest::aNewerStoreIsReadAndNotWritten()
{
    const IncidentHead head = newHead();
    {
        SqliteSeat seat(path(), m_clock, environmentName);
        QVERIFY(seat.open(head));
    }
    QVERIFY(runForeign(path(), {QStringLiteral("INSERT INTO schema_version VALUES (999, 0)")}));
    SqliteSeat seat(path(), m_clock, environmentName);
    QTRY_VERIFY(seat.condition.state == ArchiveCondition::State::ReadOnly);
    QVERIFY2(seat.condition.words.contains(QStringLiteral("newer version")), qPrintable(seat.condition.words));
    QCOMPARE(seat.list()->size(), 1);
    QCOMPARE(seat.entries(head.id)->size(), size_t(1));
    QVERIFY(!seat.append({noteOf(head.id, QStringLiteral("no"))}));
    QCOMPARE(seat.entries(head.id)->size(), size_t(1));
}

void SqliteArchiveTest::aDamagedStoreIsSetAsideAndRestored()
{
    const IncidentHead head = newHead();
    {
        SqliteSeat seat(path(), m_clock, environmentName);
        QVERIFY(seat.open(head));
        std::vector<IncidentEntry> many;
        for (int number = 0; number < 300; ++number)
            many.push_back(noteOf(head.id, QString(200, u'x')));
        QVERIFY(seat.append(many));
        QVERIFY(backupStore(path(), path() + QStringLiteral(".backup-7")));
        QVERIFY(seat.append({noteOf(head.id, QStringLiteral("after the backup"))}));
    }
    QVERIFY(spoil(path()));
    SqliteSeat seat(path(), m_clock, environmentName);
    QTRY_VERIFY(seat.condition.state != ArchiveCondition::State::Opening);
    QVERIFY2(seat.condition.state == ArchiveCondition::State::Live, qPrintable(seat.condition.words));
    QVERIFY2(seat.condition.words.contains(QStringLiteral("set aside")), qPrintable(seat.condition.words));
    QCOMPARE(seat.entries(head.id)->size(), size_t(301));
    const QDir folder = QFileInfo(path()).dir();
    QCOMPARE(folder.entryList({QStringLiteral("store.sqlite.damaged-*Z")}).size(), 1);
}

void SqliteArchiveTest::aDamagedStoreWithoutBackupIsSaid()
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(20000, 'x'));
    file.close();
    SqliteSeat seat(path(), m_clock, environmentName);
    QTRY_VERIFY(seat.condition.state == ArchiveCondition::State::Live);
    QVERIFY2(seat.condition.words.contains(QStringLiteral("no backup")), qPrintable(seat.condition.words));
    QVERIFY(seat.open(newHead()));
}

void SqliteArchiveTest::aLockedStoreSaysSo()
{
    {
        SqliteSeat seat(path(), m_clock, environmentName);
        QVERIFY(seat.open(newHead()));
    }
    auto holder = SqliteConnection::open(path(), std::chrono::milliseconds(0));
    auto other = SqliteConnection::open(path(), std::chrono::milliseconds(0));
    QVERIFY(holder && other);
    QVERIFY((*holder)->run("BEGIN IMMEDIATE"));
    IncidentRows rows(**other);
    const auto refused = rows.open({QString(), environmentName}, newHead(), {});
    QVERIFY(!refused);
    QVERIFY2(refused.error().what.contains(QStringLiteral("locked")), qPrintable(refused.error().text()));
    QVERIFY((*holder)->run("ROLLBACK"));
    QVERIFY(rows.open({QString(), environmentName}, newHead(), {}));
}

void SqliteArchiveTest::aFullDiskRefusesAndLosesNothing()
{
    const SmallDisk disk(m_folder->path());
    if (!disk.isMounted())
        QSKIP("mounting a small file system needs root");
    SqliteSeat seat(path(), m_clock, environmentName);
    const IncidentHead head = newHead();
    QVERIFY(seat.open(head));
    disk.fill();
    // What the store kept in reserve is used up first.
    QSet<QString> acknowledged;
    std::optional<Error> refused;
    for (int i = 0; i < 300 && !refused; ++i) {
        const IncidentEntry note = noteOf(head.id, QString(60'000, u'x'), i);
        if (const auto written = seat.append({note}))
            acknowledged.insert(note.id.toString());
        else
            refused = written.error();
    }
    QVERIFY2(refused, "a full disk cannot take 18 MB");
    QVERIFY(refused->kind == Error::Kind::Storage);
    QVERIFY2(refused->text().contains(QStringLiteral("disk")), qPrintable(refused->text()));
    const auto keptOf = [&](SqliteSeat &of) {
        QSet<QString> kept;
        const auto read = of.entries(head.id);
        for (const IncidentEntry &entry : read ? *read : std::vector<IncidentEntry>())
            kept.insert(entry.id.toString());
        return kept;
    };
    QVERIFY(keptOf(seat).contains(acknowledged)); // reading goes on
    QVERIFY(disk.empty());
    const IncidentEntry later = noteOf(head.id, QStringLiteral("there is room again"), 301);
    QVERIFY(seat.append({later}));
    acknowledged.insert(later.id.toString());
    SqliteSeat again(path(), m_clock, environmentName);
    QVERIFY(keptOf(again).contains(acknowledged));
}

void SqliteArchiveTest::backupsAreBoundedAndOnlyOfChanges()
{
    SqliteSeat seat(path(), m_clock, environmentName);
    const IncidentHead head = newHead();
    QVERIFY(seat.open(head));
    const AutomaticBackup backup(path(), {std::chrono::milliseconds(20), std::chrono::milliseconds(20), 2});
    const QString first = path() + QStringLiteral(".backup-1");
    QTRY_VERIFY(QFileInfo::exists(first));
    QVERIFY(!(QFileInfo(first).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    for (int number = 2; number <= 4; ++number) {
        QVERIFY(seat.append({noteOf(head.id, QString::number(number))}));
        QTRY_VERIFY(QFileInfo::exists(path() + QStringLiteral(".backup-%1").arg(number)));
    }
    QTRY_COMPARE(automaticBackups(path()).size(), 2);
    QVERIFY(automaticBackups(path()).first().endsWith(QStringLiteral("-4")));
}

void SqliteArchiveTest::aBackupIsRestored()
{
    const QString copy = m_folder->filePath(QStringLiteral("copy.sqlite"));
    const IncidentHead head = newHead();
    {
        SqliteSeat seat(path(), m_clock, environmentName);
        QVERIFY(seat.open(head));
        QVERIFY(backupStore(path(), copy));
        QVERIFY(!backupStore(path(), copy));
        QVERIFY(seat.open(newHead()));
        const auto busy = restoreStore(copy, path(), incidentStart());
        QVERIFY(!busy);
        QVERIFY(busy.error().kind == Error::Kind::Conflict);
    }
    QVERIFY(!restoreStore(m_folder->filePath(QStringLiteral("none")), path(), incidentStart()));
    const auto restored = restoreStore(copy, path(), incidentStart());
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().text()));
    SqliteSeat seat(path(), m_clock, environmentName);
    QCOMPARE(seat.list()->size(), 1);
    QVERIFY(QFileInfo::exists(path() + QStringLiteral(".replaced-20231114T221320Z")));
}

void SqliteArchiveTest::killedAtAnyMomentNothingAcknowledgedIsLost()
{
    const int rounds = std::max(20, qEnvironmentVariableIntValue("COCKPIT_KILL_ROUNDS"));
    QSet<QString> acknowledged;
    QSet<QString> incidents;
    QRandomGenerator random(42);
    for (int round = 0; round < rounds; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationDirPath() + QStringLiteral("/incident_crash_helper"), {path()});
        QVERIFY(child.waitForStarted());
        QByteArray said;
        const int wanted = random.bounded(1, 40);
        while (said.count('\n') < wanted && child.waitForReadyRead(30'000))
            said += child.readAllStandardOutput();
        child.kill();
        QVERIFY(child.waitForFinished());
        said += child.readAllStandardOutput();
        QVERIFY2(said.count('\n') >= wanted, child.readAllStandardError().constData());
        said.truncate(said.lastIndexOf('\n') + 1); // a line that was cut was not said
        const QList<QByteArray> lines = said.split('\n');
        for (const QByteArray &line : lines) {
            const QString words = QString::fromLatin1(line);
            if (words.isEmpty())
                continue;
            acknowledged.insert(words.section(u' ', 0, 0));
            incidents.insert(words.section(u' ', 1, 1));
        }
    }
    SqliteSeat seat(path(), m_clock, environmentName);
    QSet<QString> kept;
    for (const QString &incident : std::as_const(incidents)) {
        const auto entries = seat.entries(IncidentId(incident));
        QVERIFY(entries);
        for (const IncidentEntry &entry : *entries)
            kept.insert(entry.id.toString());
    }
    QVERIFY(acknowledged.size() >= rounds);
    QVERIFY2(kept.contains(acknowledged), qPrintable(QString::number((acknowledged - kept).size())));
    QCOMPARE(seat.condition.words, QString());
}

QTEST_GUILESS_MAIN(SqliteArchiveTest)
#include "tst_sqlite_archive.moc"
