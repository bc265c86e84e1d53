// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/slack_face.h"

#include <algorithm>
#include <cstdio>

namespace cockpit::demo {

namespace {

constexpr const char *botUser = "U0DEMOBOT";
constexpr const char *mateUser = "secondary-oncall";

void refuseSlack(httplib::Response &response, const char *error)
{
    answerJson(response, {{"ok", false}, {"error", error}}); // always 200
}

std::string slackField(const nlohmann::ordered_json &body, const char *key)
{
    return body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : "";
}

} // namespace

SlackFace::SlackFace(const WorldView &view)
    : m_view(view)
    , m_http(16)
{
    addRoutes();
}

void SlackFace::addRoutes()
{
    httplib::Server &server = m_http.server();
    const auto guarded = [](auto answer) {
        return [answer](const Request &request, Response &response) {
            if (request.get_header_value("Authorization") != std::string("Bearer ") + slackToken)
                return refuseSlack(response, "invalid_auth");
            answer(request, response);
        };
    };
    const auto who = [](const Request &, Response &response) {
        answerJson(response, {{"ok", true}, {"url", "https://demo.slack.example/"}, {"team", "Demo"}, {"user", "dt-cockpit"},
                              {"user_id", botUser}, {"bot_id", "B0DEMO"}});
    };
    server.Get("/api/auth.test", guarded(who));
    server.Post("/api/auth.test", guarded(who));
    server.Get("/api/conversations.list", guarded([](const Request &, Response &response) {
                   answerJson(response, {{"ok", true},
                                         {"channels", {{{"id", slackChannelId}, {"name", slackChannelName}, {"is_member", true}}}},
                                         {"response_metadata", {{"next_cursor", ""}}}});
               }));
    server.Post("/api/chat.postMessage",
                guarded([this](const Request &request, Response &response) { post(request, response); }));
    server.Get("/api/conversations.history",
               guarded([this](const Request &request, Response &response) { read(request, response, false); }));
    server.Get("/api/conversations.replies",
               guarded([this](const Request &request, Response &response) { read(request, response, true); }));
}

/// Slack's time stamps are ids too: no two are the same.
std::string SlackFace::stampOf(Offset at, int number) const
{
    char text[48];
    const long long ms = m_view.world.toInstant(at).time_since_epoch().count();
    std::snprintf(text, sizeof text, "%lld.%06d", ms / 1000, static_cast<int>(ms % 1000) * 1000 + number % 1000);
    return text;
}

void SlackFace::post(const Request &request, Response &response)
{
    const Json body = Json::parse(request.body, nullptr, false);
    if (body.is_discarded() || !body.is_object())
        return refuseSlack(response, "invalid_json");
    const std::string channel = slackField(body, "channel");
    if (channel != slackChannelId && channel != slackChannelName && channel != std::string("#") + slackChannelName)
        return refuseSlack(response, "channel_not_found");
    const std::string text = slackField(body, "text");
    if (text.empty())
        return refuseSlack(response, "no_text");
    Message message;
    message.at = m_view.now();
    message.thread = slackField(body, "thread_ts");
    message.user = botUser;
    message.text = text;
    message.metadata = body.value("metadata", Json());
    {
        const std::lock_guard lock(m_mutex);
        message.ts = stampOf(message.at, static_cast<int>(m_posted.size()));
        m_posted.push_back(message);
    }
    answerJson(response, {{"ok", true}, {"channel", slackChannelId}, {"ts", message.ts}, {"message", messageJson(message, true)}});
}

std::string SlackFace::firingWords(Offset at) const
{
    std::vector<std::string> names;
    for (const RuleAlerts &rule : m_view.live.epoch()->rules.at(at))
        for (const ActiveAlert &alert : rule.alerts)
            if (const auto name = alert.labels.find("alertname");
                alert.firing && name != alert.labels.end() && std::find(names.begin(), names.end(), name->second) == names.end())
                names.push_back(name->second);
    if (names.empty())
        return "Nothing fires any more as I see it.";
    std::string words = "Still firing as I see it:";
    for (const std::string &name : names)
        words += ' ' + name;
    return words;
}

std::vector<SlackFace::Message> SlackFace::messages() const
{
    const Offset now = m_view.now();
    std::vector<Message> all;
    {
        const std::lock_guard lock(m_mutex);
        all = m_posted;
    }
    const std::size_t posted = all.size();
    for (std::size_t i = 0; i < posted; ++i) {
        const Message first = all[i];
        if (!first.thread.empty())
            continue;
        const int number = 500 + static_cast<int>(i);
        if (now >= first.at + mateComes)
            all.push_back({stampOf(first.at + mateComes, number), first.at + mateComes, first.ts, mateUser,
                           "I am here, and take communications.", {}});
        if (now >= first.at + mateReports)
            all.push_back({stampOf(first.at + mateReports, number), first.at + mateReports, first.ts, mateUser,
                           firingWords(first.at + mateReports), {}});
    }
    std::stable_sort(all.begin(), all.end(), [](const Message &a, const Message &b) { return a.at < b.at; });
    return all;
}

SlackFace::Json SlackFace::messageJson(const Message &message, bool withMetadata) const
{
    Json json{{"type", "message"}, {"user", message.user}, {"text", message.text}, {"ts", message.ts}};
    if (!message.thread.empty())
        json["thread_ts"] = message.thread;
    if (withMetadata && !message.metadata.is_null())
        json["metadata"] = message.metadata;
    return json;
}

void SlackFace::read(const Request &request, Response &response, bool replies) const
{
    if (parameterOf(request, "channel") != slackChannelId)
        return refuseSlack(response, "channel_not_found");
    const std::string thread = parameterOf(request, "ts");
    const double oldest = std::atof(parameterOf(request, "oldest").c_str());
    const bool withMetadata = parameterOf(request, "include_all_metadata") == "true";
    Json found = Json::array();
    for (const Message &one : messages()) {
        const bool isMeant = replies ? one.thread == thread || one.ts == thread : one.thread.empty();
        if (isMeant && std::atof(one.ts.c_str()) >= oldest)
            found.push_back(messageJson(one, withMetadata));
    }
    if (!replies) // newest first
        std::reverse(found.begin(), found.end());
    answerJson(response, {{"ok", true}, {"messages", found}, {"has_more", false}});
}

} // namespace cockpit::demo
