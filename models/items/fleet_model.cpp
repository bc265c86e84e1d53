// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/fleet_model.h"

#include <algorithm>

namespace cockpit {

FleetModel::FleetModel(QObject *parent) : QObject(parent), m_fleet(std::make_shared<const Fleet>()) {}

void FleetModel::setFleet(std::shared_ptr<const Fleet> fleet)
{
    if (!fleet || fleet == m_fleet)
        return;
    m_fleet = std::move(fleet);
    m_indexMade = false;
    Q_EMIT changed();
}

const Alert *FleetModel::alert(const AlertKey &key) const
{
    if (!m_indexMade) {
        m_alertIndex.clear();
        m_alertIndex.reserve(qsizetype(m_fleet->alerts.size()));
        for (size_t i = 0; i < m_fleet->alerts.size(); ++i)
            m_alertIndex.insert(m_fleet->alerts[i].key, i);
        m_indexMade = true;
    }
    const auto found = m_alertIndex.constFind(key);
    return found == m_alertIndex.constEnd() ? nullptr : &m_fleet->alerts[*found];
}

const ServiceHealth *FleetModel::service(const ServiceId &id) const
{
    const auto &services = m_fleet->services;
    const auto found =
        std::find_if(services.begin(), services.end(), [&](const ServiceHealth &service) { return service.id == id; });
    return found == services.end() ? nullptr : &*found;
}

} // namespace cockpit
