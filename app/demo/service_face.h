// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/prometheus_face.h"

#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace cockpit::demo {

/// What the management endpoints of services do on purpose.
struct ManagementSwitches {
    bool podDown = false;  ///< the second pod does not answer
    bool csrf = false;     ///< Spring Security answers every POST with 403
    bool readOnly = false; ///< the actuator's write operations are not there: 405
    bool oldShape = false; ///< lists names alone; the figures are in /actuator/health
};
/// Switches on what --fault breakers=WORD means: pod-down, csrf, read-only, old-shape. False for any other word.
bool applyManagementFault(ManagementSwitches &switches, const std::string &word);

/// The HTTP port of one service: what its processes answer about themselves. /pods/NAME/PATH asks one pod, as the API
/// server's proxy does; without that, reads are answered by the first pod and writes reach all of them.
/// gc-service and mc-service run on Spring (actuator with resilience4j); mh-service has breakers of its own
/// (GET /breakers, PUT and DELETE /breakers/NAME/override); all have Dark Tower's /health and /ready.
class ServiceFace {
public:
    ServiceFace(const WorldView &view, LiveWorld &live, std::string service, ManagementSwitches switches);
    HttpFace &http() { return m_http; }
    const std::string &service() const { return m_service; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;
    /// One request after its way is known: whom it asks, and what.
    struct Asked {
        std::shared_ptr<const Epoch> epoch{};
        Offset now = 0;
        const ServingPod *pod = nullptr;
        std::optional<ServingPod> elsewhere{}; ///< a pod of another cluster: as the first one here, under its own name
        std::string podName{}; ///< empty: every pod
        std::string path{};    ///< percent-encoded, without the query
    };

    void serve(const Request &request, Response &response);
    bool serveActuator(const Request &request, Response &response, const Asked &asked);
    void listBreakers(Response &response, const Asked &asked) const;
    void setBreaker(const Request &request, Response &response, const Asked &asked);
    void listEvents(Response &response, const Asked &asked) const;
    bool serveBreakers(const Request &request, Response &response, const Asked &asked);
    void overrideBreaker(const Request &request, Response &response, const Asked &asked, const BreakerPlan &plan);
    bool serveHealth(Response &response, const Asked &asked) const;
    bool isSecondPod(const World &world, const Asked &asked) const;
    /// Null when this service has no breaker of that name.
    const BreakerPlan *breakerNamed(const Asked &asked, const std::string &name) const;

    WorldView m_view;
    LiveWorld &m_live;
    std::string m_service;
    ManagementSwitches m_switches;
    mutable std::mutex m_mutex;
    std::set<std::string> m_phantoms{}; ///< pod and name, as get-or-create makes them
    HttpFace m_http;
};

/// The text of a percent-encoded path segment: "%2F" → "/".
std::string decodedSegment(const std::string &text);
/// The header by which a service's port tells the API server's proxy that this pod cannot be reached.
constexpr const char *unreachableHeader = "X-Demo-Unreachable";
/// What resilience4j's endpoint tells of one breaker of one pod.
nlohmann::ordered_json resilience4jDetails(const World &world, const BreakerPlan &plan, const ServingPod &pod,
                                           Offset time);
/// "OPEN", "HALF_OPEN", … of a state as metrics name it.
std::string actuatorState(const std::string &state);

} // namespace cockpit::demo
