// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost.h"

#include <array>

namespace cockpit {

/// What a service asked for and used on one day: the evidence behind savings.
struct CostUsage {
    QString service{};
    double cpuRequested = 0; ///< cores, mean of the day
    double cpuUsed = 0;
    double cpuCost = 0;         ///< of the day
    double memoryRequested = 0; ///< bytes, mean of the day
    double memoryUsed = 0;
    double memoryCost = 0;
    bool operator==(const CostUsage &) const = default;
};

/// One full UTC day as a source told it.
struct CostDay {
    QList<CostLine> lines{};
    QList<CostUsage> usage{};      ///< empty where the source does not tell
    std::optional<double> idle{};  ///< paid for and used by nobody; not in `lines`
    std::optional<double> unmounted{}; ///< volumes that nothing mounts; in `lines` too
    bool operator==(const CostDay &) const = default;
};
/// By the start of the day.
using CostDays = QMap<Instant, CostDay>;
/// Amounts by the start of the day; a day without data is missing.
using DailyAmounts = QMap<Instant, double>;

constexpr Duration costDayLength{std::chrono::hours(24)};
/// The start of the UTC day that holds `at`.
Instant costDayOf(Instant at);
/// The start of the UTC month that holds `at`, and of the one after it.
Instant costMonthOf(Instant at);
Instant nextCostMonth(Instant monthStart);
/// "2026-11" (UTC); nothing on anything else.
std::optional<Instant> parseCostMonth(const QString &text);

/// By what cost is told apart.
enum class CostDimension { Total, Service, Category, Team, Environment, CostCenter };
/// "compute", "database", "cache", "network", "storage", "other": the names of CostDimension::Category.
QString toWireName(CostCategory category);

/// The amounts of one currency by day and dimension. Days that the source told of and in which a name has no line cost
/// it nothing; days of which nothing was told are no data. Amounts of other currencies are counted, never added. Pure.
class CostLedger {
public:
    /// `currency` is preferred; where no line has it, the one of most lines is taken.
    CostLedger(const CostDays &days, const QString &currency);

    const QString &currency() const { return m_currency; }
    /// "EUR: 120.00 in 4 lines, not added"
    const QStringList &otherCurrencies() const { return m_others; }
    bool isKnown(Instant day) const { return m_known.contains(day); }
    /// End of the last day with data in [from, to); `from` where there is none.
    Instant knownTo(Instant from, Instant to) const;
    /// Every name that ever had a line; the empty one is what nobody labelled. One empty name for Total.
    QStringList names(CostDimension dimension) const;
    /// Of each known day in [from, to).
    DailyAmounts amounts(CostDimension dimension, const QString &name, Instant from, Instant to) const;
    /// Over the known days in [from, to); nothing where there is none.
    CostSum sum(CostDimension dimension, const QString &name, Instant from, Instant to) const;

private:
    void chooseCurrency(const CostDays &days, const QString &wanted);

    QString m_currency{};
    QStringList m_others{};
    QMap<Instant, bool> m_known{};
    std::array<QMap<QString, DailyAmounts>, 6> m_amounts{};
};

/// "$ 42 510", "€ 3.20", "CHF 12.00": no decimals from 100 on, at most four below 0.1.
QString moneyText(double amount, const QString &currency);

} // namespace cockpit
