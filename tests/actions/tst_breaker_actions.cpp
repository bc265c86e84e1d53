// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/breaker_world.h"

#include <QProcess>
#include <QTest>

#include <csignal>

using namespace cockpit;
using namespace cockpit::testing;

class BreakerActionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void forcesOpenAndGivesBack();
    void restoresOnlyWhatIsStillOurs();
    void refusesWhatCannotBe();
    void unseenHoldsAQuarterOfAnHour();
    void partialSuccessIsSaidAndRetried();
    void conflictMeanwhileSendsNothing();
    void anEndThatFailsIsTriedAgain();
    void anotherProcessTakesOver();
    void onlyOneProcessEnds();
    void resetByHandEndsTheLease();
    void aLaterOverrideTakesThePlace();
    void clockSkewIsTold();
    void killedInTheMiddleItStillEnds_data();
    void killedInTheMiddleItStillEnds();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("journal.sqlite")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void BreakerActionsTest::forcesOpenAndGivesBack()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    const ActionId id = world.run(world.forceOpen());
    QCOMPARE(world.record(id).state, ActionState::Succeeded);
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::ForcedOpen);
    QCOMPARE(world.posted, QStringList{QStringLiteral("+looking into it")});
    world.tick();
    QCOMPARE(world.overrides.size(), 1);
    QCOMPARE(world.overrides.first().target, QStringLiteral("gc-service → redis"));
    QCOMPARE(world.overrides.first().was, QStringLiteral("closed"));
    QCOMPARE(source.orders, 1);
    world.pass(std::chrono::minutes(15));
    world.tick();
    QVERIFY(world.overrides.isEmpty());
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed);
    QCOMPARE(source.pods.value(QStringLiteral("gc-2")), BreakerState::Closed);
    QCOMPARE(source.orders, 2);
    QCOMPARE(world.posted.size(), 2);
    QCOMPARE(world.problems, 0);
}

void BreakerActionsTest::restoresOnlyWhatIsStillOurs()
{
    FakeBreakers source;
    source.pods[QStringLiteral("gc-3")] = BreakerState::Disabled;
    BreakerWorld world(source, path());
    OverrideBreaker intent = world.forceOpen();
    QCOMPARE(world.record(world.run(intent)).state, ActionState::Succeeded);
    source.pods[QStringLiteral("gc-1")] = BreakerState::Disabled; // somebody else
    world.pass(std::chrono::minutes(16));
    world.tick();
    QVERIFY(world.overrides.isEmpty());
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Disabled);
    QCOMPARE(source.pods.value(QStringLiteral("gc-2")), BreakerState::Closed);
    QCOMPARE(source.pods.value(QStringLiteral("gc-3")), BreakerState::Disabled); // as it was
    QVERIFY(world.world.reports.last().message.contains(QStringLiteral("gc-1")));
}

void BreakerActionsTest::refusesWhatCannotBe()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    ActionRequest silent = world.world.request(world.forceOpen());
    silent.reason.clear();
    silent.requestedAt = world.world.clock.now();
    const ActionId noReason = world.engine->plan(silent);
    QTRY_COMPARE(world.record(noReason).state, ActionState::Refused);
    QCOMPARE(world.record(world.run(world.forceOpen(std::chrono::hours(25)))).state, ActionState::Refused);
    OverrideBreaker typo = world.forceOpen();
    typo.breaker.name = QStringLiteral("redsi");
    const ActionId phantom = world.run(typo);
    QCOMPARE(world.record(phantom).state, ActionState::Refused);
    QVERIFY(world.record(phantom).message.contains(QStringLiteral("It lists redis")));
    source.readOnlyReason = QStringLiteral("the actuator is read-only (405)");
    const ActionId readOnly = world.run(world.forceOpen());
    QCOMPARE(world.record(readOnly).state, ActionState::Refused);
    QVERIFY(world.record(readOnly).message.contains(QStringLiteral("405")));
    QCOMPARE(source.orders, 0);
    world.tick();
    QVERIFY(world.overrides.isEmpty());
}

