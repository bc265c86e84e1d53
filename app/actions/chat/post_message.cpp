// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/chat/post_message.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int longestMessage = 3000;
constexpr std::chrono::milliseconds firstWait{1000};
constexpr std::chrono::milliseconds longestWait{60'000};
/// A server's clock may be behind ours.
constexpr Duration clockSlack{std::chrono::minutes(10)};

struct ChatWords {
    Q_DECLARE_TR_FUNCTIONS(PostMessage)
};

const PostMessage &messageOf(const ActionRequest &request) { return std::get<PostMessage>(request.intent); }

Instant searchedSince(const ActionRecord &record) { return record.request.requestedAt - clockSlack; }

ActionEvent takenEvent(const PostOutcome &outcome)
{
    return ServerAccepted{ChatWords::tr("Slack took it."), outcome.ts, outcome.channel};
}

Error notThere(bool read)
{
    return read ? Error{Error::Kind::NotFound, ChatWords::tr("The message does not stand in the channel."),
                        ChatWords::tr("It was not sent again."), ChatWords::tr("Send it again if it is still wanted.")}
                : Error{Error::Kind::Timeout, ChatWords::tr("Whether the message arrived cannot be read through a webhook."),
                        ChatWords::tr("It was not sent again."), ChatWords::tr("Look at the channel.")};
}

std::chrono::milliseconds waitAfter(int tries)
{
    return std::min<std::chrono::milliseconds>(longestWait, firstWait * (1LL << std::clamp(tries - 1, 0, 10)));
}

} // namespace

PostMessageHandler::Guarded PostMessageHandler::guarded(std::function<void()> call) const
{
    return [alive = std::weak_ptr<bool>(m_alive), call = std::move(call)] {
        if (!alive.expired())
            call();
    };
}

void PostMessageHandler::plan(const ActionRequest &request, Planned done)
{
    const PostMessage &wish = messageOf(request);
    const bool reads = m_parts.chat.reads();
    const QString channel = wish.channel.isEmpty() ? m_parts.chat.channel() : wish.channel;
    const auto invalid = [](const QString &what) {
        return Error{Error::Kind::Invalid, what, ChatWords::tr("Nothing was sent."), {}};
    };
    if (wish.text.trimmed().isEmpty())
        return done(invalid(ChatWords::tr("There is no text.")));
    if (wish.text.size() > longestMessage)
        return done(invalid(ChatWords::tr("The text has %1 characters; %2 is the most.").arg(wish.text.size()).arg(longestMessage)));
    if (!reads && !wish.thread.isEmpty())
        return done(invalid(ChatWords::tr("A webhook cannot write into a thread: name a bot's token under `chat:`.")));
    ActionPlan plan;
    const QString place = channel.isEmpty() ? ChatWords::tr("the webhook's channel") : channel;
    plan.title = wish.thread.isEmpty() ? ChatWords::tr("Post to %1").arg(place)
                                       : ChatWords::tr("Post into the thread in %1").arg(place);
    plan.runLabel = ChatWords::tr("Post");
    plan.willChange = {wish.text};
    plan.willNotChange = {ChatWords::tr("Nobody is mentioned by it: @ and <…> stay words.")};
    const auto waiting = m_channels.find(channel);
    const qsizetype ahead = waiting == m_channels.end() ? 0 : static_cast<qsizetype>(waiting->second.queue.size());
    if (ahead > 0)
        plan.willNotChange.append(ChatWords::tr("%n message(s) that wait go first.", nullptr, int(ahead)));
    plan.steps = {ChatWords::tr("Post once."), reads ? ChatWords::tr("Read it there.")
                                                     : ChatWords::tr("A webhook cannot be read: its answer is the proof.")};
    done(plan);
}

void PostMessageHandler::send(const ActionRecord &record, Event done) { enqueue(record, std::move(done)); }

