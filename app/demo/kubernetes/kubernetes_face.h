// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/kubernetes/api_access.h"
#include "app/demo/kubernetes/cluster.h"
#include "app/demo/kubernetes/selectors.h"

#include <atomic>
#include <map>
#include <optional>
#include <string>

namespace cockpit::demo {

/// The API server of a cluster: discovery, reads, watches, patches with preconditions and dry runs, access reviews,
/// and refusals worded as those of a real kube-apiserver 1.26 (design/kubernetes.md).
class KubernetesFace {
public:
    explicit KubernetesFace(Cluster &cluster);
    ~KubernetesFace();
    HttpFace &http() { return m_http; }
    /// Where the HTTP ports of the services are (name → URL), for the proxy to pods and services. To be called before
    /// anybody asks.
    void setServices(std::map<std::string, std::string> services) { m_services = std::move(services); }
    /// Ends all watches and refuses connections from now on.
    void stop();

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;
    /// What a path names.
    struct Target {
        const ResourceType *type = nullptr;
        std::string nameSpace{};
        std::string name{};
        std::string subresource{};
        std::string resource() const { return subresource.empty() ? type->plural : type->plural + '/' + subresource; }
    };

    void addRoutes();
    /// Everything but discovery and health: who, what, may they, and then the verb's own function.
    void serve(const Request &request, Response &response);
    /// True when the request was answered: version, health, discovery.
    bool serveInformation(const Request &request, Response &response) const;
    std::optional<Target> targetOf(const std::string &path) const;
    static std::string verbOf(const Request &request, const Target &target);
    /// Reviews of access; true when that was what was asked.
    bool serveReview(const Request &request, Response &response, const std::string &user) const;

    /// Passes a request on to a pod or a service; true when that was what was asked.
    bool serveProxy(const Request &request, Response &response, const std::string &user) const;
    /// The service and the address of a pod; false when there is none of that name.
    bool findPod(const std::string &nameSpace, const std::string &name, std::string &service,
                 std::string &address) const;

    void get(const Request &request, Response &response, const Target &target) const;
    void list(const Request &request, Response &response, const Target &target) const;
    void watch(const Request &request, Response &response, const Target &target) const;
    void patch(const Request &request, Response &response, const Target &target, const std::string &user);
    void put(const Request &request, Response &response, const Target &target, const std::string &user);
    void remove(const Request &request, Response &response, const Target &target);
    /// Writes what `change` makes of the object as it is read through `target`, and answers.
    using Change = std::function<std::variant<Json, ApiStatus>(const Json &shown)>;
    void write(const Request &request, Response &response, const Target &target, const std::string &user,
               const Json &fields, const Change &change);

    Cluster &m_cluster;
    ApiAccess m_access;
    std::map<std::string, std::string> m_services{};
    HttpFace m_http;
};

/// The object as it goes over the wire: with kind and apiVersion.
nlohmann::ordered_json wireObject(const ResourceType &type, const nlohmann::ordered_json &object);
/// Only its metadata, as kind PartialObjectMetadata.
nlohmann::ordered_json partialObject(const nlohmann::ordered_json &object);
/// True when the request's Accept header asks for PartialObjectMetadata.
bool wantsPartial(const httplib::Request &request);
/// The Scale of a workload.
nlohmann::ordered_json scaleOf(const ResourceType &type, const nlohmann::ordered_json &object);
void answerStatus(httplib::Response &response, const ApiStatus &status);
/// The selector of list and watch; answers 400 when it cannot be read.
std::optional<ObjectSelector> selectorOf(const httplib::Request &request, httplib::Response &response);
/// A whole number of the query; nothing when it is not there. Answers 500 as the real server does when it is none.
std::variant<std::optional<std::int64_t>, ApiStatus> revisionOf(const httplib::Request &request);

} // namespace cockpit::demo
