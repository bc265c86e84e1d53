// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a service's port that Spring's actuator with resilience4j has (design/backends.md §7 a).
#include "app/demo/service_face.h"

#include "app/demo/breaker_flows.h"
#include "app/demo/wire_time.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *actuatorJson = "application/vnd.spring-boot.actuator.v3+json";
constexpr std::string_view breakersPath = "/actuator/circuitbreakers";
constexpr std::string_view eventsPath = "/actuator/circuitbreakerevents";

std::string percent(double value)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%.1f%%", value);
    return text.data();
}

void answerActuator(httplib::Response &response, const Json &body)
{
    answerText(response, body.dump(), actuatorJson);
}

void answerProblem(httplib::Response &response, int status, const char *error, const std::string &path)
{
    answerJson(response,
               {{"timestamp", "2026-11-23T03:12:40.000+00:00"}, {"status", status}, {"error", error}, {"path", path}},
               status);
}

Json eventJson(const std::string &breaker, const char *type, const std::string &time, const Json &transition)
{
    return {{"circuitBreakerName", breaker}, {"type", type},          {"creationTime", time + "[UTC]"},
            {"errorMessage", nullptr},       {"durationInMs", nullptr}, {"stateTransition", transition}};
}

/// Segments after `prefix`, still encoded; nothing when the path is another.
std::optional<std::vector<std::string>> rest(const std::string &path, std::string_view prefix)
{
    if (!path.starts_with(prefix) || (path.size() > prefix.size() && path[prefix.size()] != '/'))
        return std::nullopt;
    std::vector<std::string> segments;
    for (std::size_t from = prefix.size() + 1; from < path.size();) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        segments.push_back(decodedSegment(path.substr(from, end - from)));
        from = end + 1;
    }
    return segments;
}

} // namespace

