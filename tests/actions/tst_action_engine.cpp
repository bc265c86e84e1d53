// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/engine_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

class ActionEngineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silenceIsJournalledSentOnceAndProven();
    void doubleConfirmRunsOnce();
    void cancelSendsNothing();
    void gatesRefuse();
    void gateThatClosesAfterPlanningRefuses();
    void broadSilenceNeedsAcceptance();
    void invalidSilencesAreRefused_data();
    void invalidSilencesAreRefused();
    void lostAnswerIsSettledByReading();
    void lostRequestIsUnknownAndNeverSentAgain();
    void serverRefusalsComeInWords_data();
    void serverRefusalsComeInWords();
    void deadMemberIsSteppedOver();
    void noMemberAnswers();
    void lateEffectIsWaitedFor();
    void editKeepsTheSilence();
    void editOfAChangedSilenceConflicts();
    void acknowledgementIsOneAlertByConvention();
    void secondAcknowledgementIsSerious();
    void expireEndsIt();
    void expireOfUnknownOrEndedIsRefused();
    void withoutJournalNothingIsSent();

private:
    /// Plans and waits for the plan.
    static ActionId planned(EngineWorld &world, ActionIntent intent);
};

ActionId ActionEngineTest::planned(EngineWorld &world, ActionIntent intent)
{
    const ActionId id = world.engine.plan(world.request(std::move(intent)));
    [&] { QTRY_VERIFY(world.state(id) != ActionState::Requested); }();
    return id;
}

#define OPEN_WORLD                                                                                                     \
    const QTemporaryDir folder;                                                                                        \
    EngineWorld world(folder.filePath(QStringLiteral("journal.sqlite")))

void ActionEngineTest::silenceIsJournalledSentOnceAndProven()
{
    OPEN_WORLD;
    const ActionId id = planned(world, world.silenceOne());
    QCOMPARE(world.state(id), ActionState::Planned);
    QVERIFY(world.engine.find(id)->plan.seriousChecks().isEmpty());
    QVERIFY(world.engine.find(id)->plan.bar > Duration::zero());
    QCOMPARE(world.alertmanager.writes(), 0);
    bool journalledFirst = false;
    world.alertmanager.beforeWrite = [&] {
        auto other =
            Store::open(StoreOptions{folder.filePath(QStringLiteral("journal.sqlite")), QStringLiteral("o"), {}},
                        world.clock.now());
        auto record = (*other)->journal().findAction(id);
        journalledFirst = record && *record && (*record)->state == ActionState::Armed;
    };
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    const ActionRecord record = *world.engine.find(id);
    QCOMPARE(record.state, ActionState::Succeeded);
    QVERIFY2(record.message.contains(QStringLiteral("mutes 1 alerts")), qPrintable(record.message));
    QVERIFY(journalledFirst);
    QCOMPARE(world.alertmanager.writes(), 1);
    QCOMPARE(record.serverReference, QStringLiteral("s-1"));
    QCOMPARE(record.serverName, QStringLiteral("a"));
    const QJsonObject silence = world.alertmanager.silence(0);
    QCOMPARE(silence.value(QStringLiteral("createdBy")).toString(), QStringLiteral("alice"));
    QCOMPARE(silence.value(QStringLiteral("comment")).toString(),
             QStringLiteral("known bug [dt %1]").arg(id.toString().right(12)));
    QVERIFY(world.engine.isIdle());
}

void ActionEngineTest::doubleConfirmRunsOnce()
{
    OPEN_WORLD;
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    world.engine.confirm(id, {});
    QCoreApplication::sendPostedEvents();
    QCOMPARE(world.alertmanager.writes(), 1);
    QCOMPARE(world.state(id), ActionState::Succeeded);
}

