// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/sim_options.h"
#include "app/demo/world.h"

#include <string>

namespace cockpit::demo {

/// A test for `promtool test rules`: the recorded series of a world around its start as input, the alerts that the
/// world shows as what must fire. Errors: Invalid.
Result<std::string> ruleTestOf(const SimOptions &options);

} // namespace cockpit::demo
