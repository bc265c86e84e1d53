// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fold/alert_fold.h"

namespace cockpit {

/// Alertmanager's fingerprint of a label set (FNV-1a, 64 bit, 16 hex digits), so that a pending alert keeps its key
/// when it fires.
QString labelFingerprint(const Labels &labels);

/// Appends what only Prometheus' rules know: pending instances, and firing ones that no Alertmanager shows. The latter
/// are marked `notInAlertmanager` once a normal delay has passed: max(interval of the rule, 1 min) after activeAt + for
/// (or after Alertmanager was last seen without it). Instances that an Alertmanager shows give it their value.
/// REQUIRES: `alerts` holds the alerts of the clusters.
void appendRuleAlerts(const FleetInputs &inputs, const std::vector<ClusterView> &clusters, const FleetRules &rules,
                      Instant now, std::vector<Alert> &alerts, AlertFindings &findings);

/// Appends as Resolved what the previous fleet had from the rules alone and a newer answer no longer fires.
void appendEndedRuleAlerts(const FleetInputs &inputs, const FleetRules &rules, const Fleet &previous, Instant now,
                           std::vector<Alert> &alerts);

} // namespace cockpit
