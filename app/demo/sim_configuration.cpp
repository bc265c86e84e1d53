// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include "app/demo/wire_time.h"

#include <yaml-cpp/yaml.h>

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

void writeService(YAML::Emitter &out, const ServicePlan &plan)
{
    out << YAML::BeginMap << YAML::Key << "name" << YAML::Value << plan.name;
    out << YAML::Key << "match" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "service"
        << YAML::Value << plan.name << YAML::EndMap;
    if (!plan.dependsOn.empty())
        out << YAML::Key << "dependsOn" << YAML::Value << YAML::Flow << plan.dependsOn;
    out << YAML::Key << "owner" << YAML::Value << plan.owner << YAML::Key << "tier" << YAML::Value << plan.tier
        << YAML::EndMap;
}

} // namespace

std::string Simulation::configuration() const
{
    YAML::Emitter out;
    out << YAML::Comment("Written by dt-cockpit-sim; holds as long as that world runs.") << YAML::BeginMap;
    out << YAML::Key << "environment" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "name"
        << YAML::Value << "demo" << YAML::Key << "kind" << YAML::Value << "demo" << YAML::EndMap;
    if (!m_urls.prometheus.empty())
        writeSources(out, m_urls.prometheus, m_urls.alertmanagers);
    out << YAML::Key << "services" << YAML::Value << YAML::BeginSeq;
    for (const ServiceFlows &service : m_world.services())
        writeService(out, service.plan);
    out << YAML::EndSeq;
    out << YAML::Key << "severities" << YAML::Value << YAML::Flow << YAML::BeginMap;
    for (const auto &[severity, priority] : {std::pair{"critical", "P1"}, std::pair{"page", "P2"},
                                             std::pair{"warning", "P3"}, std::pair{"info", "P4"}})
        out << YAML::Key << severity << YAML::Value << priority;
    out << YAML::EndMap;
    out << YAML::Key << "demo" << YAML::Value << YAML::Flow << YAML::BeginMap << YAML::Key << "start" << YAML::Value
        << wireTime(m_world.start()) << YAML::Key << "speed" << YAML::Value << m_options.speed << YAML::Key << "origin"
        << YAML::Value << wireTime(m_origin) << YAML::EndMap << YAML::EndMap;
    return std::string(out.c_str()) + '\n';
}

} // namespace cockpit::demo
