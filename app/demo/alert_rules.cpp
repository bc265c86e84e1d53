// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/alert_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit::demo {

namespace {

/// The condition of one shipped rule: a selector on recorded series and what must be true of their values.
struct NativeRule {
    const char *name;
    const char *selector; ///< empty: holds always, without labels
    double roundTo;       ///< 0: the value as it is; 1 rounds down
    bool (*holds)(double value);
    const char *minus = nullptr;
};

constexpr std::array<NativeRule, 20> nativeRules{{
    {"GCHighErrorRate", R"(service:error_ratio_by_version:rate5m{service="gc-service"})", 0.0001,
     [](double value) { return value > 0.01; }},
    {"GCHighLatency", R"(service:latency_seconds_by_version:p99_5m{service="gc-service"})", 0.001,
     [](double value) { return value > 0.218; }},
    {"GCErrorBudgetBurnRateCritical", R"(service:error_budget_burn:rate5m{service="gc-service"})", 0.1,
     [](double value) { return value > 14.4; }},
    {"GCMCAssignmentSlow", "service:mc_assignment_seconds:p95_5m", 0.001, [](double value) { return value > 0.02; }},
    {"MCGCHeartbeatWarning", "service:heartbeat_failures:ratio5m", 0.001, [](double value) { return value > 0.1; }},
    {"MHPodRestartingFrequently", "service:pod_restarts:increase1h", 0, [](double value) { return value > 1.0; }},
    {"MHHighJitter", "service:media_jitter_seconds", 0, [](double value) { return value > 0.03; }},
    {"ACKeyRotationDue", "service:signing_key_age_days", 1, [](double value) { return value > 30.0; }},
    {"ServiceDegraded", "service:error_ratio:rate5m", 0.0001, [](double value) { return value > 0.05; }},
    {"ServiceHighErrorRate", R"(service:error_ratio:rate5m{service!="gc-service"})", 0.0001,
     [](double value) { return value > 0.02; }},
    {"CircuitBreakerOpened", R"(breaker:state{state="open"})", 0, [](double value) { return value == 1.0; }},
    {"LoadSheddingActive", "service:saturation:ratio", 0.01, [](double value) { return value > 0.85; }},
    {"CircuitBreakerForced", R"(breaker:state{state="forced_open"})", 0, [](double value) { return value == 1.0; }},
    {"FallbackServing", "breaker:fallback_lost:ratio5m", 0.001, [](double value) { return value > 0.05; }},
    {"AutoscalerAtMaximum", "service:replicas_at_maximum:bool", 0, [](double value) { return value == 1.0; }},
    {"DatabaseSlow", R"(service:latency_seconds:p99_5m{service="postgresql"})", 0.001,
     [](double value) { return value > 0.05; }},
    {"RedisDown", R"(service:instances_up:count{service="redis"})", 0, [](double value) { return value == 0.0; }},
    {"InstanceDown", "service:instances:count", 0, [](double value) { return value > 0.0; },
     "service:instances_up:count"},
    {"ServiceDown", "service:instances_up:count", 0, [](double value) { return value == 0.0; }},
    {"Watchdog", "", 0, nullptr},
}};

/// round(value, step) of PromQL: half up, by the inverse of the step.
double roundedTo(double value, double step)
{
    if (step == 1.0)
        return std::floor(value);
    const double inverse = 1.0 / step;
    return step == 0.0 ? value : std::floor(value * inverse + 0.5) / inverse;
}

LabelSet withoutName(LabelSet labels)
{
    labels.erase("__name__");
    return labels;
}

} // namespace

AlertRules::AlertRules(const World &, const RecordedSeriesSet &series, const AlertRules *before)
    : m_series(series),
      m_groups(before != nullptr
                   ? before->m_groups
                   : std::make_shared<const std::vector<RuleGroupText>>(shippedRuleGroups("alerts.yml")))
{
    if (before != nullptr) {
        const std::lock_guard lock(before->m_mutex);
        m_known = before->m_known;
    }
    for (const RuleGroupText &group : *m_groups)
        for (const RuleText &rule : group.rules)
            bind(rule);
}

void AlertRules::bind(const RuleText &rule)
{
    const auto native = std::find_if(nativeRules.begin(), nativeRules.end(),
                                     [&](const NativeRule &entry) { return rule.name == entry.name; });
    if (native == nativeRules.end())
        return;
    Condition condition{&rule, {}, native->holds, native->roundTo, {}};
    if (*native->selector != '\0')
        condition.series = m_series.select(*parseSelector(native->selector));
    if (native->minus != nullptr)
        condition.minus = m_series.select(*parseSelector(native->minus));
    m_conditions.push_back(std::move(condition));
}

