// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/action_codec.h"
#include "app/formats/silence_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;

class ActionCodecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripIsLossless_data();
    void roundTripIsLossless();
    void recordOfTheFirstVersion();
    void wrongBytesAreErrors_data();
    void wrongBytesAreErrors();
    void contract();
    void exitCodes();
    void silenceBodies();

private:
    static ActionRecord full(ActionIntent intent);
};

ActionRecord ActionCodecTest::full(ActionIntent intent)
{
    ActionRecord record;
    record.request = ActionRequest{ActionId(QStringLiteral("018f-a")),
                                   QStringLiteral("prod"),
                                   QStringLiteral("<img src=x> \u202e \"ü\" \n 🔥"),
                                   ServiceId(QStringLiteral("gc")),
                                   std::move(intent),
                                   QStringLiteral("alice"),
                                   QStringLiteral("why"),
                                   fromEpochMs(1)};
    record.plan = ActionPlan{QStringLiteral("t"),
                             QStringLiteral("r"),
                             {QStringLiteral("a"), QStringLiteral("b")},
                             {QStringLiteral("c")},
                             QStringLiteral("- image: 1.43\n+ image: 1.42"),
                             QStringLiteral("about 45 s"),
                             {QStringLiteral("d")},
                             {Evidence{Evidence::Verdict::Bad, QStringLiteral("broad"), QStringLiteral("text"),
                                       QStringLiteral("am"), QStringLiteral("eu"), fromEpochMs(5), Duration(60000), 7},
                              Evidence{}},
                             {QStringLiteral("broad")},
                             QStringLiteral("v1"),
                             Duration(0)};
    record.state = ActionState::Verifying;
    record.steps = {ActionStep{QStringLiteral("s"), ActionState::Armed, fromEpochMs(2)},
                    ActionStep{QStringLiteral("2/4 pods"), ActionState::Verifying, fromEpochMs(3), true}};
    record.identity = QStringLiteral("oncall@example");
    record.proof = {Evidence{Evidence::Verdict::Good,
                             QStringLiteral("error_rate"),
                             QStringLiteral("0.3 %"),
                             {},
                             {},
                             fromEpochMs(7),
                             Duration(300000),
                             812}};
    record.accepted = {QStringLiteral("broad")};
    record.message = QStringLiteral("m");
    record.serverReference = QStringLiteral("s-1");
    record.serverName = QStringLiteral("a");
    record.updatedAt = fromEpochMs(-3);
    return record;
}

void ActionCodecTest::roundTripIsLossless_data()
{
    QTest::addColumn<int>("intent");
    QTest::newRow("silence") << 0;
    QTest::newRow("expire") << 1;
    QTest::newRow("acknowledge") << 2;
    QTest::newRow("abort") << 3;
    QTest::newRow("undo") << 4;
    QTest::newRow("promote") << 5;
    QTest::newRow("pause") << 6;
    QTest::newRow("resume") << 7;
    QTest::newRow("retry") << 8;
    QTest::newRow("restart") << 9;
    QTest::newRow("scale") << 10;
    QTest::newRow("override breaker") << 11;
    QTest::newRow("reset breaker") << 12;
    QTest::newRow("set flag") << 13;
    QTest::newRow("replica limits") << 14;
    QTest::newRow("trigger page") << 15;
    QTest::newRow("acknowledge page") << 16;
    QTest::newRow("resolve page") << 17;
    QTest::newRow("escalate page") << 18;
    QTest::newRow("add responders") << 19;
    QTest::newRow("post message") << 20;
}

