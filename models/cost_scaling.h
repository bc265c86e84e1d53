// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_ledger.h"

namespace cockpit {

/// Days with cost and load below which no shape is told.
inline constexpr int leastScalingDays = 10;

/// How the cost of a day follows its requests: constant, line or parabola by least squares, the simplest one unless a
/// further term pays (Akaike's criterion for small samples, better by 2). Unknown with fewer than 10 common days, or
/// where the load hardly varies (its scatter is below 3 % of its mean). `requests` are of whole days. Pure.
CostScaling fitCostScaling(const QString &service, const DailyAmounts &cost, const DailyAmounts &requests,
                           const QString &currency);

/// What one more replica costs in a month of `daysInMonth`: compute of a day over the mean replicas. Nothing without
/// either, or with less than one replica.
std::optional<double> marginalReplicaCost(std::optional<double> computeOfDay, std::optional<double> replicas,
                                          int daysInMonth);

} // namespace cockpit
