// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clock/clock.h"

namespace cockpit {

using namespace std::chrono;

Clock::Monotonic Clock::monotonic() const { return steady_clock::now(); }

Instant LiveClock::now() const { return time_point_cast<Duration>(system_clock::now()); }

ScaledClock::ScaledClock(Instant start, double speed) : m_start(start), m_speed(speed), m_origin(steady_clock::now()) {}

Instant ScaledClock::now() const
{
    const double elapsedMs = duration<double, std::milli>(monotonic() - m_origin).count();
    return m_start + Duration(static_cast<qint64>(elapsedMs * m_speed));
}

} // namespace cockpit
