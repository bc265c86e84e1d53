// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/curve.h"

#include <string>
#include <string_view>
#include <vector>

namespace cockpit::demo {

/// An incident of the past, known by what it took of a service's error budget of 30 days.
struct PastTrouble {
    std::string label{}; ///< the incident's name, or the version that was rolled back for it; may be empty
    Offset began = 0;
    double length = 3000; ///< seconds; the first and the last 10 minutes of it rise and fall
    double share = 0;     ///< of the budget, 0…1. Of the last 30 days only their proportions count
};

/// Days of the past: what lies within the last 30 of them is still in the window of the objectives.
constexpr double budgetPeriod = 30.0 * 86400.0;

/// What failed a service's requests in 90 days, oldest first. Days -30 to 0 are as the scenario says, days -60 to -31 a
/// bad month in which gc-service's budget was overspent, days -90 to -61 a good one. The seed varies the shares.
std::vector<PastTrouble> pastTrouble(std::string_view service, std::uint64_t seed);
/// What made requests of an objective slow, for the objectives that count slowness.
std::vector<PastTrouble> pastSlowness(std::string_view service, std::uint64_t seed);

/// A flow of `counts[i]` events in the time of `troubles[i]`.
Flow flowOfTrouble(const std::vector<PastTrouble> &troubles, const std::vector<double> &counts);

} // namespace cockpit::demo
