// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/envoy_face.h"

#include "app/demo/wire_time.h"

#include <algorithm>
#include <cmath>
#include <regex>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr double unlimited = 4294967295.0;
constexpr const char *plainText = "text/plain; charset=UTF-8";

std::string number(double value) { return std::to_string(static_cast<std::int64_t>(value)); }

double numberOr(const std::map<std::string, std::string> &entries, const std::string &key, double otherwise)
{
    const auto found = entries.find(key);
    return found == entries.end() ? otherwise : std::atof(found->second.c_str());
}

/// As Envoy's Prometheus names it: a cluster is a label.
std::string prometheusName(const std::string &name)
{
    std::string text = "envoy_cluster_" + name;
    std::replace(text.begin(), text.end(), '.', '_');
    return text;
}

/// The hosts of one cluster; zeros and what is false are left out.
Json hostsOf(const World &world, const BreakerFlows &flows, Offset now)
{
    Json hosts = Json::array();
    const ServiceFlows *upstream = world.service(flows.plan->to);
    if (upstream == nullptr)
        return hosts;
    const double share = 1.0 / static_cast<double>(std::max<std::size_t>(1, upstream->pods.size()));
    for (const ServingPod &pod : upstream->pods) {
        if (!pod.servesAt(now))
            continue;
        const std::string address = "10.244." + std::to_string(hashOf(1, pod.life.name) % 4) + '.' +
                                    std::to_string(hashOf(2, pod.life.name) % 250 + 2);
        Json health{{"eds_health_status", "HEALTHY"}};
        if (flows.plan->stateAt(now) == "open")
            health["failed_outlier_check"] = true;
        Json stats = Json::array({{{"name", "rq_error"}, {"value", number(flows.failed.count(now) * share)}},
                                  {{"name", "rq_success"}, {"value", number(flows.passed.count(now) * share)}},
                                  {{"type", "GAUGE"}, {"name", "rq_active"}}});
        hosts.push_back({{"address", {{"socket_address", {{"address", address}, {"port_value", 8080}}}}},
                         {"stats", std::move(stats)},
                         {"health_status", std::move(health)},
                         {"success_rate", {{"value", 100.0 * (1.0 - flows.plan->failures.at(now))}}},
                         {"weight", 1},
                         {"locality", Json::object()}});
    }
    return hosts;
}

} // namespace

EnvoyFace::EnvoyFace(const WorldView &view, LiveWorld &live, std::string service, bool adminLayer)
    : m_view(view)
    , m_live(live)
    , m_service(std::move(service))
    , m_adminLayer(adminLayer)
    , m_http(8)
{
    addRoutes();
}

void EnvoyFace::addRoutes()
{
    httplib::Server &server = m_http.server();
    server.Get("/ready", [](const Request &, Response &response) { response.set_content("LIVE\n", plainText); });
    server.Get("/server_info", [](const Request &, Response &response) {
        answerJson(response, {{"version", "demo/1.31.0/Clean/RELEASE"},
                              {"state", "LIVE"},
                              {"hot_restart_version", "disabled"},
                              {"uptime_current_epoch", "864000s"},
                              {"uptime_all_epochs", "864000s"}});
    });
    server.Get("/clusters", [this](const Request &, Response &response) { clusters(response); });
    server.Get("/stats", [this](const Request &request, Response &response) { stats(request, response); });
    server.Get("/stats/prometheus", [this](const Request &request, Response &response) { stats(request, response); });
    server.Get("/runtime", [this](const Request &, Response &response) { runtime(response); });
    server.Post("/runtime_modify", [this](const Request &request, Response &response) { modify(request, response); });
    server.Get("/runtime_modify", [](const Request &, Response &response) {
        response.status = 405;
        response.set_content("Method Not Allowed", plainText);
    });
}

Json EnvoyFace::thresholdsOf(const std::string &cluster) const
{
    // A priority that is DEFAULT is left out, as Envoy's JSON does with all defaults.
    Json normal = Json::object();
    Json high{{"priority", "HIGH"}};
    for (const auto &[what, usual] : {std::pair{"max_connections", 256}, std::pair{"max_pending_requests", 64},
                                      std::pair{"max_requests", 512}, std::pair{"max_retries", 3}}) {
        const std::string key = "circuit_breakers." + cluster + ".default." + what;
        normal[what] = static_cast<std::int64_t>(numberOr(m_runtime, key, usual));
        high[what] = usual;
    }
    return Json::array({std::move(normal), std::move(high)});
}

void EnvoyFace::clusters(Response &response) const
{
    const std::shared_ptr<const Epoch> epoch = m_live.epoch();
    const std::lock_guard lock(m_mutex);
    Json list = Json::array();
    for (const BreakerFlows &flows : epoch->world.breakers())
        if (flows.plan->from == m_service)
            list.push_back({{"name", flows.plan->to},
                            {"added_via_api", true},
                            {"circuit_breakers", {{"thresholds", thresholdsOf(flows.plan->to)}}},
                            {"host_statuses", hostsOf(epoch->world, flows, m_view.now())}});
    answerJson(response, {{"cluster_statuses", std::move(list)}});
}