void BreakerActionsTest::unseenHoldsAQuarterOfAnHour()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    world.isSeen = false;
    QCOMPARE(world.record(world.run(world.forceOpen(std::chrono::minutes(20)))).state, ActionState::Refused);
    QCOMPARE(world.record(world.run(world.forceOpen())).state, ActionState::Succeeded);
    world.isSeen = true;
    world.boardError = Error{Error::Kind::Forbidden, QStringLiteral("You may not patch rollouts."), {}, {}};
    QCOMPARE(world.record(world.run(world.forceOpen(std::chrono::minutes(30)), {QStringLiteral("override")})).state,
             ActionState::Refused);
    QCOMPARE(source.orders, 1);
}

void BreakerActionsTest::partialSuccessIsSaidAndRetried()
{
    FakeBreakers source;
    source.away = {QStringLiteral("gc-2")};
    BreakerWorld world(source, path());
    const ActionId id = world.run(world.forceOpen());
    QCOMPARE(world.record(id).state, ActionState::Failed);
    QVERIFY(world.record(id).message.contains(QStringLiteral("1 of 2 pods")));
    QVERIFY(world.record(id).message.contains(QStringLiteral("Retry for gc-2")));
    world.tick();
    QCOMPARE(world.overrides.size(), 1); // what was set has its end
    source.away.clear();
    OverrideBreaker rest = world.forceOpen();
    rest.pods = {QStringLiteral("gc-2")};
    QCOMPARE(world.record(world.run(rest)).state, ActionState::Succeeded);
    QCOMPARE(source.pods.value(QStringLiteral("gc-2")), BreakerState::ForcedOpen);
    world.pass(std::chrono::minutes(16));
    world.tick();
    world.tick();
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed);
    QCOMPARE(source.pods.value(QStringLiteral("gc-2")), BreakerState::Closed);
    QVERIFY(world.overrides.isEmpty());
}

void BreakerActionsTest::conflictMeanwhileSendsNothing()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    ActionRequest request = world.world.request(world.forceOpen());
    request.requestedAt = world.world.clock.now();
    const ActionId id = world.engine->plan(request);
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    source.pods[QStringLiteral("gc-2")] = BreakerState::Disabled;
    world.engine->confirm(id, {});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QCOMPARE(source.orders, 0);
    world.tick();
    QVERIFY(world.overrides.isEmpty());
}

void BreakerActionsTest::anEndThatFailsIsTriedAgain()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    world.run(world.forceOpen());
    source.isDown = true;
    world.pass(std::chrono::minutes(19));
    world.tick();
    QCOMPARE(world.overrides.size(), 1);
    QVERIFY(world.overrides.first().trouble.startsWith(QStringLiteral("It should have ended 4 m")));
    QVERIFY(world.overrides.first().trouble.contains(QStringLiteral("did not answer")));
    QVERIFY(world.overrides.first().revert.has_value());
    source.isDown = false;
    const ActionId now = world.run(*world.overrides.first().revert); // [Revert now]
    QCOMPARE(world.record(now).state, ActionState::Succeeded);
    world.tick();
    QVERIFY(world.overrides.isEmpty());
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed);
}

void BreakerActionsTest::anotherProcessTakesOver()
{
    FakeBreakers source;
    {
        BreakerWorld world(source, path());
        world.run(world.forceOpen());
    }
    BreakerWorld later(source, path());
    later.pass(std::chrono::minutes(60));
    later.tick();
    QVERIFY(later.overrides.isEmpty());
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed);
}

