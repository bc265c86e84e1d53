// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fold/alert_fold.h"

namespace cockpit {

/// A label that every alert has under this name.
inline constexpr QStringView alertNameLabel = u"alertname";

/// Name, service, severity and priority, decided from the labels. A `priority` label may raise what the severity
/// proposes, never lower it; for an unknown severity it decides (operations.md §5).
void classify(Alert &alert, const FleetRules &rules);

/// Appends the alerts that a cluster holds, its members merged by fingerprint: the newest telling stands, silences and
/// receivers are united. The watchdog is left out and goes to the findings.
void appendClusterAlerts(const ClusterView &cluster, const FleetRules &rules, Instant now, std::vector<Alert> &alerts,
                         AlertFindings &findings);

} // namespace cockpit
