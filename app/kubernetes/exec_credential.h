// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/config/configuration_loader.h"
#include "app/formats/kubernetes_identity_json.h"
#include "app/kubernetes/kubeconfig.h"
#include "models/result.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace cockpit {

/// Runs credential plugins (client.authentication.k8s.io v1 and v1beta1) and keeps what they gave until a minute before
/// it expires. One login at a time for the same plugin and cluster, however many contexts ask; others do not wait for
/// it. Thread-safe.
class ExecCredentials {
public:
    struct Settings {
        EnvironmentVariables environment{};     ///< of the process; the PATH of the login shell is put before its own
        std::chrono::milliseconds limit{30000}; ///< then its whole process group is killed
        std::chrono::milliseconds shellLimit{5000}; ///< for the login shell to tell its PATH
    };
    /// `realNow` is the wall clock that expiries count by.
    ExecCredentials(Settings settings, std::function<Instant()> realNow);

    /// What the plugin gave, or gives now. `refused`: the server answered 401 to this credential, so that it is not
    /// used again. Blocks, up to the limit; `stop` ends the wait (Cancelled). Errors: Invalid (not startable, failed,
    /// wants a terminal), Timeout, Cancelled, Parse; with exit code and the last lines of its standard error.
    Result<ExecCredential> get(const KubeExec &exec, const KubeCluster &cluster,
                               const std::optional<ExecCredential> &refused, const std::atomic_bool *stop);

private:
    struct Slot {
        std::mutex login{}; ///< held while the plugin runs
        std::optional<ExecCredential> known{};
    };
    std::shared_ptr<Slot> slot(const QString &key);
    QString searchPath(const std::atomic_bool *stop);
    Result<ExecCredential> run(const KubeExec &exec, const KubeCluster &cluster, const std::atomic_bool *stop);

    Settings m_settings;
    std::function<Instant()> m_realNow;
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<Slot>> m_slots{};
    std::optional<QString> m_searchPath{};
};

} // namespace cockpit
