// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cockpit {

/// One header line. Names compare without case.
struct HttpHeader {
    QByteArray name{};
    QByteArray value{};
    bool operator==(const HttpHeader &) const = default;
};

/// TLS of one endpoint. Verification is on unless the configuration turned it off by name.
struct TlsOptions {
    bool verify = true;
    QByteArray caPem{};         ///< own authorities instead of the system store; empty = the system store
    QByteArray clientCertPem{}; ///< client certificate (chain)
    QByteArray clientKeyPem{};  ///< its private key: secret
    QString serverName{};       ///< the name to verify instead of the URL's host
    bool operator==(const TlsOptions &) const = default;
};

/// Where a backend is and how one gets in, with all secrets resolved. Shared, immutable, never logged as it is.
struct Endpoint {
    QString url{};               ///< base with its path prefix; http or https
    QList<HttpHeader> headers{}; ///< for every request, for example X-Scope-OrgID; may be secret
    QByteArray bearer{};         ///< secret
    QString basicUser{};
    QByteArray basicPassword{}; ///< secret
    TlsOptions tls{};
    QString proxy{}; ///< empty = the environment's proxy variables
    bool operator==(const Endpoint &) const = default;
};
using EndpointPtr = std::shared_ptr<const Endpoint>;

/// What kind of call this is: decides queueing, the poll breaker and retries.
enum class HttpLane {
    Poll,        ///< regular reading: at most 8 in flight per host, subject to the poll breaker, superseded by key
    Interactive, ///< a person waits for it (chart, preview): ahead of polls, not blocked by an open breaker
    Action,      ///< a person's action: past queue and breaker; never retried unless idempotent
    Probe        ///< Retry now: half-opens the breaker at once
};

/// One request. Times are real (monotonic) time.
struct HttpRequest {
    EndpointPtr endpoint{};
    QByteArray method{"GET"};
    QString path{};                             ///< appended to the endpoint's path, starts with '/'
    QList<std::pair<QString, QString>> query{}; ///< encoded by the client; names may repeat
    QList<HttpHeader> headers{};
    QByteArray body{};
    HttpLane lane = HttpLane::Poll;
    QString backend{};   ///< key of the poll breaker and the word in messages, for example "Alertmanager a"
    QString supersede{}; ///< a queued poll with the same key is dropped (done with Cancelled) when a newer one comes
    bool idempotent = true;
    int maxTries = 3;
    std::chrono::milliseconds connectTimeout{3000};
    std::chrono::milliseconds totalTimeout{5000}; ///< of one try
    std::int64_t maxBytes = 64LL * 1024 * 1024;   ///< counted after decompression
    /// True: an answer of 400 and above comes, after its retries, as HttpResponse with its status and body, for
    /// callers that read the protocol's own error body. httpStatusError() then makes the words.
    bool deliverErrorBodies = false;
};

/// A complete answer, below 400 unless the request asked for deliverErrorBodies. `body` has simdjson padding behind its
/// end (capacity, not size).
struct HttpResponse {
    int status = 0;
    QList<HttpHeader> headers{};
    std::string body{}; ///< reserved SIMDJSON_PADDING (64) bytes beyond size()
    int tries = 1;
    /// First header of that name, compared without case; empty when absent.
    QByteArray header(const char *name) const;
};

/// The words for an answer of 400 and above: its Kind by status, and the first words of the body as plain text with
/// everything that looks like a secret blanked. `backend` is the word in the message ("Prometheus eu").
Error httpStatusError(const QString &backend, const HttpResponse &response);

/// The state of a backend's poll breaker, for source pills and messages.
struct BackendLink {
    enum class Breaker { Closed, Open, HalfOpen };
    Breaker breaker = Breaker::Closed;
    int failuresInARow = 0;
    std::optional<std::chrono::milliseconds> nextTryIn{}; ///< when open
};

/// Handle of a request that can be cancelled. 0 is none.
using RequestId = std::uint64_t;

/// The one client for all backends (architecture.md, "Network rules"). All callbacks run on the client's I/O thread and
/// must not block; each is called exactly once, also on cancel and shutdown (kind Cancelled).
/// An answer of 400 and above is an Error (Unauthorized, Forbidden, NotFound, Conflict, RateLimited, Server, Rejected)
/// whose `what` holds status and the first words of the body as plain text, unless HttpRequest::deliverErrorBodies asks
/// for the answer itself. A web page where `Accept: application/json` was asked is Unauthorized (a login page).
/// Redirects are followed for GET only, at most 5, and to another host, scheme or port only without credentials or own
/// headers. All methods are thread-safe and return at once.
class HttpClient {
public:
    using OnResponse = std::function<void(Result<HttpResponse>)>;
    using OnLine = std::function<void(std::string_view line)>;
    using OnEnd = std::function<void(Result<Done>)>;

    virtual ~HttpClient() = default;
    virtual RequestId send(HttpRequest request, OnResponse done) = 0;
    /// A long answer, line by line (without its line end; empty lines too). No total timeout: `silence` without a byte
    /// ends it with Timeout. Beside queue and poll breaker, and never retried: whoever reads decides where to resume.
    /// Lines may still come until `end` was called, also after cancel().
    virtual RequestId stream(HttpRequest request, std::chrono::milliseconds silence, OnLine line, OnEnd end) = 0;
    virtual void cancel(RequestId id) = 0;
    /// After sleep or a change of network: drops all connections and resets breakers, so that the next poll starts
    /// fresh. Idempotent requests in flight start again at once; streams and calls that change something end with
    /// Network.
    virtual void resetConnections() = 0;
    virtual BackendLink link(const QString &backend) const = 0;
};

} // namespace cockpit
