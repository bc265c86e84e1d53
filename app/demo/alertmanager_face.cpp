// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/alertmanager_face.h"

#include "app/demo/wire_time.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// What is true unless the client says otherwise.
bool wanted(const httplib::Request &request, const char *name) { return parameterOf(request, name) != "false"; }

std::optional<std::vector<Matcher>> filtersOf(const httplib::Request &request, httplib::Response &response)
{
    std::vector<Matcher> matchers;
    for (const std::string &text : parametersOf(request, "filter")) {
        auto matcher = parseFilter(text);
        if (!matcher) {
            answerJson(response, "bad matcher format: " + text, 400);
            return std::nullopt;
        }
        matchers.push_back(std::move(*matcher));
    }
    return matchers;
}

} // namespace

AlertmanagerFace::AlertmanagerFace(const WorldView &view, SilenceStore &silences, std::string member)
    : m_view(view), m_silences(silences), m_member(std::move(member))
{
    addRoutes();
    addSilenceRoutes();
}

void AlertmanagerFace::addRoutes()
{
    httplib::Server &server = m_http.server();
    const auto plain = [](const Request &, Response &response) { response.set_content("OK", "text/plain"); };
    server.Get("/-/ready", plain);
    server.Get("/-/healthy", plain);
    server.Get("/api/v2/status", [this](const Request &, Response &response) { status(response); });
    server.Get("/api/v2/alerts", [this](const Request &request, Response &response) { alerts(request, response); });
    server.Get("/api/v2/alerts/groups",
               [this](const Request &request, Response &response) { groups(request, response); });
    server.Get("/api/v2/receivers", [this](const Request &, Response &response) {
        Json list = Json::array();
        for (const std::string &name : m_routes.receivers())
            list.push_back({{"name", name}});
        answerJson(response, list);
    });
}

std::vector<AlertmanagerFace::Shown> AlertmanagerFace::shown(Offset now) const
{
    std::vector<Shown> all;
    if (m_view.world.scenario().switches.cutFromAlertmanager)
        return all;
    std::vector<RuleAlerts> rules = m_view.live.epoch()->rules.at(now);
    rules.insert(rules.end(), m_view.storm.alerts().begin(), m_view.storm.alerts().end());
    for (RuleAlerts &rule : rules)
        for (ActiveAlert &alert : rule.alerts)
            if (alert.firing)
                all.push_back({std::move(alert), {}, {}, {}});
    const Instant instant = m_view.world.toInstant(now);
    std::vector<StoredSilence> active = m_silences.all(instant);
    std::erase_if(active, [&](const StoredSilence &entry) { return std::strcmp(entry.stateAt(instant), "active") != 0; });
    std::vector<ActiveAlert> sources;
    for (const Shown &entry : all)
        if (m_routes.canInhibit(entry.alert.labels))
            sources.push_back(entry.alert);
    for (Shown &entry : all) {
        entry.silencedBy = SilenceStore::muting(active, entry.alert.labels);
        for (const ActiveAlert &source : sources)
            if (m_routes.inhibits(source.labels, entry.alert.labels))
                entry.inhibitedBy.push_back(source.fingerprint);
        entry.receiver = m_routes.receiverOf(entry.alert.labels);
    }
    std::sort(all.begin(), all.end(),
              [](const Shown &a, const Shown &b) { return a.alert.fingerprint < b.alert.fingerprint; });
    return all;
}

std::optional<std::vector<AlertmanagerFace::Shown>> AlertmanagerFace::filtered(const Request &request,
                                                                              Response &response) const
{
    const auto matchers = filtersOf(request, response);
    if (!matchers)
        return std::nullopt;
    std::optional<Matcher> receiver;
    if (const std::string pattern = parameterOf(request, "receiver"); !pattern.empty()) {
        receiver = makeMatcher("receiver", pattern, true, true);
        if (!receiver) {
            answerJson(response, "failed to parse receiver param: " + pattern, 400);
            return std::nullopt;
        }
    }
    const bool active = wanted(request, "active");
    const bool silenced = wanted(request, "silenced");
    const bool inhibited = wanted(request, "inhibited");
    std::vector<Shown> all = shown(m_view.now());
    std::erase_if(all, [&](const Shown &entry) {
        const bool isActive = entry.silencedBy.empty() && entry.inhibitedBy.empty();
        return (!active && isActive) || (!silenced && !entry.silencedBy.empty()) ||
               (!inhibited && !entry.inhibitedBy.empty()) || !allMatch(*matchers, entry.alert.labels) ||
               (receiver && !receiver->matchesText(entry.receiver));
    });
    return all;
}

