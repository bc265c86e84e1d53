// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/pod_series.h"

#include "app/demo/wire_time.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

/// A pod and what it serves.
struct PodOf {
    const ServiceFlows *service = nullptr;
    const ServingPod *pod = nullptr;
    const VersionFlows &flows() const { return service->versions[pod->version]; }
};

/// Two scrapes make an increase.
constexpr double shortestService = 10.0;

using PodFigure = double (*)(const PodOf &of, Offset time, double window, std::size_t bound);

double requestsOf(const PodOf &of, Offset time, double window, std::size_t)
{
    return of.pod->requests(of.flows(), time, window);
}

double errorsOf(const PodOf &of, Offset time, double window, std::size_t)
{
    return of.pod->failures(of.flows(), time, window);
}

double bucketOf(const PodOf &of, Offset time, double window, std::size_t bound)
{
    std::vector<double> cumulative;
    of.pod->addBuckets(of.flows(), cumulative, time, window);
    return cumulative[bound];
}

double saturationOf(const PodOf &of, Offset time, double, std::size_t)
{
    return podSaturation(*of.service, *of.pod, time);
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
               const PodOf &of, const PodMetric &metric, double window, std::size_t bound)
{
    if (!allMatch(matchers, labels))
        return;
    found.push_back({std::move(labels), [of, figure = metric.figure, window, bound](Offset time) {
                         return of.pod->secondsIn(time, window) >= std::min(shortestService, window)
                                    ? std::optional(figure(of, time, window, bound))
                                    : std::nullopt;
                     }});
}

void addPod(std::vector<RecordedSeries> &found, const std::vector<Matcher> &matchers, const std::string &name,
            const PodOf &of, const PodMetric &metric, double window)
{
    LabelSet labels{{"__name__", name},
                    {"service", of.service->plan.name},
                    {"pod", of.pod->life.name},
                    {"version", of.pod->life.version},
                    {"track", of.pod->life.track}};
    if (!metric.buckets)
        return addSeries(found, matchers, std::move(labels), of, metric, window, 0);
    for (std::size_t i = 0; i <= latencyBounds().size(); ++i) {
        labels["le"] = i < latencyBounds().size() ? wireNumber(latencyBounds()[i]) : "+Inf";
        addSeries(found, matchers, labels, of, metric, window, i);
    }
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
            for (const ServingPod &pod : service.pods)
                addPod(found, matchers, name->value, {&service, &pod}, metric, window);
    }
    return found;
}

} // namespace cockpit::demo
