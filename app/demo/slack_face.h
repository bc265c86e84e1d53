// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/prometheus_face.h"

#include <mutex>
#include <string>
#include <vector>

namespace cockpit::demo {

/// What the demo's Slack takes, and its one channel.
constexpr const char *slackToken = "xoxb-demo-cockpit";
constexpr const char *slackChannelId = "C0DEMO0INC";
constexpr const char *slackChannelName = "incidents";

/// The part of Slack's Web API that posts and reads messages of one channel. In the thread of each message that somebody
/// posts there, the scripted team-mate answers: that they are here, and later what fires then. Thread-safe.
class SlackFace {
public:
    static constexpr Offset mateComes = 60;   ///< s after the first message
    static constexpr Offset mateReports = 300;

    explicit SlackFace(const WorldView &view);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;
    struct Message {
        std::string ts{};
        Offset at = 0;
        std::string thread{};
        std::string user{};
        std::string text{};
        Json metadata{};
    };

    void addRoutes();
    void post(const Request &request, Response &response);
    void read(const Request &request, Response &response, bool replies) const;
    /// With what the team-mate has written by now.
    std::vector<Message> messages() const;
    std::string firingWords(Offset at) const;
    std::string stampOf(Offset at, int number) const;
    Json messageJson(const Message &message, bool withMetadata) const;

    WorldView m_view;
    mutable std::mutex m_mutex;
    std::vector<Message> m_posted{};
    HttpFace m_http;
};

} // namespace cockpit::demo
