// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/cluster_state.h"

namespace cockpit::demo {

/// Writes the AnalysisRun of one step of a canary from what the world measured at `at`. True when it passes, or when
/// nothing can be measured (then none is written).
bool writeAnalysis(ClusterState &state, const nlohmann::ordered_json &rollout, const std::string &version, int step,
                   Offset at);
/// Writes the AnalysisRun of the checks before a blue-green switch, all passed.
void writeSmokeTests(ClusterState &state, const nlohmann::ordered_json &rollout, Offset at);

} // namespace cockpit::demo
