// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"

namespace cockpit::demo {

namespace {

/// The flows of a service's versions together, for metrics that know no version.
struct PlainCounts {
    double passed = 0;
    double failed = 0;
    double all() const { return passed + failed; }
};

PlainCounts plainCountsOf(const ServiceFlows &service, Offset time)
{
    PlainCounts counts;
    for (const VersionFlows &version : service.versions) {
        counts.passed += version.fast.count(time) + version.slow.count(time);
        counts.failed += version.failed.count(time);
    }
    counts.failed += service.pastFailures.count(time);
    return counts;
}

/// One kind of request of a pod and its share of those that pass (or all that fail).
struct PodRoute {
    ExpositionWriter::Labels labels{};
    const char *status = "200";
    double share = 1;
    bool failed = false;
};

/// A histogram of the service's request durations with other bounds than the world's own.
void writePlainDurations(ExpositionWriter &writer, const std::string &name, const ExpositionWriter::Labels &labels,
                         const ServiceFlows &service, Offset time, const std::vector<double> &bounds, double factor)
{
    std::vector<double> cumulative(bounds.size() + 1, 0.0);
    double sum = 0;
    for (const VersionFlows &version : service.versions) {
        const double fast = version.fast.count(time) + version.failed.count(time);
        const double slow = version.slow.count(time);
        sum += fast * version.fastShape.mean() + slow * version.slowShape.mean();
        for (std::size_t i = 0; i < bounds.size(); ++i)
            cumulative[i] += fast * version.fastShape.shareWithin(bounds[i] / factor) +
                             slow * version.slowShape.shareWithin(bounds[i] / factor);
        cumulative.back() += fast + slow;
    }
    writer.histogram(name, labels, bounds, cumulative, sum * factor);
}

void writeCounter(ExpositionWriter &writer, const std::string &name, const ExpositionWriter::Labels &common,
                  const char *label, const std::vector<std::pair<const char *, double>> &values)
{
    writer.begin(name, "counter");
    for (const auto &[text, value] : values) {
        ExpositionWriter::Labels labels = common;
        labels.emplace_back(label, text);
        writer.sample(name, labels, value);
    }
}

/// The requests and durations of each pod, under the label that the scrape of a pod adds.
void writePodHttp(ExpositionWriter &writer, const ServiceFlows &service, Offset time, const std::string &counter,
                  const std::vector<PodRoute> &routes, const std::vector<double> &bounds)
{
    const double ever = time - Flow::origin;
    std::vector<const ServingPod *> pods;
    for (const ServingPod &pod : service.pods)
        if (pod.servesAt(time))
            pods.push_back(&pod);
    writer.begin(counter + "_requests_total", "counter");
    for (const ServingPod *pod : pods) {
        const VersionFlows &flows = service.versions[pod->version];
        const double failed = pod->failures(flows, time, ever);
        const double passed = pod->requests(flows, time, ever) - failed;
        for (const PodRoute &route : routes) {
            ExpositionWriter::Labels labels = route.labels;
            labels.insert(labels.end(), {{"status_code", route.status}, {"pod", pod->life.name}});
            writer.sample(counter + "_requests_total", labels, route.failed ? failed : passed * route.share);
        }
    }
    writer.begin(counter + "_request_duration_seconds", "histogram");
    for (const ServingPod *pod : pods) {
        const VersionFlows &flows = service.versions[pod->version];
        const double slow = pod->slow(flows, time, ever);
        const double fast = pod->requests(flows, time, ever) - slow;
        std::vector<double> cumulative;
        for (const double bound : bounds)
            cumulative.push_back(fast * flows.fastShape.shareWithin(bound) + slow * flows.slowShape.shareWithin(bound));
        cumulative.push_back(fast + slow);
        ExpositionWriter::Labels labels = routes.front().labels;
        labels.insert(labels.end(), {{"status_code", "200"}, {"pod", pod->life.name}});
        writer.histogram(counter + "_request_duration_seconds", labels, bounds, cumulative,
                         fast * flows.fastShape.mean() + slow * flows.slowShape.mean());
    }
}

void writeGcHttp(ExpositionWriter &writer, const ServiceFlows &gc, Offset time)
{
    const ExpositionWriter::Labels join{{"method", "GET"}, {"endpoint", "/api/v1/meetings/{code}"}};
    const ExpositionWriter::Labels create{{"method", "POST"}, {"endpoint", "/api/v1/meetings"}};
    writePodHttp(writer, gc, time, "gc_http",
                 {{join, "200", 0.8, false}, {create, "201", 0.2, false}, {join, "503", 1.0, true}},
                 {0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0});
}

void writeGcAssignments(ExpositionWriter &writer, const World &world, Offset time)
{
    const VersionFlows &assignments = world.assignments();
    const double passed = assignments.fast.count(time) + assignments.slow.count(time);
    writer.begin("gc_mc_assignments_total", "counter");
    writer.sample("gc_mc_assignments_total", {{"status", "success"}, {"rejection_reason", "none"}}, passed);
    writer.sample("gc_mc_assignments_total", {{"status", "error"}, {"rejection_reason", "rpc_failed"}},
                  assignments.failed.count(time));
    const std::vector<double> bounds{0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5};
    std::vector<double> cumulative;
    for (const double bound : bounds)
        cumulative.push_back(assignments.fast.count(time) * assignments.fastShape.shareWithin(bound) +
                             assignments.slow.count(time) * assignments.slowShape.shareWithin(bound));
    cumulative.push_back(passed);
    writer.begin("gc_mc_assignment_duration_seconds", "histogram");
    writer.histogram("gc_mc_assignment_duration_seconds", {{"status", "success"}}, bounds, cumulative,
                     passed * assignments.fastShape.mean());
}

std::string gcExposition(const World &world, const ServiceFlows &gc, const ServiceFlows *postgres, Offset time)
{
    ExpositionWriter writer;
    const PlainCounts counts = plainCountsOf(gc, time);
    writeGcHttp(writer, gc, time);
    writeGcAssignments(writer, world, time);
    if (postgres != nullptr) {
        const PlainCounts queries = plainCountsOf(*postgres, time);
        writeCounter(writer, "gc_db_queries_total", {{"operation", "select_mc"}}, "status",
                     {{"success", queries.passed * 0.4}, {"error", queries.failed * 0.4}});
        writer.begin("gc_db_query_duration_seconds", "histogram");
        writePlainDurations(writer, "gc_db_query_duration_seconds", {{"operation", "select_mc"}}, *postgres, time,
                            {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0}, 1.0);
    }
    writeCounter(writer, "gc_token_refresh_total", {}, "status",
                 {{"success", counts.all() * 0.0001}, {"error", counts.failed * 0.0001}});
    writeCounter(writer, "gc_meeting_creation_total", {}, "status",
                 {{"success", counts.passed * 0.2}, {"error", counts.failed * 0.05}});
    writer.begin("gc_meeting_creation_duration_seconds", "histogram");
    writePlainDurations(writer, "gc_meeting_creation_duration_seconds", {{"status", "success"}}, gc, time,
                        {0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0}, 1.2);
    writeCounter(writer, "gc_meeting_join_total", {}, "status",
                 {{"success", counts.passed * 0.8}, {"error", counts.failed}});
    return writer.take();
}

std::string acExposition(const World &world, const ServiceFlows &ac, Offset time)
{
    ExpositionWriter writer;
    const PlainCounts counts = plainCountsOf(ac, time);
    const ExpositionWriter::Labels token{{"method", "POST"}, {"path", "/api/v1/auth/service/token"}};
    const std::vector<double> bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
    writePodHttp(writer, ac, time, "ac_http", {{token, "200", 1.0, false}, {token, "500", 1.0, true}}, bounds);
    writeCounter(writer, "ac_token_issuance_total", {{"grant_type", "client_credentials"}}, "status",
                 {{"success", counts.passed * 0.7}, {"error", counts.failed}});
    writer.begin("ac_token_issuance_duration_seconds", "histogram");
    writePlainDurations(writer, "ac_token_issuance_duration_seconds",
                        {{"grant_type", "client_credentials"}, {"status", "success"}}, ac, time, bounds, 0.9);
    writer.begin("ac_signing_key_age_days", "gauge");
    writer.sample("ac_signing_key_age_days", {}, world.keyAgeDays(time));
    writer.begin("ac_active_signing_keys", "gauge");
    writer.sample("ac_active_signing_keys", {}, 2.0);
    return writer.take();
}

} // namespace

std::string darkTowerExpositionOf(const World &world, std::string_view service, Offset time)
{
    const ServiceFlows *postgres = nullptr;
    for (const ServiceFlows &entry : world.services())
        if (entry.plan.name == "postgresql")
            postgres = &entry;
    for (const ServiceFlows &entry : world.services()) {
        if (entry.plan.name == service && service == "gc-service")
            return gcExposition(world, entry, postgres, time);
        if (entry.plan.name == service && service == "ac-service")
            return acExposition(world, entry, time);
    }
    return {};
}

} // namespace cockpit::demo
