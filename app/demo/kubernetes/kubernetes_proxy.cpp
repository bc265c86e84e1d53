// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the Kubernetes face that passes requests on to pods and services (design/backends.md §3.8).
#include "app/demo/kubernetes/kubernetes_face.h"

#include "app/demo/service_face.h"

#include <array>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// What a path of a proxy names.
struct ProxyTarget {
    std::string nameSpace{};
    bool isPod = false;
    std::string scheme{};
    std::string name{};
    std::string port{};
    std::string path{}; ///< as it was sent, percent-encoded, with the query
    std::string named() const { return port.empty() ? name : name + ':' + port; }
    const char *resource() const { return isPod ? "pods/proxy" : "services/proxy"; }
};

std::optional<ProxyTarget> proxyTargetOf(const std::string &target)
{
    constexpr std::string_view root = "/api/v1/namespaces/";
    if (!target.starts_with(root))
        return std::nullopt;
    std::array<std::string, 4> parts; // namespace, resource, name, "proxy"
    std::size_t from = root.size();
    for (std::string &part : parts) {
        const std::size_t end = std::min(target.find_first_of("/?", from), target.size());
        part = target.substr(from, end - from);
        from = end == target.size() || target[end] == '?' ? end : end + 1;
    }
    if (parts[3] != "proxy" || (parts[1] != "pods" && parts[1] != "services"))
        return std::nullopt;
    ProxyTarget found;
    found.nameSpace = parts[0];
    found.isPod = parts[1] == "pods";
    found.name = decodedSegment(parts[2]);
    if (const std::size_t colon = found.name.find(':'); colon != std::string::npos) {
        found.port = found.name.substr(colon + 1);
        found.name.erase(colon);
        // scheme:name:port
        if (const std::size_t second = found.port.find(':'); second != std::string::npos) {
            found.scheme = found.name;
            found.name = found.port.substr(0, second);
            found.port.erase(0, second + 1);
        }
    }
    found.path = target.substr(from);
    if (found.path.empty() || found.path.front() == '?')
        found.path.insert(0, "/");
    else if (found.path.front() != '/')
        found.path.insert(0, "/");
    return found;
}

const char *verbOfMethod(const std::string &method)
{
    constexpr std::array<std::pair<std::string_view, const char *>, 4> verbs{
        {{"POST", "create"}, {"PUT", "update"}, {"PATCH", "patch"}, {"DELETE", "delete"}}};
    for (const auto &[name, verb] : verbs)
        if (method == name)
            return verb;
    return "get";
}

ApiStatus unavailable(const std::string &words) { return ApiStatus::of(503, "ServiceUnavailable", words); }

ApiStatus missing(const char *resource, const std::string &name)
{
    ApiStatus status = ApiStatus::of(404, "NotFound", std::string(resource) + " \"" + name + "\" not found");
    status.body["details"] = {{"name", name}, {"kind", resource}};
    return status;
}

ApiStatus refused(const std::string &address)
{
    return unavailable("error trying to reach service: dial tcp " + address + ": connect: connection refused");
}

void passOn(const httplib::Request &request, httplib::Response &response, const std::string &upstream,
            const std::string &path, const std::string &address)
{
    httplib::Client client(upstream);
    client.set_connection_timeout(2);
    client.set_read_timeout(60);
    client.set_tcp_nodelay(true);
    httplib::Request asked;
    asked.method = request.method;
    asked.path = path;
    asked.body = request.body;
    // The Authorization header ends here, as it does at a real API server.
    for (const char *name : {"Content-Type", "Accept"})
        if (request.has_header(name))
            asked.set_header(name, request.get_header_value(name));
    const httplib::Result result = client.send(asked);
    if (!result || result->has_header(unreachableHeader))
        return answerStatus(response, result ? refused(address) : unavailable("error trying to reach service: EOF"));
    response.status = result->status;
    answerText(response, result->body, result->get_header_value("Content-Type").c_str());
}

} // namespace

bool KubernetesFace::serveProxy(const Request &request, Response &response, const std::string &user) const
{
    const std::optional<ProxyTarget> target = proxyTargetOf(request.target);
    if (!target)
        return false;
    const AccessRequest access{user,
                               verbOfMethod(request.method),
                               {},
                               target->resource(),
                               target->nameSpace,
                               target->named()};
    if (m_cluster.isStarting() || !m_access.allows(access)) {
        answerStatus(response, forbidden(access));
        return true;
    }
    std::string service = target->name;
    std::string address = "10.96.0.10";
    const bool isThere = target->isPod ? findPod(target->nameSpace, target->name, service, address)
                                       : m_cluster.plan().workload(service) != nullptr;
    const std::string &port = target->port;
    const bool isPort = port.empty() || port == "8080" || port == "http" || (!target->isPod && port == "80");
    const auto upstream = m_services.find(service);
    if (!isThere)
        answerStatus(response, missing(target->isPod ? "pods" : "services", target->name));
    else if (!isPort && !target->isPod)
        answerStatus(response, unavailable("no service port " + port + " found for service \"" + service + '"'));
    else if (target->scheme == "https")
        answerStatus(response, unavailable("error trying to reach service: tls: first record does not look like a TLS "
                                           "handshake"));
    else if (!isPort || upstream == m_services.end())
        answerStatus(response, refused(address + ':' + (port.empty() || port == "http" ? "8080" : port)));
    else
        passOn(request, response, upstream->second, (target->isPod ? "/pods/" + target->name : "") + target->path,
               address + ":8080");
    return true;
}

bool KubernetesFace::findPod(const std::string &nameSpace, const std::string &name, std::string &service,
                             std::string &address) const
{
    const ObjectStore::Object pod = m_cluster.read(
        [&](const ObjectStore &store) { return store.find(*resourceOfKind("Pod"), nameSpace, name); });
    if (!pod)
        return false;
    service = pod->value("/metadata/labels/app"_json_pointer, std::string());
    address = pod->value("/status/podIP"_json_pointer, std::string());
    return true;
}

} // namespace cockpit::demo
