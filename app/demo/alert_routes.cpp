// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/alert_routes.h"

#include "app/demo/rule_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace cockpit::demo {

namespace {

std::vector<Matcher> routeMatchers(const YAML::Node &node)
{
    std::vector<Matcher> matchers;
    for (const YAML::Node &entry : node)
        if (auto matcher = parseFilter(entry.as<std::string>()))
            matchers.push_back(std::move(*matcher));
    return matchers;
}

const std::string &labelOf(const LabelSet &labels, const std::string &name)
{
    static const std::string missing;
    const auto found = labels.find(name);
    return found == labels.end() ? missing : found->second;
}

} // namespace

AlertRoutes::AlertRoutes()
{
    try {
        load();
    } catch (const YAML::Exception &) {
        m_routes.clear();
        m_inhibitions.clear();
    }
}

void AlertRoutes::load()
{
    const YAML::Node root = YAML::Load(shippedText("alertmanager.yml"));
    m_defaultReceiver = root["route"]["receiver"].as<std::string>();
    m_groupBy = root["route"]["group_by"].as<std::vector<std::string>>();
    for (const YAML::Node &route : root["route"]["routes"])
        m_routes.push_back({route["receiver"].as<std::string>(), routeMatchers(route["matchers"])});
    for (const YAML::Node &rule : root["inhibit_rules"])
        m_inhibitions.push_back({routeMatchers(rule["source_matchers"]), routeMatchers(rule["target_matchers"]),
                                 rule["equal"].as<std::vector<std::string>>()});
    for (const YAML::Node &receiver : root["receivers"])
        m_receivers.push_back(receiver["name"].as<std::string>());
}

const std::string &AlertRoutes::receiverOf(const LabelSet &labels) const
{
    for (const Route &route : m_routes)
        if (allMatch(route.matchers, labels))
            return route.receiver;
    return m_defaultReceiver;
}

bool AlertRoutes::canInhibit(const LabelSet &source) const
{
    return std::any_of(m_inhibitions.begin(), m_inhibitions.end(),
                       [&](const Inhibition &rule) { return allMatch(rule.source, source); });
}

bool AlertRoutes::inhibits(const LabelSet &source, const LabelSet &target) const
{
    return std::any_of(m_inhibitions.begin(), m_inhibitions.end(), [&](const Inhibition &rule) {
        return allMatch(rule.source, source) && allMatch(rule.target, target) &&
               std::all_of(rule.equal.begin(), rule.equal.end(), [&](const std::string &name) {
                   return labelOf(source, name) == labelOf(target, name);
               });
    });
}

} // namespace cockpit::demo