std::string actuatorState(const std::string &state)
{
    if (state == "forced_closed")
        return "DISABLED"; // what resilience4j has for it
    std::string upper = state;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

Json resilience4jDetails(const World &world, const BreakerPlan &plan, const ServingPod &pod, Offset time)
{
    const BreakerReading reading = breakerReading(world, plan, pod, time);
    return {{"failureRate", percent(reading.failureRate())},
            {"slowCallRate", percent(reading.slowRate())},
            {"failureRateThreshold", percent(plan.failureThreshold)},
            {"slowCallRateThreshold", percent(plan.slowThreshold)},
            {"bufferedCalls", reading.buffered},
            {"failedCalls", reading.failed},
            {"slowCalls", reading.slow},
            {"slowFailedCalls", reading.slowFailed},
            {"notPermittedCalls", static_cast<std::int64_t>(reading.rejected)},
            {"state", actuatorState(reading.state)}};
}

bool ServiceFace::serveActuator(const Request &request, Response &response, const Asked &asked)
{
    if (request.method == "POST" && m_switches.csrf) {
        answerProblem(response, 403, "Forbidden", asked.path);
        return true;
    }
    if (const auto names = rest(asked.path, eventsPath); names && request.method == "GET") {
        listEvents(response, asked);
        return true;
    }
    const auto name = rest(asked.path, breakersPath);
    if (!name || name->size() > 1)
        return false;
    if (name->empty() && request.method == "GET")
        listBreakers(response, asked);
    else if (name->size() == 1 && request.method == "POST" && !m_switches.readOnly && !m_switches.oldShape)
        setBreaker(request, response, asked);
    else
        answerProblem(response, 405, "Method Not Allowed", asked.path);
    return true;
}

void ServiceFace::listBreakers(Response &response, const Asked &asked) const
{
    Json list = m_switches.oldShape ? Json::array() : Json::object();
    const World &world = asked.epoch->world;
    for (const BreakerPlan &plan : world.scenario().breakers) {
        if (plan.from != m_service)
            continue;
        if (m_switches.oldShape)
            list.push_back(plan.wireName());
        else
            list[plan.wireName()] = resilience4jDetails(world, plan, *asked.pod, asked.now);
    }
    const std::lock_guard lock(m_mutex);
    for (const std::string &phantom : m_phantoms) {
        const std::size_t end = phantom.find('/');
        const std::string name = phantom.substr(end + 1);
        if (phantom.substr(0, end) != asked.pod->life.name)
            continue;
        if (m_switches.oldShape)
            list.push_back(name);
        else
            list[name] = {{"failureRate", "-1.0%"},      {"slowCallRate", "-1.0%"}, {"failureRateThreshold", "50.0%"},
                          {"slowCallRateThreshold", "100.0%"}, {"bufferedCalls", 0}, {"failedCalls", 0},
                          {"slowCalls", 0},              {"slowFailedCalls", 0},    {"notPermittedCalls", 0},
                          {"state", "CLOSED"}};
    }
    answerActuator(response, {{"circuitBreakers", std::move(list)}});
}

void ServiceFace::setBreaker(const Request &request, Response &response, const Asked &asked)
{
    const std::string name = rest(asked.path, breakersPath)->front();
    const Json body = Json::parse(request.body, nullptr, false);
    const std::string wanted = body.is_object() ? body.value("updateState", std::string()) : std::string();
    const bool known = wanted == "CLOSE" || wanted == "FORCE_OPEN" || wanted == "DISABLE";
    if (request.get_header_value("Content-Type").find("json") == std::string::npos)
        return answerProblem(response, 415, "Unsupported Media Type", asked.path);
    if (!known)
        return answerProblem(response, 400, "Bad Request", asked.path);
    if (const BreakerPlan *plan = breakerNamed(asked, name)) {
        BreakerForce force;
        force.from = plan->from;
        force.to = plan->to;
        force.pod = asked.podName;
        force.at = asked.now;
        force.mode = wanted == "FORCE_OPEN" ? BreakerForce::Mode::Open
                     : wanted == "DISABLE"  ? BreakerForce::Mode::Disabled
                                            : BreakerForce::Mode::None;
        m_live.force(std::move(force));
    } else {
        // The registry makes a breaker of any name that it is asked for.
        const std::lock_guard lock(m_mutex);
        m_phantoms.insert(asked.pod->life.name + '/' + name);
    }
    const char *state = wanted == "FORCE_OPEN" ? "FORCED_OPEN" : wanted == "DISABLE" ? "DISABLED" : "CLOSED";
    answerActuator(response, {{"circuitBreakerName", name},
                              {"currentState", state},
                              {"message", name + " state has been changed successfully"}});
}

void ServiceFace::listEvents(Response &response, const Asked &asked) const
{
    const std::vector<std::string> wanted = *rest(asked.path, eventsPath);
    const World &world = asked.epoch->world;
    std::vector<std::pair<Offset, Json>> events;
    for (const BreakerPlan &plan : world.scenario().breakers) {
        if (plan.from != m_service || (!wanted.empty() && plan.wireName() != wanted.front()))
            continue;
        for (const BreakerMove &move : breakerMoves(plan, asked.pod->life, asked.now)) {
            const std::string time = wireTime(world.toInstant(move.at));
            if (move.after == "open")
                events.emplace_back(move.at, eventJson(plan.wireName(), "FAILURE_RATE_EXCEEDED", time, nullptr));
            events.emplace_back(move.at, eventJson(plan.wireName(), "STATE_TRANSITION", time,
                                                   actuatorState(move.before) + "_TO_" + actuatorState(move.after)));
        }
    }
    std::stable_sort(events.begin(), events.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    Json list = Json::array();
    constexpr std::size_t ring = 100;
    for (std::size_t i = events.size() > ring ? events.size() - ring : 0; i < events.size(); ++i)
        if (wanted.size() < 2 || events[i].second["type"] == wanted[1])
            list.push_back(std::move(events[i].second));
    answerActuator(response, {{"circuitBreakerEvents", std::move(list)}});
}

} // namespace cockpit::demo
