// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"

#include <chrono>
#include <optional>

namespace cockpit {

/// How long to wait before the next try.
struct RetryOptions {
    std::chrono::milliseconds base{500};             ///< longest wait after the first failure; doubles with each try
    std::chrono::milliseconds cap{8'000};            ///< the doubling stops here
    std::chrono::milliseconds retryAfterCap{60'000}; ///< a server's Retry-After is honoured up to this
};

/// 408, 425, 429, 502, 503 and 504 (backends.md, appendix A): the same request may succeed a moment later.
bool isRetryableStatus(int status);

/// What the answer's Retry-After asks for: seconds, or an HTTP-date counted from the answer's own Date header, so that
/// a wrong clock on either side does not matter. Nothing when absent or unreadable.
std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse &response);

/// Exponential back-off with full jitter: uniform in [0, min(cap, base * 2^(failedTries-1))]; `jitter` is in [0, 1).
/// A Retry-After replaces it, up to its cap. REQUIRES: failedTries >= 1.
std::chrono::milliseconds retryDelay(const RetryOptions &options, int failedTries, double jitter,
                                     std::optional<std::chrono::milliseconds> asked);

} // namespace cockpit
