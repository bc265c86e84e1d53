// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "models/instant.h"
#include "models/result.h"

#include <optional>

namespace cockpit {

/// What an API server's refusal says (backends.md §3.6), whichever shape it has: a Status, a Status without kind, or
/// plain text (kubernetes.md 5 to 7). Everything is clipped; causes are named once.
struct KubernetesStatus {
    int code = 0;
    QString reason{};  ///< "Forbidden", "Expired"; empty for plain text
    QString message{}; ///< at most 300 characters on one line
    QStringList causes{};
    QString causeReason{};                ///< of the first cause: "NamespaceTerminating", "DisruptionBudget"
    QString continueToken{};              ///< of a 410: a list can go on with it, not consistent
    std::optional<Duration> retryAfter{}; ///< Retry-After, else details.retryAfterSeconds
};
/// REQUIRES: response.status >= 400. Never fails: what cannot be read is an excerpt of the body.
KubernetesStatus kubernetesStatus(const HttpResponse &response);

/// The refusal as an Error in plain words. `cluster` is the word for the API server: "Kubernetes prod-eu".
Error kubernetesError(const QString &cluster, const HttpResponse &response);
Error kubernetesError(const QString &cluster, const KubernetesStatus &status);

/// A 410 in any of its shapes: the HTTP status; for the one inside of a watch see WatchEvent::code.
bool isExpired(const KubernetesStatus &status);

} // namespace cockpit
