// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/prometheus_face.h"

#include "app/demo/wire_time.h"

#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

void answerError(httplib::Response &response, int status, const char *type, const std::string &words)
{
    answerJson(response, {{"status", "error"}, {"errorType", type}, {"error", words}}, status);
}

void answerSuccess(httplib::Response &response, Json data)
{
    answerJson(response, {{"status", "success"}, {"data", std::move(data)}});
}

std::optional<std::vector<Matcher>> selectorOf(const httplib::Request &request, httplib::Response &response)
{
    const std::string query = parameterOf(request, "query");
    if (query.empty()) {
        answerError(response, 400, "bad_data",
                    "invalid parameter \"query\": 1:1: parse error: no expression found in input");
        return std::nullopt;
    }
    auto matchers = parseSelector(query);
    if (!matchers)
        answerError(response, 422, "execution",
                    "this demo answers plain selectors on its recorded series only; not this expression: " + query);
    return matchers;
}

bool isAlertSeries(const std::vector<Matcher> &matchers)
{
    return matchers.front().name == "__name__" && matchers.front().value == "ALERTS";
}

} // namespace

PrometheusFace::PrometheusFace(const WorldView &view, std::vector<std::string> alertmanagers)
    : m_view(view), m_alertmanagers(std::move(alertmanagers)), m_recording(shippedRuleGroups("recording.yml"))
{
    addRoutes();
    addStatusRoutes();
    if (view.world.scenario().switches.prometheusUnavailable)
        m_http.makeUnavailable();
}

void PrometheusFace::addRoutes()
{
    const auto instant = [this](const Request &request, Response &response) { query(request, response); };
    const auto range = [this](const Request &request, Response &response) { queryRange(request, response); };
    httplib::Server &server = m_http.server();
    server.Get("/api/v1/query", instant);
    server.Post("/api/v1/query", instant);
    server.Get("/api/v1/query_range", range);
    server.Post("/api/v1/query_range", range);
    server.Get("/api/v1/rules", [this](const Request &request, Response &response) { rules(request, response); });
    server.Get("/api/v1/alerts", [this](const Request &, Response &response) { alerts(response); });
    server.Get("/api/v1/targets", [this](const Request &, Response &response) { targets(response); });
}

void PrometheusFace::query(const Request &request, Response &response) const
{
    const auto matchers = selectorOf(request, response);
    if (!matchers)
        return;
    const Instant at = wireInstant(parameterOf(request, "time")).value_or(m_view.clock.now());
    const Offset time = m_view.world.toOffset(at);
    const double stamp = static_cast<double>(toEpochMs(at)) / 1000.0;
    Json result = Json::array();
    const auto add = [&](const LabelSet &labels, double value) {
        result.push_back({{"metric", labels}, {"value", {stamp, wireNumber(value)}}});
    };
    if (isAlertSeries(*matchers)) {
        for (const auto &[labels, value] : alertSeries(*matchers, time))
            add(labels, value);
    } else {
        const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
        for (const RecordedSeries &series : epoch->series.select(*matchers))
            if (const std::optional<double> value = series.value(World::sampleTime(time)))
                add(series.labels, *value);
    }
    answerSuccess(response, {{"resultType", "vector"}, {"result", std::move(result)}});
}

void PrometheusFace::queryRange(const Request &request, Response &response) const
{
    const auto start = wireInstant(parameterOf(request, "start"));
    const auto end = wireInstant(parameterOf(request, "end"));
    const double step = wireSeconds(parameterOf(request, "step"));
    if (!start || !end || *end < *start)
        return answerError(response, 400, "bad_data", "invalid parameter \"start\" or \"end\"");
    if (!(step > 0.0))
        return answerError(response, 400, "bad_data",
                           "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. "
                           "Try a positive integer");
    const double length = std::chrono::duration<double>(*end - *start).count();
    if (std::floor(length / step) > 11000.0)
        return answerError(response, 400, "bad_data",
                           "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query "
                           "resolution (?step=XX)");
    const auto matchers = selectorOf(request, response);
    if (!matchers)
        return;
    const auto points = static_cast<int>(std::floor(length / step)) + 1;
    // Nothing was measured yet in the world's future, as in a real Prometheus.
    const Offset newest = m_view.now();
    std::map<LabelSet, Json> found;
    const bool ofAlerts = isAlertSeries(*matchers);
    const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
    const auto selected = ofAlerts ? std::vector<RecordedSeries>() : epoch->series.select(*matchers);
    for (int i = 0; i < points; ++i) {
        const double stamp = static_cast<double>(toEpochMs(*start)) / 1000.0 + i * step;
        const Offset time = m_view.world.toOffset(*start) + i * step;
        if (time > newest)
            break;
        if (ofAlerts)
            for (const auto &[labels, value] : alertSeries(*matchers, time))
                found[labels].push_back({stamp, wireNumber(value)});
        for (const RecordedSeries &series : selected)
            if (const std::optional<double> value = series.value(World::sampleTime(time)))
                found[series.labels].push_back({stamp, wireNumber(*value)});
    }
    Json result = Json::array();
    for (auto &[labels, values] : found)
        result.push_back({{"metric", labels}, {"values", std::move(values)}});
    answerSuccess(response, {{"resultType", "matrix"}, {"result", std::move(result)}});
}

std::vector<std::pair<LabelSet, double>> PrometheusFace::alertSeries(const std::vector<Matcher> &matchers,
                                                                     Offset time) const
{
    std::vector<std::pair<LabelSet, double>> result;
    for (const RuleAlerts &rule : m_view.live.epoch()->rules.at(time))
        for (const ActiveAlert &alert : rule.alerts) {
            LabelSet labels = alert.labels;
            labels["__name__"] = "ALERTS";
            labels["alertstate"] = alert.firing ? "firing" : "pending";
            if (allMatch(matchers, labels))
                result.emplace_back(std::move(labels), 1.0);
        }
    return result;
}

} // namespace cockpit::demo
