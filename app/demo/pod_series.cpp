// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/pod_series.h"

#include "app/demo/wire_time.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

/// The pod as one series shows it: it may have served two tracks, one after the other.
struct PodParts {
    const ServiceFlows *service = nullptr;
    std::vector<const ServingPod *> parts{};

    double seconds(Offset time, double window) const
    {
        double sum = 0;
        for (const ServingPod *part : parts)
            sum += part->secondsIn(time, window);
        return sum;
    }
    const VersionFlows &flows(const ServingPod &part) const { return service->versions[part.version]; }
};

std::map<std::string, PodParts> podsOf(const ServiceFlows &service)
{
    std::map<std::string, PodParts> pods;
    for (const ServingPod &pod : service.pods) {
        PodParts &parts = pods[pod.life.name];
        parts.service = &service;
        parts.parts.push_back(&pod);
    }
    return pods;
}

/// Two scrapes make an increase.
constexpr double shortestService = 10.0;

using PodFigure = double (*)(const PodParts &pod, Offset time, double window, std::size_t bound);

double requestsOf(const PodParts &pod, Offset time, double window, std::size_t)
{
    double sum = 0;
    for (const ServingPod *part : pod.parts)
        sum += part->requests(pod.flows(*part), time, window);
    return sum;
}

double errorsOf(const PodParts &pod, Offset time, double window, std::size_t)
{
    double sum = 0;
    for (const ServingPod *part : pod.parts)
        sum += part->failures(pod.flows(*part), time, window);
    return sum;
}

double bucketOf(const PodParts &pod, Offset time, double window, std::size_t bound)
{
    std::vector<double> cumulative;
    for (const ServingPod *part : pod.parts)
        part->addBuckets(pod.flows(*part), cumulative, time, window);
    return bound < cumulative.size() ? cumulative[bound] : 0.0;
}

double saturationOf(const PodParts &pod, Offset time, double, std::size_t)
{
    const double own = unitOf(7, pod.parts.front()->life.name) - 0.5;
    return pod.service->saturation(time) * (1.0 + 0.06 * own);
}

struct PodMetric {
    std::string_view prefix;
    PodFigure figure;
    bool windowed;
    bool buckets;
};

constexpr PodMetric podMetrics[] = {{"pod:requests:increase", requestsOf, true, false},
                                    {"pod:errors:increase", errorsOf, true, false},
                                    {"pod:latency_seconds_bucket:increase", bucketOf, true, true},
                                    {"pod:saturation:ratio", saturationOf, false, false}};

void addSeries(std::vector<RecordedSeries> &found, const std::vector<Matcher> &matchers, LabelSet labels,
               const PodParts &pod, const PodMetric &metric, double window, std::size_t bound)
{
    if (!allMatch(matchers, labels))
        return;
    found.push_back({std::move(labels), [pod, figure = metric.figure, window, bound](Offset time) {
                         return pod.seconds(time, window) >= std::min(shortestService, window)
                                    ? std::optional(figure(pod, time, window, bound))
                                    : std::nullopt;
                     }});
}

} // namespace

std::vector<RecordedSeries> podSeries(const World &world, const std::vector<Matcher> &matchers)
{
    std::vector<RecordedSeries> found;
    const auto name = std::find_if(matchers.begin(), matchers.end(), [](const Matcher &matcher) {
        return matcher.name == "__name__" && !matcher.isRegex && matcher.isEqual;
    });
    if (name == matchers.end())
        return found;
    for (const PodMetric &metric : podMetrics) {
        if (!name->value.starts_with(metric.prefix))
            continue;
        const std::string suffix = name->value.substr(metric.prefix.size());
        const double window = metric.windowed ? wireSeconds(suffix) : 30.0;
        if (!(window > 0.0) || (!metric.windowed && !suffix.empty()))
            continue;
        for (const ServiceFlows &service : world.services())
            for (const auto &[podName, pod] : podsOf(service)) {
                LabelSet labels{{"__name__", name->value}, {"service", service.plan.name}, {"pod", podName}};
                if (!metric.buckets) {
                    addSeries(found, matchers, std::move(labels), pod, metric, window, 0);
                    continue;
                }
                for (std::size_t i = 0; i <= latencyBounds().size(); ++i) {
                    labels["le"] = i < latencyBounds().size() ? wireNumber(latencyBounds()[i]) : "+Inf";
                    addSeries(found, matchers, labels, pod, metric, window, i);
                }
            }
    }
    return found;
}

} // namespace cockpit::demo
