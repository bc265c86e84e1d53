// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_ledger.h"

#include <QCoreApplication>
#include <QHash>

#include <cmath>

namespace cockpit {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day calendarDay(Instant at) { return year_month_day(std::chrono::floor<std::chrono::days>(at)); }

QString ledgerName(const CostLine &line, CostDimension dimension)
{
    switch (dimension) {
    case CostDimension::Service:
        return line.service;
    case CostDimension::Category:
        return toWireName(line.category);
    case CostDimension::Team:
        return line.team;
    case CostDimension::Environment:
        return line.environment;
    case CostDimension::CostCenter:
        return line.costCenter;
    case CostDimension::Total:
        break;
    }
    return {};
}

/// What a currency has: how much, in how many lines.
struct CurrencyShare {
    double amount = 0;
    int lines = 0;
};

QString groupedNumber(double value, int decimals)
{
    QString text = QString::number(value, 'f', decimals);
    const qsizetype point = text.indexOf(u'.');
    for (qsizetype at = (point < 0 ? text.size() : point) - 3; at > 0; at -= 3)
        text.insert(at, QChar(0xA0));
    return text;
}

} // namespace

Instant costDayOf(Instant at) { return std::chrono::floor<std::chrono::days>(at); }

Instant costMonthOf(Instant at)
{
    const year_month_day day = calendarDay(at);
    return sys_days(day.year() / day.month() / 1);
}

Instant nextCostMonth(Instant monthStart)
{
    const year_month_day day = calendarDay(monthStart) + std::chrono::months(1);
    return sys_days(day.year() / day.month() / 1);
}

std::optional<Instant> parseCostMonth(const QString &text)
{
    if (text.size() != 7)
        return std::nullopt;
    const std::optional<Instant> day = parseRfc3339((text + QStringLiteral("-01T00:00:00Z")).toStdString());
    return day;
}

QString toWireName(CostCategory category)
{
    switch (category) {
    case CostCategory::Compute:
        return QStringLiteral("compute");
    case CostCategory::Database:
        return QStringLiteral("database");
    case CostCategory::Cache:
        return QStringLiteral("cache");
    case CostCategory::Network:
        return QStringLiteral("network");
    case CostCategory::Storage:
        return QStringLiteral("storage");
    case CostCategory::Other:
        break;
    }
    return QStringLiteral("other");
}

CostLedger::CostLedger(const CostDays &days, const QString &currency)
{
    chooseCurrency(days, currency);
    for (auto day = days.begin(); day != days.end(); ++day) {
        m_known.insert(day.key(), true);
        for (const CostLine &line : day->lines) {
            if (line.currency != m_currency)
                continue;
            for (std::size_t i = 0; i < m_amounts.size(); ++i)
                m_amounts[i][ledgerName(line, static_cast<CostDimension>(i))][day.key()] += line.amount;
        }
    }
}

void CostLedger::chooseCurrency(const CostDays &days, const QString &wanted)
{
    QMap<QString, CurrencyShare> shares;
    for (const CostDay &day : days) {
        for (const CostLine &line : day.lines) {
            CurrencyShare &share = shares[line.currency];
            share.amount += line.amount;
            ++share.lines;
        }
    }
    m_currency = wanted;
    if (!shares.contains(wanted)) {
        int most = 0;
        for (auto share = shares.begin(); share != shares.end(); ++share) {
            if (share->lines > most) {
                most = share->lines;
                m_currency = share.key();
            }
        }
    }
    for (auto share = shares.begin(); share != shares.end(); ++share) {
        if (share.key() != m_currency)
            m_others.append(QCoreApplication::translate("Cost", "%1: %2 in %3 lines, not added")
                                .arg(share.key().isEmpty() ? QCoreApplication::translate("Cost", "no currency") : share.key(),
                                     QString::number(share->amount, 'f', 2), QString::number(share->lines)));
    }
}

Instant CostLedger::knownTo(Instant from, Instant to) const
{
    auto after = m_known.lowerBound(to);
    if (after == m_known.begin() || (--after).key() < from)
        return from;
    return after.key() + costDayLength;
}

QStringList CostLedger::names(CostDimension dimension) const
{
    return m_amounts[static_cast<std::size_t>(dimension)].keys();
}

DailyAmounts CostLedger::amounts(CostDimension dimension, const QString &name, Instant from, Instant to) const
{
    const DailyAmounts all = m_amounts[static_cast<std::size_t>(dimension)].value(name);
    DailyAmounts chosen;
    for (auto day = m_known.lowerBound(from); day != m_known.end() && day.key() < to; ++day)
        chosen.insert(day.key(), all.value(day.key(), 0.0));
    return chosen;
}

CostSum CostLedger::sum(CostDimension dimension, const QString &name, Instant from, Instant to) const
{
    CostSum sum;
    for (const double amount : amounts(dimension, name, from, to)) {
        sum.amount = sum.amount.value_or(0.0) + amount;
        ++sum.days;
    }
    return sum;
}

QString moneyText(double amount, const QString &currency)
{
    const double size = std::abs(amount);
    const int decimals = size >= 99.995 ? 0 : size >= 0.1 || size == 0.0 ? 2 : 4;
    const QString sign = currency == u"USD"   ? QStringLiteral("$")
                         : currency == u"EUR" ? QStringLiteral("€")
                         : currency == u"GBP" ? QStringLiteral("£")
                                              : currency;
    const QString number = groupedNumber(size, decimals);
    return (amount < 0 ? QStringLiteral("-") : QString()) + (sign.isEmpty() ? number : sign + QChar(0xA0) + number);
}

} // namespace cockpit
