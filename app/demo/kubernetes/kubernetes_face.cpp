// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/kubernetes_face.h"

#include "app/demo/kubernetes/api_discovery.h"

#include <sstream>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// Above the watches of a few cockpits and the command line together: a watch holds a thread while it lasts.
constexpr std::size_t apiThreads = 96;

std::vector<std::string> segmentsOf(const std::string &path)
{
    std::vector<std::string> segments;
    std::istringstream stream(path);
    for (std::string segment; std::getline(stream, segment, '/');)
        if (!segment.empty())
            segments.push_back(segment);
    return segments;
}

} // namespace

Json wireObject(const ResourceType &type, const Json &object)
{
    Json wire;
    if (type.custom)
        wire = {{"apiVersion", type.apiVersion()}, {"kind", type.kind}};
    else
        wire = {{"kind", type.kind}, {"apiVersion", type.apiVersion()}};
    for (const auto &[key, value] : object.items())
        wire[key] = value;
    return wire;
}

Json partialObject(const Json &object)
{
    return {{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
}

bool wantsPartial(const httplib::Request &request)
{
    return request.get_header_value("Accept").find("as=PartialObjectMetadata") != std::string::npos;
}

Json scaleOf(const ResourceType &type, const Json &object)
{
    const Json &metadata = object["metadata"];
    Json own;
    for (const char *key : {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"})
        own[key] = metadata[key];
    const int now = object["status"].value(type.kind == "Rollout" ? "HPAReplicas" : "replicas", 0);
    return {{"kind", "Scale"},
            {"apiVersion", "autoscaling/v1"},
            {"metadata", std::move(own)},
            {"spec", {{"replicas", object["spec"].value("replicas", 1)}}},
            {"status", {{"replicas", now}, {"selector", "app=" + metadata["name"].get<std::string>()}}}};
}

void answerStatus(httplib::Response &response, const ApiStatus &status)
{
    if (status.retryAfter > 0)
        response.set_header("Retry-After", std::to_string(status.retryAfter));
    if (!status.body.is_null())
        return answerJson(response, status.body, status.code);
    response.status = status.code;
    answerText(response, status.text, "text/plain; charset=utf-8");
}

KubernetesFace::KubernetesFace(Cluster &cluster)
    : m_cluster(cluster)
    , m_access(cluster.plan())
    , m_http(apiThreads)
{
    addRoutes();
}

KubernetesFace::~KubernetesFace() { stop(); }

void KubernetesFace::stop()
{
    m_cluster.stop();
    m_http.stop();
}

void KubernetesFace::addRoutes()
{
    const auto handler = [this](const Request &request, Response &response) { serve(request, response); };
    httplib::Server &server = m_http.server();
    server.Get("/.*", handler);
    server.Post("/.*", handler);
    server.Put("/.*", handler);
    server.Patch("/.*", handler);
    server.Delete("/.*", handler);
}

bool KubernetesFace::serveInformation(const Request &request, Response &response) const
{
    if (request.method != "GET")
        return false;
    if (request.path == "/livez" || request.path == "/readyz" || request.path == "/healthz") {
        response.set_content("ok", "text/plain; charset=utf-8");
        return true;
    }
    const Json body = discoveryOf(request.path, m_http.port());
    if (body.is_null())
        return false;
    answerJson(response, body);
    return true;
}

std::optional<KubernetesFace::Target> KubernetesFace::targetOf(const std::string &path) const
{
    std::vector<std::string> parts = segmentsOf(path);
    if (parts.size() < 3 || (parts[0] != "api" && parts[0] != "apis"))
        return std::nullopt;
    const bool core = parts[0] == "api";
    if (!core && parts.size() < 4)
        return std::nullopt;
    const std::string group = core ? "" : parts[1];
    const std::string version = core ? parts[1] : parts[2];
    parts.erase(parts.begin(), parts.begin() + (core ? 2 : 3));
    Target target;
    if (parts.size() >= 3 && parts[0] == "namespaces") {
        target.nameSpace = parts[1];
        parts.erase(parts.begin(), parts.begin() + 2);
    }
    target.type = resourceType(group, version, parts[0]);
    if (target.type == nullptr || parts.size() > 3)
        return std::nullopt;
    target.name = parts.size() > 1 ? parts[1] : "";
    target.subresource = parts.size() > 2 ? parts[2] : "";
    return target;
}

std::string KubernetesFace::verbOf(const Request &request, const Target &target)
{
    if (request.method == "GET") {
        const std::string watching = parameterOf(request, "watch");
        if (watching == "1" || watching == "true")
            return "watch";
        return target.name.empty() ? "list" : "get";
    }
    if (request.method == "POST")
        return "create";
    return request.method == "PUT" ? "update" : request.method == "PATCH" ? "patch" : "delete";
}

bool KubernetesFace::serveReview(const Request &request, Response &response, const std::string &user) const
{
    const bool access = request.path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    if (request.method != "POST" ||
        (!access && request.path != "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"))
        return false;
    const Json asked = Json::parse(request.body, nullptr, false);
    if (!asked.is_object()) {
        answerStatus(response, ApiStatus::of(400, "BadRequest", "the object provided is unrecognized"));
        return true;
    }
    Json answer{{"kind", access ? "SelfSubjectAccessReview" : "SelfSubjectRulesReview"},
                {"apiVersion", "authorization.k8s.io/v1"},
                {"metadata", {{"creationTimestamp", nullptr}}},
                {"spec", asked.value("spec", Json::object())}};
    if (access) {
        const Json wanted = asked.value("/spec/resourceAttributes"_json_pointer, Json::object());
        const auto text = [&](const char *key) { return wanted.value(key, std::string()); };
        const std::string sub = text("subresource");
        answer["status"] = m_access.review({user, text("verb"), text("group"),
                                            sub.empty() ? text("resource") : text("resource") + '/' + sub,
                                            text("namespace"), text("name")});
    } else {
        answer["status"] = m_access.rules(user);
    }
    answerJson(response, answer, 201);
    return true;
}

void KubernetesFace::serve(const Request &request, Response &response)
{
    response.set_header("Cache-Control", "no-cache, private");
    if (serveInformation(request, response))
        return;
    const std::optional<std::string> user = ApiAccess::userOf(request.get_header_value("Authorization"));
    if (!user)
        return answerStatus(response, ApiStatus::unauthorized());
    if (serveReview(request, response, *user) || serveProxy(request, response, *user))
        return;
    const std::optional<Target> target = targetOf(request.path);
    const auto notFound = [&] { answerStatus(response, ApiStatus::plain(404, "404 page not found\n")); };
    if (!target)
        return notFound();
    const std::string verb = verbOf(request, *target);
    const AccessRequest access{*user, verb, target->type->group, target->resource(), target->nameSpace, target->name};
    // Right after a start the server does not know yet who may do what, and refuses as if nobody might.
    if (m_cluster.isStarting() || !m_access.allows(access))
        return answerStatus(response, forbidden(access));
    if (!target->subresource.empty() && !(target->subresource == "status" && target->type->hasStatus) &&
        !(target->subresource == "scale" && target->type->hasScale))
        return target->type->custom ? answerStatus(response, ApiStatus::notFound(*target->type, target->name))
                                    : notFound();
    if (verb == "watch")
        return watch(request, response, *target);
    if (verb == "list")
        return list(request, response, *target);
    if (verb == "get")
        return get(request, response, *target);
    if (verb == "create" || target->name.empty())
        return answerStatus(response, ApiStatus::methodNotAllowed(*target->type, verb));
    if (verb == "patch")
        return patch(request, response, *target, *user);
    if (verb == "update")
        return put(request, response, *target, *user);
    remove(request, response, *target);
}

} // namespace cockpit::demo
