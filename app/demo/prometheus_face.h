// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/demo/http_face.h"
#include "app/demo/live_world.h"
#include "app/demo/storm.h"

#include <string>
#include <vector>

namespace cockpit::demo {

/// What the faces show. All of it is thread-safe and must outlive them.
struct WorldView {
    const Clock &clock;
    const LiveWorld &live;
    const Storm &storm;
    const World &world = live.planned(); ///< for its times and its switches
    Offset now() const { return world.toOffset(clock.now()); }
};

/// The HTTP API v1 of a Prometheus that holds the recorded series of the world. Queries are plain selectors; any other
/// expression is answered with 422 in words, because the demo has no query engine.
class PrometheusFace {
public:
    /// `alertmanagers` are what /api/v1/alertmanagers names.
    PrometheusFace(const WorldView &view, std::vector<std::string> alertmanagers);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    void addRoutes();
    void addStatusRoutes();
    void query(const Request &request, Response &response) const;
    void queryRange(const Request &request, Response &response) const;
    void rules(const Request &request, Response &response) const;
    void alerts(Response &response) const;
    void targets(Response &response) const;
    nlohmann::ordered_json groupJson(const RuleGroupText &group, const std::vector<RuleAlerts> &alerts, Offset now) const;
    nlohmann::ordered_json ruleJson(const RuleText &rule, const std::vector<RuleAlerts> &alerts, Offset now) const;
    nlohmann::ordered_json alertJson(const ActiveAlert &alert) const;
    bool inError(const RuleText &rule) const;
    std::vector<RuleAlerts> alertsAt(Offset now) const;
    std::vector<std::pair<LabelSet, double>> alertSeries(const std::vector<Matcher> &matchers, Offset time) const;

    WorldView m_view;
    std::vector<std::string> m_alertmanagers;
    std::vector<RuleGroupText> m_recording;
    HttpFace m_http;
};

} // namespace cockpit::demo