Offset AlertRules::evaluationTime(Offset time)
{
    // 40 s past a minute lie on the grid, so that whole minutes of the default start do too.
    return std::floor((time + 40.0) / interval) * interval - 40.0;
}

AlertRules::Holding AlertRules::holding(const Condition &condition, Offset time) const
{
    Holding result;
    if (condition.holds == nullptr)
        result[{}] = 1.0;
    for (std::size_t i = 0; i < condition.series.size(); ++i) {
        std::optional<double> value = condition.series[i].value(time);
        if (value && !condition.minus.empty()) {
            const std::optional<double> other = condition.minus[i].value(time);
            value = other ? std::optional(*value - *other) : std::nullopt;
        }
        if (!value)
            continue;
        const double rounded = roundedTo(*value, condition.roundTo);
        if (condition.holds(rounded))
            result[withoutName(condition.series[i].labels)] = rounded;
    }
    return result;
}

/// The first evaluation of the unbroken row that ends at `time`: 4 h in single steps, then up to 40 days in steps of
/// an hour (only conditions that move by the day last so long).
Offset AlertRules::scanBack(const Condition &condition, const LabelSet &labels, Offset time) const
{
    const auto holds = [&](Offset at) { return holding(condition, at).count(labels) > 0; };
    Offset first = time;
    for (int i = 0; i < 960; ++i, first -= interval)
        if (!holds(first - interval))
            return first;
    const Offset oldest = first - 40.0 * 86400.0;
    while (first > oldest && holds(first - 3600.0))
        first -= 3600.0;
    while (first > oldest && holds(first - interval))
        first -= interval;
    return first;
}

std::map<LabelSet, Offset> AlertRules::holdingSince(const Condition &condition, const Holding &now, Offset time) const
{
    const std::lock_guard lock(m_mutex);
    Known &known = m_known[condition.rule->name];
    const bool usable = !known.since.empty() && known.evaluated <= time && time - known.evaluated <= 600.0;
    std::map<LabelSet, Offset> since;
    for (const auto &[labels, value] : now) {
        const auto before = known.since.find(labels);
        bool unbroken = usable && before != known.since.end();
        for (Offset at = time - interval; unbroken && at > known.evaluated; at -= interval)
            unbroken = holding(condition, at).count(labels) > 0;
        since[labels] = unbroken ? before->second : scanBack(condition, labels, time);
    }
    known.evaluated = time;
    known.since = since;
    return since;
}

std::vector<ActiveAlert> AlertRules::evaluate(const Condition &condition, Offset time) const
{
    std::vector<ActiveAlert> alerts;
    const RuleText &rule = *condition.rule;
    const Holding now = holding(condition, time);
    // A condition without series began with the world's history.
    const std::map<LabelSet, Offset> since =
        condition.holds == nullptr ? std::map<LabelSet, Offset>{{LabelSet(), evaluationTime(-90.0 * 86400.0)}}
                                   : holdingSince(condition, now, time);
    for (const auto &[seriesLabels, value] : now) {
        ActiveAlert alert;
        alert.labels = seriesLabels;
        for (const auto &[name, text] : rule.labels)
            alert.labels[name] = expandTemplate(text, seriesLabels, value);
        alert.labels["alertname"] = rule.name;
        for (const auto &[name, text] : rule.annotations)
            alert.annotations[name] = expandTemplate(text, seriesLabels, value);
        alert.activeAt = since.at(seriesLabels);
        alert.firedAt = alert.activeAt + std::ceil(rule.forSeconds / interval) * interval;
        alert.firing = alert.firedAt <= time;
        alert.value = value;
        alert.fingerprint = fingerprintOf(alert.labels);
        alerts.push_back(std::move(alert));
    }
    return alerts;
}

std::vector<RuleAlerts> AlertRules::at(Offset time) const
{
    const Offset evaluated = evaluationTime(time);
    std::vector<RuleAlerts> all;
    for (const Condition &condition : m_conditions)
        all.push_back({condition.rule, evaluate(condition, evaluated)});
    return all;
}

std::vector<ActiveAlert> AlertRules::alertsOf(const std::string &ruleName, Offset time) const
{
    for (const Condition &condition : m_conditions)
        if (condition.rule->name == ruleName)
            return evaluate(condition, evaluationTime(time));
    return {};
}

} // namespace cockpit::demo
