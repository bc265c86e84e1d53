// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/chat/post_message.h"
#include "app/actions/paging/set_page_state.h"

#include <QTest>

#include <deque>

using namespace cockpit;

namespace {

class ChatNoon final : public Clock {
public:
    Instant now() const override { return *parseRfc3339("2026-11-23T03:10:00Z"); }
};

/// A chat that answers as the test laid down, and keeps what arrived.
class FakeChat final : public ChatCalls {
public:
    bool canRead = true;
    std::deque<PostOutcome> outcomes{};
    QStringList posted{};
    QHash<QString, QString> standing{}; ///< action → ts

    bool reads() const override { return canRead; }
    QString channel() const override { return QStringLiteral("C1"); }
    void probe(SlackCalls::Answer<Done> done) override { done(Done{}); }
    void post(const QString &, const QString &text, const QString &, const QString &actionId,
              std::function<void(PostOutcome)> done) override
    {
        posted.append(text);
        PostOutcome outcome{.kind = PostOutcome::Kind::Taken, .channel = QStringLiteral("C1"), .ts = QStringLiteral("1.1")};
        if (!outcomes.empty()) {
            outcome = outcomes.front();
            outcomes.pop_front();
        }
        if (outcome.kind == PostOutcome::Kind::Taken || arrivesAnyway)
            standing.insert(actionId, QStringLiteral("1.1"));
        done(outcome);
    }
    void find(const QString &, const QString &, const QString &actionId, Instant,
              SlackCalls::Answer<std::optional<SlackMessage>> done) override
    {
        const bool isThere = standing.contains(actionId);
        done(isThere ? std::optional(SlackMessage{standing.value(actionId), {}, actionId}) : std::nullopt);
    }
    bool arrivesAnyway = false;
};

PostOutcome outcomeOf(PostOutcome::Kind kind, bool serverSaid = false)
{
    return {.kind = kind, .error = {Error::Kind::Timeout, QStringLiteral("No answer."), {}, {}},
            .wait = std::chrono::milliseconds(7000), .serverSaid = serverSaid};
}

ActionRecord message(const char *text, int second)
{
    ActionRecord record;
    record.request.id = ActionId(QStringLiteral("id-%1").arg(second, 4, 10, QLatin1Char('0')));
    record.request.requestedAt = *parseRfc3339("2026-11-23T03:00:00Z") + std::chrono::seconds(second);
    record.request.intent = PostMessage{.channel = QStringLiteral("C1"), .text = QString::fromLatin1(text)};
    return record;
}

} // namespace

class PostMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_chat = FakeChat();
        m_later.clear();
        m_events.clear();
        m_marks.clear();
        m_handler = std::make_unique<PostMessageHandler>(ChatActionParts{
            m_clock, m_chat,
            [this](std::chrono::milliseconds wait, std::function<void()> call) { m_later.push_back({wait, std::move(call)}); },
            [this](const ActionId &, bool takenBack, std::function<void(Result<Done>)> then) {
                m_marks.append(takenBack);
                then(Done{});
            },
            {}});
    }

    void tooManyKeepTheirOrder()
    {
        m_chat.outcomes = {outcomeOf(PostOutcome::Kind::Waits)};
        send(message("first", 1));
        send(message("second", 2));
        run(2); // both are queued; the first is refused for being too many
        QCOMPARE(m_chat.posted, QStringList{QStringLiteral("first")});
        QCOMPARE(m_handler->outgoing().size(), 2);
        QVERIFY(m_handler->outgoing().first().words.startsWith(QStringLiteral("waits")));
        QCOMPARE(m_marks, (QList<bool>{false, true})); // on disk: it has not left after all
        run(20);
        QCOMPARE(m_chat.posted, (QStringList{QStringLiteral("first"), QStringLiteral("first"), QStringLiteral("second")}));
        QCOMPARE(m_events.size(), size_t(2));
        QVERIFY(m_handler->outgoing().isEmpty());
    }

    void whatArrivedWithoutAnAnswerIsNotSentAgain()
    {
        m_chat.arrivesAnyway = true;
        m_chat.outcomes = {outcomeOf(PostOutcome::Kind::NotKnown)};
        send(message("once", 1));
        run(20);
        QCOMPARE(m_chat.posted.size(), 1);
        QVERIFY(std::holds_alternative<ServerAccepted>(m_events.at(0)));
    }

    void a500ThatDidNotArriveIsTriedAgain()
    {
        m_chat.outcomes = {outcomeOf(PostOutcome::Kind::NotKnown, true)};
        send(message("again", 1));
        run(20);
        QCOMPARE(m_chat.posted.size(), 2);
        QCOMPARE(m_chat.standing.size(), 1);
        QVERIFY(std::holds_alternative<ServerAccepted>(m_events.at(0)));
    }

    void aTimeOutThatIsNotThereStaysOpenAndIsNeverSentAgain()
    {
        m_chat.outcomes = {outcomeOf(PostOutcome::Kind::NotKnown)};
        send(message("perhaps", 1));
        run(20);
        QCOMPARE(m_chat.posted.size(), 1);
        QVERIFY(std::holds_alternative<OutcomeNotKnown>(m_events.at(0)));
    }

    void aWebhookThatSaidNothingIsUnknownForGood()
    {
        m_chat.canRead = false;
        m_chat.outcomes = {outcomeOf(PostOutcome::Kind::NotKnown)};
        send(message("perhaps", 1));
        run(20);
        QCOMPARE(m_chat.posted.size(), 1);
        ActionRecord record = message("perhaps", 1);
        record.resumed = true;
        record.sendBegunAt = m_clock.now();
        m_handler->settle(record, keep());
        QVERIFY(std::get<OutcomeNotKnown>(m_events.at(1)).forGood);
        QCOMPARE(m_chat.posted.size(), 1);
    }

    void afterARestartTheQueueGoesOnOldestFirst()
    {
        ActionRecord later = message("later", 2);
        ActionRecord earlier = message("earlier", 1);
        ActionRecord perhaps = message("perhaps", 0);
        for (ActionRecord *one : {&later, &earlier, &perhaps})
            one->resumed = true;
        perhaps.sendBegunAt = m_clock.now(); // it may have left: read, never sent
        m_handler->settle(later, keep());
        m_handler->settle(earlier, keep());
        m_handler->settle(perhaps, keep());
        run(20);
        QCOMPARE(m_chat.posted, (QStringList{QStringLiteral("earlier"), QStringLiteral("later")}));
        QVERIFY(std::holds_alternative<EffectNotProven>(m_events.at(0)));
        QVERIFY(std::holds_alternative<EffectProven>(m_events.at(1)));
    }

private:
    ActionHandler::Event keep()
    {
        return [this](const ActionEvent &event) { m_events.push_back(event); };
    }
    void send(const ActionRecord &record) { m_handler->send(record, keep()); }
    /// Runs what was asked for later, in order, at most so many.
    void run(int most)
    {
        for (; most > 0 && !m_later.empty(); --most) {
            const auto call = m_later.front().second;
            m_later.pop_front();
            call();
        }
    }

    ChatNoon m_clock;
    FakeChat m_chat;
    std::deque<std::pair<std::chrono::milliseconds, std::function<void()>>> m_later;
    std::vector<ActionEvent> m_events;
    QList<bool> m_marks;
    std::unique_ptr<PostMessageHandler> m_handler;
};

QTEST_GUILESS_MAIN(PostMessageTest)
#include "tst_post_message.moc"