void ActionEngineTest::cancelSendsNothing()
{
    OPEN_WORLD;
    const ActionId looked = planned(world, world.silenceOne());
    world.engine.cancel(looked);
    world.engine.confirm(looked, {});
    QCOMPARE(world.state(looked), ActionState::Cancelled);
    const ActionId armed = planned(world, world.silenceOne());
    world.engine.confirm(armed, {});
    world.engine.cancel(armed); // the journal is still being written
    QCOMPARE(world.state(armed), ActionState::Cancelled);
    bool done = false;
    world.store.ask<Done>([](Store &) -> Result<Done> { return Done{}; }, [&](const Result<Done> &) { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(world.alertmanager.writes(), 0);
}

void ActionEngineTest::gatesRefuse()
{
    OPEN_WORLD;
    world.gates.readOnly = true;
    const ActionId id = planned(world, world.silenceOne());
    QCOMPARE(world.state(id), ActionState::Refused);
    QVERIFY(world.engine.find(id)->message.contains(QStringLiteral("read-only")));
    QVERIFY(world.alertmanager.requests.empty());
}

void ActionEngineTest::gateThatClosesAfterPlanningRefuses()
{
    OPEN_WORLD;
    const ActionId id = planned(world, world.silenceOne());
    world.gates.dataStale = true;
    world.gates.dataAgeWords = QStringLiteral("The data is 4 min old.");
    world.engine.confirm(id, {});
    QCOMPARE(world.state(id), ActionState::Refused);
    QVERIFY(world.engine.find(id)->message.startsWith(QStringLiteral("The data is 4 min old.")));
    QCOMPARE(world.alertmanager.writes(), 0);
}

void ActionEngineTest::broadSilenceNeedsAcceptance()
{
    OPEN_WORLD;
    SilenceAlerts broad = world.silenceOne();
    broad.matchers = {Matcher{QStringLiteral("severity"), QStringLiteral("page"), false, true}};
    const ActionId first = planned(world, broad);
    QStringList serious;
    for (const Evidence &check : world.engine.find(first)->plan.seriousChecks())
        serious.append(check.id);
    QVERIFY(serious.contains(QStringLiteral("broad")));
    QVERIFY(world.engine.find(first)->plan.bar == Duration::zero());
    world.engine.confirm(first, {});
    QCOMPARE(world.state(first), ActionState::Refused);
    const ActionId second = planned(world, broad);
    world.engine.confirm(second, serious);
    QTRY_VERIFY(world.isSettled(second));
    QCOMPARE(world.state(second), ActionState::Succeeded);
    QVERIFY(world.engine.find(second)->message.contains(QStringLiteral("mutes 2 alerts")));
}

void ActionEngineTest::invalidSilencesAreRefused_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("words");
    QTest::newRow("no matcher") << 0 << QStringLiteral("silence everything");
    QTest::newRow("matches the empty label") << 1 << QStringLiteral("silence everything");
    QTest::newRow("end has passed") << 2 << QStringLiteral("end");
    QTest::newRow("no reason") << 3 << QStringLiteral("reason");
    QTest::newRow("edit of nothing") << 4 << QStringLiteral("no silence gone");
}

void ActionEngineTest::invalidSilencesAreRefused()
{
    QFETCH(const int, fault);
    QFETCH(const QString, words);
    OPEN_WORLD;
    SilenceAlerts silence = world.silenceOne();
    ActionRequest request = world.request(silence);
    if (fault == 0)
        silence.matchers.clear();
    if (fault == 1)
        silence.matchers = {Matcher{QStringLiteral("a"), QStringLiteral(".*"), true, true}};
    if (fault == 2)
        silence.endsAt = world.clock.now();
    if (fault == 3) {
        silence.comment = QStringLiteral("  ");
        request.reason.clear();
    }
    if (fault == 4)
        silence.replaces = QStringLiteral("gone");
    request.intent = silence;
    const ActionId id = world.engine.plan(request);
    QTRY_COMPARE(world.state(id), ActionState::Refused);
    QVERIFY2(world.engine.find(id)->message.contains(words), qPrintable(world.engine.find(id)->message));
    QCOMPARE(world.alertmanager.writes(), 0);
}

void ActionEngineTest::lostAnswerIsSettledByReading()
{
    OPEN_WORLD;
    world.alertmanager.writeFault = FakeAlertmanager::Fault::AnswerLost;
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Succeeded);
    QCOMPARE(world.engine.find(id)->serverReference, QStringLiteral("s-1"));
    QCOMPARE(world.alertmanager.writes(), 1);
    QCOMPARE(world.alertmanager.silences.size(), 1);
}

void ActionEngineTest::lostRequestIsUnknownAndNeverSentAgain()
{
    OPEN_WORLD;
    world.alertmanager.writeFault = FakeAlertmanager::Fault::RequestLost;
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Unknown);
    QVERIFY(world.engine.find(id)->message.contains(QStringLiteral("not sent again")));
    QCOMPARE(world.alertmanager.writes(), 1);
}

