// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/slo.h"

#include <QMap>

namespace cockpit {

/// What was read of one objective, before it is judged.
struct SloReading {
    Slo slo{};
    QMap<qint64, double> errorRatios{}; ///< look-back in ms → error ratio; a missing one had no data
    std::optional<double> budgetLeft{}; ///< where somebody records it; else made from the ratio over the window
    QList<BudgetPoint> burnDown{};      ///< oldest first
};

/// The look-backs of a page: 5 m, 30 m, 1 h, 2 h, 6 h, 1 d, 3 d.
const std::array<Duration, 7> &burnLookBacks();

/// Multiples of the rate that spends the budget exactly at the window's end. Nothing at a target of 1 (no budget).
std::optional<double> burnOf(std::optional<double> errorRatio, double target);

/// The four pairs of The Site Reliability Workbook, chapter 5, with factors for a window of that length: budget share ·
/// window / long window (14.4, 6, 3 and 1 for 30 days).
QList<BurnAlert> burnAlertPlan(Duration window);
/// The two single windows of operations.md §8: page above 10 × over 1 h, warn above 5 × over 6 h.
QList<BurnAlert> simpleBurnPlan();

/// When the budget ends if it goes on as over the last hour; the interval is between the slowest and the fastest of the
/// rates over 5 m, 1 h and 6 h. Nothing left, nothing known and beyond the window are said in words.
BudgetForecast forecastBudget(std::optional<double> left, const QList<BurnWindow> &burns, const SloWindow &window,
                              Instant now);

/// Below this share of the budget new risk is slowed down.
inline constexpr double slowDownBelow = 0.25;
/// Freeze when nothing is left; slow down below a quarter or while a pair of windows fires; unknown without data.
BudgetPolicyState budgetPolicy(std::optional<double> left, const QList<BurnAlert> &alerts);

/// One objective, judged. Pure.
SloStatus judgeSlo(const SloReading &reading, Instant now);

/// The objective of `service` with the least error budget; nothing where none has data. Pure.
std::optional<SloStatus> leastBudget(const SloBoardPtr &board, const QString &service);

/// Gravest first: what is frozen, then what burns, then the least budget; those without data last but one, so that they
/// are seen; equal ones by service and title.
void sortByGravity(QList<SloStatus> &objectives);

} // namespace cockpit
