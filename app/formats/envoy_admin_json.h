// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/breaker_reading.h"
#include "models/result.h"

#include <QList>
#include <QString>

#include <string>
#include <utility>

namespace cockpit {

// Envoy's admin interface (backends.md §7b). A breaker is a cluster. Readers run on the I/O thread. Errors: Parse.

/// `GET /clusters?format=json`: each cluster with its thresholds and the health of its hosts. Zeros and defaults are
/// left out by Envoy; numbers of 64 bits are strings.
Result<BreakerReadings> parseEnvoyClusters(const std::string &body);

/// `GET /stats?format=json`: which thresholds are reached now, and what was refused so far.
Result<Done> readEnvoyStats(const std::string &body, BreakerReadings &into);

/// `GET /runtime`: which clusters a person holds open or closed. `hasAdminLayer`: without it nothing can be changed.
struct EnvoyRuntime {
    bool hasAdminLayer = false;
};
Result<EnvoyRuntime> readEnvoyRuntime(const std::string &body, BreakerReadings &into);

/// The keys of `POST /runtime_modify` for a cluster. An empty value takes an override away. Force open answers every
/// call with 503 at once; force closed and disable lift the four thresholds of both priorities; outlier ejection is the
/// same for all clusters and stays.
QList<std::pair<QString, QString>> envoyRuntimeKeys(const QString &cluster, BreakerMode mode);

} // namespace cockpit
