// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "app/config/metric_preset.h"
#include "app/formats/policy_export.h"
#include "models/result.h"

namespace cockpit {

/// How the cluster's Prometheus is asked for what a policy judges of `service`; the policy itself is left empty.
/// `preset` is that of the first configured Prometheus. Errors: Invalid, when it cannot tell canary from stable.
Result<PolicyExport> policyBasis(const Configuration &configuration, const MetricPreset &preset, const QString &service);

} // namespace cockpit
