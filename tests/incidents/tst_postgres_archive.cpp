// SPDX-License-Identifier: GPL-3.0-or-later
// Two cockpits on one incident, with a real PostgreSQL between them.
#include "app/incidents/postgres_archive.h"

#include <QTest>

#include "tests/incidents/archive_fixture.h"
#include "tests/incidents/real_postgres.h"

using namespace cockpit;
using namespace cockpit::testing;

namespace {

using TeamSeat = Seat<PostgresArchive>;
using State = ArchiveCondition::State;

} // namespace

class PostgresArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void eachSeesWhatTheOtherWritesWithinASecond();
    void numbersAreOneTeams();
    void conflictingEditsAreBothKept();
    void oneCockpitOfAllClaimsAReminder();
    void aNewLaptopReadsEverything();
    void aRestartIsSurvived();
    void aDayOfWorkWithoutTheServerIsMerged();
    void whatWasLeftAtTheEndIsSentAtTheNextStart();
    void aHungServerIsCut();
    void aWrongPasswordIsSaidWithoutIt();
    void aNewerSchemaIsReadAndNotWritten();

private:
    std::unique_ptr<TeamSeat> seat(const QString &name)
    {
        PostgresLink::Options options;
        options.config = m_server.config();
        options.environment = m_environment;
        options.owner = name;
        return std::make_unique<TeamSeat>(m_folder->filePath(name + QStringLiteral("/store.sqlite")), m_clock, options);
    }
    static bool isLive(const TeamSeat &seat)
    {
        return TeamSeat::waitFor([&] { return seat.condition.state == State::Live; });
    }
    static size_t entryCount(TeamSeat &seat, const IncidentId &id)
    {
        const auto entries = seat.entries(id);
        return entries ? entries->size() : 0;
    }

    LiveClock m_clock;
    RealPostgres m_server;
    QString m_environment{QStringLiteral("prod")};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void PostgresArchiveTest::initTestCase()
{
    if (!RealPostgres::isInstalled())
        QSKIP("No PostgreSQL server is installed.");
    if (!PostgresConnection::hasDriver())
        QSKIP("Qt's driver for PostgreSQL is not installed.");
    QVERIFY(m_server.make());
}

void PostgresArchiveTest::eachSeesWhatTheOtherWritesWithinASecond()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    const auto opened = alice->open(newHead());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().text()));
    QVERIFY(opened->number.has_value());
    QVERIFY(QTest::qWaitFor([&] { return bob->heads.contains(opened->id.toString()); }, 1000));
    const IncidentEntry fromBob = noteOf(opened->id, QStringLiteral("Zürich \u2014 it's <b>here</b>\u0001"), 1);
    QVERIFY(bob->append({fromBob}));
    QVERIFY(QTest::qWaitFor([&] { return alice->arrived.contains(fromBob.id.toString()); }, 1000));
    const IncidentEntry fromAlice = noteOf(opened->id, QStringLiteral("seen"), 2);
    QVERIFY(alice->append({fromAlice}));
    QVERIFY(QTest::qWaitFor([&] { return bob->arrived.contains(fromAlice.id.toString()); }, 1000));
    QTRY_COMPARE(entryCount(*alice, opened->id), size_t(3));
    const auto entries = alice->entries(opened->id);
    QVERIFY(std::find(entries->begin(), entries->end(), fromBob) != entries->end());
}

void PostgresArchiveTest::numbersAreOneTeams()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    QSet<qint64> numbers;
    for (int round = 0; round < 5; ++round) {
        numbers.insert(alice->open(newHead())->number.value_or(-1));
        numbers.insert(bob->open(newHead())->number.value_or(-1));
    }
    QCOMPARE(numbers.size(), 10);
    QVERIFY(!numbers.contains(-1));
}