void PostMessageHandler::enqueue(const ActionRecord &record, Event done)
{
    const PostMessage &wish = messageOf(record.request);
    const QString channel = wish.channel.isEmpty() ? m_parts.chat.channel() : wish.channel;
    Channel &into = m_channels[channel];
    const auto isLater = [&record](const Waiting &one) {
        const ActionRequest &other = one.record.request;
        return std::pair(other.requestedAt, other.id.toString()) >
               std::pair(record.request.requestedAt, record.request.id.toString());
    };
    auto at = into.queue.begin() + (into.busy ? 1 : 0); // the one on its way stays the first
    at = std::find_if(at, into.queue.end(), isLater);
    into.queue.insert(at, Waiting{record, std::move(done), ChatWords::tr("waits for its turn"), 0});
    tell();
    // Those of an earlier process come one by one: the oldest of them all goes first.
    m_parts.later(std::chrono::milliseconds(0), guarded([this, channel] { next(channel); }));
}

void PostMessageHandler::next(const QString &channel)
{
    Channel &line = m_channels[channel];
    if (line.busy || line.queue.empty())
        return;
    line.busy = true;
    begin(channel);
}

/// Asks first whether Slack answers: without that nothing leaves, and the message may wait.
void PostMessageHandler::begin(const QString &channel)
{
    Waiting &first = m_channels[channel].queue.front();
    ++first.tries;
    first.words = ChatWords::tr("is sent");
    tell();
    m_parts.chat.probe([this, channel, alive = std::weak_ptr<bool>(m_alive)](const Result<Done> &answers) {
        if (alive.expired())
            return;
        if (!answers)
            return again(channel, waitAfter(m_channels[channel].queue.front().tries), answers.error());
        m_parts.beginSending(m_channels[channel].queue.front().record.request.id, false,
                             [this, channel, alive](const Result<Done> &written) {
                                 if (alive.expired())
                                     return;
                                 if (written)
                                     return post(channel);
                                 const ActionRecord &record = m_channels[channel].queue.front().record;
                                 finish(channel, record.resumed ? ActionEvent(EffectNotProven{written.error(), {}})
                                                                : ActionEvent(ServerRefused{written.error(), true}));
                             });
    });
}

void PostMessageHandler::post(const QString &channel)
{
    const ActionRequest &request = m_channels[channel].queue.front().record.request;
    const PostMessage &wish = messageOf(request);
    m_parts.chat.post(wish.channel, wish.text, wish.thread, request.id.toString(),
                      [this, channel, alive = std::weak_ptr<bool>(m_alive)](const PostOutcome &outcome) {
                          if (!alive.expired())
                              take(channel, outcome);
                      });
}

void PostMessageHandler::take(const QString &channel, const PostOutcome &outcome)
{
    const ActionRecord &record = m_channels[channel].queue.front().record;
    switch (outcome.kind) {
    case PostOutcome::Kind::Taken:
        return finish(channel, record.resumed ? ActionEvent(EffectProven{ChatWords::tr("Slack took it."), outcome.ts,
                                                                         outcome.channel, {}})
                                              : takenEvent(outcome));
    case PostOutcome::Kind::Refused:
        return finish(channel, record.resumed ? ActionEvent(EffectNotProven{outcome.error, {}})
                                              : ActionEvent(ServerRefused{outcome.error}));
    case PostOutcome::Kind::Waits:
        return m_parts.beginSending(record.request.id, true,
                                    [this, channel, outcome, alive = std::weak_ptr<bool>(m_alive)](const Result<Done> &) {
                                        if (!alive.expired())
                                            again(channel, outcome.wait, outcome.error);
                                    });
    case PostOutcome::Kind::NotKnown:
        return m_parts.chat.reads() ? readBack(channel, outcome)
                                    : finish(channel, OutcomeNotKnown{outcome.error, true});
    }
}

