// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/cluster.h"
#include "app/demo/live_world.h"
#include "app/demo/scenario.h"

#include <atomic>
#include <memory>
#include <string>

namespace cockpit::demo {

/// A clock that stands still until it is set.
class HandClock final : public Clock {
public:
    explicit HandClock(Instant start)
        : m_start(start)
    {}
    Instant now() const override { return m_start + Duration(m_offsetMs.load()); }
    void set(Offset offset) { m_offsetMs = static_cast<qint64>(offset * 1000.0); }

private:
    Instant m_start;
    std::atomic<qint64> m_offsetMs{0};
};

/// The first cluster of a scenario with its world, moved by hand.
struct ClusterHarness {
    using Json = nlohmann::ordered_json;

    explicit ClusterHarness(const char *scenario)
        : start(*parseRfc3339("2026-11-23T03:12:40Z"))
        , clock(start)
        , live(*scenarioByName(scenario), 42, start)
        , cluster({live.planned().scenario().cluster,
                   "eu-west-1",
                   42,
                   {},
                   [this](const WorldEvents &events) { live.change(events); }},
                  clock, start)
    {}

    void advance(Offset to)
    {
        clock.set(to);
        cluster.advanceTo(to);
    }
    Json object(const char *kind, const std::string &name) const
    {
        const ObjectStore::Object found = cluster.read(
            [&](const ObjectStore &store) { return store.find(*resourceOfKind(kind), "dark-tower", name); });
        return found ? *found : Json();
    }
    Json rollout(const std::string &name = "gc-service") const { return object("Rollout", name); }
    std::vector<Json> all(const char *kind, const std::string &app) const
    {
        std::vector<Json> found;
        for (const ObjectStore::Object &one :
             cluster.read([&](const ObjectStore &store) { return store.list(*resourceOfKind(kind), "dark-tower"); }))
            if ((*one)["metadata"].value("/labels/app"_json_pointer, std::string()) == app)
                found.push_back(*one);
        return found;
    }
    /// Merges `patch` into the stored object as an API server would; a changed specification is a new generation.
    void merge(const char *kind, const std::string &name, const Json &patch)
    {
        cluster.write(*resourceOfKind(kind), "dark-tower", name, false,
                      [&](const ObjectStore::Object &stored) -> std::variant<Json, ApiStatus> {
                          Json object = *stored;
                          object.merge_patch(patch);
                          if (patch.contains("spec"))
                              object["metadata"]["generation"] = object["metadata"].value("generation", 1) + 1;
                          return object;
                      });
    }
    /// Puts the pod template of the revision with that change cause back, as an undo does.
    void undoTo(const char *kind, const std::string &name, const std::string &cause)
    {
        for (const Json &set : all("ReplicaSet", name)) {
            if (set["metadata"]["annotations"].value("kubernetes.io/change-cause", std::string()) != cause)
                continue;
            Json wanted = set["spec"]["template"];
            wanted["metadata"]["labels"].erase("rollouts-pod-template-hash");
            wanted["metadata"]["labels"].erase("pod-template-hash");
            // A template is replaced, not merged.
            cluster.write(*resourceOfKind(kind), "dark-tower", name, false,
                          [&](const ObjectStore::Object &stored) -> std::variant<Json, ApiStatus> {
                              Json object = *stored;
                              object["spec"]["template"] = wanted;
                              return object;
                          });
            return;
        }
    }
    int pods(const std::string &app, const std::string &hash = {}) const
    {
        int count = 0;
        for (const Json &pod : all("Pod", app))
            if (!pod["metadata"].contains("deletionTimestamp") &&
                (hash.empty() || pod["metadata"]["labels"].value("rollouts-pod-template-hash", std::string()) == hash))
                ++count;
        return count;
    }
    int events(const char *reason) const
    {
        int count = 0;
        for (const ObjectStore::Object &event :
             cluster.read([&](const ObjectStore &store) { return store.list(*resourceOfKind("Event"), "dark-tower"); }))
            if ((*event)["reason"] == reason)
                ++count;
        return count;
    }
    double value(const char *selector, Offset time) const
    {
        const std::shared_ptr<const Epoch> epoch = live.epoch();
        const auto found = epoch->series.select(*parseSelector(selector));
        return found.size() == 1 ? found.front().value(time).value_or(-1.0) : -1.0;
    }

    Instant start;
    HandClock clock;
    LiveWorld live;
    Cluster cluster;
};

} // namespace cockpit::demo
