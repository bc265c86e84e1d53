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

void writeGcHttp(ExpositionWriter &writer, const ServiceFlows &gc, Offset time)
{
    const PlainCounts counts = plainCountsOf(gc, time);
    const ExpositionWriter::Labels join{{"method", "GET"}, {"endpoint", "/api/v1/meetings/{code}"}};
    const ExpositionWriter::Labels create{{"method", "POST"}, {"endpoint", "/api/v1/meetings"}};
    writer.begin("gc_http_requests_total", "counter");
    const auto sample = [&](ExpositionWriter::Labels labels, const char *status, double value) {
        labels.emplace_back("status_code", status);
        writer.sample("gc_http_requests_total", labels, value);
    };
    sample(join, "200", counts.passed * 0.8);
    sample(create, "201", counts.passed * 0.2);
    sample(join, "503", counts.failed);
    writer.begin("gc_http_request_duration_seconds", "histogram");
    writePlainDurations(writer, "gc_http_request_duration_seconds",
                        {{"method", "GET"}, {"endpoint", "/api/v1/meetings/{code}"}, {"status_code", "200"}}, gc, time,
                        {0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0}, 1.0);
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
    writeCounter(writer, "ac_http_requests_total", {{"method", "POST"}, {"path", "/api/v1/auth/service/token"}},
                 "status_code", {{"200", counts.passed}, {"500", counts.failed}});
    writer.begin("ac_http_request_duration_seconds", "histogram");
    const std::vector<double> bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
    writePlainDurations(writer, "ac_http_request_duration_seconds",
                        {{"method", "POST"}, {"path", "/api/v1/auth/service/token"}, {"status_code", "200"}}, ac, time,
                        bounds, 1.0);
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