std::vector<EnvoyFace::Stat> EnvoyFace::allStats() const
{
    const std::shared_ptr<const Epoch> epoch = m_live.epoch();
    const Offset now = m_view.now();
    const double ever = now - Flow::origin;
    std::vector<Stat> all;
    for (const BreakerFlows &flows : epoch->world.breakers()) {
        if (flows.plan->from != m_service)
            continue;
        const BreakerPlan &plan = *flows.plan;
        const auto add = [&](const char *name, double value, bool isCounter = false) {
            all.push_back({name, plan.to, std::floor(value), isCounter});
        };
        const ServiceFlows *upstream = epoch->world.service(plan.to);
        const auto hosts = upstream == nullptr
                               ? 0
                               : std::count_if(upstream->pods.begin(), upstream->pods.end(),
                                               [now](const ServingPod &pod) { return pod.servesAt(now); });
        const bool open = plan.stateAt(now) == "open";
        // What it rejects by itself, and since somebody first forced it what it is told to.
        const Offset forcedAt = plan.forces.empty() ? now : std::min(now, plan.forces.front().at);
        for (const char *gauge : {"cx_open", "cx_pool_open", "rq_open", "rq_pending_open", "rq_retry_open"})
            add((std::string("circuit_breakers.default.") + gauge).c_str(),
                open && std::string_view(gauge) == "rq_open" ? 1 : 0);
        add("membership_total", static_cast<double>(hosts));
        add("membership_healthy", open ? 0.0 : static_cast<double>(hosts));
        add("outlier_detection.ejections_active", open ? static_cast<double>(hosts) : 0.0);
        add("upstream_rq_total", flows.calls(now, ever), true);
        add("upstream_rq_5xx", flows.failed.increase(now, ever), true);
        add("upstream_rq_timeout", flows.slow.increase(now, ever), true);
        add("upstream_rq_pending_overflow", flows.rejected.count(forcedAt), true);
        add("upstream_rq_maintenance_mode", flows.rejected.count(now) - flows.rejected.count(forcedAt), true);
        add("upstream_cx_overflow", 0, true);
        add("upstream_rq_retry_overflow", 0, true);
    }
    return all;
}

void EnvoyFace::stats(const Request &request, Response &response) const
{
    std::vector<Stat> all = allStats();
    const auto fullName = [](const Stat &stat) { return "cluster." + stat.cluster + '.' + stat.name; };
    if (const std::string filter = parameterOf(request, "filter"); !filter.empty()) {
        try { // std::regex reports what it cannot read by exceptions: they end here
            const std::regex pattern(filter);
            std::erase_if(all, [&](const Stat &stat) { return !std::regex_search(fullName(stat), pattern); });
        } catch (const std::regex_error &) {
            response.status = 400;
            return response.set_content("Invalid re2 regex\n", plainText);
        }
    }
    if (request.has_param("usedonly"))
        std::erase_if(all, [](const Stat &stat) { return stat.value == 0.0; });
    const std::string format = parameterOf(request, "format");
    std::string text;
    if (format == "json") {
        Json list = Json::array();
        for (const Stat &stat : all)
            list.push_back({{"name", fullName(stat)}, {"value", static_cast<std::int64_t>(stat.value)}});
        return answerJson(response, {{"stats", std::move(list)}});
    }
    if (format == "prometheus" || request.path == "/stats/prometheus") {
        std::stable_sort(all.begin(), all.end(), [](const Stat &a, const Stat &b) { return a.name < b.name; });
        std::string last;
        for (const Stat &stat : all) {
            const std::string name = prometheusName(stat.name);
            if (name != last)
                text += "# TYPE " + name + (stat.isCounter ? " counter\n" : " gauge\n");
            last = name;
            text += name + "{envoy_cluster_name=\"" + stat.cluster + "\"} " + wireNumber(stat.value) + '\n';
        }
    } else {
        for (const Stat &stat : all)
            text += fullName(stat) + ": " + number(stat.value) + '\n';
    }
    answerText(response, std::move(text), plainText);
}

void EnvoyFace::runtime(Response &response) const
{
    const std::lock_guard lock(m_mutex);
    Json entries = Json::object();
    Json layers = Json::array({"static"});
    if (m_adminLayer)
        layers.push_back("admin");
    for (const auto &[key, value] : m_runtime)
        entries[key] = {{"layer_values", Json::array({"", value})}, {"final_value", value}};
    answerJson(response, {{"layers", std::move(layers)}, {"entries", std::move(entries)}});
}

void EnvoyFace::modify(const Request &request, Response &response)
{
    if (request.params.empty()) {
        response.status = 400;
        return response.set_content("usage: /runtime_modify?key1=value1&key2=value2&keyN=valueN\n"
                                    "       or send the parameters as form values\n"
                                    "use an empty value to remove a previously added override\n",
                                    plainText);
    }
    if (!m_adminLayer) {
        response.status = 503;
        return response.set_content("No admin layer specified", plainText);
    }
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, value] : request.params) {
            if (value.empty())
                m_runtime.erase(key);
            else
                m_runtime[key] = value;
        }
    }
    apply();
    response.set_content("OK\n", plainText);
}

void EnvoyFace::apply()
{
    const std::lock_guard lock(m_mutex);
    const Offset now = m_view.now();
    const std::shared_ptr<const Epoch> epoch = m_live.epoch();
    for (const BreakerPlan &plan : epoch->world.scenario().breakers) {
        if (plan.from != m_service)
            continue;
        const bool open = numberOr(m_runtime, "upstream.maintenance_mode." + plan.to, 0) >= 100.0;
        const bool closed = numberOr(m_runtime, "circuit_breakers." + plan.to + ".default.max_requests", 0) >= unlimited;
        const auto mode = open     ? BreakerForce::Mode::Open
                          : closed ? BreakerForce::Mode::Closed
                                   : BreakerForce::Mode::None;
        const auto before = plan.forces.empty() ? BreakerForce::Mode::None : plan.forces.back().mode;
        if (mode != before)
            m_live.force({plan.from, plan.to, {}, now, mode, PodLife::forever, {}, {}});
    }
}

} // namespace cockpit::demo
