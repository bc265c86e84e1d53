// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/http_client.h"
#include "app/net/http_client_options.h"

#include <memory>

namespace cockpit {

class HttpLoop;

/// The HttpClient of the product, on libcurl and one thread of its own. REQUIRES: a NetworkRuntime that is ready.
class CurlHttpClient final : public HttpClient {
public:
    /// Only `clock.monotonic()` is used. `seed` is of the jitter of retries.
    CurlHttpClient(const Clock &clock, std::uint64_t seed);
    CurlHttpClient(const Clock &clock, HttpClientOptions options);
    /// Ends everything in flight with Cancelled (on the I/O thread) before it returns, within milliseconds.
    ~CurlHttpClient() override;

    RequestId send(HttpRequest request, OnResponse done) override;
    RequestId stream(HttpRequest request, std::chrono::milliseconds silence, OnLine line, OnEnd end) override;
    void cancel(RequestId id) override;
    void resetConnections() override;
    BackendLink link(const QString &backend) const override;

private:
    std::unique_ptr<HttpLoop> m_loop;
};

} // namespace cockpit
