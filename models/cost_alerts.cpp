// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_alerts.h"

#include <QCoreApplication>

#include <cmath>

namespace cockpit {

namespace {

constexpr int shortestShift = 2;
constexpr int longestShift = 10;
constexpr int daysBeforeShift = 21;
constexpr int leastDaysBeforeShift = 14;
constexpr double leastShift = 0.2;
constexpr double leastShareOfDay = 0.01;
/// Standard errors that a step must be away from what was usual.
constexpr double shiftErrors = 4.0;

QString costAlertWords(const char *text) { return QCoreApplication::translate("Cost", text); }

/// "19 Nov": dates are in UTC and in English, as OpenCost's days are.
QString shortDay(Instant day)
{
    static constexpr std::array<const char *, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(day)};
    return QStringLiteral("%1 %2")
        .arg(static_cast<unsigned>(date.day()))
        .arg(QLatin1String(months[static_cast<unsigned>(date.month()) - 1]));
}

std::optional<double> averageBefore(const DailyAmounts &amounts, Instant day)
{
    double sum = 0;
    for (int back = 1; back <= dailyAnomalyDays; ++back) {
        const auto found = amounts.constFind(day - back * costDayLength);
        if (found == amounts.constEnd())
            return std::nullopt;
        sum += found.value();
    }
    return sum / dailyAnomalyDays;
}

/// The average of 7 days that `day` is too much for; nothing where it is not.
std::optional<double> exceededAverage(const DailyAmounts &amounts, Instant day)
{
    const auto found = amounts.constFind(day);
    const std::optional<double> average = averageBefore(amounts, day);
    const bool exceeds = found != amounts.constEnd() && average && *average > 0.0 &&
                         found.value() > dailyAnomalyFactor * *average;
    return exceeds ? average : std::nullopt;
}

/// A candidate: the days from `since`, against what was usual before.
struct Shift {
    double mean = 0;  ///< of the days since
    double usual = 0; ///< of the same weekdays before
    double errors = 0;
};

std::optional<Shift> shiftSince(const DailyAmounts &amounts, Instant since, Instant end)
{
    DailyAmounts before;
    for (Instant day = since - daysBeforeShift * costDayLength; day < since; day += costDayLength) {
        if (const auto found = amounts.constFind(day); found != amounts.constEnd())
            before.insert(day, found.value());
    }
    if (before.size() < leastDaysBeforeShift)
        return std::nullopt;
    const WeekdayCosts usual(before, since);
    QList<Instant> days;
    Shift shift;
    for (Instant day = since; day < end; day += costDayLength) {
        const auto found = amounts.constFind(day);
        if (found == amounts.constEnd())
            return std::nullopt;
        days.append(day);
        shift.mean += found.value();
        shift.usual += usual.expected(day).value_or(0.0);
    }
    const double count = static_cast<double>(days.size());
    const double error = usual.halfInterval(days).value_or(0.0) / 2.0;
    // A cost that never moved has no scatter: a thousandth of it stands for that.
    shift.errors = std::abs(shift.mean - shift.usual) / std::max(error, std::abs(shift.usual) * 0.001 + 1e-9);
    shift.mean /= count;
    shift.usual /= count;
    return shift;
}

} // namespace

std::optional<CostAlert> dailySpendAnomaly(const QString &subject, const DailyAmounts &amounts, Instant day,
                                           const QString &currency)
{
    const std::optional<double> average = exceededAverage(amounts, day);
    if (!average)
        return std::nullopt;
    Instant since = day;
    while (exceededAverage(amounts, since - costDayLength))
        since -= costDayLength;
    const double spend = amounts.value(day);
    return CostAlert{.kind = CostAlert::Kind::DailySpendAnomaly,
                     .subject = subject,
                     .since = since,
                     .value = spend,
                     .limit = dailyAnomalyFactor * *average,
                     .words = costAlertWords("%1 on %2, %3 × the average of the 7 days before (%4)")
                                  .arg(moneyText(spend, currency), shortDay(day),
                                       QString::number(spend / *average, 'f', 2), moneyText(*average, currency))};
}

std::optional<CostAlert> monthlyBudgetWarning(const QString &subject, const CostProjection &projection,
                                              std::optional<double> budget, Instant since, const QString &currency)
{
    if (!projection.value || !budget || !(*budget > 0.0) || !(*projection.value > budgetWarningShare * *budget))
        return std::nullopt;
    return CostAlert{.kind = CostAlert::Kind::MonthlyBudgetWarning,
                     .subject = subject,
                     .since = since,
                     .value = *projection.value,
                     .limit = budgetWarningShare * *budget,
                     .words = costAlertWords("%1 expected, %2 % of the budget of %3; warned above 90 %")
                                  .arg(moneyText(*projection.value, currency),
                                       QString::number(*projection.value / *budget * 100.0, 'f', 1),
                                       moneyText(*budget, currency))};
}

std::optional<CostAlert> costShift(const QString &subject, const DailyAmounts &amounts, Instant end, double wholeDay,
                                   const QString &currency)
{
    std::optional<Shift> best;
    Instant bestSince = end;
    for (int length = shortestShift; length <= longestShift; ++length) {
        const Instant since = end - length * costDayLength;
        const std::optional<Shift> shift = shiftSince(amounts, since, end);
        if (shift && (!best || shift->errors > best->errors)) {
            best = shift;
            bestSince = since;
        }
    }
    if (!best || !(best->usual > 0.0) || best->errors < shiftErrors)
        return std::nullopt;
    const double change = best->mean - best->usual;
    if (change < leastShift * best->usual || change < leastShareOfDay * wholeDay)
        return std::nullopt;
    return CostAlert{.kind = CostAlert::Kind::CostShift,
                     .subject = subject,
                     .since = bestSince,
                     .value = best->mean,
                     .limit = best->usual,
                     .words = costAlertWords("up %1 % since %2, %3 more a day than on the same weekdays before")
                                  .arg(QString::number(change / best->usual * 100.0, 'f', 0), shortDay(bestSince),
                                       moneyText(change, currency))};
}

} // namespace cockpit
