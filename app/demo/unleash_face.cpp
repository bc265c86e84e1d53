// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/unleash_face.h"

#include "app/demo/wire_time.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

constexpr const char *production = "production";
constexpr const char *staging = "staging";
constexpr const char *flagOwner = "gc-owner";

void refuse(httplib::Response &response, int status, const char *name, const std::string &message)
{
    answerJson(response,
               {{"id", "0f9b2a34-6c3e-4a52-9d4f-3a1f5f6c7d10"},
                {"name", name},
                {"message", message},
                {"details", {{{"message", message}}}}},
               status);
}

/// Who gets the flags: one of them only in part.
nlohmann::ordered_json strategiesOf(const std::string &flag)
{
    const bool isGradual = flag == "new-lobby";
    return {{{"id", "b2c9a1f0-0001-4000-8000-000000000001"},
             {"name", "flexibleRollout"},
             {"title", ""},
             {"disabled", false},
             {"constraints", nlohmann::ordered_json::array()},
             {"parameters",
              {{"rollout", isGradual ? "25" : "100"},
               {"stickiness", isGradual ? "userId" : "default"},
               {"groupId", flag}}},
             {"variants", nlohmann::ordered_json::array()},
             {"segments", nlohmann::ordered_json::array()}}};
}

std::string firstMatch(const httplib::Request &request, std::size_t index) { return request.matches[index].str(); }

} // namespace

UnleashFace::UnleashFace(const WorldView &view, LiveWorld &live, bool changeRequests)
    : m_view(view)
    , m_live(live)
    , m_changeRequests(changeRequests)
    , m_http(16)
{
    addRoutes();
}

void UnleashFace::addRoutes()
{
    httplib::Server &server = m_http.server();
    const auto guarded = [this](auto answer) {
        return [this, answer](const Request &request, Response &response) {
            if (admits(request, response))
                answer(request, response);
        };
    };
    server.Get("/health", [](const Request &, Response &response) { answerJson(response, {{"health", "GOOD"}}); });
    server.Get("/api/admin/search/features",
               guarded([this](const Request &request, Response &response) { search(request, response); }));
    server.Get("/api/admin/search/events",
               guarded([this](const Request &request, Response &response) { searchEvents(request, response); }));
    server.Get("/api/admin/user", guarded([](const Request &, Response &response) {
                   answerJson(response, {{"user", {{"id", 7}, {"isAPI", false}, {"username", unleashUser}}},
                                         {"permissions", Json::array()},
                                         {"feedback", Json::array()},
                                         {"splash", Json::object()}});
               }));
    server.Get("/api/admin/projects/([^/]+)/change-requests/config",
               guarded([this](const Request &, Response &response) {
                   if (m_changeRequests)
                       answerJson(response, {{{"environment", production}, {"changeRequestEnabled", true}}});
                   else
                       refuse(response, 404, "NotFoundError", "The path you were looking for was not found.");
               }));
    server.Get("/api/admin/projects/([^/]+)/features/([^/]+)",
               guarded([this](const Request &request, Response &response) {
                   if (const FlagPlan *flag = flagNamed(firstMatch(request, 2), response))
                       answerJson(response, feature(*flag, true));
               }));
    server.Post("/api/admin/projects/([^/]+)/features/([^/]+)/environments/([^/]+)/(on|off)",
                guarded([this](const Request &request, Response &response) { change(request, response); }));
}

bool UnleashFace::admits(const Request &request, Response &response) const
{
    // Unleash takes the token as it is; "Bearer …" is none of its tokens.
    if (request.get_header_value("Authorization") == unleashToken)
        return true;
    refuse(response, 401, "AuthenticationRequired", "You must log in to use Unleash. Your request had no authorization header, so we could not authorize you.");
    return false;
}

const FlagPlan *UnleashFace::flagNamed(const std::string &name, Response &response) const
{
    const std::vector<FlagPlan> &flags = m_live.planned().scenario().flags;
    const auto found = std::find_if(flags.begin(), flags.end(), [&](const FlagPlan &one) { return one.name == name; });
    if (found != flags.end())
        return &*found;
    refuse(response, 404, "NotFoundError", "Could not find feature " + name);
    return nullptr;
}

bool UnleashFace::isOn(const FlagPlan &flag, const std::string &environmentName) const
{
    const auto epoch = m_live.epoch();
    const Offset now = epoch->world.toOffset(m_view.clock.now());
    if (environmentName == production) {
        for (const FlagPlan &one : epoch->world.scenario().flags)
            if (one.name == flag.name)
                return one.isOnAt(now);
        return false;
    }
    const std::lock_guard lock(m_mutex);
    const auto switched = m_elsewhere.find(flag.name);
    return switched == m_elsewhere.end() || switched->second;
}

