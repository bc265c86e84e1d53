// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <string>
#include <thread>

namespace cockpit::demo {

/// One server of the demo on a loopback port that the system chose, with threads of its own.
class HttpFace {
public:
    /// A kept-alive connection holds a thread, so there must be more `threads` than connections.
    explicit HttpFace(std::size_t threads = 32);
    ~HttpFace();
    HttpFace(const HttpFace &) = delete;
    HttpFace &operator=(const HttpFace &) = delete;

    httplib::Server &server() { return m_server; }
    /// Begins to answer; to be called once, after the routes are set. False when no port can be had.
    bool listen();
    /// From now on connections are refused.
    void stop();
    /// From now on everything is answered 503, as a server that starts or stops does.
    void makeUnavailable();
    /// 0 before listen().
    int port() const { return m_port; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

private:
    httplib::Server m_server;
    std::thread m_thread;
    int m_port = 0;
};

/// Answers a text as it is: never compressed, since the server's library would take seconds for a large body.
void answerText(httplib::Response &response, std::string text, const char *contentType);
/// Answers JSON.
void answerJson(httplib::Response &response, const nlohmann::ordered_json &body, int status = 200);
/// The value of a query or form parameter; empty when it is not there.
std::string parameterOf(const httplib::Request &request, const char *name);
/// All values of a parameter that may repeat, in order.
std::vector<std::string> parametersOf(const httplib::Request &request, const char *name);

} // namespace cockpit::demo
