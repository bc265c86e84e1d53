// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace cockpit {

/// The process-wide part of libcurl. Made once in main, before any thread and any HttpClient, and destroyed after them.
class NetworkRuntime {
public:
    NetworkRuntime();
    ~NetworkRuntime();
    NetworkRuntime(const NetworkRuntime &) = delete;
    NetworkRuntime &operator=(const NetworkRuntime &) = delete;
    /// False when libcurl could not be initialised; no request would ever succeed.
    bool isReady() const { return m_ready; }

private:
    bool m_ready = false;
};

} // namespace cockpit
