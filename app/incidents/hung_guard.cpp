// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/hung_guard.h"

#include <sys/socket.h>

namespace cockpit {

void HungGuard::setSocket(int socket)
{
    const std::lock_guard lock(m_mutex);
    m_socket = socket;
}

void HungGuard::begin(Clock::Monotonic now)
{
    const std::lock_guard lock(m_mutex);
    m_begun = now;
}

void HungGuard::end()
{
    const std::lock_guard lock(m_mutex);
    m_begun.reset();
}

bool HungGuard::cutWhenHung(Clock::Monotonic now, Clock::Monotonic::duration limit)
{
    const std::lock_guard lock(m_mutex);
    if (m_socket < 0 || !m_begun || now - *m_begun < limit)
        return false;
    ::shutdown(m_socket, SHUT_RDWR);
    return true;
}

void HungGuard::cut()
{
    const std::lock_guard lock(m_mutex);
    if (m_socket >= 0)
        ::shutdown(m_socket, SHUT_RDWR);
}

} // namespace cockpit
