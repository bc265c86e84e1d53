// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/wake_watcher.h"

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

std::optional<Duration> missedTime(const TickGap &gap)
{
    constexpr Duration tolerance = 5s;
    if (gap.monotonic > tolerance)
        return std::max(gap.world, gap.monotonic);
    const Duration jump = gap.world - gap.monotonic;
    if (jump > tolerance || jump < -tolerance)
        return jump;
    return std::nullopt;
}

WakeWatcher::WakeWatcher(const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_lastNow(clock.now()), m_lastMonotonic(clock.monotonic())
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
    m_timer.start();
}

void WakeWatcher::resume()
{
    const Instant last = m_lastNow;
    if (!tick())
        Q_EMIT woke(std::max(m_lastNow - last, Duration(0)));
}

bool WakeWatcher::tick()
{
    const Instant now = m_clock.now();
    const Clock::Monotonic monotonic = m_clock.monotonic();
    const TickGap gap{.world = Duration(qint64(double((now - m_lastNow).count()) / m_clock.speed())),
                      .monotonic = std::chrono::duration_cast<Duration>(monotonic - m_lastMonotonic)};
    m_lastNow = now;
    m_lastMonotonic = monotonic;
    Q_EMIT ticked(now);
    const auto missed = missedTime(gap);
    if (missed)
        Q_EMIT woke(*missed);
    return missed.has_value();
}

} // namespace cockpit
