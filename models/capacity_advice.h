// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/capacity.h"

namespace cockpit {

/// From this saturation on one more pod is wanted (operations.md §4: load shedding begins at 85 %).
inline constexpr double scaleAtSaturation = 0.85;

/// When to scale, in words with its figures: Bad = now (the ceiling is reached and it is full), Good = nothing to do,
/// Unknown = it cannot be told. Pure.
Evidence capacityAdvice(const Capacity &capacity, Instant now);

/// What all its pods cost an hour at this price; nothing without a price.
std::optional<double> hourlyCost(int pods, const std::optional<double> &podHour);

} // namespace cockpit
