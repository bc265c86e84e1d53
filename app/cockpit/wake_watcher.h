// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace cockpit {

/// How the two clocks moved between two ticks.
struct TickGap {
    Duration world{};     ///< of now(), divided by the clock's speed
    Duration monotonic{}; ///< real time that this process could have run
};

/// How long the process did not run or the clock jumped, when that is more than 5 s between ticks of 1 s. The
/// monotonic clock stands still while a laptop sleeps, the other does not; a stopped process (SIGSTOP) sees both move.
/// Negative when the clock was set back.
std::optional<Duration> missedTime(const TickGap &gap);

/// Ticks once a second and notices sleep, a stopped process and clock jumps: what was known before may be old.
class WakeWatcher : public QObject {
    Q_OBJECT
public:
    explicit WakeWatcher(const Clock &clock, QObject *parent = nullptr);

    /// The desktop says that the computer was awakened: tells so even when it slept for less than the tolerance.
    void resume();

Q_SIGNALS:
    void ticked(cockpit::Instant now);
    /// The first tick after a gap of `missed` (world time).
    void woke(cockpit::Duration missed);

private:
    /// True when it told of a gap.
    bool tick();

    const Clock &m_clock;
    QTimer m_timer;
    Instant m_lastNow;
    Clock::Monotonic m_lastMonotonic;
};

} // namespace cockpit