void ActionCodecTest::roundTripIsLossless()
{
    QFETCH(const int, intent);
    const ObjectKey object{QStringLiteral("prod"),    QStringLiteral("eu"),         QStringLiteral("dark-tower"),
                           QStringLiteral("Rollout"), QStringLiteral("gc-service"), QStringLiteral("u-1")};
    const BreakerKey breaker{SourceId(QStringLiteral("breakers/gc")), ServiceId(QStringLiteral("gc-service")),
                             QStringLiteral("redis / primary")};
    const SourceId pager(QStringLiteral("paging/pagerduty"));
    const ActionIntent intents[] = {
        SilenceAlerts{QStringLiteral("eu"),
                      {Matcher{QStringLiteral("a"), QStringLiteral("b|\"c"), true, false}},
                      fromEpochMs(10),
                      fromEpochMs(20),
                      QStringLiteral("comment"),
                      QStringLiteral("s-0")},
        ExpireSilence{QStringLiteral("eu"), QStringLiteral("s-1")},
        AcknowledgeAlert{AlertKey{QStringLiteral("eu"), QStringLiteral("f")},
                         Labels({{QStringLiteral("alertname"), QStringLiteral("X")}}), Duration(900000)},
        AbortRollout{object},
        UndoRollout{object, QStringLiteral("5f8b4")},
        PromoteRollout{object, true},
        PauseRollout{object},
        ResumeRollout{object},
        RetryRollout{object},
        RestartRollout{object},
        ScaleRollout{object, 6},
        OverrideBreaker{breaker, BreakerMode::Disable, fromEpochMs(30), {QStringLiteral("gc-1")}},
        ResetBreaker{breaker, QStringLiteral("lease-1")},
        SetFlag{
            FlagKey{SourceId(QStringLiteral("flags/unleash")), QStringLiteral("default"), QStringLiteral("fast-join")},
            QStringLiteral("production"), false, fromEpochMs(40), QStringLiteral("l")},
        SetReplicaLimits{object, 2, 9, std::nullopt, QString()},
        TriggerPage{pager, QStringLiteral("k/1"), QStringLiteral("503 \"join\""), Priority::P1,
                    QStringLiteral("gc-service"), QStringLiteral("INC-42"), QStringLiteral("https://r.example/x")},
        AcknowledgePage{pager, QStringLiteral("P1"), QStringLiteral("k/1"), QStringLiteral("t")},
        ResolvePage{pager, QStringLiteral("P1"), QStringLiteral("k/1"), QStringLiteral("t")},
        EscalatePage{pager, QStringLiteral("P1"), QStringLiteral("t"), 2},
        AddResponders{pager,
                      QStringLiteral("P1"),
                      QStringLiteral("t"),
                      {QStringLiteral("U1"), QStringLiteral("U2")},
                      {QStringLiteral("second")},
                      QStringLiteral("please")},
        PostMessage{SourceId(QStringLiteral("chat/slack")), QStringLiteral("#inc-42"), QStringLiteral("a\nb <&>"),
                    QStringLiteral("171.2"), QStringLiteral("INC-42"), QStringLiteral("id"), 3},
        SetSync{.object = object,
                .suspended = true,
                .length = std::chrono::hours(1),
                .policy = QStringLiteral("{'automated':{}}"),
                .lease = QStringLiteral("lease-1")}};
    static_assert(std::size(intents) == std::variant_size_v<ActionIntent>);
    const ActionRecord record = full(intents[intent]);
    const auto back = decodeActionRecord(encodeActionRecord(record));
    QVERIFY(back);
    QVERIFY(*back == record);
    QVERIFY(*decodeActionRecord(encodeActionRecord(ActionRecord{})) == ActionRecord{});
}

void ActionCodecTest::recordOfTheFirstVersion()
{
    ActionRecord record = full(ExpireSilence{});
    QJsonObject value = QJsonDocument::fromJson(encodeActionRecord(record)).object();
    QJsonObject plan = value.value(QStringLiteral("plan")).toObject();
    for (const char *later : {"diff", "duration"})
        plan.remove(QLatin1String(later));
    value.insert(QStringLiteral("plan"), plan);
    for (const char *later : {"identity", "proof"})
        value.remove(QLatin1String(later));
    const auto back = decodeActionRecord(QJsonDocument(value).toJson());
    QVERIFY(back);
    QVERIFY(back->proof.isEmpty() && back->plan.diff.isEmpty());
    QCOMPARE(back->plan.title, record.plan.title);
}

void ActionCodecTest::wrongBytesAreErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = encodeActionRecord(full(ExpireSilence{}));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << good.left(good.size() / 2);
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("newer") << QByteArray(good).replace("\"v\":1", "\"v\":2");
    QTest::newRow("intent of another version") << QByteArray(good).replace("alert.unsilence", "alert.invented");
    QTest::newRow("no such state") << QByteArray(good).replace("verifying", "dancing");
    QTest::newRow("no such verdict") << QByteArray(good).replace("\"bad\"", "\"fine\"");
}

