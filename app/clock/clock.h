// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <chrono>

namespace cockpit {

/// The only clock of the process, made once in main and passed by reference. Thread-safe.
/// now() is for ages and labels; it may run faster than real time (demo, replay) or jump.
/// monotonic() is for timeouts, retries and polls; it is always real and never jumps.
class Clock {
public:
    using Monotonic = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual Monotonic monotonic() const;
    /// Seconds of now() per real second; 1 for a live clock.
    virtual double speed() const { return 1.0; }
};

/// The system's clock.
class LiveClock final : public Clock {
public:
    Instant now() const override;
};

/// `start + speed * elapsed`: the clock of the demo world and of a replay.
class ScaledClock final : public Clock {
public:
    ScaledClock(Instant start, double speed);
    Instant now() const override;
    double speed() const override { return m_speed; }

private:
    Instant m_start;
    double m_speed;
    Monotonic m_origin;
};

} // namespace cockpit