/// It may have arrived. Where it stands, it is done; where a server said that it failed and it does not stand there, it
/// may be posted again; in all other cases it stays open, for reading.
void PostMessageHandler::readBack(const QString &channel, const PostOutcome &outcome)
{
    const ActionRecord &record = m_channels[channel].queue.front().record;
    const PostMessage &wish = messageOf(record.request);
    m_parts.chat.find(
        channel, wish.thread, record.request.id.toString(), searchedSince(record),
        [this, channel, outcome, alive = std::weak_ptr<bool>(m_alive)](const Result<std::optional<SlackMessage>> &found) {
            if (alive.expired())
                return;
            if (found && *found)
                return take(channel, {.kind = PostOutcome::Kind::Taken, .channel = channel, .ts = (*found)->ts});
            if (found && outcome.serverSaid)
                return take(channel, {.kind = PostOutcome::Kind::Waits,
                                      .error = outcome.error,
                                      .wait = waitAfter(m_channels[channel].queue.front().tries)});
            finish(channel, OutcomeNotKnown{outcome.error});
        });
}

void PostMessageHandler::again(const QString &channel, std::chrono::milliseconds wait, const Error &why)
{
    const auto scaled = Duration(qint64(double(wait.count()) * m_parts.clock.speed()));
    m_channels[channel].queue.front().words =
        ChatWords::tr("waits, again at %1: ").arg(utcShortTimeText(m_parts.clock.now() + scaled)) + why.what;
    tell();
    m_parts.later(wait, guarded([this, channel] { begin(channel); }));
}

void PostMessageHandler::finish(const QString &channel, const ActionEvent &event)
{
    Channel &line = m_channels[channel];
    const Event done = std::move(line.queue.front().done);
    line.queue.pop_front();
    line.busy = false;
    tell();
    m_parts.later(std::chrono::milliseconds(0), guarded([this, channel] { next(channel); }));
    done(event);
}

void PostMessageHandler::verify(const ActionRecord &record, Event done)
{
    const PostMessage &wish = messageOf(record.request);
    if (!m_parts.chat.reads())
        return done(EffectProven{ChatWords::tr("Slack's webhook answered ok; it cannot be read."), {}, {}, {}});
    m_parts.chat.find(record.serverName.isEmpty() ? wish.channel : record.serverName, wish.thread,
                      record.request.id.toString(), searchedSince(record),
                      [record, done](const Result<std::optional<SlackMessage>> &found) {
                          if (found && *found)
                              return done(EffectProven{ChatWords::tr("It stands in the channel."), {}, {}, {}});
                          if (!found && found.error().kind == Error::Kind::Forbidden)
                              return done(EffectProven{
                                  ChatWords::tr("Slack answered ok; the bot may not read the channel."), {}, {}, {}});
                          done(found ? ActionEvent(EffectNotProven{notThere(true), {}})
                                     : ActionEvent(OutcomeNotKnown{found.error()}));
                      });
}

void PostMessageHandler::settle(const ActionRecord &record, Event done)
{
    // The journal says that it never began to leave: the queue goes on where it was.
    if (record.resumed && !record.sendBegunAt)
        return enqueue(record, std::move(done));
    if (!m_parts.chat.reads())
        return done(OutcomeNotKnown{notThere(false), true});
    const PostMessage &wish = messageOf(record.request);
    m_parts.chat.find(wish.channel, wish.thread, record.request.id.toString(), searchedSince(record),
                      [done, channel = wish.channel](const Result<std::optional<SlackMessage>> &found) {
                          if (!found)
                              return done(OutcomeNotKnown{found.error()});
                          if (!*found)
                              return done(EffectNotProven{notThere(true), {}});
                          done(EffectProven{ChatWords::tr("It had arrived: it stands in the channel."), (*found)->ts,
                                            channel, {}});
                      });
}

QList<OutgoingMessage> PostMessageHandler::outgoing() const
{
    QList<OutgoingMessage> list;
    for (const auto &[channel, line] : m_channels) {
        for (const Waiting &one : line.queue)
            list.append({one.record.request.id, channel, messageOf(one.record.request).text, one.words});
    }
    return list;
}

void PostMessageHandler::tell()
{
    if (m_parts.outgoing)
        m_parts.outgoing(outgoing());
}

} // namespace cockpit
