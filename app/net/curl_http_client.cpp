// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/curl_http_client.h"

#include "app/net/http_loop.h"

namespace cockpit {

namespace {

HttpClientOptions optionsWithSeed(std::uint64_t seed)
{
    HttpClientOptions options;
    options.seed = seed;
    return options;
}

} // namespace

CurlHttpClient::CurlHttpClient(const Clock &clock, std::uint64_t seed)
    : CurlHttpClient(clock, optionsWithSeed(seed))
{}

CurlHttpClient::CurlHttpClient(const Clock &clock, HttpClientOptions options)
    : m_loop(std::make_unique<HttpLoop>(clock, options))
{}

CurlHttpClient::~CurlHttpClient() = default;

RequestId CurlHttpClient::send(HttpRequest request, OnResponse done)
{
    auto call = std::make_unique<Call>();
    call->request = std::move(request);
    call->done = std::move(done);
    return m_loop->submit(std::move(call));
}

RequestId CurlHttpClient::stream(HttpRequest request, std::chrono::milliseconds silence, OnLine line, OnEnd end)
{
    auto call = std::make_unique<Call>();
    call->request = std::move(request);
    call->silence = silence;
    call->onLine = std::move(line);
    call->onEnd = std::move(end);
    return m_loop->submit(std::move(call));
}

void CurlHttpClient::cancel(RequestId id) { m_loop->cancel(id); }

void CurlHttpClient::resetConnections() { m_loop->reset(); }

BackendLink CurlHttpClient::link(const QString &backend) const { return m_loop->link(backend); }

} // namespace cockpit
