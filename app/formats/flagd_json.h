// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/flag_place.h"
#include "models/result.h"

#include <string>
#include <vector>

namespace cockpit {

/// A flag definition file of flagd: `{"flags":{"name":{"state","variants","defaultVariant","targeting"}}}`. A DISABLED
/// flag is not known to be off: its callers use the value in their own code. Errors: Parse.
Result<std::vector<FlagPtr>> parseFlagdFlags(const std::string &body, const FlagPlace &place);

} // namespace cockpit
