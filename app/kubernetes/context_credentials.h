// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/cluster_access.h"
#include "app/kubernetes/task_thread.h"

#include <functional>
#include <memory>
#include <mutex>

namespace cockpit {

/// Where the kubeconfig is.
struct KubeconfigPlace {
    QStringList paths{};
    bool isExplicit = false; ///< configured by name: then each file must be there
};

/// The way into one context, kept open: reads its files when they change, renews what expires. On a thread of its own,
/// so that a login that hangs holds up nobody else.
class ContextCredentials {
public:
    using Done = std::function<void(Result<ClusterAccessPtr>)>;
    ContextCredentials(QString context, KubeconfigPlace place, std::shared_ptr<ExecCredentials> plugins,
                       const Clock &clock);
    ~ContextCredentials() { stop(); }

    /// `refused`: the server said 401 to what this endpoint carries; null for none. A login that failed is tried again
    /// after 30 s, then after twice as long each time up to 10 min; until then its error is given. `done` comes on
    /// this object's thread, exactly once, unless stop() comes first. Thread-safe.
    void get(EndpointPtr refused, Done done);
    /// By a person: a login that failed is tried again at once; 401 may be answered by a login again.
    void retry();
    /// Ends a login that runs: it fails with Cancelled. Thread-safe.
    void cancelLogin() { m_cancel.store(true); }
    void stop();

private:
    Result<ClusterAccessPtr> answer(const EndpointPtr &refused);
    Result<ClusterAccessPtr> open(const EndpointPtr &refused);
    bool isCurrent() const;
    bool mayLogInAgain();

    const QString m_context;
    const KubeconfigPlace m_place;
    const std::shared_ptr<ExecCredentials> m_plugins;
    const Clock &m_clock;
    std::mutex m_cancelMutex{}; ///< so that a stop is never undone by a login that begins
    std::atomic_bool m_stop{false};
    std::atomic_bool m_cancel{false}; ///< ends the login that runs

    // This object's thread.
    ClusterAccessPtr m_access{};
    std::optional<Error> m_failure{};
    QList<FileStamp> m_failureFiles{};
    Clock::Monotonic m_failureEnds{};
    std::chrono::seconds m_failureHold{0};
    std::optional<Clock::Monotonic> m_loggedInAgainAt{};
    TaskThread m_thread; // last: it uses all of the above
};

} // namespace cockpit
