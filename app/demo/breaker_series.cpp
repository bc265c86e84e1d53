// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/breaker_series.h"

#include <algorithm>
#include <memory>

namespace cockpit::demo {

namespace {

constexpr std::string_view rawPrefixes[] = {"resilience4j_circuitbreaker_", "envoy_cluster_", "circuit_breaker_",
                                            "fallback_", "load_shed", "kube_horizontalpodautoscaler_"};

struct Collector {
    std::vector<RawSeries> all{};
    void add(const std::string &name, const char *type, LabelSet labels,
             std::function<std::optional<double>(Offset)> value)
    {
        all.push_back({name, type, std::move(labels), std::move(value)});
    }
    void counter(const std::string &name, LabelSet labels, const Flow &flow)
    {
        add(name, "counter", std::move(labels), [flow](Offset time) { return std::optional(flow.count(time)); });
    }
};

/// resilience4j of one pod, as Micrometer names it.
void addPodBreaker(Collector &to, const World &world, const BreakerPlan &plan, const ServingPod &pod)
{
    const auto flows = std::make_shared<const BreakerFlows>(podBreakerFlows(world, plan, pod));
    const std::string prefix = "resilience4j_circuitbreaker_";
    const LabelSet own{{"name", plan.wireName()}, {"pod", pod.life.name}};
    const auto with = [&own](const char *label, const std::string &value) {
        LabelSet labels = own;
        labels[label] = value;
        return labels;
    };
    const auto alive = [life = pod.life](Offset time, double value) {
        return life.readyAt <= time && time < life.until ? std::optional(value) : std::nullopt;
    };
    for (const std::string &state : breakerStates())
        if (state != "forced_closed")
            to.add(prefix + "state", "gauge", with("state", state), [=, &plan](Offset time) {
                const std::string &now = plan.stateOf(pod.life, time);
                return alive(time, now == state || (now == "forced_closed" && state == "disabled") ? 1.0 : 0.0);
            });
    const auto reading = [&plan, &pod, flows](Offset time) { return breakerReading(plan, *flows, pod, time); };
    to.add(prefix + "failure_rate", "gauge", own,
           [=](Offset time) { return alive(time, reading(time).failureRate()); });
    to.add(prefix + "slow_call_rate", "gauge", own, [=](Offset time) { return alive(time, reading(time).slowRate()); });
    for (const char *kind : {"failed", "successful"})
        to.add(prefix + "buffered_calls", "gauge", with("kind", kind), [=](Offset time) {
            const BreakerReading now = reading(time);
            return alive(time, kind == std::string_view("failed") ? now.failed : now.buffered - now.failed);
        });
    const auto counted = [&](const char *name, const char *kind, const Flow &flow) {
        to.add(prefix + name, "counter", with("kind", kind),
               [alive, flow](Offset time) { return alive(time, flow.count(time)); });
    };
    counted("calls_seconds_count", "successful", flows->passed);
    counted("calls_seconds_count", "failed", flows->failed);
    counted("not_permitted_calls_total", "not_permitted", flows->rejected);
}

/// The Envoy beside a service: one cluster for each that it calls.
void addCluster(Collector &to, const BreakerFlows &flows)
{
    const BreakerPlan &plan = *flows.plan;
    const LabelSet own{{"envoy_cluster_name", plan.to}};
    to.add("envoy_cluster_circuit_breakers_default_rq_open", "gauge", own,
           [&plan](Offset time) { return std::optional(plan.stateAt(time) == "open" ? 1.0 : 0.0); });
    const Offset forcedAt = plan.forces.empty() ? PodLife::forever : plan.forces.front().at;
    to.add("envoy_cluster_upstream_rq_pending_overflow", "counter", own, [flow = flows.rejected, forcedAt](Offset time) {
        return std::optional(flow.count(std::min(time, forcedAt)));
    });
    to.add("envoy_cluster_upstream_rq_maintenance_mode", "counter", own, [flow = flows.rejected, forcedAt](Offset time) {
        return std::optional(time <= forcedAt ? 0.0 : flow.count(time) - flow.count(forcedAt));
    });
}

void addBreaker(Collector &to, const ServiceFlows &service, const BreakerFlows &flows)
{
    const BreakerPlan &plan = *flows.plan;
    const LabelSet own{{"from", plan.from}, {"to", plan.to}};
    const auto with = [&own](const char *label, const std::string &value) {
        LabelSet labels = own;
        labels[label] = value;
        return labels;
    };
    for (const std::string &state : breakerStates())
        to.add("circuit_breaker_state", "gauge", with("state", state), [&service, &plan, state](Offset time) {
            return std::optional(hasState(service, plan, state, time) ? 1.0 : 0.0);
        });
    for (const auto &[kind, flow] : {std::pair{"successful", &flows.passed}, std::pair{"failed", &flows.failed},
                                     std::pair{"not_permitted", &flows.rejected}})
        to.counter("circuit_breaker_calls_total", with("kind", kind), *flow);
    to.counter("circuit_breaker_slow_calls_total", own, flows.slow);
    if (plan.fallback.empty())
        return;
    to.counter("fallback_calls_total", with("fallback", plan.fallback), flows.rejected);
    to.counter("fallback_failed_total", with("fallback", plan.fallback), flows.lost);
}

void addShedding(Collector &to, const ServiceFlows &service)
{
    if (!service.plan.sheds)
        return;
    for (const auto &[action, flow] : {std::pair{"reject", &service.rejected}, std::pair{"migrate", &service.migrated},
                                       std::pair{"drain", &service.drained}})
        to.counter("load_shed_total", {{"action", action}}, *flow);
    to.add("load_shedding_level", "gauge", {},
           [&service](Offset time) { return std::optional<double>(service.sheddingLevel(time)); });
}

void addAutoscaler(Collector &to, const ServiceFlows &service)
{
    if (service.plan.maximum.at(0.0) <= 0.0)
        return;
    const LabelSet own{{"horizontalpodautoscaler", service.plan.name}};
    for (const auto &[name, curve] : {std::pair{"spec_min_replicas", &service.plan.minimum},
                                      std::pair{"spec_max_replicas", &service.plan.maximum},
                                      std::pair{"status_current_replicas", &service.plan.desired}})
        to.add(std::string("kube_horizontalpodautoscaler_") + name, "gauge", own,
               [curve = *curve](Offset time) { return std::optional(std::floor(curve.at(time))); });
}

} // namespace

std::vector<RawSeries> breakerMetrics(const World &world, const ServiceFlows &service)
{
    Collector collector;
    const bool spring = service.plan.name == "gc-service" || service.plan.name == "mc-service";
    for (const BreakerFlows &flows : world.breakers()) {
        if (flows.plan->from != service.plan.name)
            continue;
        addBreaker(collector, service, flows);
        if (service.plan.name == "ac-service")
            addCluster(collector, flows);
        if (spring)
            for (const ServingPod &pod : service.pods)
                addPodBreaker(collector, world, *flows.plan, pod);
    }
    addShedding(collector, service);
    addAutoscaler(collector, service);
    std::stable_sort(collector.all.begin(), collector.all.end(),
                     [](const RawSeries &a, const RawSeries &b) { return a.name < b.name; });
    return std::move(collector.all);
}

std::vector<RecordedSeries> rawBreakerSeries(const World &world, const std::vector<Matcher> &matchers)
{
    std::vector<RecordedSeries> found;
    const auto name = std::find_if(matchers.begin(), matchers.end(), [](const Matcher &matcher) {
        return matcher.name == "__name__" && !matcher.isRegex && matcher.isEqual;
    });
    if (name == matchers.end() ||
        std::none_of(std::begin(rawPrefixes), std::end(rawPrefixes),
                     [&](std::string_view prefix) { return name->value.starts_with(prefix); }))
        return found;
    for (const ServiceFlows &service : world.services())
        for (RawSeries &series : breakerMetrics(world, service)) {
            if (series.name != name->value)
                continue;
            series.labels["__name__"] = series.name;
            series.labels["job"] = service.plan.name;
            if (allMatch(matchers, series.labels))
                found.push_back({std::move(series.labels), std::move(series.value)});
        }
    return found;
}

} // namespace cockpit::demo
