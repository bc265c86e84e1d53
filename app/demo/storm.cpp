// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/storm.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace cockpit::demo {

namespace {

struct StormRule {
    const char *name;
    const char *severity;
    const char *expression;
    const char *summary;
};

constexpr std::array<StormRule, 6> stormRules{{
    {"NodeNotReady", "page", "kube_node_status_condition{condition=\"Ready\",status=\"true\"} == 0",
     "Node {{ $labels.node }} is not ready"},
    {"PodNotReady", "warning", "pod:ready == 0", "Pod {{ $labels.pod }} is not ready"},
    {"PodCrashLooping", "warning", "pod:restarts:increase10m > 3", "Pod {{ $labels.pod }} restarts again and again"},
    {"ScrapeFailed", "info", "up == 0", "{{ $labels.instance }} does not answer its scrape"},
    {"VolumeUnavailable", "page", "volume:available == 0", "Volume of {{ $labels.pod }} is not available"},
    {"EndpointUnreachable", "warning", "probe_success == 0", "{{ $labels.instance }} cannot be reached"},
}};

constexpr std::array<const char *, 6> stormServices{"gc-service", "mc-service", "mh-service",
                                                     "ac-service", "postgresql", "redis"};

std::string hexText(std::uint64_t value, int digits)
{
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%0*llx", digits,
                  static_cast<unsigned long long>(value & ((1ULL << (4 * digits)) - 1)));
    return text.data();
}

} // namespace

Storm::Storm(int count, std::uint64_t seed)
{
    if (count <= 0)
        return;
    m_group.name = "region";
    m_group.file = "/etc/prometheus/rules/region.yml";
    for (const StormRule &entry : stormRules) {
        RuleText rule{true, entry.name, entry.expression, 60, {{"severity", entry.severity}}, {}};
        rule.annotations = {
            {"summary", entry.summary},
            {"description", "{{ $labels.instance }} in {{ $labels.zone }} of {{ $labels.region }} has been lost with "
                            "its zone; pod {{ $labels.pod }} on node {{ $labels.node }} of {{ $labels.service }} "
                            "does not answer since more than a minute."},
            {"impact", "Less capacity of {{ $labels.service }} in {{ $labels.region }}; the other zones take the load."},
            {"runbook_url", std::string("docs/runbooks/alerts/") + entry.name + ".md"}};
        m_group.rules.push_back(std::move(rule));
    }
    for (const RuleText &rule : m_group.rules)
        m_alerts.push_back({&rule, {}});
    for (int i = 0; i < count; ++i) {
        RuleAlerts &rule = m_alerts[static_cast<std::size_t>(i) % m_alerts.size()];
        rule.alerts.push_back(makeAlert(*rule.rule, i, seed));
    }
}

ActiveAlert Storm::makeAlert(const RuleText &rule, int index, std::uint64_t seed) const
{
    const std::string key = "storm/" + std::to_string(index);
    const std::uint64_t hash = hashOf(seed, key);
    const std::string service = stormServices[static_cast<std::size_t>(index / 6) % stormServices.size()];
    const std::string address = "10." + std::to_string(index / 62500 % 250) + '.' + std::to_string(index / 250 % 250) +
                                '.' + std::to_string(index % 250);
    ActiveAlert alert;
    alert.labels = {{"alertname", rule.name},
                    {"severity", rule.labels.at("severity")},
                    {"service", service},
                    {"job", service},
                    {"namespace", "dark-tower"},
                    {"container", service},
                    {"pod", service + '-' + hexText(hash, 9) + '-' + hexText(hash >> 40, 5)},
                    {"node", "ip-" + std::to_string(index % 400) + ".eu-west-1.compute.internal"},
                    {"instance", address + ":9090"},
                    {"region", "eu-west-1"},
                    {"zone", std::string("eu-west-1") + static_cast<char>('a' + index % 3)},
                    {"cluster", "eu-west-1-prod"}};
    for (const auto &[name, text] : rule.annotations)
        alert.annotations[name] = expandTemplate(text, alert.labels, 0.0);
    alert.firing = true;
    alert.activeAt = AlertRules::evaluationTime(-540.0 * unitOf(seed, key));
    alert.firedAt = alert.activeAt + 60.0;
    if (alert.firedAt > -40.0) {
        alert.activeAt -= 120.0;
        alert.firedAt -= 120.0;
    }
    alert.fingerprint = fingerprintOf(alert.labels);
    return alert;
}

} // namespace cockpit::demo
