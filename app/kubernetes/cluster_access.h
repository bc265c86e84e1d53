// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/exec_credential.h"
#include "app/kubernetes/kubeconfig.h"
#include "app/net/http_client.h"

#include <atomic>
#include <memory>
#include <optional>

namespace cockpit {

/// Where the API server of a context is and how one gets in, with everything read. Immutable, shared; secret.
struct ClusterAccess {
    QString context{};
    QString nameSpace{};       ///< of the context; empty = "default"
    QString user{};            ///< name of the kubeconfig's user entry
    QString certificateName{}; ///< common name of the client certificate; empty without one
    EndpointPtr endpoint{};
    QList<FileStamp> files{};             ///< everything that was read for it
    std::optional<ExecCredential> exec{}; ///< what a plugin gave
};
using ClusterAccessPtr = std::shared_ptr<const ClusterAccess>;

/// What is needed beside the kubeconfig.
struct ClusterAccessTools {
    ExecCredentials &plugins;
    Instant realNow{};                       ///< wall clock, for certificates
    const std::atomic_bool *stop = nullptr;  ///< ends a login
    std::optional<ExecCredential> refused{}; ///< the server said 401 to it
};

/// Opens one context of a kubeconfig: reads its files, runs its plugin. Blocks, up to the plugin's limit.
/// Errors: NotFound (context, cluster or user not there), Invalid, Unauthorized (an expired client certificate), and
/// those of ExecCredentials. No secret in their words.
Result<ClusterAccessPtr> openCluster(const Kubeconfig &config, const QString &context, const ClusterAccessTools &tools);

} // namespace cockpit
