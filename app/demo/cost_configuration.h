// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/backend_configuration.h"

#include <string>

namespace cockpit::demo {

/// The key `cost:` of a configuration, as YAML text that follows the other keys. Empty when no OpenCost answers.
std::string costConfiguration(const BackendUrls &urls);

} // namespace cockpit::demo
