// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/cluster.h"

#include "app/demo/kubernetes/cluster_extras.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

constexpr std::chrono::seconds restartEvery{8};
/// How long a real server refuses what it will allow again.
constexpr std::chrono::milliseconds startWindow{150};

} // namespace

Cluster::Cluster(Settings settings, const Clock &clock, Instant start)
    : m_clock(clock)
    , m_plan(std::move(settings.plan))
    , m_context(std::move(settings.context))
    , m_tell(std::move(settings.tell))
    , m_state(settings.seed, start, m_plan.nameSpace)
    , m_gitOps(m_state, m_plan.switches.gitOpsReverts)
    , m_mesh(m_state, m_plan)
    , m_autoscalers(m_state, m_plan)
    , m_conflictLeft(m_plan.switches.conflictOnce)
{
    m_state.measure = std::move(settings.measure);
    m_state.utilization = std::move(settings.utilization);
    for (const WorkloadPlan &plan : m_plan.workloads) {
        m_controllers.push_back({makeController(m_state, plan), 0.0});
        m_controllers.back().controller->seed();
    }
    seedClusterExtras(m_state, m_plan);
    m_gitOps.seed();
    m_mesh.seed();
    m_autoscalers.seed();
    for (Scheduled &entry : m_controllers)
        entry.due = std::max(0.01, entry.controller->reconcile(0.0));
    m_autoscalersDue = m_state.utilization ? Autoscalers::every : PodLife::forever;
    m_state.store.compact();
    // The scenario already says what the pods of the beginning do.
    m_state.worldChanged = !m_state.world.shifts.empty() || !m_state.world.scales.empty();
}

Cluster::~Cluster() { stop(); }

void Cluster::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

Offset Cluster::now() const { return std::chrono::duration<double>(m_clock.now() - m_state.start).count(); }

void Cluster::run()
{
    m_thread = std::thread([this] { serve(); });
}

void Cluster::serve()
{
    std::unique_lock lock(m_mutex);
    if (m_plan.switches.restarts)
        m_nextRestart = m_clock.monotonic() + restartEvery;
    while (!m_stopped) {
        advanceLocked(now());
        if (m_clock.monotonic() >= m_nextRestart) {
            restartLocked(startWindow);
            m_nextRestart = m_clock.monotonic() + restartEvery;
        }
        const Offset due = nextDue();
        const std::int64_t revision = m_state.store.revision();
        const auto moved = [&] { return m_stopped || m_state.store.revision() != revision; };
        auto until = m_nextRestart;
        // Rounded up: a wait that ends too early would spin until the moment has come.
        if (due != PodLife::forever)
            until = std::min(until,
                             m_clock.monotonic() + std::chrono::milliseconds(static_cast<std::int64_t>(
                                                       std::max(0.0, due - now()) / m_clock.speed() * 1000.0 + 2.0)));
        if (until == Clock::Monotonic::max())
            m_changed.wait(lock, moved);
        else
            m_changed.wait_until(lock, until, moved);
    }
}

void Cluster::advanceTo(Offset now)
{
    const std::lock_guard lock(m_mutex);
    advanceLocked(now);
}

void Cluster::advanceLocked(Offset now)
{
    const std::int64_t before = m_state.store.revision();
    while (true) {
        const Offset due = nextDue();
        if (due > now)
            break;
        for (Scheduled &entry : m_controllers)
            if (entry.due <= due)
                entry.due = std::max(due + 0.01, entry.controller->reconcile(due));
        const std::int64_t synced = m_state.store.revision();
        m_gitOpsDue = std::max(due + 0.01, m_gitOps.reconcile(due));
        if (m_autoscalersDue <= due)
            m_autoscalersDue = std::max(due + 0.01, m_autoscalers.reconcile(due));
        // What these wrote is a new specification for the controllers.
        if (m_state.store.revision() != synced)
            for (Scheduled &entry : m_controllers)
                entry.due = due + 0.01;
        // The autoscalers look at what the world makes of it.
        tellWorld();
    }
    if (m_state.store.revision() != before)
        m_changed.notify_all();
}

Offset Cluster::nextDue() const
{
    Offset due = std::min(m_gitOpsDue, m_autoscalersDue);
    for (const Scheduled &entry : m_controllers)
        due = std::min(due, entry.due);
    return due;
}

void Cluster::tellWorld()
{
    if (m_state.worldChanged && m_tell)
        m_tell(m_state.world);
    m_state.worldChanged = false;
}

std::variant<ObjectStore::Object, ApiStatus> Cluster::write(const ResourceType &type, const std::string &nameSpace,
                                                            const std::string &name, bool dryRun,
                                                            const Rewrite &rewrite)
{
    const std::lock_guard lock(m_mutex);
    const Offset at = now();
    advanceLocked(at);
    std::variant<Json, ApiStatus> made = rewrite(m_state.store.find(type, nameSpace, name));
    if (ApiStatus *refusal = std::get_if<ApiStatus>(&made))
        return *refusal;
    if (dryRun || m_plan.switches.dropPatches) {
        ObjectStore::Object answer = std::make_shared<const Json>(std::get<Json>(made));
        if (m_plan.switches.dropPatches && !dryRun)
            answer = m_state.store.find(type, nameSpace, name);
        if (m_conflictLeft && type.kind == "Rollout") {
            m_conflictLeft = false;
            touchByAnother(m_state, type, name, at);
            m_changed.notify_all();
        }
        return answer;
    }
    const ObjectStore::Object stored = m_state.store.put(type, std::move(std::get<Json>(made)));
    for (Scheduled &entry : m_controllers)
        if (entry.controller->name() == name)
            entry.due = std::max(at + 0.01, entry.controller->reconcile(at));
    m_gitOpsDue = std::max(at + 0.01, m_gitOps.reconcile(at));
    if (type.kind == "VirtualService")
        m_mesh.reconcile(at);
    if (type.kind == "HorizontalPodAutoscaler") {
        const std::int64_t before = m_state.store.revision();
        m_autoscalersDue = std::max(at + 0.01, m_autoscalers.reconcile(at));
        if (m_state.store.revision() != before)
            for (Scheduled &entry : m_controllers)
                entry.due = at + 0.01;
    }
    tellWorld();
    m_changed.notify_all();
    return stored;
}

ObjectStore::Object Cluster::endPod(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    const Offset at = now();
    advanceLocked(at);
    for (Scheduled &entry : m_controllers) {
        if (!entry.controller->endPod(name, at))
            continue;
        const ObjectStore::Object ended = m_state.store.find(*resourceOfKind("Pod"), m_state.nameSpace, name);
        entry.due = std::max(at + 0.01, entry.controller->reconcile(at));
        tellWorld();
        m_changed.notify_all();
        return ended;
    }
    return nullptr;
}

bool Cluster::waitForChange(std::int64_t revision, Clock::Monotonic until, std::uint64_t life) const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, until,
                         [&] { return m_stopped || m_life != life || m_state.store.revision() > revision; });
    return !m_stopped && m_life == life;
}

std::uint64_t Cluster::life() const
{
    const std::lock_guard lock(m_mutex);
    return m_life;
}

void Cluster::restartServer(std::chrono::milliseconds window)
{
    const std::lock_guard lock(m_mutex);
    restartLocked(window);
}

void Cluster::restartLocked(std::chrono::milliseconds window)
{
    ++m_life;
    m_state.store.compact();
    m_startingUntil = m_clock.monotonic() + window;
    m_changed.notify_all();
}

bool Cluster::isStarting() const
{
    const std::lock_guard lock(m_mutex);
    return m_clock.monotonic() < m_startingUntil;
}

} // namespace cockpit::demo
