// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/prometheus_face.h"

#include <map>
#include <mutex>
#include <string>

namespace cockpit::demo {

/// The admin port of the Envoy beside one service (design/backends.md §7 b): clusters, stats, runtime. Its clusters are
/// the services that this one calls.
class EnvoyFace {
public:
    /// `adminLayer` false: its layered runtime has no admin layer, and nothing can be overridden.
    EnvoyFace(const WorldView &view, LiveWorld &live, std::string service, bool adminLayer);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;
    struct Stat {
        std::string name{};
        std::string cluster{};
        double value = 0;
        bool isCounter = false;
    };

    void addRoutes();
    void clusters(Response &response) const;
    void stats(const Request &request, Response &response) const;
    void runtime(Response &response) const;
    void modify(const Request &request, Response &response);
    /// Tells the world what the runtime now means for each cluster.
    void apply();
    std::vector<Stat> allStats() const;
    /// The limits of one cluster, with what the runtime says of them. The mutex must be held.
    Json thresholdsOf(const std::string &cluster) const;

    WorldView m_view;
    LiveWorld &m_live;
    std::string m_service;
    bool m_adminLayer;
    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_runtime{}; ///< the admin layer
    HttpFace m_http;
};

} // namespace cockpit::demo
