// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/alert_routes.h"
#include "app/demo/prometheus_face.h"
#include "app/demo/silence_store.h"

namespace cockpit::demo {

/// The API v2 of one member of an Alertmanager cluster. Members share alerts and silences.
class AlertmanagerFace {
public:
    AlertmanagerFace(const WorldView &view, SilenceStore &silences, std::string member);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    /// An alert as a client sees it.
    struct Shown {
        ActiveAlert alert{};
        std::vector<std::string> silencedBy{};
        std::vector<std::string> inhibitedBy{};
        std::string receiver{};
    };
    void addRoutes();
    void addSilenceRoutes();
    std::vector<Shown> shown(Offset now) const;
    /// Nothing (and a 400 answered) when a filter is malformed.
    std::optional<std::vector<Shown>> filtered(const Request &request, Response &response) const;
    nlohmann::ordered_json alertJson(const Shown &shown, Offset now) const;
    void alerts(const Request &request, Response &response) const;
    void groups(const Request &request, Response &response) const;
    void status(Response &response) const;
    void silences(const Request &request, Response &response) const;
    void postSilence(const Request &request, Response &response);

    WorldView m_view;
    SilenceStore &m_silences;
    std::string m_member;
    AlertRoutes m_routes;
    HttpFace m_http;
};

} // namespace cockpit::demo
