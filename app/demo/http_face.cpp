// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/http_face.h"

#include <memory>

namespace cockpit::demo {

HttpFace::HttpFace(std::size_t threads)
{
    m_server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    m_server.set_keep_alive_timeout(1);
    m_server.set_keep_alive_max_count(1000);
    m_server.set_tcp_nodelay(true);
}

HttpFace::~HttpFace() { stop(); }

bool HttpFace::listen()
{
    m_port = m_server.bind_to_any_port("127.0.0.1");
    if (m_port <= 0)
        return false;
    m_thread = std::thread([this] { m_server.listen_after_bind(); });
    return true;
}

void HttpFace::stop()
{
    if (!m_thread.joinable())
        return;
    // A stop before the accept loop has begun would be lost.
    while (!m_server.is_running())
        std::this_thread::yield();
    m_server.stop();
    m_thread.join();
}

void HttpFace::makeUnavailable()
{
    m_server.set_pre_routing_handler([](const httplib::Request &, httplib::Response &response) {
        response.status = 503;
        response.set_header("X-Prometheus-Stopping", "false");
        response.set_content("Service Unavailable", "text/plain; charset=utf-8");
        return httplib::Server::HandlerResponse::Handled;
    });
}

void answerText(httplib::Response &response, std::string text, const char *contentType)
{
    if (text.empty())
        return response.set_content(text, contentType);
    const auto body = std::make_shared<const std::string>(std::move(text));
    response.set_content_provider(body->size(), contentType,
                                  [body](std::size_t offset, std::size_t length, httplib::DataSink &sink) {
                                      return sink.write(body->data() + offset, length);
                                  });
}

void answerJson(httplib::Response &response, const nlohmann::ordered_json &body, int status)
{
    response.status = status;
    answerText(response, body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace),
               "application/json");
}

std::string parameterOf(const httplib::Request &request, const char *name)
{
    return request.has_param(name) ? request.get_param_value(name) : std::string();
}

std::vector<std::string> parametersOf(const httplib::Request &request, const char *name)
{
    std::vector<std::string> values;
    const auto [first, last] = request.params.equal_range(name);
    for (auto entry = first; entry != last; ++entry)
        values.push_back(entry->second);
    return values;
}

} // namespace cockpit::demo
