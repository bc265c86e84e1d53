// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/slack_json.h"
#include "app/paging/paging_source.h"

#include <chrono>

namespace cockpit {

/// How Slack is reached: a bot's token (threads, proof) or a webhook (neither).
struct SlackAccess {
    EndpointPtr api{};     ///< null = there is no token
    EndpointPtr webhook{}; ///< its whole address is the secret
    QString channel{};     ///< where messages go that name none
};

/// What became of one request to post a message.
struct PostOutcome {
    enum class Kind {
        Taken,    ///< it stands there
        Refused,  ///< it does not, and will not
        Waits,    ///< it does not, and may be posted again after `wait`
        NotKnown  ///< nobody can tell; `serverSaid`: a server answered, though not whether
    };
    Kind kind = Kind::NotKnown;
    QString channel{};
    QString ts{};
    Error error{};
    std::chrono::milliseconds wait{0};
    bool serverSaid = false;
};

/// Slack (backends.md §9). Owner's thread; answers are read on the I/O thread and `done` is called there, once each.
class SlackCalls {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    SlackCalls(PagingParts parts, SlackAccess access);

    bool reads() const { return m_access.api != nullptr; } ///< what was posted can be read again
    const QString &channel() const { return m_access.channel; }
    /// Publishes one StatusUpdate; with a token by asking who it is.
    void poll(HttpLane lane);
    /// Whether Slack answers at all; done at once without a token.
    void probe(Answer<Done> done) const;
    /// Sent once, never again by itself.
    void post(const QString &channel, const QString &text, const QString &thread, const QString &actionId,
              std::function<void(PostOutcome)> done) const;
    /// The message of that action, among the newest of the channel (and thread) since `since`; empty when it is not
    /// there. Errors: Invalid without a token; Forbidden where the token may not read.
    void find(const QString &channel, const QString &thread, const QString &actionId, Instant since,
              Answer<std::optional<SlackMessage>> done) const;

private:
    HttpRequest call(const QString &method, HttpLane lane) const;
    void withChannelId(const QString &channel, const QString &cursor, int pages, Answer<QString> done) const;
    void findIn(const QString &channelId, const QString &thread, const QString &actionId, Instant since,
                Answer<std::optional<SlackMessage>> done) const;

    PagingParts m_parts;
    SlackAccess m_access;
    std::shared_ptr<SourceMemory> m_memory = std::make_shared<SourceMemory>();
};

} // namespace cockpit
