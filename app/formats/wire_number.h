// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <optional>
#include <string_view>

namespace cockpit {

/// A number as Prometheus writes it ("1.2e+00", "+Inf", "NaN"), independent of the locale. Nothing when it is no
/// number at all; infinities and NaN are returned as they are.
std::optional<double> parseWireNumber(std::string_view text);
/// Only a finite one.
std::optional<double> finiteOnly(double value);
/// Unix seconds as an Instant; nothing beyond the year 5138 or before 1970.
std::optional<Instant> instantOfSeconds(double seconds);

} // namespace cockpit