UnleashFace::Json UnleashFace::environment(const FlagPlan &flag, const std::string &name, bool withStrategies) const
{
    Json json{{"name", name},
              {"type", name == production ? "production" : "pre-production"},
              {"enabled", isOn(flag, name)},
              {"sortOrder", name == production ? 3 : 2},
              {"hasStrategies", true},
              {"hasEnabledStrategies", true},
              {"lastSeenAt", wireTime(m_view.clock.now() - std::chrono::seconds(4))}};
    if (withStrategies)
        json["strategies"] = strategiesOf(flag.name);
    return json;
}

UnleashFace::Json UnleashFace::feature(const FlagPlan &flag, bool withStrategies) const
{
    return {{"name", flag.name},
            {"type", "release"},
            {"project", "default"},
            {"description", flag.name == "fast-join" ? "Join without waiting for the roster" : "The new lobby page"},
            {"stale", false},
            {"archivedAt", nullptr},
            {"impressionData", false},
            {"createdAt", wireTime(m_live.planned().toInstant(-40.0 * 86400.0))},
            {"tags", {{{"type", "service"}, {"value", "gc-service"}}}},
            {"environments",
             {environment(flag, staging, withStrategies), environment(flag, production, withStrategies)}}};
}

void UnleashFace::search(const Request &request, Response &response) const
{
    const std::vector<FlagPlan> &flags = m_live.planned().scenario().flags;
    const auto offset = static_cast<std::size_t>(std::max(0, std::atoi(parameterOf(request, "offset").c_str())));
    const int asked = std::atoi(parameterOf(request, "limit").c_str());
    const auto limit = static_cast<std::size_t>(asked > 0 ? std::min(asked, 100) : 50);
    Json features = Json::array();
    for (std::size_t i = offset; i < flags.size() && features.size() < limit; ++i)
        features.push_back(feature(flags[i], false));
    answerJson(response, {{"features", features}, {"total", flags.size()}});
}

std::vector<UnleashFace::Entry> UnleashFace::log() const
{
    std::vector<Entry> entries;
    const Offset now = m_live.planned().toOffset(m_view.clock.now());
    for (const FlagPlan &flag : m_live.planned().scenario().flags) {
        entries.push_back({"feature-created", flag.name, "", flagOwner, -40.0 * 86400.0, {}, {}});
        if (flag.onAt && *flag.onAt <= now)
            entries.push_back({"feature-environment-enabled", flag.name, production, flagOwner, *flag.onAt, {}, {}});
    }
    const std::lock_guard lock(m_mutex);
    entries.insert(entries.end(), m_done.begin(), m_done.end());
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.at < b.at; });
    return entries;
}

UnleashFace::Json UnleashFace::entryJson(const Entry &entry, std::size_t id) const
{
    return {{"id", id},
            {"createdAt", wireTime(m_live.planned().toInstant(entry.at))},
            {"type", entry.type},
            {"createdBy", entry.by},
            {"createdByUserId", entry.by == unleashUser ? 7 : 3},
            {"data", entry.data},
            {"preData", entry.before},
            {"tags", Json::array()},
            {"featureName", entry.feature},
            {"project", "default"},
            {"environment", entry.environment.empty() ? Json() : Json(entry.environment)}};
}

void UnleashFace::searchEvents(const Request &request, Response &response) const
{
    std::string wanted = parameterOf(request, "feature");
    if (wanted.rfind("IS:", 0) == 0)
        wanted.erase(0, 3);
    const std::vector<Entry> entries = log();
    Json events = Json::array();
    for (std::size_t i = entries.size(); i > 0; --i) // newest first
        if (wanted.empty() || entries[i - 1].feature == wanted)
            events.push_back(entryJson(entries[i - 1], i));
    const std::size_t total = events.size();
    answerJson(response, {{"events", std::move(events)}, {"total", total}});
}

void UnleashFace::change(const Request &request, Response &response)
{
    const std::string name = firstMatch(request, 2);
    const std::string where = firstMatch(request, 3);
    const bool on = firstMatch(request, 4) == "on";
    const FlagPlan *flag = flagNamed(name, response);
    if (!flag)
        return;
    if (where != production && where != staging)
        return refuse(response, 404, "NotFoundError", "Could not find environment " + where);
    if (m_changeRequests && where == production) {
        const Json body{{"id", "0f9b2a34-6c3e-4a52-9d4f-3a1f5f6c7d11"},
                        {"name", "PermissionError"},
                        {"message", "You do not have permission to perform this action. Change requests are enabled in production."},
                        {"permissions", {"SKIP_CHANGE_REQUEST"}},
                        {"details", {{{"message", "You need the SKIP_CHANGE_REQUEST permission."}}}}};
        return answerJson(response, body, 403);
    }
    if (isOn(*flag, where) == on)
        return; // 200 and empty, and nothing in the log
    const Offset now = m_live.planned().toOffset(m_view.clock.now());
    {
        const std::lock_guard lock(m_mutex);
        m_done.push_back({on ? "feature-environment-enabled" : "feature-environment-disabled", name, where, unleashUser,
                          now, {}, {}});
        if (where != production)
            m_elsewhere[name] = on;
    }
    m_live.flip({name, where, now, on});
}

} // namespace cockpit::demo
