// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rule_file.h"

#include <QFile>

#include <yaml-cpp/yaml.h>

#include <array>
#include <cmath>
#include <cstdio>

/// The resources of a static library are only there once they are asked for; the macro needs the global namespace.
static void initializeDemoResources()
{
    Q_INIT_RESOURCE(demo);
}

namespace cockpit::demo {

namespace {

std::string formatted(const char *format, double value)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

/// "30s", "5m", "1h", "30d" in seconds.
double ruleSeconds(const std::string &text)
{
    const double number = text.empty() ? 0.0 : std::strtod(text.c_str(), nullptr);
    const char unit = text.empty() ? 's' : text.back();
    return number * (unit == 'm' ? 60.0 : unit == 'h' ? 3600.0 : unit == 'd' ? 86400.0 : 1.0);
}

LabelSet labelsOf(const YAML::Node &node)
{
    LabelSet labels;
    for (const auto &entry : node)
        labels[entry.first.as<std::string>()] = entry.second.as<std::string>();
    return labels;
}

RuleText ruleOf(const YAML::Node &node)
{
    RuleText rule;
    rule.alerting = static_cast<bool>(node["alert"]);
    rule.name = node[rule.alerting ? "alert" : "record"].as<std::string>();
    rule.expression = node["expr"].as<std::string>();
    rule.forSeconds = ruleSeconds(node["for"].as<std::string>("0s"));
    rule.labels = labelsOf(node["labels"]);
    rule.annotations = labelsOf(node["annotations"]);
    return rule;
}

/// Prometheus's humanize: at most four digits and an SI prefix.
std::string humanized(double value)
{
    if (value == 0.0 || !std::isfinite(value))
        return formatted("%.4g", value);
    const char *prefixes[] = {"", "k", "M", "G", "T"};
    std::size_t step = 0;
    for (; std::abs(value) >= 1000.0 && step + 1 < std::size(prefixes); ++step)
        value /= 1000.0;
    return formatted("%.4g", value) + prefixes[step];
}

/// Prometheus's humanizeDuration for lengths that the rules have.
std::string humanizedDuration(double seconds)
{
    if (seconds >= 60.0) {
        const auto whole = static_cast<long long>(seconds);
        return std::to_string(whole / 60) + "m " + std::to_string(whole % 60) + 's';
    }
    if (seconds >= 1.0)
        return formatted("%.4gs", seconds);
    return seconds >= 0.001 ? formatted("%.4gms", seconds * 1000.0) : formatted("%.4gus", seconds * 1e6);
}

std::string trimmed(const std::string &text)
{
    const std::size_t from = text.find_first_not_of(' ');
    return from == std::string::npos ? std::string() : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::string expanded(const std::string &inner, const LabelSet &labels, double value)
{
    const std::string label = "$labels.";
    if (inner.rfind(label, 0) == 0) {
        const auto found = labels.find(inner.substr(label.size()));
        return found == labels.end() ? std::string() : found->second;
    }
    if (inner == "$value | humanizePercentage")
        return formatted("%.4g%%", value * 100.0);
    if (inner == "$value | humanizeDuration")
        return humanizedDuration(value);
    return inner == "$value | humanize" ? humanized(value) : formatted("%g", value);
}

} // namespace

std::string shippedText(const std::string &fileName)
{
    initializeDemoResources();
    QFile file(QStringLiteral(":/demo/") + QString::fromStdString(fileName));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::vector<RuleGroupText> shippedRuleGroups(const std::string &fileName)
{
    std::vector<RuleGroupText> groups;
    try {
        const YAML::Node root = YAML::Load(shippedText(fileName));
        for (const YAML::Node &node : root["groups"]) {
            RuleGroupText group{node["name"].as<std::string>(), "/etc/prometheus/rules/" + fileName, 15.0, {}};
            for (const YAML::Node &rule : node["rules"])
                group.rules.push_back(ruleOf(rule));
            groups.push_back(std::move(group));
        }
    } catch (const YAML::Exception &) {
        groups.clear();
    }
    return groups;
}

std::string expandTemplate(const std::string &text, const LabelSet &labels, double value)
{
    std::string result;
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find("{{", at);
        const std::size_t close = open == std::string::npos ? open : text.find("}}", open);
        if (close == std::string::npos)
            return result + text.substr(at);
        result += text.substr(at, open - at);
        result += expanded(trimmed(text.substr(open + 2, close - open - 2)), labels, value);
        at = close + 2;
    }
}

} // namespace cockpit::demo
