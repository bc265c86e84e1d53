// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <optional>
#include <string>

namespace cockpit::demo {

/// A time parameter of Prometheus: RFC 3339 or Unix seconds with a fraction. Nothing on anything else.
std::optional<Instant> wireInstant(const std::string &text);
/// A step: seconds, or a duration as "15s", "1m", "1h30m". 0 on anything else.
double wireSeconds(const std::string &text);
/// A sample value as Prometheus writes it.
std::string wireNumber(double value);
/// RFC 3339 in UTC with milliseconds.
std::string wireTime(Instant instant);

} // namespace cockpit::demo
