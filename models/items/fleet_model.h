// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QObject>

#include <memory>

namespace cockpit {

/// Holds the newest Fleet for the pages. One writer (app/), GUI thread.
class FleetModel : public QObject {
    Q_OBJECT
public:
    explicit FleetModel(QObject *parent = nullptr);
    /// Never null.
    const Fleet &fleet() const { return *m_fleet; }
    const std::shared_ptr<const Fleet> &shared() const { return m_fleet; }
    void setFleet(std::shared_ptr<const Fleet> fleet);
    /// Nothing when the alert is gone.
    const Alert *alert(const AlertKey &key) const;
    const ServiceHealth *service(const ServiceId &id) const;

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const Fleet> m_fleet;
    mutable QHash<AlertKey, size_t> m_alertIndex; ///< made at the first question after a change, not in setFleet()
    mutable bool m_indexMade = false;
};

} // namespace cockpit
