// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cluster_plan.h"
#include "app/demo/kubernetes/cluster_state.h"

namespace cockpit::demo {

/// The objects that no controller of the demo looks after: the namespace, ConfigMaps and PodDisruptionBudgets.
void seedClusterExtras(ClusterState &state, const ClusterPlan &plan);
/// Another actor writes an annotation on the object.
void touchByAnother(ClusterState &state, const ResourceType &type, const std::string &name, Offset at);

} // namespace cockpit::demo
