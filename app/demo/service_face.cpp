// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/service_face.h"

#include "app/demo/breaker_flows.h"

#include <QByteArray>

namespace cockpit::demo {

namespace {

/// Above the pods that a fan-out asks at once.
constexpr std::size_t managementThreads = 24;
constexpr std::string_view podPrefix = "/pods/";

const ServingPod *podOf(const ServiceFlows &service, const std::string &name, Offset now)
{
    for (const ServingPod &pod : service.pods)
        if (pod.servesAt(now) && (name.empty() || pod.life.name == name))
            return &pod;
    return nullptr;
}

bool isKnown(const ServiceFlows &service, const std::string &name)
{
    return std::any_of(service.pods.begin(), service.pods.end(),
                       [&](const ServingPod &pod) { return pod.life.name == name; });
}

} // namespace

bool applyManagementFault(ManagementSwitches &switches, const std::string &word)
{
    if (word == "pod-down")
        switches.podDown = true;
    else if (word == "csrf")
        switches.csrf = true;
    else if (word == "read-only")
        switches.readOnly = true;
    else if (word == "old-shape")
        switches.oldShape = true;
    else
        return false;
    return true;
}

std::string decodedSegment(const std::string &text)
{
    return QByteArray::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString();
}

ServiceFace::ServiceFace(const WorldView &view, LiveWorld &live, std::string service, ManagementSwitches switches)
    : m_view(view)
    , m_live(live)
    , m_service(std::move(service))
    , m_switches(switches)
    , m_http(managementThreads)
{
    const auto handler = [this](const Request &request, Response &response) { serve(request, response); };
    httplib::Server &server = m_http.server();
    server.Get("/.*", handler);
    server.Post("/.*", handler);
    server.Put("/.*", handler);
    server.Delete("/.*", handler);
}

void ServiceFace::serve(const Request &request, Response &response)
{
    Asked asked;
    asked.epoch = m_live.epoch();
    asked.now = m_view.now();
    // The target as it was sent: a name with a slash is one segment only while it is encoded.
    asked.path = request.target.substr(0, request.target.find('?'));
    if (asked.path.starts_with(podPrefix)) {
        const std::size_t end = std::min(asked.path.find('/', podPrefix.size()), asked.path.size());
        asked.podName = asked.path.substr(podPrefix.size(), end - podPrefix.size());
        asked.path = asked.path.substr(end);
    }
    const World &world = asked.epoch->world;
    const ServiceFlows &flows = *world.service(m_service);
    asked.pod = podOf(flows, asked.podName, asked.now);
    if (const ServingPod *first = podOf(flows, {}, asked.now); !asked.pod && first && !isKnown(flows, asked.podName)) {
        asked.elsewhere = *first;
        asked.elsewhere->life.name = asked.podName;
        asked.pod = &*asked.elsewhere;
    }
    if (asked.pod == nullptr) {
        response.status = 503;
        return answerText(response, "no such process serves\n", "text/plain; charset=utf-8");
    }
    if (m_switches.podDown && isSecondPod(world, asked)) {
        response.status = 503;
        response.set_header(unreachableHeader, "1");
        return answerText(response, "connection refused\n", "text/plain; charset=utf-8");
    }
    if (serveHealth(response, asked))
        return;
    const bool spring = m_service == "gc-service" || m_service == "mc-service";
    if (spring && serveActuator(request, response, asked))
        return;
    if (m_service == "mh-service" && serveBreakers(request, response, asked))
        return;
    const Json body{{"timestamp", "2026-11-23T03:12:40.000+00:00"},
                    {"status", 404},
                    {"error", "Not Found"},
                    {"path", asked.path}};
    answerJson(response, body, 404);
}

bool ServiceFace::isSecondPod(const World &world, const Asked &asked) const
{
    int serving = 0;
    for (const ServingPod &pod : world.service(m_service)->pods)
        if (pod.servesAt(asked.now) && ++serving == 2)
            return pod.life.name == asked.podName;
    return false;
}

const BreakerPlan *ServiceFace::breakerNamed(const Asked &asked, const std::string &name) const
{
    for (const BreakerPlan &plan : asked.epoch->world.scenario().breakers)
        if (plan.from == m_service && plan.wireName() == name)
            return &plan;
    return nullptr;
}

} // namespace cockpit::demo