void PostgresArchiveTest::conflictingEditsAreBothKept()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    QTRY_VERIFY(bob->heads.contains(opened->id.toString()));
    QTRY_COMPARE(entryCount(*bob, opened->id), size_t(1));
    const IncidentEntry one =
        entryOf(opened->id, IncidentFieldSet{IncidentField::Title, QStringLiteral("A"), QString()}, 5);
    const IncidentEntry two =
        entryOf(opened->id, IncidentFieldSet{IncidentField::Title, QStringLiteral("B"), QString()}, 6);
    QVERIFY(bob->append({two}));
    QVERIFY(alice->append({one}));
    QTRY_COMPARE(entryCount(*alice, opened->id), size_t(3));
    QTRY_COMPARE(entryCount(*bob, opened->id), size_t(3));
    const auto ofAlice = foldIncident(*opened, *alice->entries(opened->id));
    const auto ofBob = foldIncident(*opened, *bob->entries(opened->id));
    QVERIFY(ofAlice && ofBob);
    QCOMPARE(ofAlice->title, QStringLiteral("B"));
    QVERIFY(*ofAlice == *ofBob);
}

void PostgresArchiveTest::oneCockpitOfAllClaimsAReminder()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    const auto claim = [](TeamSeat &who) {
        const auto won = who.ask<bool>([&](auto done) { who.archive.claimReminder(QStringLiteral("i/30m"), done); });
        return won && *won ? 1 : 0;
    };
    QCOMPARE(claim(*alice) + claim(*bob), 1);
}

void PostgresArchiveTest::aNewLaptopReadsEverything()
{
    m_environment = QStringLiteral("large");
    const auto alice = seat(QStringLiteral("alice"));
    QVERIFY(isLive(*alice));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    std::vector<IncidentEntry> many;
    for (int number = 0; number < 1700; ++number)
        many.push_back(noteOf(opened->id, QString::number(number), number));
    QVERIFY(alice->append(many));
    const auto carol = seat(QStringLiteral("carol"));
    QTRY_COMPARE_WITH_TIMEOUT(entryCount(*carol, opened->id), size_t(1701), 30'000);
    QCOMPARE(carol->list()->first().number, opened->number);
    m_environment = QStringLiteral("prod");
    const auto dave = seat(QStringLiteral("dave"));
    QVERIFY(isLive(*dave));
    QCOMPARE(entryCount(*dave, opened->id), size_t(0));
}

void PostgresArchiveTest::aRestartIsSurvived()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    QVERIFY(m_server.restart());
    const IncidentEntry note = noteOf(opened->id, QStringLiteral("after the restart"));
    QVERIFY(alice->append({note}));
    QVERIFY(TeamSeat::waitFor([&] { return bob->arrived.contains(note.id.toString()); }));
    QVERIFY(isLive(*alice));
    // Told again by notice, not by the slower look.
    const IncidentEntry second = noteOf(opened->id, QStringLiteral("subscribed again"));
    QVERIFY(alice->append({second}));
    QVERIFY(QTest::qWaitFor([&] { return bob->arrived.contains(second.id.toString()); }, 1000));
}

