// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cost_book.h"

#include <optional>
#include <string>
#include <vector>

namespace cockpit::demo {

// What is true of a world, from what makes it: for tests that hold against it what a face, a page or a command says.

/// Of the error budget of the 30 days up to `at`; below 0 = overspent. Nothing without traffic or such an objective.
std::optional<double> trueBudgetLeft(const World &world, const std::string &service, const std::string &objective,
                                     Offset at);
/// Error ratio over the budget's, in the `window` seconds up to `at`.
std::optional<double> trueBurn(const World &world, const std::string &service, const std::string &objective, Offset at,
                               double window);

/// Dollars of everything that has that value of a label ("app", "team", "environment", "cost_center"), without idle
/// costs. An empty value: of what does not have the label.
double trueCost(const World &world, const std::string &label, const std::string &value, Instant from, Instant to);
/// Dollars of everything, without idle costs.
double trueTotalCost(const World &world, Instant from, Instant to);

/// One version that was brought out. What only went back to an earlier one is none.
struct TrueDeployment {
    std::string workload{};
    std::string version{};
    Offset at = 0;
    std::optional<Offset> failedAt{};   ///< when the trouble that it made began
    std::optional<Offset> restoredAt{}; ///< when that was over
};
/// Of all Rollouts and Deployments of the plan, from `from` (included) to `to`, oldest first.
std::vector<TrueDeployment> trueDeployments(const World &world, Offset from, Offset to);

} // namespace cockpit::demo
