// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paging/slack_calls.h"

#include "app/net/retry_policy.h"
#include "app/paging/paging_words.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds slackPause{30'000}; ///< where a refusal for too many says no time
constexpr int mostChannelPages = 10;
constexpr int historyAsked = 200;

bool isChannelId(const QString &channel)
{
    static const QRegularExpression shape(QStringLiteral("^[CGD][A-Z0-9]{6,}$"));
    return shape.match(channel).hasMatch();
}

Error slackRefusal(const SlackAnswer &answer)
{
    const QString detail = answer.detail.isEmpty() ? QString() : QStringLiteral(" (") + answer.detail + u')';
    const bool isAuth = answer.error.contains(u"auth") || answer.error == u"account_inactive" ||
                        answer.error == u"token_revoked" || answer.error == u"token_expired";
    const bool isScope = answer.error == u"missing_scope";
    return {isAuth    ? Error::Kind::Unauthorized
            : isScope ? Error::Kind::Forbidden
                      : Error::Kind::Rejected,
            PagingWords::tr("Slack refused: ") + answer.error + detail + u'.', PagingWords::tr("Nothing was posted."),
            isAuth ? PagingWords::tr("Renew the bot's token.")
                   : PagingWords::tr("Look at the channel and at what the bot may do there.")};
}

PostOutcome waits(const HttpResponse &response, const Error &error)
{
    return {.kind = PostOutcome::Kind::Waits, .error = error, .wait = retryAfter(response).value_or(slackPause)};
}

/// What the answer to a post says; alike for both ways but for the body of a good one.
PostOutcome postOutcome(const QString &backend, const Result<HttpResponse> &response, bool isWebhook)
{
    if (!response)
        return {.kind = PostOutcome::Kind::NotKnown, .error = response.error()};
    if (response->status == 429)
        return waits(*response, httpStatusError(backend, *response));
    if (response->status >= 500)
        return {.kind = PostOutcome::Kind::NotKnown, .error = httpStatusError(backend, *response), .serverSaid = true};
    if (response->status >= 400)
        return {.kind = PostOutcome::Kind::Refused, .error = httpStatusError(backend, *response)};
    if (isWebhook)
        return {.kind = PostOutcome::Kind::Taken};
    const auto answer = parseSlackAnswer(response->body);
    if (!answer)
        return {.kind = PostOutcome::Kind::NotKnown, .error = answer.error(), .serverSaid = true};
    if (answer->ok)
        return {.kind = PostOutcome::Kind::Taken, .channel = answer->channel, .ts = answer->ts};
    if (answer->isRateLimited())
        return waits(*response, slackRefusal(*answer));
    return {.kind = PostOutcome::Kind::Refused, .error = slackRefusal(*answer)};
}

} // namespace

SlackCalls::SlackCalls(PagingParts parts, SlackAccess access)
    : m_parts(std::move(parts))
    , m_access(std::move(access))
{}

