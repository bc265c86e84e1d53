// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"

#include "app/demo/breaker_series.h"
#include "app/demo/matcher.h"

#include <algorithm>
#include <vector>

namespace cockpit::demo {

namespace {

constexpr const char *requestMethods[] = {"POST", "GET"};

/// The pods that are there to be scraped.
std::vector<const ServingPod *> scrapedPods(const ServiceFlows &service, Offset time)
{
    std::vector<const ServingPod *> pods;
    for (const ServingPod &pod : service.pods)
        if (pod.servesAt(time))
            pods.push_back(&pod);
    return pods;
}

void writeRequests(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<const ServingPod *> &pods,
                   Offset time)
{
    const std::string name = service.plan.prefix + "_http_requests_total";
    writer.begin(name, "counter");
    const auto &endpoints = service.plan.endpoints;
    const double ever = time - Flow::origin;
    for (const ServingPod *pod : pods) {
        const VersionFlows &version = service.versions[pod->version];
        const double failed = pod->failures(version, time, ever);
        const double passed = pod->requests(version, time, ever) - failed;
        const auto write = [&](const std::string &endpoint, const char *method, const char *status, double value) {
            writer.sample(name,
                          {{"method", method}, {"endpoint", endpoint}, {"status_code", status}, {"pod", pod->life.name},
                           {"version", version.plan.version}, {"track", version.plan.track}},
                          value);
        };
        // The first endpoint takes half of the traffic and all of the failures.
        for (std::size_t i = 0; i < endpoints.size(); ++i) {
            const double share = i == 0 ? 0.5 : 0.5 / static_cast<double>(endpoints.size() - 1);
            write(endpoints[i], requestMethods[std::min<std::size_t>(i, 1)], "200", passed * share);
        }
        write(endpoints.front(), requestMethods[0], "503", failed);
    }
}

void writeDurations(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<const ServingPod *> &pods,
                    Offset time)
{
    const std::string name = service.plan.prefix + "_http_request_duration_seconds";
    writer.begin(name, "histogram");
    const double ever = time - Flow::origin;
    for (const ServingPod *pod : pods) {
        const VersionFlows &version = service.versions[pod->version];
        std::vector<double> cumulative;
        pod->addBuckets(version, cumulative, time, ever);
        const double slow = pod->slow(version, time, ever);
        const double sum = (pod->requests(version, time, ever) - slow) * version.fastShape.mean() +
                           slow * version.slowShape.mean();
        writer.histogram(name,
                         {{"pod", pod->life.name}, {"version", version.plan.version}, {"track", version.plan.track}},
                         latencyBounds(), cumulative, sum);
    }
}

void writePods(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<const ServingPod *> &pods, Offset time)
{
    const std::string prefix = service.plan.prefix;
    const auto wantedPods = static_cast<std::size_t>(service.plan.desired.at(time));
    const auto up = static_cast<std::size_t>(service.plan.up.at(time));
    for (const char *suffix : {"_pod_up", "_pod_ready"}) {
        writer.begin(prefix + suffix, "gauge");
        for (std::size_t i = 0; i < std::min(wantedPods, pods.size()); ++i)
            writer.sample(prefix + suffix, {{"pod", pods[i]->life.name}}, i < up ? 1.0 : 0.0);
    }
    writer.begin(prefix + "_build_info", "gauge");
    for (const ServingPod *pod : pods)
        writer.sample(prefix + "_build_info", {{"pod", pod->life.name}, {"version", pod->life.version}}, 1.0);
    writer.begin(prefix + "_pods_desired", "gauge");
    writer.sample(prefix + "_pods_desired", {}, static_cast<double>(wantedPods));
    writer.begin(prefix + "_saturation_ratio", "gauge");
    writer.sample(prefix + "_saturation_ratio", {}, service.saturation(time));
    for (const ServingPod *pod : pods)
        writer.sample(prefix + "_saturation_ratio",
                      {{"pod", pod->life.name}, {"version", pod->life.version}, {"track", pod->life.track}},
                      podSaturation(service, *pod, time));
}

void writeBreakers(ExpositionWriter &writer, const World &world, const ServiceFlows &service, Offset time)
{
    std::string last;
    for (const RawSeries &series : breakerMetrics(world, service)) {
        const std::optional<double> value = series.value(time);
        if (!value)
            continue;
        if (series.name != last)
            writer.begin(series.name, series.type);
        last = series.name;
        ExpositionWriter::Labels labels;
        for (const auto &[name, text] : series.labels)
            labels.emplace_back(name, text);
        writer.sample(series.name, labels, *value);
    }
}

void writeGcSpecials(ExpositionWriter &writer, const World &world, Offset time)
{
    const VersionFlows &assignments = world.assignments();
    std::vector<double> cumulative;
    assignments.addBuckets(cumulative, time, time - Flow::origin);
    writer.begin("gc_mc_assignment_duration_seconds", "histogram");
    const double sum = assignments.fast.count(time) * assignments.fastShape.mean() +
                       assignments.slow.count(time) * assignments.slowShape.mean();
    writer.histogram("gc_mc_assignment_duration_seconds", {{"status", "success"}}, latencyBounds(), cumulative, sum);
    writer.begin("feature_flag_enabled", "gauge");
    for (const FlagPlan &flag : world.scenario().flags)
        writer.sample("feature_flag_enabled", {{"flag", flag.name}}, flag.isOnAt(time) ? 1.0 : 0.0);
}

void writeSpecials(ExpositionWriter &writer, const World &world, const std::string &service, Offset time)
{
    if (service == "gc-service")
        writeGcSpecials(writer, world, time);
    if (service == "mc-service") {
        writer.begin("mc_gc_heartbeats_total", "counter");
        writer.sample("mc_gc_heartbeats_total", {{"status", "success"}}, world.heartbeats(false).count(time));
        writer.sample("mc_gc_heartbeats_total", {{"status", "error"}}, world.heartbeats(true).count(time));
    }
    if (service == "mh-service") {
        writer.begin("mh_media_jitter_seconds", "gauge");
        writer.sample("mh_media_jitter_seconds", {}, world.jitter(time));
        writer.begin("mh_pod_restarts_total", "counter");
        writer.sample("mh_pod_restarts_total", {}, world.restarts(time));
    }
    if (service == "ac-service") {
        writer.begin("ac_signing_key_age_days", "gauge");
        writer.sample("ac_signing_key_age_days", {}, world.keyAgeDays(time));
    }
}

} // namespace

std::string expositionOf(const World &world, std::string_view service, Offset time)
{
    ExpositionWriter writer;
    for (const ServiceFlows &entry : world.services()) {
        if (entry.plan.name != service)
            continue;
        const std::vector<const ServingPod *> pods = scrapedPods(entry, time);
        writeRequests(writer, entry, pods, time);
        writeDurations(writer, entry, pods, time);
        writePods(writer, entry, pods, time);
        writeBreakers(writer, world, entry, time);
        writeSpecials(writer, world, entry.plan.name, time);
    }
    return writer.take();
}

} // namespace cockpit::demo
