// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/serving_pods.h"

#include "app/demo/world.h"

#include <algorithm>
#include <set>

namespace cockpit::demo {

namespace {

/// Where the number of pods of one version changes.
std::vector<Offset> changesOf(const std::vector<const PodLife *> &lives)
{
    std::set<Offset> times;
    for (const PodLife *life : lives)
        times.insert({life->readyAt, life->until});
    return {times.begin(), times.end()};
}

std::vector<ServingPod::Slice> slicesOf(const PodLife &life, const std::vector<const PodLife *> &all,
                                        const std::vector<Offset> &changes)
{
    std::vector<ServingPod::Slice> slices;
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
        const Offset from = changes[i];
        if (from < life.readyAt || from >= life.until)
            continue;
        const auto serving = std::count_if(all.begin(), all.end(), [from](const PodLife *other) {
            return other->readyAt <= from && from < other->until;
        });
        slices.push_back({from, changes[i + 1], 1.0 / static_cast<double>(serving)});
    }
    return slices;
}

} // namespace

double ServingPod::secondsIn(Offset time, double window) const
{
    return std::max(0.0, std::min(time, life.until) - std::max(time - window, life.readyAt));
}

template <typename Count> double ServingPod::sum(Offset time, double window, Count count) const
{
    double total = 0;
    for (const Slice &slice : slices) {
        const Offset from = std::max(slice.from, time - window);
        const Offset to = std::min(slice.to, time);
        if (to > from)
            total += slice.share * count(to, to - from);
    }
    return total;
}

double ServingPod::requests(const VersionFlows &flows, Offset time, double window) const
{
    return sum(time, window, [&](Offset to, double length) { return flows.requests(to, length); });
}

double ServingPod::failures(const VersionFlows &flows, Offset time, double window) const
{
    return sum(time, window, [&](Offset to, double length) { return flows.failures(to, length); });
}

double ServingPod::slow(const VersionFlows &flows, Offset time, double window) const
{
    return sum(time, window, [&](Offset to, double length) { return flows.slow.increase(to, length); });
}

void ServingPod::addBuckets(const VersionFlows &flows, std::vector<double> &cumulative, Offset time,
                            double window) const
{
    cumulative.resize(latencyBounds().size() + 1, 0.0);
    const double slowCount = slow(flows, time, window);
    const double fastCount = requests(flows, time, window) - slowCount;
    for (std::size_t i = 0; i < cumulative.size(); ++i)
        cumulative[i] += fastCount * flows.fastShares[i] + slowCount * flows.slowShares[i];
}

double podSaturation(const ServiceFlows &service, const ServingPod &pod, Offset time)
{
    return service.saturation(time) * (1.0 - 0.06 * unitOf(7, pod.life.name));
}

std::vector<ServingPod> servingPods(const ServiceFlows &service, const std::vector<PodLife> &lives)
{
    std::vector<ServingPod> pods;
    for (const PodLife &life : lives) {
        if (life.service != service.plan.name)
            continue;
        for (std::size_t i = 0; i < service.versions.size(); ++i) {
            const VersionPlan &plan = service.versions[i].plan;
            if (plan.version == life.version && plan.track == life.track)
                pods.push_back({life, i, {}});
        }
    }
    for (std::size_t i = 0; i < service.versions.size(); ++i) {
        std::vector<const PodLife *> together;
        for (const ServingPod &pod : pods)
            if (pod.version == i)
                together.push_back(&pod.life);
        const std::vector<Offset> changes = changesOf(together);
        for (ServingPod &pod : pods)
            if (pod.version == i)
                pod.slices = slicesOf(pod.life, together, changes);
    }
    return pods;
}

} // namespace cockpit::demo
