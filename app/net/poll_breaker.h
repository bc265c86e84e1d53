// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/http_client.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace cockpit {

/// When a poll breaker opens and how long it pauses.
struct PollBreakerOptions {
    int failuresInARow = 5;    ///< opens after so many failures without a success between them
    int window = 20;           ///< results that the share is counted over
    double failureShare = 0.5; ///< opens when this share of a full window failed
    std::chrono::milliseconds firstPause{10'000};
    std::chrono::milliseconds longestPause{120'000}; ///< the pause doubles up to this
};

/// The circuit breaker of one backend's polls (architecture.md, "Network rules"). It spares a sick backend and the
/// oncall's network; it never stands in the way of a person. Not thread-safe; time is a parameter.
class PollBreaker {
public:
    using Monotonic = Clock::Monotonic;
    /// Permission for one request; its result is given back with it. Results of an older state are ignored.
    struct Ticket {
        std::uint64_t generation = 0;
        bool probe = false;    ///< its result decides whether the breaker closes
        bool byPerson = false; ///< a failed retry by a person does not lengthen the pause
    };

    explicit PollBreaker(PollBreakerOptions options = {})
        : m_options(options)
    {}

    /// True while polls are refused: open, or another request is probing.
    bool refuses(Monotonic now) const;
    /// Permission for a poll; nothing when refused. After the pause the first poll is the probe.
    std::optional<Ticket> admit(Monotonic now);
    /// Permission for a person's "Retry now": always given; half-opens an open breaker.
    Ticket probe();
    void succeeded(Ticket ticket);
    void failed(Ticket ticket, Monotonic now);
    /// The request ended without telling anything about the backend (cancelled): another one may probe.
    void abandoned(Ticket ticket, Monotonic now);
    /// Closed, with nothing remembered.
    void reset();
    BackendLink link(Monotonic now) const;

private:
    void record(bool failure);
    bool isTooBad() const;
    void open(Monotonic now);
    void close();

    PollBreakerOptions m_options;
    BackendLink::Breaker m_state = BackendLink::Breaker::Closed;
    std::uint64_t m_generation = 1;
    int m_failuresInARow = 0;
    std::deque<bool> m_recentFailures{};
    std::chrono::milliseconds m_pause{0};
    Monotonic m_openUntil{};
};

} // namespace cockpit
