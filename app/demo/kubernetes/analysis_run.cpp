// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/analysis_run.h"

#include <array>
#include <cstdio>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// A step's figures are taken this long before its end, in seconds.
constexpr Offset judgedBefore = 100.0;

/// One metric that was measured once.
struct MeasuredMetric {
    std::string name{};
    std::string condition{};
    std::string query{};
    std::string value{};
    bool passed = true;
};

std::string numberText(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "[%.4g]", value);
    return text.data();
}

Json specOf(const std::vector<MeasuredMetric> &metrics)
{
    Json list = Json::array();
    for (const MeasuredMetric &metric : metrics)
        list.push_back(
            {{"name", metric.name},
             {"count", 1},
             {"failureLimit", 0},
             {"successCondition", metric.condition},
             {"provider",
              {{"prometheus", {{"address", "http://prometheus.example.test:9090"}, {"query", metric.query}}}}}});
    return {{"metrics", std::move(list)}};
}

Json statusOf(const std::vector<MeasuredMetric> &metrics, const std::string &startedAt, const std::string &time,
              const std::string &completedAt)
{
    Json results = Json::array();
    std::string message;
    for (const MeasuredMetric &metric : metrics) {
        const char *phase = metric.passed ? "Successful" : "Failed";
        Json result{{"name", metric.name}, {"phase", phase}, {"count", 1}};
        result[metric.passed ? "successful" : "failed"] = 1;
        result["measurements"] =
            Json::array({{{"phase", phase}, {"value", metric.value}, {"startedAt", time}, {"finishedAt", time}}});
        results.push_back(std::move(result));
        if (!metric.passed && message.empty())
            message = "Metric \"" + metric.name + "\" assessed Failed due to failed (1) > failureLimit (0)";
    }
    return {{"phase", message.empty() ? "Successful" : "Failed"},
            {"message", message},
            {"startedAt", startedAt},
            {"completedAt", completedAt},
            {"dryRunSummary", Json::object()},
            {"metricResults", std::move(results)}};
}

void writeRun(ClusterState &state, const Json &rollout, const std::string &runType, const std::string &suffix,
              const Json &extraLabels, const std::vector<MeasuredMetric> &metrics, Offset startedAt, Offset measuredAt,
              Offset at)
{
    const std::string workload = rollout["metadata"]["name"];
    const std::string hash = rollout["status"].value("currentPodHash", std::string());
    const std::string revision =
        rollout["metadata"]["annotations"].value("rollout.argoproj.io/revision", std::string("1"));
    Json run;
    run["metadata"] = metadataOf(state, workload + '-' + hash + '-' + revision + suffix, startedAt);
    run["metadata"]["labels"] = {{"app", workload}, {"rollout-type", runType}, {"rollouts-pod-template-hash", hash}};
    run["metadata"]["labels"].update(extraLabels);
    run["metadata"]["annotations"] = {{"rollout.argoproj.io/revision", revision}};
    run["metadata"]["ownerReferences"] = Json::array({ownerReference("Rollout", rollout)});
    run["spec"] = specOf(metrics);
    run["status"] = statusOf(metrics, state.timeText(startedAt), state.timeText(measuredAt), state.timeText(at));
    state.store.put(*resourceOfKind("AnalysisRun"), std::move(run));
}

} // namespace

bool writeAnalysis(ClusterState &state, const Json &rollout, const std::string &version, int step, Offset at)
{
    const std::string workload = rollout["metadata"]["name"];
    const std::optional<VersionMeasure> measure =
        state.measure ? state.measure(workload, version, at - judgedBefore) : std::nullopt;
    if (!measure)
        return true;
    const std::string of = "{service=\"" + workload + "\",version=\"" + version + "\"}";
    const double limit = measure->stableP99 * 1.2;
    const std::vector<MeasuredMetric> metrics{
        {"error-rate", "result[0] < 0.01", "service:error_ratio_by_version:rate5m" + of,
         numberText(measure->errorRatio), measure->errorRatio < 0.01},
        {"p99-latency", "result[0] < " + numberText(limit).substr(1, numberText(limit).size() - 2),
         "service:latency_seconds_by_version:p99_5m" + of, numberText(measure->p99), measure->p99 < limit}};
    writeRun(state, rollout, "Step", '-' + std::to_string(step), {{"step-index", std::to_string(step)}}, metrics,
             at - 300.0, at - judgedBefore, at);
    return metrics[0].passed && metrics[1].passed;
}

void writeSmokeTests(ClusterState &state, const Json &rollout, Offset at)
{
    writeRun(state, rollout, "PrePromotion", "-pre", Json::object(),
             {{"smoke-tests", "result[0] >= 24", "sum(smoke_tests_passed)", "[24]", true}}, at - 60.0, at, at);
}

} // namespace cockpit::demo
