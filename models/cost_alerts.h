// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_forecast.h"

namespace cockpit {

/// operations.md §7: daily_spend > 1.5 × the average of the 7 days before.
inline constexpr double dailyAnomalyFactor = 1.5;
inline constexpr int dailyAnomalyDays = 7;
/// operations.md §7: projected_spend > 0.9 × budget.
inline constexpr double budgetWarningShare = 0.9;

/// DailySpendAnomaly of `subject` on `day`, since the first of the days in a row on which it held. Nothing where one of
/// the 7 days before has no data, or their average is not above 0. Pure.
std::optional<CostAlert> dailySpendAnomaly(const QString &subject, const DailyAmounts &amounts, Instant day,
                                           const QString &currency);
/// MonthlyBudgetWarning; nothing without a projection or a budget above 0. `since` is the end of what is known.
std::optional<CostAlert> monthlyBudgetWarning(const QString &subject, const CostProjection &projection,
                                              std::optional<double> budget, Instant since, const QString &currency);
/// A lasting step of what one category of a service costs: the last 2 to 10 days against the same weekdays of the 21 days
/// before them, at least 20 % and 1 % of `wholeDay`, and beyond the scatter of the days. `subject` reads "mh-service
/// network". Nothing with fewer than 14 days before it. Pure.
std::optional<CostAlert> costShift(const QString &subject, const DailyAmounts &amounts, Instant end, double wholeDay,
                                   const QString &currency);

} // namespace cockpit
