// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/yaml_view.h"
#include "models/manifest.h"

namespace cockpit {

/// Reads a pod template ("metadata" and "spec") into a workload: containers, probes, limits, variables, shutdown.
void readManifestPod(const YamlView &pod, ManifestWorkload &into);

/// "500m", "2", "1Gi", "512M" as cores or bytes. 0 for what is none. (Kubernetes' resource.Quantity)
double manifestQuantity(const QString &text);

} // namespace cockpit
