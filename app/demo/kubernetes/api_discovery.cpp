// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/api_discovery.h"

#include "app/demo/kubernetes/resource_types.h"

#include <set>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

Json groupJson(const std::string &group, const std::string &version)
{
    const Json entry{{"groupVersion", group + '/' + version}, {"version", version}};
    return {{"name", group}, {"versions", Json::array({entry})}, {"preferredVersion", entry}};
}

Json groupList()
{
    Json groups = Json::array({groupJson("authorization.k8s.io", "v1")});
    std::set<std::string> seen{""};
    for (const ResourceType &type : resourceTypes())
        if (seen.insert(type.group).second)
            groups.push_back(groupJson(type.group, type.version));
    return {{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", std::move(groups)}};
}

Json resourceJson(const ResourceType &type)
{
    return {
        {"name", type.plural},
        {"singularName", type.singular},
        {"namespaced", type.namespaced},
        {"kind", type.kind},
        {"verbs", Json::array({"delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"})}};
}

Json subresourceJson(const ResourceType &type, const char *name)
{
    Json json{{"name", type.plural + '/' + name}, {"singularName", ""}, {"namespaced", type.namespaced}};
    if (std::string(name) == "scale") {
        json["group"] = "autoscaling";
        json["version"] = "v1";
        json["kind"] = "Scale";
    } else {
        json["kind"] = type.kind;
    }
    json["verbs"] = Json::array({"get", "patch", "update"});
    return json;
}

/// Null when the server has nothing of that group and version.
Json resourceList(const std::string &root)
{
    Json resources = Json::array();
    std::string version;
    for (const ResourceType &type : resourceTypes()) {
        if (type.root() != root)
            continue;
        version = type.apiVersion();
        resources.push_back(resourceJson(type));
        if (type.hasStatus)
            resources.push_back(subresourceJson(type, "status"));
        if (type.hasScale)
            resources.push_back(subresourceJson(type, "scale"));
    }
    if (resources.empty())
        return nullptr;
    return {{"kind", "APIResourceList"},
            {"apiVersion", "v1"},
            {"groupVersion", version},
            {"resources", std::move(resources)}};
}

} // namespace

Json discoveryOf(const std::string &path, int port)
{
    if (path == "/version")
        return {{"major", "1"},        {"minor", "26"},           {"gitVersion", "v1.26.4"},
                {"gitCommit", "demo"}, {"gitTreeState", "clean"}, {"buildDate", "2023-04-12T12:00:00Z"},
                {"goVersion", "none"}, {"compiler", "none"},      {"platform", "linux/amd64"}};
    if (path == "/api") {
        const Json address{{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", "127.0.0.1:" + std::to_string(port)}};
        return {{"kind", "APIVersions"},
                {"versions", Json::array({"v1"})},
                {"serverAddressByClientCIDRs", Json::array({address})}};
    }
    if (path == "/apis")
        return groupList();
    if (path.rfind("/api/", 0) != 0 && path.rfind("/apis/", 0) != 0)
        return nullptr;
    for (const ResourceType &type : resourceTypes())
        if (!type.group.empty() && path == "/apis/" + type.group) {
            Json group = groupJson(type.group, type.version);
            group["kind"] = "APIGroup";
            group["apiVersion"] = "v1";
            return group;
        }
    return resourceList(path);
}

} // namespace cockpit::demo