void ActionEngineTest::serverRefusalsComeInWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("words");
    QTest::addColumn<ActionState>("state");
    QTest::newRow("bare JSON string") << 400 << QStringLiteral("\"invalid silence: invalid label matcher\"")
                                      << QStringLiteral("invalid silence: invalid label matcher")
                                      << ActionState::Failed;
    QTest::newRow("code and message") << 422
                                      << QStringLiteral("{\"code\":602,\"message\":\"comment in body is required\"}")
                                      << QStringLiteral("comment in body is required") << ActionState::Failed;
    QTest::newRow("not found") << 404 << QStringLiteral("\"silence s-9 not found\"")
                               << QStringLiteral("silence s-9 not found") << ActionState::Failed;
    QTest::newRow("conflict") << 409 << QString() << QStringLiteral("409") << ActionState::Failed;
    QTest::newRow("forbidden") << 403 << QString() << QStringLiteral("403") << ActionState::Failed;
    QTest::newRow("server error may have done it")
        << 503 << QStringLiteral("busy") << QStringLiteral("not sent again") << ActionState::Unknown;
}

void ActionEngineTest::serverRefusalsComeInWords()
{
    QFETCH(const int, status);
    QFETCH(const QString, body);
    QFETCH(const QString, words);
    QFETCH(const ActionState, state);
    OPEN_WORLD;
    world.alertmanager.refusal = status;
    world.alertmanager.refusalBody = body.toStdString();
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), state);
    QVERIFY2(world.engine.find(id)->message.contains(words), qPrintable(world.engine.find(id)->message));
    QCOMPARE(world.alertmanager.writes(), 1);
}

void ActionEngineTest::deadMemberIsSteppedOver()
{
    OPEN_WORLD;
    world.alertmanager.downMembers = {QStringLiteral("http://a")};
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Succeeded);
    QCOMPARE(world.engine.find(id)->serverName, QStringLiteral("b"));
}

void ActionEngineTest::noMemberAnswers()
{
    OPEN_WORLD;
    world.alertmanager.downMembers = {QStringLiteral("http://a"), QStringLiteral("http://b")};
    QCOMPARE(world.state(planned(world, world.silenceOne())), ActionState::Refused);
    world.members.clear();
    const ActionId id = planned(world, world.silenceOne());
    QCOMPARE(world.state(id), ActionState::Refused);
    QVERIFY(world.engine.find(id)->message.contains(QStringLiteral("No Alertmanager of eu")));
}

void ActionEngineTest::lateEffectIsWaitedFor()
{
    OPEN_WORLD;
    world.alertmanager.alertsShowSilencesAfter = 3; // the plan's reading and two proofs
    EngineWorld &patient = world;
    ActionEngineParts parts = patient.parts();
    parts.proofTime = std::chrono::seconds(10);
    ActionEngine engine(parts);
    const ActionId id = engine.plan(world.request(world.silenceOne()));
    QTRY_VERIFY(engine.find(id)->state == ActionState::Planned);
    engine.confirm(id, {});
    QTRY_VERIFY(isFinal(engine.find(id)->state));
    QCOMPARE(engine.find(id)->state, ActionState::Succeeded);
}

void ActionEngineTest::editKeepsTheSilence()
{
    OPEN_WORLD;
    const ActionId made = planned(world, world.silenceOne());
    world.engine.confirm(made, {});
    QTRY_COMPARE(world.state(made), ActionState::Succeeded);
    SilenceAlerts edit = world.silenceOne();
    edit.replaces = QStringLiteral("s-1");
    edit.endsAt += std::chrono::hours(1);
    world.clock.set(world.clock.now() + std::chrono::minutes(1));
    const ActionId id = planned(world, edit);
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Succeeded);
    QCOMPARE(world.alertmanager.silences.size(), 1);
    QCOMPARE(world.engine.find(id)->serverReference, QStringLiteral("s-1"));
    QCOMPARE(world.alertmanager.silence(0).value(QStringLiteral("endsAt")).toString(), toRfc3339(edit.endsAt));
}

void ActionEngineTest::editOfAChangedSilenceConflicts()
{
    OPEN_WORLD;
    const ActionId made = planned(world, world.silenceOne());
    world.engine.confirm(made, {});
    QTRY_COMPARE(world.state(made), ActionState::Succeeded);
    SilenceAlerts edit = world.silenceOne();
    edit.replaces = QStringLiteral("s-1");
    const ActionId id = planned(world, edit);
    QJsonObject changed = world.alertmanager.silence(0);
    world.alertmanager.touch(changed);
    world.alertmanager.setSilence(0, changed);
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Failed);
    QVERIFY(world.engine.find(id)->message.contains(QStringLiteral("was changed at")));
    QCOMPARE(world.alertmanager.writes(), 1);
}

