// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/feature_flag.h"
#include "models/service_probe.h"

#include <nlohmann/json.hpp>

namespace cockpit {

// What flag services and health endpoints said, as JSON and back, lossless. Readers throw nlohmann's exceptions for a
// wrong shape; the codec of updates catches them.

nlohmann::json flagsUpdateJson(const FlagsUpdate &update);
FlagsUpdate flagsUpdateOf(const nlohmann::json &value);
nlohmann::json healthUpdateJson(const HealthUpdate &update);
HealthUpdate healthUpdateOf(const nlohmann::json &value);

} // namespace cockpit
