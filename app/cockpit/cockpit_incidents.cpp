// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"

#include <algorithm>

namespace cockpit {

IncidentService::Parts Cockpit::incidentParts()
{
    return {.clock = m_clock,
            .archive = *m_incidentArchive,
            .store = m_incidents,
            .requests = m_requests,
            .journal = m_store,
            .actions = m_actionStore,
            .rollouts = m_rollouts,
            .breakers = m_breakers,
            .runbooks = m_runbooks,
            .post = m_queue.poster(),
            .fleet =
                [this] {
                    static const auto nothing = std::make_shared<const Fleet>();
                    return m_fleetService.fleet() ? m_fleetService.fleet() : nothing;
                },
            .plan = [this](const ActionRequest &request) { m_engine->plan(completed(request)); },
            // The engine reports from inside: it is asked when it is done with that.
            .confirm =
                [this](const ActionId &id) { QTimer::singleShot(0, this, [this, id] { m_engine->confirm(id, {}); }); },
            .pdf = m_settings.pdf,
            .environment = m_settings.configuration.environment.name,
            .actor = m_settings.actor,
            .origin = m_settings.isWindow ? QStringLiteral("window") : QStringLiteral("command line")};
}

bool Cockpit::knowsAttachedAlerts() const
{
    if (m_fleetService.isPastKnown())
        return true;
    const Fleet &fleet = m_fleet.fleet();
    const QList<IncidentPtr> &all = m_incidents.incidents();
    return std::none_of(all.begin(), all.end(), [&fleet](const IncidentPtr &one) {
        return one->isOpen() && std::any_of(one->alerts.begin(), one->alerts.end(), [&fleet](const AttachedAlert &alert) {
                   return isUnaccounted(fleet, alert);
               });
    });
}

void Cockpit::startIncidents()
{
    connect(&m_incidentService, &IncidentService::noticed, this, &Cockpit::noticed);
    connect(&m_watcher, &WakeWatcher::woke, &m_incidentService, &IncidentService::woke);
    connect(&m_watcher, &WakeWatcher::ticked, &m_incidentService, &IncidentService::tick);
    connect(&m_actionStore, &ActionStore::changed, this, [this](const ActionId &id) {
        if (const ActionRecord *record = m_actionStore.find(id))
            m_incidentService.observe(*record);
    });
    if (m_settings.isWindow)
        m_incidentService.runOn();
    m_incidentService.start();
}

} // namespace cockpit
