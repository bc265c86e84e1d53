// SPDX-License-Identifier: GPL-3.0-or-later
// The half of a service's port that its own breakers have, with overrides that end by themselves.
#include "app/demo/service_face.h"

#include "app/demo/breaker_flows.h"
#include "app/demo/wire_time.h"

#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr double longestOverride = 86400.0;
constexpr double usualOverride = 900.0;

/// The override that holds now; null when there is none.
const BreakerForce *overrideOf(const BreakerPlan &plan, const ServingPod &pod, Offset now)
{
    const BreakerForce *last = nullptr;
    for (const BreakerForce &force : plan.forces)
        if (force.at <= now && (force.pod.empty() || force.pod == pod.life.name))
            last = &force;
    return last != nullptr && last->mode != BreakerForce::Mode::None && now < last->until ? last : nullptr;
}

Json contractJson(const World &world, const BreakerPlan &plan, const ServingPod &pod, Offset now)
{
    const BreakerReading reading = breakerReading(world, plan, pod, now);
    const auto share = [&](double rate) { return rate < 0.0 ? Json() : Json(std::round(rate * 10.0) / 1000.0); };
    Json body{{"name", plan.wireName()},
              {"target", plan.to},
              {"state", reading.state},
              {"failure_ratio", share(reading.failureRate())},
              {"slow_ratio", share(reading.slowRate())},
              {"rejected_total", static_cast<std::int64_t>(reading.rejected)},
              {"since", std::isfinite(reading.since) ? Json(wireTime(world.toInstant(reading.since))) : Json()},
              {"override", nullptr}};
    if (const BreakerForce *force = overrideOf(plan, pod, now)) {
        constexpr const char *modes[] = {"", "open", "closed", "disabled"};
        body["override"] = {{"mode", modes[static_cast<std::size_t>(force->mode)]},
                            {"since", wireTime(world.toInstant(force->at))},
                            {"until", std::isfinite(force->until) ? Json(wireTime(world.toInstant(force->until)))
                                                                  : Json()},
                            {"actor", force->actor},
                            {"reason", force->reason}};
    }
    return body;
}

void answerError(httplib::Response &response, int status, const std::string &words)
{
    answerJson(response, {{"error", words}}, status);
}

/// What a PUT asks for, as an override that begins now; nothing when it was refused.
std::optional<BreakerForce> wantedOverride(const httplib::Request &request, httplib::Response &response,
                                           BreakerForce force)
{
    const Json body = Json::parse(request.body, nullptr, false);
    const std::string mode = body.is_object() ? body.value("mode", std::string()) : std::string();
    const bool timed = body.is_object() && body.contains("ttl_s") && body["ttl_s"].is_number();
    const double seconds = timed ? body["ttl_s"].get<double>() : usualOverride;
    if (mode != "open" && mode != "closed" && mode != "disabled")
        answerError(response, 400, "mode must be open, closed or disabled");
    else if (seconds <= 0.0 || seconds > longestOverride)
        answerError(response, 400, "ttl_s must be above 0 and at most 86400");
    else {
        force.mode = mode == "open"     ? BreakerForce::Mode::Open
                     : mode == "closed" ? BreakerForce::Mode::Closed
                                        : BreakerForce::Mode::Disabled;
        force.until = force.at + seconds;
        force.actor = body.value("actor", std::string());
        force.reason = body.value("reason", std::string());
        return force;
    }
    return std::nullopt;
}

} // namespace

bool ServiceFace::serveBreakers(const Request &request, Response &response, const Asked &asked)
{
    const World &world = asked.epoch->world;
    if (asked.path == "/breakers" && request.method == "GET") {
        Json list = Json::array();
        for (const BreakerPlan &plan : world.scenario().breakers)
            if (plan.from == m_service)
                list.push_back(contractJson(world, plan, *asked.pod, asked.now));
        answerJson(response, {{"breakers", std::move(list)}});
        return true;
    }
    constexpr std::string_view prefix = "/breakers/";
    constexpr std::string_view suffix = "/override";
    if (!asked.path.starts_with(prefix) || !asked.path.ends_with(suffix) ||
        asked.path.size() <= prefix.size() + suffix.size())
        return false;
    const std::string name =
        decodedSegment(asked.path.substr(prefix.size(), asked.path.size() - prefix.size() - suffix.size()));
    if (const BreakerPlan *plan = breakerNamed(asked, name))
        overrideBreaker(request, response, asked, *plan);
    else
        answerError(response, 404, "there is no breaker " + name);
    return true;
}

void ServiceFace::overrideBreaker(const Request &request, Response &response, const Asked &asked,
                                  const BreakerPlan &plan)
{
    std::optional<BreakerForce> force =
        BreakerForce{plan.from, plan.to, asked.podName, asked.now, BreakerForce::Mode::None, PodLife::forever, {}, {}};
    if (request.method == "PUT")
        force = wantedOverride(request, response, *std::move(force));
    else if (request.method != "DELETE")
        return answerError(response, 405, "PUT sets an override, DELETE ends it");
    if (!force)
        return;
    m_live.force(*std::move(force));
    const std::shared_ptr<const Epoch> after = m_live.epoch();
    const BreakerPlan *now = after->world.scenario().breaker(plan.from, plan.to);
    answerJson(response, contractJson(after->world, *now, *asked.pod, asked.now));
}

} // namespace cockpit::demo
