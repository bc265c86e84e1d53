// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "app/formats/policy_export.h"

namespace cockpit {

/// What the export for one service is made of, all but the policy: the queries of the preset of the first Prometheus,
/// and where the cluster finds it. Errors: Invalid (the preset cannot tell canary from stable).
Result<PolicyExport> policyExportBasis(const Configuration &configuration, const MetricPreset &preset,
                                       const ServiceId &service);

} // namespace cockpit