Json AlertmanagerFace::alertJson(const Shown &shown, Offset now) const
{
    const World &world = m_view.world;
    const bool isActive = shown.silencedBy.empty() && shown.inhibitedBy.empty();
    // Prometheus sends a firing alert once a minute, each time good for four more.
    const Offset sent = shown.alert.firedAt + std::floor((now - shown.alert.firedAt) / 60.0) * 60.0;
    return {{"annotations", shown.alert.annotations},
            {"endsAt", wireTime(world.toInstant(sent + 240.0))},
            {"fingerprint", shown.alert.fingerprint},
            {"receivers", Json::array({{{"name", shown.receiver}}})},
            {"startsAt", wireTime(world.toInstant(shown.alert.firedAt))},
            {"status",
             {{"inhibitedBy", shown.inhibitedBy},
              {"silencedBy", shown.silencedBy},
              {"mutedBy", Json::array()},
              {"state", isActive ? "active" : "suppressed"}}},
            {"updatedAt", wireTime(world.toInstant(sent))},
            {"generatorURL", "http://prometheus.dark-tower:9090/graph?g0.tab=1"},
            {"labels", shown.alert.labels}};
}

void AlertmanagerFace::alerts(const Request &request, Response &response) const
{
    const Offset now = m_view.now();
    const auto found = filtered(request, response);
    if (!found)
        return;
    std::string body = "[";
    for (const Shown &entry : *found) {
        if (body.size() > 1)
            body += ',';
        body += alertJson(entry, now).dump();
    }
    answerText(response, body + "]", "application/json");
}

void AlertmanagerFace::groups(const Request &request, Response &response) const
{
    const Offset now = m_view.now();
    const auto found = filtered(request, response);
    if (!found)
        return;
    std::map<std::pair<LabelSet, std::string>, Json> grouped;
    for (const Shown &entry : *found) {
        LabelSet key;
        for (const std::string &name : m_routes.groupBy())
            if (const auto label = entry.alert.labels.find(name); label != entry.alert.labels.end())
                key.insert(*label);
        grouped[{key, entry.receiver}].push_back(alertJson(entry, now));
    }
    Json result = Json::array();
    for (auto &[key, alerts] : grouped)
        result.push_back({{"labels", key.first}, {"receiver", {{"name", key.second}}}, {"alerts", std::move(alerts)}});
    answerJson(response, result);
}

void AlertmanagerFace::status(Response &response) const
{
    Json peers = Json::array();
    for (const auto &[member, address] : {std::pair{"01DEMOa", "10.0.0.5:9094"}, std::pair{"01DEMOb", "10.0.0.6:9094"}})
        peers.push_back({{"name", member}, {"address", address}});
    answerJson(response,
               {{"cluster", {{"name", "01DEMO" + m_member}, {"status", "ready"}, {"peers", peers}}},
                {"versionInfo",
                 {{"version", "0.28.1"}, {"revision", "demo"}, {"branch", "demo"}, {"buildUser", "demo"},
                  {"buildDate", "20260801-00:00:00"}, {"goVersion", "none"}}},
                {"config", {{"original", shippedText("alertmanager.yml")}}},
                {"uptime", wireTime(m_view.world.toInstant(-30.0 * 86400.0))}});
}

void AlertmanagerFace::addSilenceRoutes()
{
    httplib::Server &server = m_http.server();
    server.Get("/api/v2/silences", [this](const Request &request, Response &response) { silences(request, response); });
    server.Post("/api/v2/silences",
                [this](const Request &request, Response &response) { postSilence(request, response); });
    server.Get(R"(/api/v2/silence/([0-9a-fA-F-]+))", [this](const Request &request, Response &response) {
        const auto silence = m_silences.find(request.matches[1].str());
        if (silence)
            answerJson(response, silence->toJson(m_view.clock.now()));
        else
            response.status = 404;
    });
    server.Delete(R"(/api/v2/silence/([0-9a-fA-F-]+))", [this](const Request &request, Response &response) {
        response.status = m_silences.expire(request.matches[1].str(), m_view.clock.now()) ? 200 : 404;
    });
}

void AlertmanagerFace::silences(const Request &request, Response &response) const
{
    const auto filters = filtersOf(request, response);
    if (!filters)
        return;
    const Instant now = m_view.clock.now();
    Json list = Json::array();
    for (const StoredSilence &silence : m_silences.all(now)) {
        // Structural: a silence is found by a matcher that it contains, not by what it would catch.
        const bool contains = std::all_of(filters->begin(), filters->end(), [&](const Matcher &filter) {
            return std::any_of(silence.matchers.begin(), silence.matchers.end(),
                               [&](const Matcher &matcher) { return matcher.sameAs(filter); });
        });
        if (contains && wanted(request, silence.stateAt(now)))
            list.push_back(silence.toJson(now));
    }
    answerJson(response, list);
}

void AlertmanagerFace::postSilence(const Request &request, Response &response)
{
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object())
        return answerJson(response, {{"code", 400}, {"message", "parsing silence body failed: invalid JSON"}}, 400);
    const auto result = m_silences.post(body, m_view.clock.now());
    if (const auto *refusal = std::get_if<SilenceRefusal>(&result))
        return answerJson(response, refusal->words, refusal->status);
    answerJson(response, {{"silenceID", std::get<std::string>(result)}});
}

} // namespace cockpit::demo
