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
    return m_epoch;
}

void LiveWorld::change(const WorldEvents &events)
{
    const std::shared_ptr<const Epoch> before = epoch();
    auto after =
        std::make_shared<const Epoch>(m_scenario, before->world.seed(), before->world.start(), events, before.get());
    const std::lock_guard lock(m_mutex);
    m_epoch = std::move(after);
}

} // namespace cockpit::demo
