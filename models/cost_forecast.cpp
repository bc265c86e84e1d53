// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_forecast.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr int leastDaysByWeekday = 14;

/// Student's t for a two-sided 95 % interval.
double studentFactor(int freedom)
{
    static constexpr std::array<double, 30> factors{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                                                    2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
                                                    2.110,  2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
                                                    2.060,  2.056, 2.052, 2.048, 2.045, 2.042};
    return freedom <= 30 ? factors[static_cast<std::size_t>(std::max(1, freedom) - 1)] : 1.96 + 2.5 / freedom;
}

QString projectionMethod(const WeekdayCosts &past, int known, int all)
{
    const QString shape = past.isByWeekday()
                              ? QCoreApplication::translate("Cost", "mean of each weekday of the last %1 days")
                              : QCoreApplication::translate("Cost", "mean of the last %1 days");
    return QCoreApplication::translate("Cost", "%1, %2 of %3 days known")
        .arg(shape.arg(past.days()), QString::number(known), QString::number(all));
}

} // namespace

WeekdayCosts::WeekdayCosts(const DailyAmounts &amounts, Instant end)
{
    DailyAmounts chosen;
    for (auto day = amounts.lowerBound(end - lookBackDays * costDayLength); day != amounts.end() && day.key() < end; ++day)
        chosen.insert(day.key(), day.value());
    m_days = static_cast<int>(chosen.size());
    std::array<int, 7> seen{};
    m_byWeekday = true; // slotOf() tells weekdays apart
    for (auto day = chosen.begin(); day != chosen.end(); ++day)
        ++seen[slotOf(day.key())];
    m_byWeekday = m_days >= leastDaysByWeekday && std::all_of(seen.begin(), seen.end(), [](int n) { return n > 0; });
    for (auto day = chosen.begin(); day != chosen.end(); ++day) {
        const std::size_t slot = slotOf(day.key());
        ++m_count[slot];
        m_mean[slot] += (day.value() - m_mean[slot]) / m_count[slot];
    }
    m_freedom = m_days - (m_byWeekday ? 7 : 1);
    double squares = 0;
    for (auto day = chosen.begin(); day != chosen.end(); ++day)
        squares += std::pow(day.value() - m_mean[slotOf(day.key())], 2);
    if (m_freedom > 0)
        m_variance = squares / m_freedom;
}

std::size_t WeekdayCosts::slotOf(Instant day) const
{
    if (!m_byWeekday)
        return 0;
    const std::chrono::weekday weekday{std::chrono::floor<std::chrono::days>(day)};
    return weekday.c_encoding();
}

std::optional<double> WeekdayCosts::expected(Instant day) const
{
    return m_days > 0 ? std::optional(m_mean[slotOf(day)]) : std::nullopt;
}

std::optional<double> WeekdayCosts::halfInterval(const QList<Instant> &days) const
{
    if (m_freedom < 1)
        return std::nullopt;
    std::array<int, 7> wanted{};
    for (const Instant day : days)
        ++wanted[slotOf(day)];
    double variance = m_variance * static_cast<double>(days.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] > 0)
            variance += m_variance * wanted[i] * wanted[i] / m_count[i];
    }
    return studentFactor(m_freedom) * std::sqrt(variance);
}

CostProjection projectCost(const DailyAmounts &amounts, Instant from, Instant to, Instant knownTo)
{
    const WeekdayCosts past(amounts, knownTo);
    CostProjection projection;
    double sum = 0;
    int known = 0, all = 0;
    QList<Instant> open;
    for (Instant day = from; day < to; day += costDayLength) {
        ++all;
        const auto found = amounts.constFind(day);
        if (found != amounts.constEnd() && day < knownTo) {
            ++known;
            sum += found.value();
        } else {
            open.append(day);
            sum += past.expected(day).value_or(0.0);
        }
    }
    projection.method = projectionMethod(past, known, all);
    if (past.days() == 0 && !open.isEmpty())
        return projection;
    projection.value = sum;
    const std::optional<double> half = open.isEmpty() ? std::optional(0.0) : past.halfInterval(open);
    if (half) {
        projection.low = sum - *half;
        projection.high = sum + *half;
    }
    return projection;
}

QList<CostProjection> projectCostDays(const DailyAmounts &amounts, Instant knownTo, Instant to)
{
    const WeekdayCosts past(amounts, knownTo);
    QList<CostProjection> projections;
    for (Instant day = knownTo; day < to; day += costDayLength) {
        CostProjection one;
        one.value = past.expected(day);
        const std::optional<double> half = past.halfInterval({day});
        if (one.value && half) {
            one.low = *one.value - *half;
            one.high = *one.value + *half;
        }
        projections.append(one);
    }
    return projections;
}

} // namespace cockpit
