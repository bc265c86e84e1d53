// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"

#include "app/demo/matcher.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace cockpit::demo {

namespace {

constexpr const char *requestMethods[] = {"POST", "GET"};

std::string podName(const World &world, const ServiceFlows &service, const VersionFlows &version, int index)
{
    const std::string key = service.plan.name + '/' + version.plan.version;
    std::array<char, 32> suffix{};
    std::snprintf(suffix.data(), suffix.size(), "-%08x-%05x",
                  static_cast<unsigned>(hashOf(world.seed(), key) & 0xFFFFFFFFU),
                  static_cast<unsigned>(hashOf(world.seed(), key + std::to_string(index)) & 0xFFFFFU));
    return service.plan.name + suffix.data();
}

/// One pod of one version and its share of the version's requests.
struct PodShare {
    const VersionFlows *version = nullptr;
    std::string name{};
    double share = 1;
    int index = 0; ///< in the service
};

std::vector<PodShare> podsOf(const World &world, const ServiceFlows &service)
{
    std::vector<PodShare> pods;
    int index = 0;
    for (const VersionFlows &version : service.versions)
        for (int i = 0; i < version.plan.pods; ++i)
            pods.push_back({&version, podName(world, service, version, i), 1.0 / version.plan.pods, index++});
    return pods;
}

void writeRequests(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<PodShare> &pods,
                   Offset time)
{
    const std::string name = service.plan.prefix + "_http_requests_total";
    writer.begin(name, "counter");
    const auto &endpoints = service.plan.endpoints;
    for (const PodShare &pod : pods) {
        const VersionFlows &version = *pod.version;
        const double passed = version.fast.count(time) + version.slow.count(time);
        const double past = pod.version == &service.versions.front() ? service.pastFailures.count(time) : 0.0;
        const auto write = [&](const std::string &endpoint, const char *method, const char *status, double value) {
            writer.sample(name,
                          {{"method", method}, {"endpoint", endpoint}, {"status_code", status}, {"pod", pod.name},
                           {"version", version.plan.version}, {"track", version.plan.track}},
                          value * pod.share);
        };
        // The first endpoint takes half of the traffic and all of the failures.
        for (std::size_t i = 0; i < endpoints.size(); ++i) {
            const double share = i == 0 ? 0.5 : 0.5 / static_cast<double>(endpoints.size() - 1);
            write(endpoints[i], requestMethods[std::min<std::size_t>(i, 1)], "200", passed * share);
        }
        write(endpoints.front(), requestMethods[0], "503", version.failed.count(time) + past);
    }
}

void writeDurations(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<PodShare> &pods,
                    Offset time)
{
    const std::string name = service.plan.prefix + "_http_request_duration_seconds";
    writer.begin(name, "histogram");
    const double ever = time - Flow::origin;
    for (const PodShare &pod : pods) {
        const VersionFlows &version = *pod.version;
        std::vector<double> cumulative;
        version.addBuckets(cumulative, time, ever);
        for (double &count : cumulative)
            count *= pod.share;
        const double sum = ((version.fast.count(time) + version.failed.count(time)) * version.fastShape.mean() +
                            version.slow.count(time) * version.slowShape.mean()) * pod.share;
        writer.histogram(name,
                         {{"pod", pod.name}, {"version", version.plan.version}, {"track", version.plan.track}},
                         latencyBounds(), cumulative, sum);
    }
}

void writePods(ExpositionWriter &writer, const ServiceFlows &service, const std::vector<PodShare> &pods, Offset time)
{
    const std::string prefix = service.plan.prefix;
    const int wantedPods = static_cast<int>(service.plan.desired.at(time));
    const int up = static_cast<int>(service.plan.up.at(time));
    for (const char *suffix : {"_pod_up", "_pod_ready"}) {
        writer.begin(prefix + suffix, "gauge");
        for (const PodShare &pod : pods)
            if (pod.index < wantedPods)
                writer.sample(prefix + suffix, {{"pod", pod.name}}, pod.index < up ? 1.0 : 0.0);
    }
    writer.begin(prefix + "_build_info", "gauge");
    for (const PodShare &pod : pods)
        if (pod.index < wantedPods && pod.version->plan.weight.at(time) > 0.0)
            writer.sample(prefix + "_build_info", {{"pod", pod.name}, {"version", pod.version->plan.version}}, 1.0);
    writer.begin(prefix + "_pods_desired", "gauge");
    writer.sample(prefix + "_pods_desired", {}, wantedPods);
    writer.begin(prefix + "_saturation_ratio", "gauge");
    writer.sample(prefix + "_saturation_ratio", {}, service.saturation(time));
}

void writeBreakers(ExpositionWriter &writer, const World &world, const std::string &service, Offset time)
{
    writer.begin("circuit_breaker_state", "gauge");
    for (const BreakerPlan &breaker : world.scenario().breakers)
        for (const char *state : {"closed", "half_open", "open"})
            if (breaker.from == service)
                writer.sample("circuit_breaker_state", {{"from", breaker.from}, {"to", breaker.to}, {"state", state}},
                              breaker.stateAt(time) == state ? 1.0 : 0.0);
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
        writer.sample("feature_flag_enabled", {{"flag", flag.name}}, flag.onAt && *flag.onAt <= time ? 1.0 : 0.0);
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
        const std::vector<PodShare> pods = podsOf(world, entry);
        writeRequests(writer, entry, pods, time);
        writeDurations(writer, entry, pods, time);
        writePods(writer, entry, pods, time);
        writeBreakers(writer, world, entry.plan.name, time);
        writeSpecials(writer, world, entry.plan.name, time);
    }
    return writer.take();
}

} // namespace cockpit::demo