void BreakerActionsTest::onlyOneProcessEnds()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    const ActionId id = world.run(world.forceOpen());
    // Another process, which lives, has taken it: this one leaves it.
    StoreThread other(StoreOptions{path(), QStringLiteral("gone/1/1"), std::chrono::seconds(5)}, world.world.clock,
                      world.world.post());
    const auto claim = [&](StoreThread &store) {
        std::optional<bool> got;
        store.ask<bool>(
            [&](Store &kept) {
                return kept.leases().claim(id.toString(), world.world.clock.now(), std::chrono::minutes(2));
            },
            [&](const Result<bool> &claimed) { got = claimed && *claimed; });
        [&] { QTRY_VERIFY(got.has_value()); }();
        return *got;
    };
    QVERIFY(claim(world.world.store));
    QVERIFY(!claim(other)); // this process lives and holds it
    world.pass(std::chrono::minutes(3));
    QVERIFY(claim(other));             // it told nothing for too long
    QVERIFY(claim(world.world.store)); // "gone" is no living process
}

void BreakerActionsTest::resetByHandEndsTheLease()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    world.run(world.forceOpen());
    QCOMPARE(world.record(world.run(ResetBreaker{redisKey, {}})).state, ActionState::Succeeded);
    world.tick();
    QVERIFY(world.overrides.isEmpty());
    const int orders = source.orders;
    world.pass(std::chrono::minutes(20));
    world.tick();
    QCOMPARE(source.orders, orders);
}

void BreakerActionsTest::aLaterOverrideTakesThePlace()
{
    FakeBreakers source;
    BreakerWorld world(source, path());
    world.run(world.forceOpen());
    world.tick();
    const ActionId refused = world.run(world.forceOpen(std::chrono::minutes(40)));
    QCOMPARE(world.record(refused).state, ActionState::Refused); // somebody holds it: to be accepted
    const ActionId longer = world.run(world.forceOpen(std::chrono::minutes(40)), {QStringLiteral("override")});
    QCOMPARE(world.record(longer).state, ActionState::Succeeded);
    world.tick();
    QCOMPARE(world.overrides.size(), 1);
    QCOMPARE(world.overrides.first().id, longer.toString());
    world.pass(std::chrono::minutes(41));
    world.tick();
    QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed); // back to before the first
}

void BreakerActionsTest::clockSkewIsTold()
{
    FakeBreakers source;
    source.clockAhead = -std::chrono::minutes(3);
    BreakerWorld world(source, path());
    const ActionId id = world.run(world.forceOpen());
    const QList<Evidence> &checks = world.record(id).plan.checks;
    QVERIFY(std::any_of(checks.begin(), checks.end(), [](const Evidence &one) {
        return one.id == u"clock" && one.text.contains(QStringLiteral("3 m")) &&
               one.text.contains(QStringLiteral("behind"));
    }));
}

void BreakerActionsTest::killedInTheMiddleItStillEnds_data()
{
    QTest::addColumn<QString>("moment");
    for (const char *moment : {"armed", "before", "told"})
        QTest::newRow(moment) << QString::fromLatin1(moment);
}

/// A real process, killed with SIGKILL three times over: the next one ends what it left.
void BreakerActionsTest::killedInTheMiddleItStillEnds()
{
    QFETCH(QString, moment);
    for (int round = 0; round < 3; ++round) {
        QTemporaryDir folder;
        QProcess child;
        child.start(QCoreApplication::applicationDirPath() + QStringLiteral("/breaker_crash_helper"),
                    {folder.path(), moment});
        QVERIFY(child.waitForFinished(30000));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        FakeBreakers source;
        source.load(folder.filePath(QStringLiteral("pods")));
        if (moment == u"told")
            QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::ForcedOpen);
        BreakerWorld world(source, folder.filePath(QStringLiteral("journal.sqlite")));
        world.engine->resumeOpenActions(QStringLiteral("prod"), [](const Error &) {});
        world.tick();
        if (moment == u"told")
            QCOMPARE(world.overrides.size(), 1); // its end was on disk
        world.pass(std::chrono::minutes(20));
        world.tick();
        world.tick();
        QVERIFY(world.overrides.isEmpty());
        QCOMPARE(source.pods.value(QStringLiteral("gc-1")), BreakerState::Closed);
        QCOMPARE(source.pods.value(QStringLiteral("gc-2")), BreakerState::Closed);
    }
}

QTEST_GUILESS_MAIN(BreakerActionsTest)
#include "tst_breaker_actions.moc"
