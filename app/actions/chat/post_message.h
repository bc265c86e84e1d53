// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/paging/slack_calls.h"
#include "models/items/incident_store.h"

#include <deque>
#include <map>

namespace cockpit {

/// The chat as its handler sees it. Owner's thread; answers come there too, once each.
class ChatCalls {
public:
    virtual ~ChatCalls() = default;
    virtual bool reads() const = 0;
    virtual QString channel() const = 0; ///< where messages go that name none
    virtual void probe(SlackCalls::Answer<Done> done) = 0;
    virtual void post(const QString &channel, const QString &text, const QString &thread, const QString &actionId,
                      std::function<void(PostOutcome)> done) = 0;
    virtual void find(const QString &channel, const QString &thread, const QString &actionId, Instant since,
                      SlackCalls::Answer<std::optional<SlackMessage>> done) = 0;
};

/// What posting lives on. References outlive the handler.
struct ChatActionParts {
    const Clock &clock;
    ChatCalls &chat;
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later{};
    /// Puts on disk that the message leaves next (or, `takenBack`, that it has not left after all), then calls.
    std::function<void(const ActionId &, bool takenBack, std::function<void(Result<Done>)>)> beginSending{};
    std::function<void(QList<OutgoingMessage>)> outgoing{}; ///< told each time the queue changed
};

/// PostMessage. The journal is the outbox: each message stands there before it leaves, and whether it has begun to
/// leave. Messages of one channel go one after the other, the oldest first; what Slack refuses for being too many waits
/// as long as it says. What may have arrived is read, and never posted again; without a way to read it is Unknown.
class PostMessageHandler final : public ActionHandler {
public:
    explicit PostMessageHandler(ChatActionParts parts)
        : m_parts(std::move(parts))
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;
    /// Messages that are on their way, oldest first.
    QList<OutgoingMessage> outgoing() const;

private:
    struct Waiting {
        ActionRecord record{};
        Event done{};
        QString words{};
        int tries = 0;
    };
    struct Channel {
        std::deque<Waiting> queue{};
        bool busy = false; ///< the first one is on its way
    };
    using Guarded = std::function<void()>;

    void enqueue(const ActionRecord &record, Event done);
    void next(const QString &channel);
    void begin(const QString &channel);
    void post(const QString &channel);
    void take(const QString &channel, const PostOutcome &outcome);
    void readBack(const QString &channel, const PostOutcome &outcome);
    void again(const QString &channel, std::chrono::milliseconds wait, const Error &why);
    void finish(const QString &channel, const ActionEvent &event);
    void tell();
    /// A call that does nothing once the handler is gone.
    Guarded guarded(std::function<void()> call) const;

    ChatActionParts m_parts;
    std::map<QString, Channel> m_channels{};
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
