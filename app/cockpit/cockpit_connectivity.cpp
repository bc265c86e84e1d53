// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"

namespace cockpit {

void Cockpit::connectConnectivity()
{
    connect(&m_watcher, &WakeWatcher::woke, this, &Cockpit::woke);
    connect(&m_connectivity, &ConnectivityService::networkChanged, this, [this](const QString &words) {
        // Guards stay armed: nothing was missed. Connections lead into the network of before.
        m_client.resetConnections();
        m_clusters.resetConnections();
        retryAll();
        Q_EMIT noticed(tr("The network changed (") + words + tr("): everything is read again."));
    });
    connect(&m_connectivity, &ConnectivityService::cameBack, this, &Cockpit::retryAll);
}

void Cockpit::woke(Duration missed)
{
    // Connections of before are dead or lead into another network: all is asked again at once.
    m_connectivity.woke(missed);
    m_client.resetConnections();
    m_clusters.woke(missed);
    retryAll();
    Q_EMIT noticed(tr("Nothing was seen for ") + durationText(missed) + tr(": everything is read again."));
}

} // namespace cockpit
