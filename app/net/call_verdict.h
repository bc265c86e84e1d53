// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/http_client.h"
#include "app/net/poll_breaker.h"
#include "app/net/request_url.h"
#include "app/net/transfer.h"

#include <memory>
#include <optional>

namespace cockpit {

struct ErrorScene;

/// One request or stream, from send() until its callback. Lives on the I/O thread.
struct Call {
    RequestId id = 0;
    HttpRequest request{};
    HttpClient::OnResponse done{};
    /// Set for streams, which have no `done`.
    HttpClient::OnLine onLine{};
    HttpClient::OnEnd onEnd{};
    std::chrono::milliseconds silence{0};

    QByteArray url{};   ///< of the next hop
    UrlOrigin origin{}; ///< of the endpoint: what the credentials belong to
    int tries = 0;
    int redirects = 0;
    Clock::Monotonic tryEnds{}; ///< the total timeout spans the redirects of one try
    std::optional<PollBreaker::Ticket> ticket{};
    bool holdsSlot = false;
    std::optional<Error> lastError{}; ///< of the try before
    std::unique_ptr<Transfer> transfer{};

    bool isStream() const { return static_cast<bool>(onEnd); }
    ErrorScene scene() const;
    /// Calls back, once, with the error redacted.
    void deliver(Result<HttpResponse> result);
};

/// What follows from the end of a try.
struct Verdict {
    enum class Next { Finish, Retry, Redirect };
    Next next = Next::Finish;
    Result<HttpResponse> result{HttpResponse{}};           ///< of Finish; of Retry, what to say when there is none
    std::optional<std::chrono::milliseconds> retryAfter{}; ///< what the server asked for
    QByteArray url{};                                      ///< of Redirect
};

/// Decides by the network rules; pure.
Verdict judge(const Call &call, TryOutcome outcome, int maxRedirects);

/// What a finished call says about its backend's health.
enum class BackendSign { Well, Sick, None };
BackendSign backendSign(const Result<HttpResponse> &result);

/// Why the request must not be sent (a header with a line break, no endpoint); empty when it may.
QString refusalOf(const HttpRequest &request);

} // namespace cockpit
