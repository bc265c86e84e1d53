// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/object_store.h"
#include "app/demo/world_events.h"
#include "models/instant.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace cockpit::demo {

/// What one version of a service did over five minutes, for the analysis of a step.
struct VersionMeasure {
    double errorRatio = 0;
    double p99 = 0;       ///< seconds
    double stableP99 = 0; ///< of the version beside it, seconds
};

/// What the controllers of one cluster share. Guarded by the mutex of its Cluster.
struct ClusterState {
    using Json = nlohmann::ordered_json;
    using Measure =
        std::function<std::optional<VersionMeasure>(const std::string &service, const std::string &version, Offset at)>;

    /// How busy the processors of a service's pods are, as a share of what they asked for.
    using Utilization = std::function<double(const std::string &service, Offset at)>;

    ClusterState(std::uint64_t clusterSeed, Instant worldStart, std::string clusterNameSpace)
        : store(clusterSeed)
        , seed(clusterSeed)
        , start(worldStart)
        , nameSpace(std::move(clusterNameSpace))
    {}

    /// As objects write it: RFC 3339 in UTC, whole seconds.
    std::string timeText(Offset at) const;
    /// Writes an Event about an object of the given kind.
    void addEvent(const std::string &kind, const Json &object, const std::string &reason, const std::string &message,
                  Offset at, bool warning = false);

    ObjectStore store;
    std::uint64_t seed;
    Instant start;
    std::string nameSpace;
    WorldEvents world{};       ///< what this cluster does to the world
    bool worldChanged = false; ///< since it was told last
    Measure measure{};
    Utilization utilization{};
    std::uint64_t eventsMade = 0;
    std::map<std::string, std::string> versions{}; ///< template hash → version in the world, where it is not the tag

    std::string versionOf(const std::string &hash, const nlohmann::ordered_json &podTemplate) const;
};

/// `metadata` of a new object with its owner.
nlohmann::ordered_json metadataOf(const ClusterState &state, const std::string &name, Offset createdAt);
nlohmann::ordered_json ownerReference(const std::string &kind, const nlohmann::ordered_json &owner);
/// Notes in metadata.managedFields that `manager` wrote `fields` (FieldsV1) at `time`.
void noteManager(nlohmann::ordered_json &object, const std::string &apiVersion, const std::string &manager,
                 const std::string &time, const nlohmann::ordered_json &fields, const std::string &subresource = {});
/// The FieldsV1 of everything in a document: {"spec":{"a":1}} → {"f:spec":{"f:a":{}}}.
nlohmann::ordered_json fieldsOf(const nlohmann::ordered_json &document);
/// Adds or replaces a condition of `status.conditions`; its transition time stays when the status did not change.
void setCondition(nlohmann::ordered_json &status, const std::string &type, const std::string &value,
                  const std::string &reason, const std::string &message, const std::string &time);

} // namespace cockpit::demo
