// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deployment_policy.h"
#include "models/finding.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace cockpit {

/// Reads a deployment policy (operations.md §1):
///
///     deployment:
///       strategy: canary                  # or blue_green
///       canary:
///         initial_percentage: 5%
///         increment: 10%
///         interval: 5m
///         success_criteria: [error_rate < 1%, p99_latency < baseline * 1.2]
///         rollback_on_failure: true
///         minimum_sample: 100             # optional: requests in the interval without which nothing is decided
///         warm_up: 2m                     # optional: nothing is decided so long after a step began
///         verify: 5m                      # optional: how long a rollback must hold to be proven; else the interval
///       rollback:
///         automatic: true
///         trigger: [error_rate > 5%, {alert: ServiceDegraded severity=critical}]
///       blue_green: {pre_migration_check: true, traffic_switch: instant, rollback_window: 1h}
///
/// Metrics: error_rate and saturation (%, or a share such as 0.01), p50_latency, p95_latency and p99_latency (ms, s),
/// each also against `baseline` or `baseline * FACTOR`. Appends everything that is wrong, each with line and column;
/// the policy may be used only when none of it is serious. `path` names the file in problems.
DeploymentPolicy parsePolicy(const QByteArray &yaml, const QString &path, QList<Finding> &problems);

} // namespace cockpit
