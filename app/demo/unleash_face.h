// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/prometheus_face.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace cockpit::demo {

/// The token that the demo's Unleash takes, and whose it is.
constexpr const char *unleashToken = "user:demo.cockpit-operator";
constexpr const char *unleashUser = "cockpit-operator";

/// Unleash's Admin API 6: search of features and events, one feature, on and off, who asks. The flags are those of the
/// world: switching one in "production" changes what the world does. `changeRequests`: production asks for one, and
/// answers 403 as the enterprise edition does.
class UnleashFace {
public:
    UnleashFace(const WorldView &view, LiveWorld &live, bool changeRequests);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;
    /// One line of the event log.
    struct Entry {
        std::string type{};
        std::string feature{};
        std::string environment{};
        std::string by{};
        Offset at = 0;
        Json data{};
        Json before{};
    };

    void addRoutes();
    bool admits(const Request &request, Response &response) const;
    Json feature(const FlagPlan &flag, bool withStrategies) const;
    Json environment(const FlagPlan &flag, const std::string &name, bool withStrategies) const;
    bool isOn(const FlagPlan &flag, const std::string &environment) const;
    Json entryJson(const Entry &entry, std::size_t id) const;
    void search(const Request &request, Response &response) const;
    void searchEvents(const Request &request, Response &response) const;
    void change(const Request &request, Response &response);
    /// Null when there is none of that name; answers 404 then.
    const FlagPlan *flagNamed(const std::string &name, Response &response) const;
    std::vector<Entry> log() const;

    WorldView m_view;
    LiveWorld &m_live;
    bool m_changeRequests;
    mutable std::mutex m_mutex;
    std::vector<Entry> m_done{};                ///< since the world began
    std::map<std::string, bool> m_elsewhere{};  ///< flags of staging that were switched
    HttpFace m_http;
};

} // namespace cockpit::demo
