// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"

#include <nlohmann/json.hpp>

namespace cockpit {

// What sources of circuit breakers said, as JSON and back, lossless. Readers throw nlohmann's exceptions for a wrong
// shape; the codec of updates catches them.

nlohmann::json breakersUpdateJson(const BreakersUpdate &update);
BreakersUpdate breakersUpdateOf(const nlohmann::json &value);

} // namespace cockpit
