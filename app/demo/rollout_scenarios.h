// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/scenario.h"

#include <string>

namespace cockpit::demo {

// Variations of bad-canary: what stands in the way of a rollback, or speaks against one.

Scenario flagNotCanary();
Scenario latestTag();
Scenario blueGreenMigration();
Scenario contractMigration();
Scenario gitOpsFightsBack();
Scenario threeRegions();
Scenario forbiddenActions();
Scenario conflictingActor();

/// Puts mh-service 2.8.1 beside 2.8.0, where it has waited for a person for 2 h 31 min.
void addPreview(Scenario &scenario);

/// Switches on what --fault kubernetes=WORD means: forbidden, conflict, gone, drop-patches, cut-watches, restarts.
/// False for any other word.
bool applyClusterFault(ClusterSwitches &switches, const std::string &word);

} // namespace cockpit::demo
