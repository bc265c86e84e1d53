// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/poll_breaker.h"

#include <algorithm>

namespace cockpit {

bool PollBreaker::refuses(Monotonic now) const
{
    switch (m_state) {
    case BackendLink::Breaker::Closed:
        return false;
    case BackendLink::Breaker::Open:
        return now < m_openUntil;
    case BackendLink::Breaker::HalfOpen:
        return true;
    }
    return false;
}

std::optional<PollBreaker::Ticket> PollBreaker::admit(Monotonic now)
{
    if (refuses(now))
        return std::nullopt;
    if (m_state == BackendLink::Breaker::Closed)
        return Ticket{m_generation, false, false};
    m_state = BackendLink::Breaker::HalfOpen;
    return Ticket{++m_generation, true, false};
}

PollBreaker::Ticket PollBreaker::probe()
{
    if (m_state == BackendLink::Breaker::Open) {
        m_state = BackendLink::Breaker::HalfOpen;
        ++m_generation;
    }
    return Ticket{m_generation, true, true};
}

void PollBreaker::succeeded(Ticket ticket)
{
    // An answer to a probe proves that the backend is back, also when another probe failed a moment ago.
    if (ticket.probe && m_state != BackendLink::Breaker::Closed) {
        close();
        return;
    }
    if (ticket.generation == m_generation)
        record(false);
}

void PollBreaker::failed(Ticket ticket, Monotonic now)
{
    if (ticket.generation != m_generation)
        return;
    record(true);
    if (m_state == BackendLink::Breaker::HalfOpen) {
        if (!ticket.byPerson)
            m_pause = std::min(m_pause * 2, m_options.longestPause);
        open(now);
    } else if (m_state == BackendLink::Breaker::Closed && isTooBad()) {
        m_pause = m_options.firstPause;
        open(now);
    }
}

void PollBreaker::abandoned(Ticket ticket, Monotonic now)
{
    if (ticket.generation != m_generation || m_state != BackendLink::Breaker::HalfOpen)
        return;
    m_state = BackendLink::Breaker::Open;
    m_openUntil = now;
    ++m_generation;
}

void PollBreaker::reset() { close(); }

BackendLink PollBreaker::link(Monotonic now) const
{
    BackendLink link{m_state, m_failuresInARow, std::nullopt};
    if (m_state == BackendLink::Breaker::Open) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_openUntil - now);
        link.nextTryIn = std::max(left, std::chrono::milliseconds(0));
    }
    return link;
}

void PollBreaker::record(bool failure)
{
    m_failuresInARow = failure ? m_failuresInARow + 1 : 0;
    m_recentFailures.push_back(failure);
    if (m_recentFailures.size() > static_cast<std::size_t>(m_options.window))
        m_recentFailures.pop_front();
}

bool PollBreaker::isTooBad() const
{
    if (m_failuresInARow >= m_options.failuresInARow)
        return true;
    if (m_recentFailures.size() < static_cast<std::size_t>(m_options.window))
        return false;
    const auto failures = std::count(m_recentFailures.begin(), m_recentFailures.end(), true);
    return static_cast<double>(failures) >= m_options.failureShare * m_options.window;
}

void PollBreaker::open(Monotonic now)
{
    m_state = BackendLink::Breaker::Open;
    m_openUntil = now + m_pause;
    ++m_generation;
}

void PollBreaker::close()
{
    m_state = BackendLink::Breaker::Closed;
    m_failuresInARow = 0;
    m_recentFailures.clear();
    ++m_generation;
}

} // namespace cockpit
