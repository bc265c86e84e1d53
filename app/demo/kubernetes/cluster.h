// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/demo/kubernetes/api_status.h"
#include "app/demo/kubernetes/autoscalers.h"
#include "app/demo/kubernetes/git_ops.h"
#include "app/demo/kubernetes/mesh_rules.h"
#include "app/demo/kubernetes/workload_controller.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

namespace cockpit::demo {

/// One Kubernetes cluster of the world: its objects, and the controllers that make them move with the world's time.
/// Thread-safe. Its own thread sleeps until something is due.
class Cluster {
public:
    using Json = nlohmann::ordered_json;
    using Tell = std::function<void(const WorldEvents &)>;
    struct Settings {
        ClusterPlan plan{};
        std::string context{};
        std::uint64_t seed = 0;
        ClusterState::Measure measure{};
        Tell tell{}; ///< told after each change of pods and weights; may be empty
        ClusterState::Utilization utilization{}; ///< for the autoscalers; may be empty
    };

    Cluster(Settings settings, const Clock &clock, Instant start);
    ~Cluster();
    Cluster(const Cluster &) = delete;
    Cluster &operator=(const Cluster &) = delete;

    /// Begins to act as time goes by. Before that, and in tests, advanceTo() does.
    void run();
    /// Does everything that is due up to `now`.
    void advanceTo(Offset now);

    const std::string &context() const { return m_context; }
    const ClusterPlan &plan() const { return m_plan; }
    Offset now() const;
    /// Real time, for timeouts.
    Clock::Monotonic monotonic() const { return m_clock.monotonic(); }
    std::string timeText(Offset at) const { return m_state.timeText(at); }

    /// Calls `read` with the store while nothing changes it.
    template <typename Read> auto read(Read read) const
    {
        const std::lock_guard lock(m_mutex);
        return read(m_state.store);
    }
    /// What a write makes of the stored object (null when there is none): the new one, or a refusal.
    using Rewrite = std::function<std::variant<Json, ApiStatus>(const ObjectStore::Object &stored)>;
    /// Writes an object; with `dryRun` nothing is stored and the answer is what would have been.
    std::variant<ObjectStore::Object, ApiStatus> write(const ResourceType &type, const std::string &nameSpace,
                                                       const std::string &name, bool dryRun, const Rewrite &rewrite);
    /// Begins to end a pod. Null when it does not live.
    ObjectStore::Object endPod(const std::string &name);

    /// Waits until something newer than `revision` is stored, the moment comes, or watches are to end (then false).
    bool waitForChange(std::int64_t revision, Clock::Monotonic until, std::uint64_t life) const;
    /// Changes with every restart of the API server: a watch ends when it does.
    std::uint64_t life() const;
    /// As if the API server were started again: watches are cut, what they knew is forgotten, and for `window` every
    /// request is refused as real servers do right after a start.
    void restartServer(std::chrono::milliseconds window);
    bool isStarting() const;
    /// From now on every watch ends.
    void stop();

private:
    void advanceLocked(Offset now);
    Offset nextDue() const;
    void tellWorld();
    void serve();
    void restartLocked(std::chrono::milliseconds window);

    const Clock &m_clock;
    ClusterPlan m_plan;
    std::string m_context;
    Tell m_tell;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    ClusterState m_state;
    struct Scheduled {
        std::unique_ptr<WorkloadController> controller{};
        Offset due = 0;
    };
    std::vector<Scheduled> m_controllers{};
    GitOps m_gitOps;
    MeshRules m_mesh;
    Autoscalers m_autoscalers;
    Offset m_autoscalersDue = PodLife::forever;
    Offset m_gitOpsDue = PodLife::forever;
    bool m_conflictLeft = false;
    bool m_stopped = false;
    std::uint64_t m_life = 1;
    Clock::Monotonic m_startingUntil{};
    Clock::Monotonic m_nextRestart = Clock::Monotonic::max();
    std::thread m_thread;
};

} // namespace cockpit::demo
