// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/backend_configuration.h"

#include "app/demo/pagerduty_face.h"
#include "app/demo/slack_face.h"

#include <yaml-cpp/yaml.h>

namespace cockpit::demo {

namespace {

constexpr const char *mhService = "mh-service";
constexpr const char *acService = "ac-service";

YAML::Node flowNode()
{
    YAML::Node node;
    node.SetStyle(YAML::EmitterStyle::Flow);
    return node;
}

/// Which service stands behind each breaker of `service`, and what serves instead.
void describe(YAML::Node &entry, const Scenario &scenario, const std::string &service)
{
    YAML::Node dependencies = flowNode();
    YAML::Node fallbacks = flowNode();
    for (const BreakerPlan &plan : scenario.breakers) {
        if (plan.from != service)
            continue;
        dependencies[plan.wireName()] = plan.to;
        if (!plan.fallback.empty())
            fallbacks[plan.wireName()] = plan.fallback;
    }
    entry["dependencies"] = dependencies;
    if (fallbacks.size() > 0)
        entry["fallbacks"] = fallbacks;
}

YAML::Node inPods(const Scenario &scenario, const BackendUrls &urls, const std::string &service)
{
    YAML::Node entry;
    entry["kind"] = "resilience4j";
    entry["name"] = service.substr(0, service.find('-'));
    entry["service"] = service;
    entry["context"] = urls.context;
    entry["namespace"] = scenario.cluster.nameSpace;
    entry["workload"] = "rollout/" + service;
    entry["port"] = 8080;
    entry["path"] = "/actuator";
    describe(entry, scenario, service);
    return entry;
}

/// The breakers that mh-service has itself.
YAML::Node ownBreakers(const Scenario &scenario, const std::string &url)
{
    YAML::Node entry;
    entry["kind"] = "http";
    entry["name"] = "mh";
    entry["service"] = mhService;
    entry["url"] = url + '/';
    YAML::Node list = flowNode();
    for (const auto &[key, value] : {std::pair{"path", "/breakers"}, std::pair{"items", "/breakers"},
                                     std::pair{"name", "/name"}, std::pair{"state", "/state"}, std::pair{"to", "/target"},
                                     std::pair{"failure", "/failure_ratio"}, std::pair{"slow", "/slow_ratio"},
                                     std::pair{"rejected", "/rejected_total"}})
        list[key] = value;
    YAML::Node states = flowNode();
    for (const auto &[theirs, ours] : {std::pair{"closed", "closed"}, std::pair{"open", "open"},
                                       std::pair{"half_open", "half-open"}, std::pair{"forced_open", "forced-open"},
                                       std::pair{"forced_closed", "forced-closed"}, std::pair{"disabled", "disabled"}})
        states[theirs] = ours;
    list["states"] = states;
    entry["list"] = list;
    YAML::Node set = flowNode();
    set["method"] = "PUT";
    set["path"] = "/breakers/{name}/override";
    // JSON as text: braces in quotes.
    set["body"] = "{\"mode\":\"{mode}\",\"ttl_s\":{seconds},\"reason\":\"{reason}\",\"actor\":\"{actor}\"}";
    YAML::Node modes = flowNode();
    modes["force-open"] = "open";
    modes["force-closed"] = "closed";
    modes["disable"] = "disabled";
    set["modes"] = modes;
    entry["set"] = set;
    YAML::Node reset = flowNode();
    reset["method"] = "DELETE";
    reset["path"] = "/breakers/{name}/override";
    entry["reset"] = reset;
    describe(entry, scenario, mhService);
    entry.remove("dependencies"); // the answer names them
    return entry;
}

YAML::Node breakers(const Scenario &scenario, const BackendUrls &urls)
{
    YAML::Node list;
    if (!urls.context.empty()) {
        list.push_back(inPods(scenario, urls, "gc-service"));
        list.push_back(inPods(scenario, urls, "mc-service"));
    }
    if (const auto mh = urls.services.find(mhService); mh != urls.services.end())
        list.push_back(ownBreakers(scenario, mh->second));
    if (!urls.envoy.empty()) {
        YAML::Node entry;
        entry["kind"] = "envoy";
        entry["name"] = "ac";
        entry["service"] = acService;
        entry["urls"].push_back(urls.envoy + '/');
        describe(entry, scenario, acService);
        list.push_back(entry);
    }
    return list;
}

/// The flag service; its token stands in a file beside the configuration, as a secret does.
YAML::Node flagServices(const BackendUrls &urls)
{
    YAML::Node entry;
    entry["kind"] = "unleash";
    entry["name"] = "Unleash";
    entry["url"] = urls.unleash;
    entry["project"] = "default";
    entry["environment"] = "production";
    entry["interval"] = "5s";
    YAML::Node token = flowNode();
    token["file"] = urls.tokenFile;
    entry["auth"]["bearer"] = token;
    YAML::Node list;
    list.push_back(entry);
    return list;
}

YAML::Node secretFile(const BackendUrls &urls, const char *suffix)
{
    YAML::Node secret = flowNode();
    secret["file"] = urls.pagingFiles + suffix;
    return secret;
}

/// The paging service and the chat; what gets in stands in files beside the configuration.
void addPaging(YAML::Node &root, const BackendUrls &urls)
{
    YAML::Node duty = flowNode();
    duty["url"] = urls.pagerDuty;
    duty["routingKey"] = secretFile(urls, ".pagerduty-key");
    duty["token"] = secretFile(urls, ".pagerduty-token");
    duty["from"] = pagerDutyFrom;
    duty["interval"] = "5s";
    root["paging"]["pagerduty"] = duty;
    YAML::Node slack = flowNode();
    slack["url"] = urls.slack;
    slack["token"] = secretFile(urls, ".slack-token");
    slack["channel"] = std::string("#") + slackChannelName;
    root["chat"]["slack"] = slack;
}

/// One probe: at the service's own port, or through the API server for a service that has no other way in.
YAML::Node probe(const Scenario &scenario, const BackendUrls &urls, const std::string &service, const std::string &path)
{
    if (service != acService || urls.context.empty())
        return YAML::Node(urls.services.at(service) + path);
    YAML::Node via = flowNode();
    via["kubernetes"]["context"] = urls.context;
    via["kubernetes"]["namespace"] = scenario.cluster.nameSpace;
    via["kubernetes"]["service"] = service + ":8080";
    YAML::Node node = flowNode();
    node["url"] = "http://" + service + path;
    node["via"] = via;
    return node;
}

YAML::Node health(const Scenario &scenario, const BackendUrls &urls)
{
    YAML::Node list;
    for (const auto &[name, url] : urls.services) {
        const bool spring = name == "gc-service" || name == "mc-service";
        YAML::Node entry = flowNode();
        entry["service"] = name;
        entry["live"] = probe(scenario, urls, name, spring ? "/actuator/health/liveness" : "/health");
        entry["ready"] = probe(scenario, urls, name, "/ready");
        if (spring || name == mhService)
            entry["healthy"] = probe(scenario, urls, name, spring ? "/actuator/health" : "/health");
        list.push_back(entry);
    }
    return list;
}

} // namespace

std::string backendConfiguration(const Scenario &scenario, const BackendUrls &urls)
{
    YAML::Node root;
    if (const YAML::Node list = breakers(scenario, urls); list.size() > 0)
        root["breakers"] = list;
    if (!urls.unleash.empty() && !urls.tokenFile.empty())
        root["flags"] = flagServices(urls);
    if (!urls.pagerDuty.empty() && !urls.slack.empty() && !urls.pagingFiles.empty())
        addPaging(root, urls);
    if (const YAML::Node list = health(scenario, urls); list.size() > 0)
        root["health"] = list;
    if (root.size() == 0)
        return {};
    YAML::Emitter out;
    out << root;
    return std::string(out.c_str()) + '\n';
}

} // namespace cockpit::demo
