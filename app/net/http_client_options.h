// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/poll_breaker.h"
#include "app/net/request_queue.h"
#include "app/net/retry_policy.h"

#include <cstddef>
#include <cstdint>

namespace cockpit {

/// The figures of the network rules. The defaults are those of architecture.md; tests make the times short.
struct HttpClientOptions {
    RetryOptions retry{};
    PollBreakerOptions breaker{};
    RequestQueueOptions queue{};
    int maxRedirects = 5;
    std::size_t maxLineBytes = 4 * 1024 * 1024; ///< longest line of a stream
    std::uint64_t seed = 0;                     ///< of the jitter
};

} // namespace cockpit
