// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/live_world.h"

namespace cockpit::demo {

Epoch::Epoch(const Scenario &scenario, std::uint64_t seed, Instant start, const WorldEvents &events,
             const Epoch *before)
    : world(scenario, seed, start, events)
    , series(world)
    , rules(world, series, before != nullptr ? &before->rules : nullptr)
{}

LiveWorld::LiveWorld(Scenario scenario, std::uint64_t seed, Instant start)
    : m_scenario(std::move(scenario))
    , m_first(std::make_shared<const Epoch>(m_scenario, seed, start, WorldEvents(), nullptr))
    , m_epoch(m_first)
{}

std::shared_ptr<const Epoch> LiveWorld::epoch() const
{
    const std::lock_guard lock(m_mutex);
    // Made when somebody looks: ten pods that are told something at once make one epoch.
    if (m_isStale)
        m_epoch = std::make_shared<const Epoch>(m_scenario, m_first->world.seed(), m_first->world.start(), m_events,
                                                m_epoch.get());
    m_isStale = false;
    return m_epoch;
}

void LiveWorld::change(const WorldEvents &events)
{
    const std::lock_guard lock(m_mutex);
    WorldEvents all = events;
    all.forces = std::move(m_events.forces);
    all.flips = std::move(m_events.flips);
    m_events = std::move(all);
    m_isStale = true;
}

void LiveWorld::force(BreakerForce force)
{
    const std::lock_guard lock(m_mutex);
    m_events.forces.push_back(std::move(force));
    m_isStale = true;
}

void LiveWorld::flip(FlagFlip flip)
{
    const std::lock_guard lock(m_mutex);
    m_events.flips.push_back(std::move(flip));
    m_isStale = true;
}

WorldEvents LiveWorld::events() const
{
    const std::lock_guard lock(m_mutex);
    return m_events;
}

} // namespace cockpit::demo