void ActionEngineTest::acknowledgementIsOneAlertByConvention()
{
    OPEN_WORLD;
    const ActionId id = planned(world, world.acknowledgeOne());
    QVERIFY(world.engine.find(id)->plan.seriousChecks().isEmpty());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Succeeded);
    const QJsonObject silence = world.alertmanager.silence(0);
    QCOMPARE(silence.value(QStringLiteral("comment")).toString(),
             QStringLiteral("ACK! alice: looking into it [dt %1]").arg(id.toString().right(12)));
    QCOMPARE(silence.value(QStringLiteral("matchers")).toArray().size(), 3);
    QCOMPARE(silence.value(QStringLiteral("endsAt")).toString(), QStringLiteral("2026-11-23T03:25:00.000Z"));
}

void ActionEngineTest::secondAcknowledgementIsSerious()
{
    OPEN_WORLD;
    const ActionId first = planned(world, world.acknowledgeOne());
    world.engine.confirm(first, {});
    QTRY_COMPARE(world.state(first), ActionState::Succeeded);
    const ActionId second = planned(world, world.acknowledgeOne());
    const auto serious = world.engine.find(second)->plan.seriousChecks();
    QCOMPARE(serious.size(), 1);
    QCOMPARE(serious.first().id, QStringLiteral("already-acknowledged"));
    QVERIFY(serious.first().text.contains(QStringLiteral("alice has acknowledged it already")));
    AcknowledgeAlert tooLong = world.acknowledgeOne();
    tooLong.length = std::chrono::hours(5);
    QCOMPARE(world.state(planned(world, tooLong)), ActionState::Refused);
    AcknowledgeAlert gone = world.acknowledgeOne();
    gone.alert.fingerprint = QStringLiteral("gone");
    QCOMPARE(world.engine.find(planned(world, gone))->plan.seriousChecks().first().id, QStringLiteral("fires"));
}

void ActionEngineTest::expireEndsIt()
{
    OPEN_WORLD;
    const ActionId made = planned(world, world.acknowledgeOne());
    world.engine.confirm(made, {});
    QTRY_COMPARE(world.state(made), ActionState::Succeeded);
    const ActionId id = planned(world, ExpireSilence{QStringLiteral("eu"), QStringLiteral("s-1")});
    QCOMPARE(world.state(id), ActionState::Planned);
    QVERIFY(world.engine.find(id)->plan.willChange.first().contains(QStringLiteral("GCHighErrorRate")));
    world.alertmanager.writeFault = FakeAlertmanager::Fault::AnswerLost;
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Succeeded);
    QCOMPARE(world.alertmanager.writes(), 2);
}

void ActionEngineTest::expireOfUnknownOrEndedIsRefused()
{
    OPEN_WORLD;
    const ExpireSilence intent{QStringLiteral("eu"), QStringLiteral("s-1")};
    const ActionId unknown = planned(world, intent);
    QCOMPARE(world.state(unknown), ActionState::Refused);
    QVERIFY(world.engine.find(unknown)->message.contains(QStringLiteral("no silence s-1")));
    const ActionId made = planned(world, world.acknowledgeOne());
    world.engine.confirm(made, {});
    QTRY_COMPARE(world.state(made), ActionState::Succeeded);
    const ActionId ends = planned(world, intent);
    world.engine.confirm(ends, {});
    QTRY_COMPARE(world.state(ends), ActionState::Succeeded);
    const ActionId again = planned(world, intent);
    QCOMPARE(world.state(again), ActionState::Refused);
    QVERIFY(world.engine.find(again)->message.contains(QStringLiteral("already")));
}

void ActionEngineTest::withoutJournalNothingIsSent()
{
    EngineWorld world(QStringLiteral("/proc/nowhere/journal.sqlite"));
    const ActionId id = planned(world, world.silenceOne());
    world.engine.confirm(id, {});
    QTRY_VERIFY(world.isSettled(id));
    QCOMPARE(world.state(id), ActionState::Failed);
    QVERIFY(world.engine.find(id)->message.contains(QStringLiteral("Nothing was sent")));
    QCOMPARE(world.alertmanager.writes(), 0);
}

QTEST_GUILESS_MAIN(ActionEngineTest)
#include "tst_action_engine.moc"
