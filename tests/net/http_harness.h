// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/demo/fault_proxy.h"
#include "app/net/curl_http_client.h"
#include "app/net/network_runtime.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cockpit {

/// A client with short waits, and a place where its answers arrive. Times of the options are those of a fast test.
class HttpHarness {
public:
    HttpHarness()
        : HttpHarness(fastOptions())
    {}
    explicit HttpHarness(HttpClientOptions options);

    /// Retries after at most 10 ms; a breaker that pauses 150 ms.
    static HttpClientOptions fastOptions();
    /// A GET of the server on that port, with times of a test, named "Prometheus eu".
    static HttpRequest get(std::uint16_t port, const QString &path = QStringLiteral("/api"));
    static EndpointPtr endpoint(const QString &url);

    HttpClient &client() { return *m_client; }
    RequestId send(HttpRequest request);
    RequestId stream(HttpRequest request, std::chrono::milliseconds silence);
    /// Destroys the client.
    void close() { m_client.reset(); }

    /// Waits for the answer; nothing when it does not come within `deadline`.
    std::optional<Result<HttpResponse>> wait(RequestId id,
                                             std::chrono::milliseconds deadline = std::chrono::seconds(10));
    /// send() and wait(); an answer that never comes is an error of kind Storage, which the client never gives.
    Result<HttpResponse> ask(HttpRequest request);
    /// True once `lines` lines of streams arrived.
    bool waitForLines(std::size_t lines);
    std::vector<std::string> lines() const;
    /// How often the callback of a request was called.
    int calls(RequestId id) const;
    std::size_t answered() const;
    /// Real time since the harness was made.
    std::chrono::milliseconds elapsed() const;

private:
    void take(RequestId id, Result<HttpResponse> result);
    RequestId takeTicket();

    LiveClock m_clock;
    Clock::Monotonic m_start;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<RequestId, std::vector<Result<HttpResponse>>> m_results{};
    std::map<RequestId, RequestId> m_clientIds{};
    std::vector<std::string> m_lines{};
    RequestId m_lastTicket = 0;
    std::unique_ptr<CurlHttpClient> m_client;

public:
    /// The client's own id of a request, for cancel().
    RequestId clientId(RequestId id) const;
    void cancel(RequestId id) { m_client->cancel(clientId(id)); }
};

/// An answer with Content-Length, on a connection that stays open.
std::string httpAnswer(int status, const std::string &body, const std::string &headers = {});

/// Counts requests and keeps them, for handlers that run on several threads.
class RequestLog {
public:
    int add(const std::string &request);
    int count() const;
    std::vector<std::string> all() const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests{};
};

} // namespace cockpit
