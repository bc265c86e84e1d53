// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_ledger.h"

namespace cockpit {

/// How cost went on the days before a moment, by weekday: the mean of each weekday over at most 28 days, or one mean for
/// all where a weekday has no day or there are fewer than 14 days. Pure.
class WeekdayCosts {
public:
    static constexpr int lookBackDays = 28;
    /// Of the days in `amounts` that lie in the 28 before `end`.
    WeekdayCosts(const DailyAmounts &amounts, Instant end);

    /// Days behind it.
    int days() const { return m_days; }
    bool isByWeekday() const { return m_byWeekday; }
    /// What a day costs; nothing without a single day.
    std::optional<double> expected(Instant day) const;
    /// Half of the 95 % interval of the sum over `days`: the scatter of the days, and how well their means are known.
    /// Nothing with fewer than two days.
    std::optional<double> halfInterval(const QList<Instant> &days) const;

private:
    std::size_t slotOf(Instant day) const;

    std::array<double, 7> m_mean{}; ///< only the first, where it is not by weekday
    std::array<int, 7> m_count{};
    double m_variance = 0;
    int m_freedom = 0;
    int m_days = 0;
    bool m_byWeekday = false;
};

/// What [from, to) comes to: the known days as they are, the others as WeekdayCosts expects them, with the 95 %
/// interval. `amounts` also holds the days before `from`; `knownTo` is the end of the last day with data. Nothing
/// without a single day. Pure.
CostProjection projectCost(const DailyAmounts &amounts, Instant from, Instant to, Instant knownTo);
/// The same for each day from `knownTo` to `to`.
QList<CostProjection> projectCostDays(const DailyAmounts &amounts, Instant knownTo, Instant to);

} // namespace cockpit
