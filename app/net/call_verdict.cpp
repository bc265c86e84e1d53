// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/call_verdict.h"

#include "app/net/error_words.h"
#include "app/net/redaction.h"
#include "app/net/retry_policy.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

bool mayRetry(const Call &call)
{
    // The poll that probes a half-open breaker is one try: the breaker decides when the next one comes.
    const bool isBreakerProbe = call.ticket && call.ticket->probe && !call.ticket->byPerson;
    return call.request.idempotent && !call.isStream() && !isBreakerProbe && call.tries < call.request.maxTries;
}

bool isPassing(const TryOutcome &outcome, const Error &error)
{
    return error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout ||
           (outcome.end == TryOutcome::End::Failed && outcome.code == CURLE_SSL_CONNECT_ERROR);
}

bool isRedirect(const HttpResponse &response)
{
    const int status = response.status;
    return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
           !response.header("Location").isEmpty();
}

Verdict judgeRedirect(const Call &call, const HttpResponse &response, int maxRedirects)
{
    const QUrl at = QUrl::fromEncoded(call.url);
    QUrl target = at.resolved(QUrl::fromEncoded(response.header("Location")));
    const QString scheme = target.scheme().toLower();
    const UrlOrigin from = originOf(at);
    const UrlOrigin to = originOf(target);
    std::optional<RedirectRefusal> refusal;
    if (!target.isValid() || target.host().isEmpty() || (scheme != u"http" && scheme != u"https"))
        refusal = RedirectRefusal::NotHttp;
    else if (call.request.method != "GET" && call.request.method != "HEAD")
        refusal = RedirectRefusal::ChangesSomething;
    else if (to != call.origin && carriesCredentials(call.request))
        refusal = RedirectRefusal::TakesCredentialsAway;
    else if (from.scheme == u"https" && scheme == u"http")
        refusal = RedirectRefusal::DropsTls;
    else if (call.redirects >= maxRedirects)
        refusal = RedirectRefusal::TooMany;
    if (refusal)
        return {Verdict::Next::Finish, redirectError(*refusal, from, to, call.scene()), {}, {}};
    Verdict verdict;
    verdict.next = Verdict::Next::Redirect;
    verdict.url = target.toEncoded(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    return verdict;
}

Verdict judgeRefusal(const Call &call, HttpResponse response)
{
    const bool retry = isRetryableStatus(response.status) && mayRetry(call);
    const auto asked = retry ? retryAfter(response) : std::nullopt;
    const auto next = retry ? Verdict::Next::Retry : Verdict::Next::Finish;
    if (call.request.deliverErrorBodies && !call.isStream())
        return {next, std::move(response), asked, {}};
    return {next, statusError(response, call.scene()), asked, {}};
}

bool isHeaderSafe(const HttpHeader &header)
{
    const auto isToken = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    };
    const auto breaks = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return !header.name.isEmpty() && std::all_of(header.name.begin(), header.name.end(), isToken) &&
           std::none_of(header.value.begin(), header.value.end(), breaks);
}

} // namespace

ErrorScene Call::scene() const
{
    const UrlOrigin at = originOf(QUrl::fromEncoded(url));
    return {request.backend, at.words(), tries, request.connectTimeout, isStream() ? silence : request.totalTimeout,
            request.maxBytes};
}

void Call::deliver(Result<HttpResponse> result)
{
    if (!result && request.endpoint)
        result = redacted(result.error(), *request.endpoint);
    if (!isStream())
        done(std::move(result));
    else if (result)
        onEnd(Done{});
    else
        onEnd(result.error());
}

Verdict judge(const Call &call, TryOutcome outcome, int maxRedirects)
{
    if (outcome.end != TryOutcome::End::Answered) {
        Error error = transferError(outcome, call.scene());
        const bool retry = isPassing(outcome, error) && mayRetry(call);
        return {retry ? Verdict::Next::Retry : Verdict::Next::Finish, std::move(error), {}, {}};
    }
    HttpResponse response = std::move(outcome.response);
    response.tries = call.tries;
    if (isRedirect(response))
        return judgeRedirect(call, response, maxRedirects);
    if (response.status >= 400)
        return judgeRefusal(call, std::move(response));
    if (isLoginPage(call.request, response))
        return {Verdict::Next::Finish, loginPageError(call.scene()), {}, {}};
    return {Verdict::Next::Finish, std::move(response), {}, {}};
}

BackendSign backendSign(const Result<HttpResponse> &result)
{
    if (result)
        return result->status >= 500 || result->status == 429 ? BackendSign::Sick : BackendSign::Well;
    switch (result.error().kind) {
    case Error::Kind::Network:
    case Error::Kind::Timeout:
    case Error::Kind::Tls:
    case Error::Kind::RateLimited:
    case Error::Kind::Server:
    case Error::Kind::Parse:
        return BackendSign::Sick;
    case Error::Kind::Cancelled:
    case Error::Kind::Unavailable:
    case Error::Kind::Invalid:
    case Error::Kind::Storage:
        return BackendSign::None;
    default:
        return BackendSign::Well;
    }
}

QString refusalOf(const HttpRequest &request)
{
    if (!request.endpoint)
        return QCoreApplication::translate("Network", "it has no address");
    if (!std::all_of(request.endpoint->headers.begin(), request.endpoint->headers.end(), isHeaderSafe) ||
        !std::all_of(request.headers.begin(), request.headers.end(), isHeaderSafe) ||
        !isHeaderSafe({"Authorization", request.endpoint->bearer}))
        return QCoreApplication::translate("Network", "a header has a line break or no name");
    return {};
}

} // namespace cockpit
