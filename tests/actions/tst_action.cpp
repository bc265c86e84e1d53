// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/action.h"

#include <QTest>

using namespace cockpit;

namespace {

constexpr ActionState kStates[] = {ActionState::Requested, ActionState::Planned,   ActionState::Armed,
                                   ActionState::Executing, ActionState::Verifying, ActionState::Succeeded,
                                   ActionState::Failed,    ActionState::Cancelled, ActionState::Unknown,
                                   ActionState::Refused};

Error someError() { return Error{Error::Kind::Timeout, QStringLiteral("No answer."), {}, {}}; }

/// Every event, with the wire-like name that the table uses.
const QList<std::pair<QByteArray, ActionEvent>> &everyEvent()
{
    static const QList<std::pair<QByteArray, ActionEvent>> events{
        {"planMade", PlanMade{}},
        {"planRefused", PlanRefused{someError()}},
        {"confirmed", ConfirmedByPerson{}},
        {"cancelled", CancelledByPerson{}},
        {"journalled", IntentJournalled{}},
        {"journalFailed", JournalFailed{someError()}},
        {"accepted", ServerAccepted{QStringLiteral("Accepted."), QStringLiteral("s-1"), QStringLiteral("a")}},
        {"sending", SendingBegins{}},
        {"refused", ServerRefused{someError()}},
        {"nothingSent", ServerRefused{someError(), true}},
        {"notKnown", OutcomeNotKnown{someError()}},
        {"proven", EffectProven{QStringLiteral("Done."), {}, {}}},
        {"notProven", EffectNotProven{someError()}},
        {"resumed", ResumedAfterRestart{}}};
    return events;
}

/// W journal, S send, V verify, R settle by reading, T tell (report).
QByteArray effectLetters(const std::vector<ActionEffect> &effects)
{
    QByteArray letters;
    for (const ActionEffect effect : effects) {
        switch (effect) {
        case ActionEffect::WriteJournal:
            letters += 'W';
            break;
        case ActionEffect::Send:
            letters += 'S';
            break;
        case ActionEffect::Verify:
            letters += 'V';
            break;
        case ActionEffect::SettleByReading:
            letters += 'R';
            break;
        case ActionEffect::Report:
            letters += 'T';
            break;
        }
    }
    return letters;
}

/// "state event" → "next effects"; what is not listed changes nothing.
const QHash<QByteArray, QByteArray> &reducerTable()
{
    static const QHash<QByteArray, QByteArray> table{
        {"requested planMade", "planned T"},        {"requested planRefused", "refused WT"},
        {"requested cancelled", "cancelled T"},     {"planned planMade", "planned T"},
        {"planned planRefused", "refused WT"},      {"planned confirmed", "armed WT"},
        {"planned cancelled", "cancelled T"},       {"armed cancelled", "cancelled WT"},
        {"armed journalled", "executing TS"},       {"armed journalFailed", "failed T"},
        {"armed resumed", "verifying WTR"},         {"executing accepted", "verifying WTV"},
        {"executing refused", "failed WT"},         {"executing notKnown", "verifying WTR"},
        {"executing nothingSent", "refused WT"},    {"executing sending", "executing T"},
        {"executing resumed", "verifying WTR"},     {"executing journalFailed", "executing T"},
        {"verifying proven", "succeeded WT"},       {"verifying notProven", "failed WT"},
        {"verifying notKnown", "unknown WT"},       {"verifying resumed", "verifying WTR"},
        {"verifying journalFailed", "verifying T"}, {"unknown proven", "succeeded WT"},
        {"unknown notProven", "failed WT"},         {"unknown resumed", "verifying WTR"},
        {"unknown journalFailed", "unknown T"},     {"succeeded journalFailed", "succeeded T"},
        {"failed journalFailed", "failed T"},       {"cancelled journalFailed", "cancelled T"},
        {"refused journalFailed", "refused T"}};
    return table;
}

} // namespace

class ActionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLookThatIsRefusedIsNotLogged()
    {
        ActionRecord look;
        look.request.preview = true;
        const auto [refused, effects] = step(look, PlanRefused{someError()}, Instant{});
        QCOMPARE(refused.state, ActionState::Refused);
        QCOMPARE(effects, std::vector<ActionEffect>{ActionEffect::Report});
        look.request.preview = false;
        QCOMPARE(step(look, PlanRefused{someError()}, Instant{}).second.front(), ActionEffect::WriteJournal);
    }

    void everyStateAndEvent_data();
    void everyStateAndEvent();
    void onlyAJournalledIntentIsSent();
    void theLogSaysOnceThatACockpitEnded();
    void seriousChecksHaveToBeAccepted();
    void advisoryChecksHaveNot();
    void gates();
    void wireNames();
};

