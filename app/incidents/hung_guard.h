// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"

#include <mutex>
#include <optional>

namespace cockpit {

/// Cuts a connection whose server has stopped without a word: the call that blocks on it then fails at once. Neither
/// TCP's nor the server's own time limits help there. Thread-safe.
class HungGuard {
public:
    /// The socket of the open connection; -1 before it is closed, so that no other file is ever cut.
    void setSocket(int socket);
    /// A call to the server begins, and has ended.
    void begin(Clock::Monotonic now);
    void end();
    /// Cuts the connection when a call lasts longer than `limit`. True when it did.
    bool cutWhenHung(Clock::Monotonic now, Clock::Monotonic::duration limit);
    /// Cuts it whatever it does: the program ends.
    void cut();

private:
    std::mutex m_mutex;
    int m_socket = -1;
    std::optional<Clock::Monotonic> m_begun{};
};

} // namespace cockpit
