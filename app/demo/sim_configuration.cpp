// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include "app/demo/cost_configuration.h"
#include "app/demo/shipped_runbooks.h"
#include "app/demo/wire_time.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>

namespace cockpit::demo {

namespace {

void writeSources(YAML::Emitter &out, const std::string &prometheus, const std::vector<std::string> &alertmanagers)
{
    out << YAML::Key << "prometheus" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "url"
        << YAML::Value << prometheus << YAML::Key << "preset" << YAML::Value << "recorded" << YAML::EndMap;
    out << YAML::Key << "alertmanagers" << YAML::Value << YAML::BeginSeq;
    const char *names[] = {"a", "b"};
    for (std::size_t i = 0; i < alertmanagers.size(); ++i)
        out << YAML::Flow << YAML::BeginMap << YAML::Key << "name" << YAML::Value << names[i] << YAML::Key << "url"
            << YAML::Value << alertmanagers[i] << YAML::Key << "cluster" << YAML::Value << "eu" << YAML::EndMap;
    out << YAML::EndSeq;
}

void writeService(YAML::Emitter &out, const ServicePlan &plan, const WorkloadPlan *workload)
{
    out << YAML::BeginMap << YAML::Key << "name" << YAML::Value << plan.name;
    out << YAML::Key << "match" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "service"
        << YAML::Value << plan.name << YAML::EndMap;
    if (workload != nullptr) {
        std::string kind = workload->kind;
        std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        out << YAML::Key << "workloads" << YAML::Value << YAML::Flow << YAML::BeginSeq << kind + '/' + workload->name
            << YAML::EndSeq;
    }
    if (!plan.dependsOn.empty())
        out << YAML::Key << "dependsOn" << YAML::Value << YAML::Flow << plan.dependsOn;
    out << YAML::Key << "owner" << YAML::Value << plan.owner << YAML::Key << "tier" << YAML::Value << plan.tier
        << YAML::EndMap;
}

} // namespace

std::string Simulation::companionName(const char *suffix) const
{
    const std::string file = m_options.configFile.substr(m_options.configFile.rfind('/') + 1);
    return file.substr(0, file.rfind('.')) + suffix;
}

std::string Simulation::kubeconfig() const
{
    const ClusterPlan &plan = m_live.planned().scenario().cluster;
    YAML::Node root;
    root["apiVersion"] = "v1";
    root["kind"] = "Config";
    root["current-context"] = plan.contexts.front();
    for (std::size_t i = 0; i < m_urls.kubernetes.size(); ++i) {
        YAML::Node cluster;
        cluster["name"] = plan.contexts[i];
        cluster["cluster"]["server"] = m_urls.kubernetes[i];
        root["clusters"].push_back(cluster);
        YAML::Node context;
        context["name"] = plan.contexts[i];
        context["context"]["cluster"] = plan.contexts[i];
        context["context"]["user"] = "operator";
        context["context"]["namespace"] = plan.nameSpace;
        root["contexts"].push_back(context);
    }
    YAML::Node user;
    user["name"] = "operator";
    user["user"]["token"] = ApiAccess::tokenOf("operator");
    root["users"].push_back(user);
    YAML::Emitter out;
    out << root;
    return std::string(out.c_str()) + '\n';
}

std::vector<std::pair<std::string, std::string>> Simulation::companions() const
{
    if (m_urls.kubernetes.empty() || m_options.configFile.empty())
        return {};
    return {{companionName(".kubeconfig"), kubeconfig()},
            {companionName(".policy.yaml"), shippedText("policy.yaml")},
            {companionName(".unleash-token"), std::string(unleashToken) + '\n'},
            {companionName(".pagerduty-key"), std::string(pagerDutyRoutingKey) + '\n'},
            {companionName(".pagerduty-token"), std::string(pagerDutyToken) + '\n'},
            {companionName(".slack-token"), std::string(slackToken) + '\n'}};
}

std::string Simulation::configuration() const
{
    YAML::Emitter out;
    out << YAML::Comment("Written by dt-cockpit-sim; holds as long as that world runs.") << YAML::BeginMap;
    out << YAML::Key << "environment" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "name"
        << YAML::Value << "demo" << YAML::Key << "kind" << YAML::Value << "demo" << YAML::EndMap;
    if (!m_urls.prometheus.empty())
        writeSources(out, m_urls.prometheus, m_urls.alertmanagers);
    const Scenario &scenario = m_live.planned().scenario();
    if (!m_urls.kubernetes.empty() && !m_options.configFile.empty())
        out << YAML::Key << "kubernetes" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "kubeconfig"
            << YAML::Value << companionName(".kubeconfig") << YAML::Key << "contexts" << YAML::Value
            << scenario.cluster.contexts << YAML::Key << "namespaces" << YAML::Value << YAML::BeginSeq
            << scenario.cluster.nameSpace << YAML::EndSeq << YAML::EndMap;
    out << YAML::Key << "services" << YAML::Value << YAML::BeginSeq;
    for (const ServiceFlows &service : m_live.planned().services())
        writeService(out, service.plan,
                     m_urls.kubernetes.empty() ? nullptr : scenario.cluster.workload(service.plan.name));
    out << YAML::EndSeq;
    if (!m_urls.kubernetes.empty() && !m_options.configFile.empty()) {
        out << YAML::Key << "policies" << YAML::Value << YAML::BeginSeq << YAML::Flow << YAML::BeginMap << YAML::Key
            << "service" << YAML::Value << "*" << YAML::Key << "file" << YAML::Value << companionName(".policy.yaml")
            << YAML::EndMap << YAML::EndSeq;
    }
    if (!m_options.configFile.empty())
        out << YAML::Key << "runbooks" << YAML::Value << YAML::BeginSeq << YAML::Flow << YAML::BeginMap << YAML::Key
            << "path" << YAML::Value << runbookFolderName(m_options.configFile) << YAML::Key << "include" << YAML::Value
            << YAML::BeginSeq << "docs/runbooks/**/*.md" << YAML::EndSeq << YAML::EndMap << YAML::EndSeq;
    out << YAML::Key << "severities" << YAML::Value << YAML::Flow << YAML::BeginMap;
    for (const auto &[severity, priority] : {std::pair{"critical", "P1"}, std::pair{"page", "P2"},
                                             std::pair{"warning", "P3"}, std::pair{"info", "P4"}})
        out << YAML::Key << severity << YAML::Value << priority;
    out << YAML::EndMap;
    out << YAML::Key << "demo" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "start" << YAML::Value
        << wireTime(m_live.planned().start()) << YAML::Key << "speed" << YAML::Value << m_options.speed << YAML::Key << "origin"
        << YAML::Value << wireTime(m_origin) << YAML::EndMap << YAML::EndMap;
    BackendUrls backends = m_backends;
    if (!m_urls.kubernetes.empty() && !m_options.configFile.empty())
        backends.context = scenario.cluster.contexts.front();
    if (!m_options.configFile.empty())
        backends.tokenFile = companionName(".unleash-token");
    if (!m_urls.kubernetes.empty() && !m_options.configFile.empty())
        backends.pagingFiles = companionName("");
    return std::string(out.c_str()) + '\n' + backendConfiguration(scenario, backends) +
           costConfiguration(backends);
}

} // namespace cockpit::demo
