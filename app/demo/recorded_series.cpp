// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/recorded_series.h"

#include "app/demo/breaker_series.h"
#include "app/demo/cost_series.h"
#include "app/demo/pod_series.h"
#include "app/demo/slo_series.h"

#include <algorithm>
#include <cmath>

namespace cockpit::demo {

namespace {

constexpr double recordedWindow = 300.0;

std::optional<double> ratio(double part, double whole)
{
    return whole > 0.0 ? std::optional(part / whole) : std::nullopt;
}

std::optional<double> known(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

} // namespace

RecordedSeriesSet::RecordedSeriesSet(const World &world) : m_world(world)
{
    for (const ServiceFlows &service : world.services()) {
        addFigures(service);
        addVersions(service);
        addState(service);
        addShedding(service);
    }
    addBreakers(world);
    addSpecials(world);
}

std::vector<RecordedSeries> RecordedSeriesSet::select(const std::vector<Matcher> &matchers) const
{
    std::vector<RecordedSeries> found = podSeries(m_world, matchers);
    for (RecordedSeries &series : rawBreakerSeries(m_world, matchers))
        found.push_back(std::move(series));
    for (RecordedSeries &series : sloSeries(m_world, matchers))
        found.push_back(std::move(series));
    for (RecordedSeries &series : costSeries(m_world, matchers))
        found.push_back(std::move(series));
    for (const RecordedSeries &series : m_series)
        if (allMatch(matchers, series.labels))
            found.push_back(series);
    return found;
}

void RecordedSeriesSet::add(const char *name, LabelSet labels, Value value)
{
    labels["__name__"] = name;
    m_series.push_back({std::move(labels), std::move(value)});
}

void RecordedSeriesSet::addFigures(const ServiceFlows &service)
{
    const ServiceFlows *flows = &service;
    const LabelSet labels{{"service", service.plan.name}};
    const double budget = 1.0 - service.plan.objective;
    const auto errors = [flows](Offset time) {
        return ratio(flows->failures(time, recordedWindow), flows->requests(time, recordedWindow));
    };
    add("service:requests:rate5m", labels, [flows](Offset time) -> std::optional<double> {
        return flows->requests(time, recordedWindow) / recordedWindow;
    });
    add("service:error_ratio:rate5m", labels, errors);
    add("service:latency_seconds:p99_5m", labels, [flows](Offset time) {
        std::vector<double> cumulative;
        for (const VersionFlows &version : flows->versions)
            version.addBuckets(cumulative, time, recordedWindow);
        return known(bucketQuantile(0.99, latencyBounds(), cumulative));
    });
    add("service:error_budget_burn:rate5m", labels, [errors, budget](Offset time) {
        const std::optional<double> now = errors(time);
        return now ? std::optional(*now / budget) : std::nullopt;
    });
    add("service:error_budget_left:ratio", labels, [flows, budget](Offset time) {
        const double month = 30.0 * 86400.0;
        const auto spent = ratio(flows->failures(time, month), flows->requests(time, month));
        return spent ? std::optional(1.0 - *spent / budget) : std::nullopt;
    });
}

void RecordedSeriesSet::addVersions(const ServiceFlows &service)
{
    for (const VersionFlows &version : service.versions) {
        const VersionFlows *flows = &version;
        const LabelSet labels{
            {"service", service.plan.name}, {"version", version.plan.version}, {"track", version.plan.track}};
        add("service:requests_by_version:rate5m", labels, [flows](Offset time) -> std::optional<double> {
            const double count = flows->requests(time, recordedWindow);
            return count > 0.0 ? std::optional(count / recordedWindow) : std::nullopt;
        });
        add("service:error_ratio_by_version:rate5m", labels, [flows](Offset time) {
            return ratio(flows->failures(time, recordedWindow), flows->requests(time, recordedWindow));
        });
        for (const auto &[name, quantile] : {std::pair{"service:latency_seconds_by_version:p50_5m", 0.5},
                                             std::pair{"service:latency_seconds_by_version:p95_5m", 0.95},
                                             std::pair{"service:latency_seconds_by_version:p99_5m", 0.99}})
            add(name, labels, [flows, quantile = quantile](Offset time) {
                std::vector<double> cumulative;
                flows->addBuckets(cumulative, time, recordedWindow);
                return known(bucketQuantile(quantile, latencyBounds(), cumulative));
            });
        add("service:saturation_by_version:ratio", labels,
            [all = &service, index = static_cast<std::size_t>(&version - service.versions.data())](Offset time) {
                std::optional<double> busiest;
                for (const ServingPod &pod : all->pods)
                    if (pod.version == index && pod.servesAt(time))
                        busiest = std::max(busiest.value_or(0.0), podSaturation(*all, pod, time));
                return busiest;
            });
        add("service:build_info", {{"service", service.plan.name}, {"version", version.plan.version}},
            [flows](Offset time) {
                return flows->plan.weight.at(time) > 0.0 ? std::optional(1.0) : std::nullopt;
            });
    }
}

void RecordedSeriesSet::addState(const ServiceFlows &service)
{
    const ServiceFlows *flows = &service;
    const LabelSet labels{{"service", service.plan.name}};
    const auto up = [flows](Offset time) { return std::optional(std::floor(flows->plan.up.at(time))); };
    const auto desired = [flows](Offset time) { return std::optional(std::floor(flows->plan.desired.at(time))); };
    add("service:instances_up:count", labels, up);
    add("service:instances:count", labels, desired);
    add("service:replicas_ready", labels, up);
    add("service:replicas_desired", labels, desired);
    add("service:saturation:ratio", labels, [flows](Offset time) { return std::optional(flows->saturation(time)); });
}

void RecordedSeriesSet::addBreakers(const World &world)
{
    constexpr double window = 60.0;
    for (const BreakerFlows &entry : world.breakers()) {
        const BreakerFlows *flows = &entry;
        const BreakerPlan *plan = entry.plan;
        const ServiceFlows *caller = world.service(plan->from);
        const LabelSet labels{{"from", plan->from}, {"to", plan->to}};
        for (const std::string &state : breakerStates()) {
            LabelSet own = labels;
            own["state"] = state;
            add("breaker:state", std::move(own), [plan, caller, state](Offset time) {
                return std::optional(hasState(*caller, *plan, state, time) ? 1.0 : 0.0);
            });
        }
        add("breaker:failure_ratio:rate1m", labels, [flows](Offset time) {
            return ratio(flows->failed.increase(time, window), flows->calls(time, window));
        });
        add("breaker:slow_ratio:rate1m", labels, [flows](Offset time) {
            return ratio(flows->slow.increase(time, window), flows->calls(time, window));
        });
        add("breaker:rejected:rate1m", labels, [flows](Offset time) {
            return std::optional(flows->rejected.increase(time, window) / window);
        });
        if (plan->fallback.empty())
            continue;
        LabelSet own = labels;
        own["fallback"] = plan->fallback;
        add("breaker:fallback_calls:rate1m", own, [flows](Offset time) {
            return std::optional(flows->rejected.increase(time, window) / window);
        });
        add("breaker:fallback_lost:ratio5m", own, [flows](Offset time) {
            return ratio(flows->lost.increase(time, recordedWindow), flows->rejected.increase(time, recordedWindow));
        });
    }
}

void RecordedSeriesSet::addShedding(const ServiceFlows &service)
{
    const ServiceFlows *flows = &service;
    const LabelSet labels{{"service", service.plan.name}};
    if (service.plan.maximum.at(0.0) > 0.0) {
        for (const auto &[name, curve] : {std::pair{"service:replicas_minimum", &service.plan.minimum},
                                          std::pair{"service:replicas_maximum", &service.plan.maximum}})
            add(name, labels, [limit = *curve](Offset time) { return std::optional(std::floor(limit.at(time))); });
        add("service:replicas_at_maximum:bool", labels, [flows](Offset time) {
            return std::optional(std::floor(flows->plan.desired.at(time)) >= std::floor(flows->plan.maximum.at(time))
                                     ? 1.0
                                     : 0.0);
        });
    }
    if (!service.plan.sheds)
        return;
    add("service:load_shedding:level", labels,
        [flows](Offset time) { return std::optional<double>(flows->sheddingLevel(time)); });
    for (const auto &[action, flow] : {std::pair{"reject", &service.rejected}, std::pair{"migrate", &service.migrated},
                                       std::pair{"drain", &service.drained}}) {
        LabelSet own = labels;
        own["action"] = action;
        add("service:load_shed:rate1m", std::move(own),
            [flow = flow](Offset time) { return std::optional(flow->increase(time, 60.0) / 60.0); });
    }
}

void RecordedSeriesSet::addSpecials(const World &world)
{
    const World *all = &world;
    for (const ServiceFlows &service : world.services())
        add("service:last_sample:timestamp_seconds", {{"service", service.plan.name}}, [all](Offset time) {
            const Instant sample = all->toInstant(World::sampleTime(time));
            return std::optional(static_cast<double>(toEpochMs(sample)) / 1000.0);
        });
    add("service:heartbeat_failures:ratio5m", {{"service", "mc-service"}}, [all](Offset time) {
        const double failed = all->heartbeats(true).increase(time, recordedWindow);
        return ratio(failed, failed + all->heartbeats(false).increase(time, recordedWindow));
    });
    add("service:mc_assignment_seconds:p95_5m", {{"service", "gc-service"}}, [all](Offset time) {
        std::vector<double> cumulative;
        all->assignments().addBuckets(cumulative, time, recordedWindow);
        return known(bucketQuantile(0.95, latencyBounds(), cumulative));
    });
    add("service:pod_restarts:increase1h", {{"service", "mh-service"}}, [all](Offset time) {
        return std::optional(all->restarts(time) - all->restarts(time - 3600.0));
    });
    add("service:signing_key_age_days", {{"service", "ac-service"}},
        [all](Offset time) { return std::optional(all->keyAgeDays(time)); });
    add("service:media_jitter_seconds", {{"service", "mh-service"}},
        [all](Offset time) { return std::optional(all->jitter(time)); });
}

} // namespace cockpit::demo
