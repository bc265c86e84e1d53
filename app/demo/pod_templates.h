// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cluster_plan.h"
#include "app/demo/world_events.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cockpit::demo {

/// The pod template of one revision of a workload, as `spec.template` holds it.
nlohmann::ordered_json podTemplateOf(const WorkloadPlan &workload, const RevisionPlan &revision);
/// The hash that names a template: the same for equal templates, whatever the order of their keys. The labels that
/// controllers add to pods do not count.
std::string templateHash(const nlohmann::ordered_json &podTemplate);
/// The tag of the first container's image; empty when it has none.
std::string imageTag(const nlohmann::ordered_json &podTemplate);
/// "registry.example.test/…@sha256:…" of the first container: what a kubelet says it runs.
std::string imageId(const nlohmann::ordered_json &podTemplate);
/// The name of the `number`th pod of a template: WORKLOAD-HASH-xxxxx.
std::string podName(std::uint64_t seed, const std::string &workload, const std::string &hash, int number);
/// When the given pod of a workload of the scenario began.
struct PlannedPod {
    std::string name{};
    std::string hash{};
    std::size_t revision = 0; ///< index in WorkloadPlan::revisions
    Offset createdAt = 0;
    int number = 0; ///< of its template
};
/// All pods of a workload when the world starts.
std::vector<PlannedPod> plannedPodsOf(const WorkloadPlan &workload, std::uint64_t seed);
/// How long a new pod takes until it is ready, in seconds.
constexpr Offset podStartup = 8.0;

} // namespace cockpit::demo
