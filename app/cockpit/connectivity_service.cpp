// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/connectivity_service.h"

#include <utility>

namespace cockpit {

ConnectivityService::ConnectivityService(Parts parts, QObject *parent) : QObject(parent), m_parts(std::move(parts)) {}

ConnectivityService::~ConnectivityService() = default;

void ConnectivityService::watchNetwork(const NetworkWatch::Settings &settings)
{
    m_network = std::make_unique<NetworkWatch>(
        settings, [post = m_parts.post, alive = std::weak_ptr<bool>(m_alive), this](const QString &words) {
            post([alive, this, words] {
                if (!alive.expired())
                    takeNetworkChange(words);
            });
        });
}

void ConnectivityService::woke(Duration missed)
{
    const Interruption interruption{.cause = missed < Duration(0) ? Connectivity::Cause::ClockJump
                                                                  : Connectivity::Cause::Sleep,
                                    .missed = missed};
    setState(afterInterruption(m_state, interruption, m_parts.sources(), m_parts.clock.now()));
}

void ConnectivityService::takeNetworkChange(const QString &words)
{
    const Interruption interruption{.cause = Connectivity::Cause::NetworkChange};
    setState(afterInterruption(m_state, interruption, m_parts.sources(), m_parts.clock.now()));
    Q_EMIT networkChanged(words);
}

void ConnectivityService::takeSources() { setState(afterSources(m_state, m_parts.sources(), m_parts.clock.now())); }

void ConnectivityService::setState(Connectivity state)
{
    if (state == m_state)
        return;
    const bool isBack =
        m_state.state == Connectivity::State::Offline && state.state != Connectivity::State::Offline;
    m_state = std::move(state);
    Q_EMIT changed();
    if (isBack)
        Q_EMIT cameBack();
}

} // namespace cockpit