void ActionTest::everyStateAndEvent_data()
{
    QTest::addColumn<ActionState>("state");
    QTest::addColumn<int>("event");
    for (const ActionState state : kStates) {
        for (int event = 0; event < everyEvent().size(); ++event)
            QTest::newRow((toWireName(state).toLatin1() + ' ' + everyEvent().at(event).first).constData())
                << state << event;
    }
}

void ActionTest::everyStateAndEvent()
{
    QFETCH(const ActionState, state);
    QFETCH(const int, event);
    ActionRecord record;
    record.state = state;
    const Instant now = fromEpochMs(1000);
    const auto [next, effects] = step(record, everyEvent().at(event).second, now);
    const QByteArray expected = reducerTable().value(QTest::currentDataTag());
    if (expected.isEmpty()) {
        QVERIFY(next == record);
        QVERIFY(effects.empty());
        return;
    }
    QCOMPARE(toWireName(next.state).toLatin1() + ' ' + effectLetters(effects), expected);
    if (next.sendBegunAt) { // no news for a person
        QCOMPARE(*next.sendBegunAt, now);
        return;
    }
    QCOMPARE(next.steps.size(), 1);
    QCOMPARE(next.steps.first().at, now);
    QCOMPARE(next.message.isEmpty(), !isFinal(next.state));
}

void ActionTest::onlyAJournalledIntentIsSent()
{
    for (const ActionState state : kStates) {
        for (const auto &[name, event] : everyEvent()) {
            ActionRecord record;
            record.state = state;
            const QByteArray letters = effectLetters(step(record, event, {}).second);
            QCOMPARE(letters.contains('S'), state == ActionState::Armed && name == "journalled");
        }
    }
}

void ActionTest::theLogSaysOnceThatACockpitEnded()
{
    ActionRecord record;
    record.state = ActionState::Armed;
    const ActionRecord first = step(record, ResumedAfterRestart{}, {}).first;
    const auto [second, effects] = step(first, ResumedAfterRestart{}, {});
    QCOMPARE(second.steps.size(), 1);
    QCOMPARE(effectLetters(effects), QByteArray("TR"));
    const ActionRecord unknown = step(second, OutcomeNotKnown{someError()}, {}).first;
    QCOMPARE(unknown.state, ActionState::Unknown);
    QVERIFY(step(unknown, ResumedAfterRestart{}, {}).second.empty()); // it was read once more
}

void ActionTest::seriousChecksHaveToBeAccepted()
{
    ActionRecord record;
    record.state = ActionState::Planned;
    Evidence bad;
    bad.verdict = Evidence::Verdict::Bad;
    bad.id = QStringLiteral("broad");
    Evidence unknown;
    unknown.id = QStringLiteral("mutes-pages");
    record.plan.checks = {bad, unknown};
    QCOMPARE(step(record, ConfirmedByPerson{{QStringLiteral("broad")}}, {}).first.state, ActionState::Refused);
    const auto all = QStringList{QStringLiteral("mutes-pages"), QStringLiteral("broad")};
    const ActionRecord armed = step(record, ConfirmedByPerson{all}, {}).first;
    QCOMPARE(armed.state, ActionState::Armed);
    QCOMPARE(armed.accepted, all);
}

void ActionTest::advisoryChecksHaveNot()
{
    ActionRecord record;
    record.state = ActionState::Planned;
    Evidence night;
    night.verdict = Evidence::Verdict::Bad;
    night.id = QStringLiteral("ends-at-night");
    record.plan.checks = {night};
    record.plan.advisory = {night.id};
    QVERIFY(record.plan.seriousChecks().isEmpty());
    QCOMPARE(step(record, ConfirmedByPerson{}, {}).first.state, ActionState::Armed);
}

void ActionTest::gates()
{
    ActionRequest silence;
    silence.environment = QStringLiteral("prod");
    ActionRequest expire = silence;
    expire.intent = ExpireSilence{};
    GateContext context;
    QVERIFY(!refusedByGate(silence, context));
    context.dataStale = true;
    context.dataAgeWords = QStringLiteral("data is 4 min old");
    QCOMPARE(refusedByGate(silence, context)->what, context.dataAgeWords);
    QVERIFY(!refusedByGate(expire, context)); // it only shows more
    context.targetSourceDown = true;
    context.targetSourceWords = QStringLiteral("Alertmanager eu is down");
    QCOMPARE(refusedByGate(expire, context)->what, context.targetSourceWords);
    context.readOnly = true;
    QVERIFY(refusedByGate(expire, context)->kind == Error::Kind::Forbidden);
}

void ActionTest::wireNames()
{
    QCOMPARE(wireName(SilenceAlerts{}), QStringLiteral("alert.silence"));
    QCOMPARE(wireName(ExpireSilence{}), QStringLiteral("alert.unsilence"));
    QCOMPARE(wireName(AcknowledgeAlert{}), QStringLiteral("alert.acknowledge"));
}

QTEST_APPLESS_MAIN(ActionTest)
#include "tst_action.moc"