HttpRequest SlackCalls::call(const QString &method, HttpLane lane) const
{
    HttpRequest request;
    request.endpoint = m_access.api;
    request.path = QStringLiteral("/api/") + method;
    request.headers = {{"Accept", "application/json"}};
    request.lane = lane;
    request.backend = m_parts.identity.backend;
    request.totalTimeout = std::chrono::milliseconds(10'000);
    return request;
}

void SlackCalls::poll(HttpLane lane)
{
    const auto round = std::make_shared<PollRound>(m_parts.identity, m_memory, m_parts.clock, m_parts.client,
                                                   m_parts.publish, 1);
    if (!m_access.api)
        return round->succeeded(); // a webhook can be asked nothing
    m_parts.client.send(call(QStringLiteral("auth.test"), lane), [round](const Result<HttpResponse> &response) {
        const auto answer = response ? parseSlackAnswer(response->body) : Result<SlackAnswer>(response.error());
        if (answer && answer->ok)
            round->succeeded();
        else
            round->failed(PagingWords::tr("who the bot is"), answer ? slackRefusal(*answer) : answer.error(),
                          PollRound::Weight::Essential);
    });
}

void SlackCalls::probe(Answer<Done> done) const
{
    if (!m_access.api)
        return done(Done{});
    HttpRequest request = call(QStringLiteral("auth.test"), HttpLane::Action);
    request.maxTries = 1;
    m_parts.client.send(std::move(request), [done](const Result<HttpResponse> &response) {
        done(response ? Result<Done>(Done{}) : Result<Done>(response.error()));
    });
}

void SlackCalls::post(const QString &channel, const QString &text, const QString &thread, const QString &actionId,
                      std::function<void(PostOutcome)> done) const
{
    const bool isWebhook = !m_access.api;
    HttpRequest request = call(QStringLiteral("chat.postMessage"), HttpLane::Action);
    if (isWebhook) {
        request.endpoint = m_access.webhook;
        request.path.clear();
        request.headers.clear(); // its answers are plain text
    }
    request.method = "POST";
    request.headers.append(HttpHeader{"Content-Type", "application/json; charset=utf-8"});
    request.body = isWebhook ? slackWebhookMessage(text)
                             : slackMessage(channel.isEmpty() ? m_access.channel : channel, text, thread, actionId);
    request.idempotent = false;
    request.maxTries = 1;
    request.deliverErrorBodies = true;
    m_parts.client.send(std::move(request), [done = std::move(done), isWebhook, backend = m_parts.identity.backend](
                                                const Result<HttpResponse> &response) {
        done(postOutcome(backend, response, isWebhook));
    });
}

void SlackCalls::withChannelId(const QString &channel, const QString &cursor, int pages, Answer<QString> done) const
{
    if (isChannelId(channel))
        return done(channel);
    const QString name = channel.startsWith(u'#') ? channel.mid(1) : channel;
    HttpRequest request = call(QStringLiteral("conversations.list"), HttpLane::Interactive);
    request.query = {{QStringLiteral("limit"), QStringLiteral("1000")},
                     {QStringLiteral("exclude_archived"), QStringLiteral("true")}};
    if (!cursor.isEmpty())
        request.query.append({QStringLiteral("cursor"), cursor});
    m_parts.client.send(std::move(request), [self = *this, channel, name, pages, done](const Result<HttpResponse> &response) {
        const auto list =
            response ? parseSlackChannels(response->body, name) : Result<SlackChannels>(response.error());
        if (!list)
            return done(list.error());
        if (!list->answer.ok)
            return done(slackRefusal(list->answer));
        if (!list->id.isEmpty())
            return done(list->id);
        if (!list->answer.cursor.isEmpty() && pages < mostChannelPages)
            return self.withChannelId(channel, list->answer.cursor, pages + 1, done);
        done(Error{Error::Kind::NotFound, PagingWords::tr("The bot sees no channel %1.").arg(channel), {},
                   PagingWords::tr("Invite it, or name the channel by its id.")});
    });
}

void SlackCalls::find(const QString &channel, const QString &thread, const QString &actionId, Instant since,
                      Answer<std::optional<SlackMessage>> done) const
{
    if (!m_access.api)
        return done(PagingWords::cannot(m_parts.identity.name, PagingWords::tr("Name a bot's token under `chat:`.")));
    withChannelId(channel.isEmpty() ? m_access.channel : channel, {}, 1,
                  [self = *this, thread, actionId, since, done](const Result<QString> &id) {
                      id ? self.findIn(*id, thread, actionId, since, done) : done(id.error());
                  });
}

void SlackCalls::findIn(const QString &channelId, const QString &thread, const QString &actionId, Instant since,
                        Answer<std::optional<SlackMessage>> done) const
{
    HttpRequest request = call(thread.isEmpty() ? QStringLiteral("conversations.history")
                                                : QStringLiteral("conversations.replies"),
                               HttpLane::Interactive);
    request.query = {{QStringLiteral("channel"), channelId},
                     {QStringLiteral("oldest"), QString::number(toEpochMs(since) / 1000)},
                     {QStringLiteral("limit"), QString::number(historyAsked)},
                     {QStringLiteral("include_all_metadata"), QStringLiteral("true")}};
    if (!thread.isEmpty())
        request.query.append({QStringLiteral("ts"), thread});
    m_parts.client.send(std::move(request), [actionId, done](const Result<HttpResponse> &response) {
        const auto list = response ? parseSlackMessages(response->body) : Result<SlackMessages>(response.error());
        if (!list)
            return done(list.error());
        if (!list->answer.ok)
            return done(slackRefusal(list->answer));
        for (const SlackMessage &one : list->messages) {
            if (one.actionId == actionId)
                return done(std::optional(one));
        }
        done(std::optional<SlackMessage>());
    });
}

} // namespace cockpit
