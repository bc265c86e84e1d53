// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <optional>
#include <string_view>

namespace cockpit {

/// A duration as Go writes it: "10m", "1h30m", "1.5s". Nothing for anything else, and for negative ones.
std::optional<Duration> parseGoDuration(std::string_view text);

} // namespace cockpit
