// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_harness.h"

#include <memory>

namespace cockpit {

HttpHarness::HttpHarness(HttpClientOptions options)
    : m_start(m_clock.monotonic())
    , m_client(std::make_unique<CurlHttpClient>(m_clock, options))
{}

HttpClientOptions HttpHarness::fastOptions()
{
    HttpClientOptions options;
    options.retry.base = std::chrono::milliseconds(10);
    options.retry.cap = std::chrono::milliseconds(10);
    options.breaker.firstPause = std::chrono::milliseconds(150);
    options.breaker.longestPause = std::chrono::milliseconds(1200);
    options.seed = 7;
    return options;
}

EndpointPtr HttpHarness::endpoint(const QString &url)
{
    auto endpoint = std::make_shared<Endpoint>();
    endpoint->url = url;
    return endpoint;
}

HttpRequest HttpHarness::get(std::uint16_t port, const QString &path)
{
    HttpRequest request;
    request.endpoint = endpoint(QStringLiteral("http://127.0.0.1:%1").arg(port));
    request.path = path;
    request.backend = QStringLiteral("Prometheus eu");
    request.connectTimeout = std::chrono::milliseconds(1000);
    request.totalTimeout = std::chrono::milliseconds(5000);
    return request;
}

RequestId HttpHarness::takeTicket()
{
    const std::lock_guard lock(m_mutex);
    return ++m_lastTicket;
}

RequestId HttpHarness::send(HttpRequest request)
{
    const RequestId ticket = takeTicket();
    const RequestId id = m_client->send(
        std::move(request), [this, ticket](Result<HttpResponse> result) { take(ticket, std::move(result)); });
    const std::lock_guard lock(m_mutex);
    m_clientIds[ticket] = id;
    return ticket;
}

RequestId HttpHarness::stream(HttpRequest request, std::chrono::milliseconds silence)
{
    const RequestId ticket = takeTicket();
    const auto onLine = [this](std::string_view line) {
        const std::lock_guard lock(m_mutex);
        m_lines.emplace_back(line);
        m_changed.notify_all();
    };
    const auto onEnd = [this, ticket](Result<Done> result) {
        take(ticket, result ? Result<HttpResponse>(HttpResponse{}) : Result<HttpResponse>(result.error()));
    };
    const RequestId id = m_client->stream(std::move(request), silence, onLine, onEnd);
    const std::lock_guard lock(m_mutex);
    m_clientIds[ticket] = id;
    return ticket;
}

RequestId HttpHarness::clientId(RequestId id) const
{
    const std::lock_guard lock(m_mutex);
    return m_clientIds.at(id);
}

void HttpHarness::take(RequestId id, Result<HttpResponse> result)
{
    const std::lock_guard lock(m_mutex);
    m_results[id].push_back(std::move(result));
    m_changed.notify_all();
}

std::optional<Result<HttpResponse>> HttpHarness::wait(RequestId id, std::chrono::milliseconds deadline)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait_for(lock, deadline, [&] { return m_results.contains(id); }))
        return std::nullopt;
    return m_results.at(id).front();
}

Result<HttpResponse> HttpHarness::ask(HttpRequest request)
{
    const auto result = wait(send(std::move(request)));
    return result ? *result : Error{Error::Kind::Storage, QStringLiteral("no answer at all")};
}

bool HttpHarness::waitForLines(std::size_t lines)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(10), [&] { return m_lines.size() >= lines; });
}

std::vector<std::string> HttpHarness::lines() const
{
    const std::lock_guard lock(m_mutex);
    return m_lines;
}

int HttpHarness::calls(RequestId id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_results.find(id);
    return found == m_results.end() ? 0 : static_cast<int>(found->second.size());
}

std::size_t HttpHarness::answered() const
{
    const std::lock_guard lock(m_mutex);
    return m_results.size();
}

std::chrono::milliseconds HttpHarness::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_start);
}

std::string httpAnswer(int status, const std::string &body, const std::string &headers)
{
    return "HTTP/1.1 " + std::to_string(status) + " Test\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

int RequestLog::add(const std::string &request)
{
    const std::lock_guard lock(m_mutex);
    m_requests.push_back(request);
    return static_cast<int>(m_requests.size());
}

int RequestLog::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_requests.size());
}

std::vector<std::string> RequestLog::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

} // namespace cockpit
