// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/world_events.h"

#include <vector>

namespace cockpit::demo {

struct ServiceFlows;
struct VersionFlows;

/// One pod and the share of its version's requests that it answers, which changes as other pods come and go.
struct ServingPod {
    /// Between two moments the same pods share the version's requests.
    struct Slice {
        Offset from = 0;
        Offset to = 0;
        double share = 1;
    };
    PodLife life{};
    std::size_t version = 0; ///< index in ServiceFlows::versions
    std::vector<Slice> slices{};

    bool servesAt(Offset time) const { return life.readyAt <= time && time < life.until; }
    /// Seconds of the window up to `time` in which it served.
    double secondsIn(Offset time, double window) const;
    double requests(const VersionFlows &flows, Offset time, double window) const;
    double failures(const VersionFlows &flows, Offset time, double window) const;
    double slow(const VersionFlows &flows, Offset time, double window) const;
    /// Adds its durations, cumulative, one count per bound and one for +Inf.
    void addBuckets(const VersionFlows &flows, std::vector<double> &cumulative, Offset time, double window) const;

private:
    template <typename Count> double sum(Offset time, double window, Count count) const;
};

/// How busy one pod is: near what its service is, each a little different.
double podSaturation(const ServiceFlows &service, const ServingPod &pod, Offset time);

/// The pods of a service, in the order of `lives`; those of other services are left out.
std::vector<ServingPod> servingPods(const ServiceFlows &service, const std::vector<PodLife> &lives);

} // namespace cockpit::demo