void ActionCodecTest::wrongBytesAreErrors()
{
    QFETCH(const QByteArray, bytes);
    const auto record = decodeActionRecord(bytes);
    QVERIFY(!record);
    QVERIFY(record.error().kind == Error::Kind::Parse);
}

void ActionCodecTest::contract()
{
    ActionRecord record = full(ExpireSilence{});
    record.state = ActionState::Succeeded;
    const QByteArray bytes = actionContractJson(record);
    QVERIFY(bytes.startsWith("{\"id\":\"018f-a\",\"action\":\"alert.unsilence\",\"object\":"));
    const QJsonObject value = QJsonDocument::fromJson(bytes).object();
    for (const char *key : {"action", "checks", "id", "message", "object", "state", "steps", "diff", "proof"})
        QVERIFY2(value.contains(QLatin1String(key)), key);
    QCOMPARE(value.value(QStringLiteral("proof")).toArray().size(), 1);
    QCOMPARE(value.value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
    const QJsonObject check = value.value(QStringLiteral("checks")).toArray().at(0).toObject();
    QCOMPARE(check.value(QStringLiteral("result")).toString(), QStringLiteral("bad"));
    QCOMPARE(check.value(QStringLiteral("id")).toString(), QStringLiteral("broad"));
    QCOMPARE(check.value(QStringLiteral("count")).toInt(), 7);
    QVERIFY(value.value(QStringLiteral("checks")).toArray().at(1).toObject().value(QStringLiteral("count")).isNull());
    const QJsonObject one = value.value(QStringLiteral("steps")).toArray().at(0).toObject();
    QCOMPARE(one.value(QStringLiteral("at")).toString(), QStringLiteral("1970-01-01T00:00:00.002Z"));
}

void ActionCodecTest::exitCodes()
{
    const auto code = [](ActionState state, bool dryRun) {
        ActionRecord record;
        record.state = state;
        return actionExitCode(record, dryRun);
    };
    QCOMPARE(code(ActionState::Succeeded, false), 0);
    QCOMPARE(code(ActionState::Planned, true), 0);
    QCOMPARE(code(ActionState::Planned, false), 3);
    QCOMPARE(code(ActionState::Failed, false), 1);
    QCOMPARE(code(ActionState::Refused, false), 2);
    QCOMPARE(code(ActionState::Unknown, false), 3);
    QCOMPARE(code(ActionState::Executing, false), 3);
    QCOMPARE(code(ActionState::Cancelled, false), 4);
}

void ActionCodecTest::silenceBodies()
{
    Silence silence;
    silence.matchers = {Matcher{QStringLiteral("a"), QStringLiteral("b"), false, true}};
    silence.endsAt = fromEpochMs(1000);
    silence.createdBy = QStringLiteral("alice");
    silence.comment = QStringLiteral("ACK! \"x\"");
    const QJsonObject value = QJsonDocument::fromJson(silenceBody(silence)).object();
    QVERIFY(!value.contains(QStringLiteral("id")));
    QVERIFY(!value.contains(QStringLiteral("annotations"))); // older servers do not know them
    QCOMPARE(value.value(QStringLiteral("endsAt")).toString(), QStringLiteral("1970-01-01T00:00:01.000Z"));
    QCOMPARE(value.value(QStringLiteral("comment")).toString(), silence.comment);
    silence.id = QStringLiteral("s-1");
    QCOMPARE(QJsonDocument::fromJson(silenceBody(silence)).object().value(QStringLiteral("id")).toString(), silence.id);
    QCOMPARE(*parseSilenceId("{\"silenceID\":\"s-2\"}"), QStringLiteral("s-2"));
    for (const char *wrong : {"", "{}", "[]", "\"x\"", "{\"silenceID\":5}", "{\"silenceID\":\"\"}", "{"})
        QVERIFY2(!parseSilenceId(wrong), wrong);
}

QTEST_APPLESS_MAIN(ActionCodecTest)
#include "tst_action_codec.moc"