void PostgresArchiveTest::aDayOfWorkWithoutTheServerIsMerged()
{
    const auto alice = seat(QStringLiteral("alice"));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*alice) && isLive(*bob));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    QTRY_VERIFY(bob->heads.contains(opened->id.toString()));
    m_server.stop();
    QVERIFY(TeamSeat::waitFor([&] { return alice->condition.state == State::Offline; }));
    QVERIFY(TeamSeat::waitFor([&] { return bob->condition.state == State::Offline; }));
    for (int number = 0; number < 250; ++number) {
        QVERIFY(alice->append({noteOf(opened->id, QStringLiteral("a%1").arg(number), number)}));
        QVERIFY(bob->append({noteOf(opened->id, QStringLiteral("b%1").arg(number), number)}));
    }
    const auto local = alice->open(newHead());
    QVERIFY(local);
    QVERIFY(!local->number);
    QVERIFY(local->localNumber > 0);
    QTRY_COMPARE(alice->condition.waiting, 251);
    QVERIFY2(alice->condition.words.contains(QStringLiteral("kept on this laptop")),
             qPrintable(alice->condition.words));
    QVERIFY(m_server.start());
    QTRY_COMPARE_WITH_TIMEOUT(entryCount(*alice, opened->id), size_t(501), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(entryCount(*bob, opened->id), size_t(501), 60'000);
    QTRY_VERIFY(alice->heads.value(local->id.toString()).number.has_value());
    QTRY_VERIFY(bob->heads.value(local->id.toString()).number.has_value());
    QTRY_COMPARE(alice->condition.waiting, 0);
    QVERIFY(alice->condition.state == State::Live);
    QCOMPARE(alice->condition.words, QString());
}

void PostgresArchiveTest::whatWasLeftAtTheEndIsSentAtTheNextStart()
{
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(isLive(*bob));
    m_server.stop();
    IncidentHead head = newHead();
    {
        const auto alice = seat(QStringLiteral("alice"));
        QVERIFY(alice->open(head));
        QVERIFY(alice->append({noteOf(head.id, QStringLiteral("offline"))}));
    }
    QVERIFY(m_server.start());
    const auto alice = seat(QStringLiteral("alice"));
    QVERIFY(TeamSeat::waitFor([&] { return entryCount(*bob, head.id) == 2; }));
}

void PostgresArchiveTest::aHungServerIsCut()
{
    const auto alice = seat(QStringLiteral("alice"));
    QVERIFY(isLive(*alice));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    m_server.suspend();
    const IncidentEntry note = noteOf(opened->id, QStringLiteral("into the silence"));
    QVERIFY(alice->append({note})); // answered at once: it is durable here
    const bool isOffline = TeamSeat::waitFor([&] { return alice->condition.state == State::Offline; });
    m_server.resume();
    QVERIFY(isOffline);
    QVERIFY(isLive(*alice));
    QTRY_COMPARE_WITH_TIMEOUT(alice->condition.waiting, 0, 30'000);
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(TeamSeat::waitFor([&] { return entryCount(*bob, opened->id) == 2; }));
}

void PostgresArchiveTest::aWrongPasswordIsSaidWithoutIt()
{
    PostgresLink::Options options;
    options.config = m_server.config();
    const QString wrong = m_folder->filePath(QStringLiteral("wrong"));
    QFile file(wrong);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("sesame-of-nobody");
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.close();
    options.config.password.name = wrong;
    options.environment = m_environment;
    TeamSeat refused(m_folder->filePath(QStringLiteral("store.sqlite")), m_clock, options);
    QVERIFY(TeamSeat::waitFor([&] { return refused.condition.state == State::Offline; }));
    QVERIFY2(refused.condition.words.contains(QStringLiteral("password authentication failed")),
             qPrintable(refused.condition.words));
    QVERIFY(!refused.condition.words.contains(QStringLiteral("sesame")));
    QVERIFY(refused.open(newHead()));
}

void PostgresArchiveTest::aNewerSchemaIsReadAndNotWritten()
{
    const auto alice = seat(QStringLiteral("alice"));
    QVERIFY(isLive(*alice));
    const auto opened = alice->open(newHead());
    QVERIFY(opened);
    QVERIFY(m_server.sql(QStringLiteral("INSERT INTO incident_schema_version VALUES (999, 0)")));
    const auto bob = seat(QStringLiteral("bob"));
    QVERIFY(TeamSeat::waitFor([&] { return bob->condition.state == State::ReadOnly; }));
    QVERIFY2(bob->condition.words.contains(QStringLiteral("newer version")), qPrintable(bob->condition.words));
    QVERIFY(TeamSeat::waitFor([&] { return entryCount(*bob, opened->id) == 1; }));
    QVERIFY(!bob->append({noteOf(opened->id, QStringLiteral("no"))}));
    QVERIFY(!bob->open(newHead()));
    QVERIFY(m_server.sql(QStringLiteral("DELETE FROM incident_schema_version WHERE version = 999")));
}

QTEST_GUILESS_MAIN(PostgresArchiveTest)
#include "tst_postgres_archive.moc"
