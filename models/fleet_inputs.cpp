// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet.h"

namespace cockpit {

namespace {

/// An answer that overtook another is late by seconds. One that is older than this tells that the clock jumped back,
/// and refusing it would freeze the picture until the clock has caught up.
constexpr Duration longestOvertake{std::chrono::minutes(2)};

template<typename Update> void takeIfNewer(Update &held, const Update &update)
{
    const bool late = held.at > update.at && held.at - update.at < longestOvertake;
    if (!late)
        held = update;
}

template<typename Key, typename Update>
void takeIfNewer(QHash<Key, Update> &held, const Key &key, const Update &update)
{
    const auto found = held.find(key);
    if (found == held.end())
        held.insert(key, update);
    else
        takeIfNewer(*found, update);
}

} // namespace

void FleetInputs::apply(const SourceUpdate &update)
{
    struct Visitor {
        FleetInputs &inputs;
        void operator()(const AlertsUpdate &u) const { takeIfNewer(inputs.alerts, u.source, u); }
        void operator()(const RulesUpdate &u) const { takeIfNewer(inputs.rules, u.source, u); }
        void operator()(const FigureUpdate &u) const
        {
            takeIfNewer(inputs.figures[u.source], static_cast<int>(u.figure), u);
        }
        void operator()(const PastAlertsUpdate &u) const { takeIfNewer(inputs.pastAlerts, u.source, u); }
        void operator()(const SeriesUpdate &) const {} // charts are no part of the fleet: ChartStore holds them
        void operator()(const RolloutsUpdate &) const {} // nor are rollouts: RolloutStore holds them
        void operator()(const BreakersUpdate &) const {} // not part of the fold
        void operator()(const FlagsUpdate &) const {} // nor are flags: BreakerStore holds them
        void operator()(const PagingUpdate &) const {} // IncidentStore holds it
        void operator()(const HealthUpdate &u) const { takeIfNewer(inputs.probes, u.service, u); }
        void operator()(const StatusUpdate &u) const
        {
            if (!inputs.statuses.contains(u.status.id))
                inputs.sourceOrder.append(u.status.id);
            inputs.statuses.insert(u.status.id, u.status);
        }
    };
    std::visit(Visitor{*this}, update);
}

} // namespace cockpit
