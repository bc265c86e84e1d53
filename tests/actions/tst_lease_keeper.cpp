// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/lease_keeper.h"
#include "tests/actions/engine_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

/// A world whose engine is watched by a keeper, with one acknowledgement that has been made.
struct LeaseWorld {
    LeaseWorld()
        : world(folder.filePath(QStringLiteral("journal.sqlite")))
        , keeper(world.engine, world.parts(), QStringLiteral("prod"), [this](const Error &) { ++problems; })
    {
        world.onReport = [this](const ActionRecord &record) { keeper.observe(record); };
        const ActionId id = world.engine.plan(world.request(world.acknowledgeOne()));
        [&] { QTRY_COMPARE(world.state(id), ActionState::Planned); }();
        world.engine.confirm(id, {});
        [&] { QTRY_COMPARE(world.state(id), ActionState::Succeeded); }();
    }
    QList<Lease> open()
    {
        std::optional<QList<Lease>> leases;
        world.store.ask<QList<Lease>>([](Store &store) { return store.leases().open(QStringLiteral("prod")); },
                                      [&](const Result<QList<Lease>> &found) { leases = found.value(); });
        [&] { QTRY_VERIFY(leases.has_value()); }();
        return *leases;
    }
    /// What the fleet shows: the silence as Alertmanager has it, and an alert under it.
    void showFleet(const QString &owner, AlertState state)
    {
        const QJsonObject wire = world.alertmanager.silence(0);
        Silence silence;
        silence.id = wire.value(QStringLiteral("id")).toString();
        silence.createdBy = owner;
        silence.comment = wire.value(QStringLiteral("comment")).toString();
        silence.startsAt = *parseRfc3339(wire.value(QStringLiteral("startsAt")).toString().toStdString());
        silence.endsAt = *parseRfc3339(wire.value(QStringLiteral("endsAt")).toString().toStdString());
        for (const auto &[name, value] : world.acknowledgeOne().labels)
            silence.matchers.append(Matcher{name, value, false, true});
        Alert alert;
        alert.state = state;
        alert.silenceIds = {silence.id};
        auto fleet = std::make_shared<Fleet>();
        fleet->silences = {silence};
        fleet->alerts = {alert};
        world.fleet = fleet;
    }
    /// Ticks, and waits until what it started has ended.
    void tick()
    {
        keeper.tick();
        (void)open(); // the store has answered the tick
        [&] { QTRY_VERIFY(isFinal(world.reports.last().state)); }();
        (void)open();
    }
    void pass(Duration time) { world.clock.set(world.clock.now() + time); }

    QTemporaryDir folder;
    EngineWorld world;
    int problems = 0;
    LeaseKeeper keeper;
};

} // namespace

class LeaseKeeperTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acknowledgementIsALease();
    void lengthensWhileItFiresUpToFourHours();
    void leavesWhatSomebodyElseHolds();
    void leavesWhatFiresNoMore();
    void endsWithTheSilence();
};

void LeaseKeeperTest::acknowledgementIsALease()
{
    LeaseWorld world;
    const auto leases = world.open();
    QCOMPARE(leases.size(), 1);
    QCOMPARE(leases.first().target, QStringLiteral("eu/s-1"));
    QCOMPARE(leases.first().actor, QStringLiteral("alice"));
    QCOMPARE(leases.first().endsAt, world.world.clock.now() + std::chrono::minutes(15));
    QCOMPARE(world.problems, 0);
}

void LeaseKeeperTest::lengthensWhileItFiresUpToFourHours()
{
    LeaseWorld world;
    const Instant start = world.world.clock.now();
    world.pass(std::chrono::minutes(9));
    world.showFleet(QStringLiteral("alice"), AlertState::Acknowledged);
    world.tick();
    QCOMPARE(world.world.alertmanager.writes(), 1); // more than 5 min left
    for (int round = 0; round < 60; ++round) {
        world.pass(std::chrono::minutes(4));
        world.showFleet(QStringLiteral("alice"), AlertState::Acknowledged);
        world.tick();
    }
    QCOMPARE(world.world.alertmanager.silences.size(), 1);
    QCOMPARE(world.world.alertmanager.silence(0).value(QStringLiteral("endsAt")).toString(),
             toRfc3339(start + std::chrono::hours(4)));
    QVERIFY(world.world.alertmanager.silence(0)
                .value(QStringLiteral("comment"))
                .toString()
                .startsWith(QStringLiteral("ACK! alice: looking into it [dt ")));
    QVERIFY(world.open().isEmpty()); // 4 h have passed: it ran out
    QCOMPARE(world.problems, 0);
}

void LeaseKeeperTest::leavesWhatSomebodyElseHolds()
{
    LeaseWorld world;
    world.pass(std::chrono::minutes(11));
    world.showFleet(QStringLiteral("bob"), AlertState::Acknowledged);
    world.tick();
    QCOMPARE(world.world.alertmanager.writes(), 1);
}

void LeaseKeeperTest::leavesWhatFiresNoMore()
{
    LeaseWorld world;
    world.pass(std::chrono::minutes(11));
    world.showFleet(QStringLiteral("alice"), AlertState::Resolved);
    world.tick();
    QCOMPARE(world.world.alertmanager.writes(), 1);
    QCOMPARE(world.open().size(), 1);
    world.pass(std::chrono::minutes(5));
    world.tick();
    QVERIFY(world.open().isEmpty());
}

void LeaseKeeperTest::endsWithTheSilence()
{
    LeaseWorld world;
    EngineWorld &inner = world.world;
    const ActionId id = inner.engine.plan(inner.request(ExpireSilence{QStringLiteral("eu"), QStringLiteral("s-1")}));
    QTRY_COMPARE(inner.state(id), ActionState::Planned);
    inner.engine.confirm(id, {});
    QTRY_COMPARE(inner.state(id), ActionState::Succeeded);
    QTRY_VERIFY(world.open().isEmpty());
}

QTEST_GUILESS_MAIN(LeaseKeeperTest)
#include "tst_lease_keeper.moc"
