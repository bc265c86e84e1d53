// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the Prometheus face that tells of rules, alerts, targets and the server itself.
#include "app/demo/prometheus_face.h"

#include "app/demo/wire_time.h"

#include <array>
#include <cstdio>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

void answerData(httplib::Response &response, Json data)
{
    answerJson(response, {{"status", "success"}, {"data", std::move(data)}});
}

std::string exponentNumber(double value)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.15e", value);
    return text.data();
}

} // namespace

void PrometheusFace::addStatusRoutes()
{
    httplib::Server &server = m_http.server();
    const auto plain = [](const char *words) {
        return [words](const Request &, Response &response) { response.set_content(words, "text/plain"); };
    };
    server.Get("/-/ready", plain("Prometheus Server is Ready.\n"));
    server.Get("/-/healthy", plain("Prometheus Server is Healthy.\n"));
    server.Get("/api/v1/status/buildinfo", [](const Request &, Response &response) {
        answerData(response, {{"version", "2.54.1"}, {"revision", "demo"}, {"branch", "demo"}, {"buildUser", "demo"},
                              {"buildDate", "20260801-00:00:00"}, {"goVersion", "none"}});
    });
    server.Get("/api/v1/status/runtimeinfo", [this](const Request &, Response &response) {
        answerData(response, {{"startTime", wireTime(m_view.world.toInstant(-90.0 * 86400.0))},
                              {"CWD", "/prometheus"},
                              {"reloadConfigSuccess", true},
                              {"lastConfigTime", wireTime(m_view.world.toInstant(-86400.0))},
                              {"serverTime", wireTime(m_view.clock.now())},
                              {"storageRetention", "90d"}});
    });
    server.Get("/api/v1/status/flags", [](const Request &, Response &response) {
        answerData(response, {{"query.timeout", "2m"}, {"query.lookback-delta", "5m"},
                              {"query.max-samples", "50000000"}, {"storage.tsdb.retention.time", "90d"}});
    });
    server.Get("/api/v1/alertmanagers", [this](const Request &, Response &response) {
        Json active = Json::array();
        for (const std::string &url : m_alertmanagers)
            active.push_back({{"url", url + "/api/v2/alerts"}});
        answerData(response, {{"activeAlertmanagers", active}, {"droppedAlertmanagers", Json::array()}});
    });
}

std::vector<RuleAlerts> PrometheusFace::alertsAt(Offset now) const
{
    std::vector<RuleAlerts> all = m_view.live.epoch()->rules.at(now);
    std::erase_if(all, [this](const RuleAlerts &entry) { return inError(*entry.rule); });
    const std::vector<RuleAlerts> &storm = m_view.storm.alerts();
    all.insert(all.end(), storm.begin(), storm.end());
    return all;
}

/// Rules in error are quiet ones: nobody would miss them.
bool PrometheusFace::inError(const RuleText &rule) const
{
    return m_view.world.scenario().switches.rulesInError && rule.forSeconds == 120.0;
}

Json PrometheusFace::alertJson(const ActiveAlert &alert) const
{
    return {{"labels", alert.labels},
            {"annotations", alert.annotations},
            {"state", alert.firing ? "firing" : "pending"},
            {"activeAt", wireTime(m_view.world.toInstant(alert.activeAt))},
            {"value", exponentNumber(alert.value)}};
}

Json PrometheusFace::ruleJson(const RuleText &rule, const std::vector<RuleAlerts> &alerts, Offset now) const
{
    Json json{{"name", rule.name},
              {"query", rule.expression},
              {"labels", rule.labels},
              {"health", "ok"},
              {"evaluationTime", 0.0004},
              {"lastEvaluation", wireTime(m_view.world.toInstant(AlertRules::evaluationTime(now)))},
              {"type", rule.alerting ? "alerting" : "recording"}};
    if (inError(rule)) {
        json["health"] = "err";
        json["lastError"] = "found duplicate series for the match group {} on the right hand-side of the operation";
    }
    if (!rule.alerting)
        return json;
    json["duration"] = rule.forSeconds;
    json["keepFiringFor"] = 0;
    json["annotations"] = rule.annotations;
    json["alerts"] = Json::array();
    std::string state = "inactive";
    for (const RuleAlerts &entry : alerts) {
        if (entry.rule != &rule)
            continue;
        for (const ActiveAlert &alert : entry.alerts) {
            json["alerts"].push_back(alertJson(alert));
            state = alert.firing || state == "firing" ? "firing" : "pending";
        }
    }
    json["state"] = state;
    return json;
}

Json PrometheusFace::groupJson(const RuleGroupText &group, const std::vector<RuleAlerts> &alerts, Offset now) const
{
    Json rules = Json::array();
    for (const RuleText &rule : group.rules)
        rules.push_back(ruleJson(rule, alerts, now));
    return {{"name", group.name},
            {"file", group.file},
            {"interval", group.interval},
            {"limit", 0},
            {"evaluationTime", 0.003},
            {"lastEvaluation", wireTime(m_view.world.toInstant(AlertRules::evaluationTime(now)))},
            {"rules", std::move(rules)}};
}

void PrometheusFace::rules(const Request &request, Response &response) const
{
    const std::string type = parameterOf(request, "type");
    if (!type.empty() && type != "alert" && type != "record")
        return answerJson(response, {{"status", "error"}, {"errorType", "bad_data"},
                                     {"error", "not supported value \"" + type + "\""}}, 400);
    const Offset now = m_view.now();
    const std::vector<RuleAlerts> alerts = alertsAt(now);
    const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
    Json groups = Json::array();
    if (type != "alert")
        for (const RuleGroupText &group : m_recording)
            groups.push_back(groupJson(group, alerts, now));
    if (type != "record") {
        for (const RuleGroupText &group : epoch->rules.groups())
            groups.push_back(groupJson(group, alerts, now));
        if (!m_view.storm.alerts().empty())
            groups.push_back(groupJson(m_view.storm.group(), alerts, now));
    }
    answerData(response, {{"groups", std::move(groups)}});
}

void PrometheusFace::alerts(Response &response) const
{
    Json all = Json::array();
    for (const RuleAlerts &rule : alertsAt(m_view.now()))
        for (const ActiveAlert &alert : rule.alerts)
            all.push_back(alertJson(alert));
    answerData(response, {{"alerts", std::move(all)}});
}

void PrometheusFace::targets(Response &response) const
{
    Json active = Json::array();
    const Offset sample = World::sampleTime(m_view.now());
    for (const ServiceFlows &service : m_view.world.services()) {
        const std::string address = service.plan.name + ".dark-tower:9090";
        const bool up = service.plan.up.at(sample) > 0.0;
        const LabelSet labels{{"job", service.plan.name}, {"instance", address}};
        active.push_back({{"labels", labels},
                          {"discoveredLabels", {{"__address__", address}}},
                          {"scrapePool", service.plan.name},
                          {"scrapeUrl", "http://" + address + "/metrics"},
                          {"globalUrl", "http://" + address + "/metrics"},
                          {"lastError", up ? "" : "connection refused"},
                          {"lastScrape", wireTime(m_view.world.toInstant(sample))},
                          {"lastScrapeDuration", 0.004},
                          {"health", up ? "up" : "down"},
                          {"scrapeInterval", "5s"},
                          {"scrapeTimeout", "5s"}});
    }
    answerData(response, {{"activeTargets", std::move(active)}, {"droppedTargets", Json::array()}});
}

} // namespace cockpit::demo
