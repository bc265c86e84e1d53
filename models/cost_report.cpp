// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_report.h"

#include "models/cost_scaling.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int daysBeforeMonth = 62;

/// What every part of the report looks at.
struct ReportBasis {
    const CostInputs &inputs;
    CostLedger ledger;
    Instant from{};    ///< of the month
    Instant to{};      ///< its end
    Instant knownTo{}; ///< end of the last day with data
    int daysInMonth = 30;

    /// The month so far and what lies before it.
    DailyAmounts history(CostDimension dimension, const QString &name) const
    {
        return ledger.amounts(dimension, name, from - daysBeforeMonth * costDayLength, knownTo);
    }
};

/// Of the same number of days of the month before; nothing unless all of them are known.
std::optional<double> previousSum(const ReportBasis &basis, CostDimension dimension, const QString &name, int dayCount)
{
    const Instant begin = costMonthOf(basis.from - costDayLength);
    const Instant end = std::min(begin + dayCount * costDayLength, basis.from);
    const CostSum sum = basis.ledger.sum(dimension, name, begin, end);
    const bool isWhole = dayCount > 0 && sum.days == (end - begin) / costDayLength;
    return isWhole ? sum.amount : std::nullopt;
}

/// Cost and requests over the days of the month that have both.
void addPerRequest(CostRow &row, const ReportBasis &basis, const DailyAmounts &amounts, const DailyAmounts &requests)
{
    double cost = 0, count = 0;
    for (auto day = amounts.lowerBound(basis.from); day != amounts.end(); ++day) {
        const auto load = requests.constFind(day.key());
        if (load == requests.constEnd())
            continue;
        cost += day.value();
        count += load.value();
    }
    if (count < leastRequests)
        return;
    row.perThousand = 1000.0 * cost / count;
    if (cost > 0.0)
        row.requestsPerUnit = count / cost;
}

CostRow rowOf(const ReportBasis &basis, CostDimension dimension, const QString &name)
{
    const DailyAmounts amounts = basis.history(dimension, name);
    CostRow row{.name = name, .toDate = basis.ledger.sum(dimension, name, basis.from, basis.knownTo)};
    row.previous = previousSum(basis, dimension, name, static_cast<int>((basis.knownTo - basis.from) / costDayLength));
    row.forecast = projectCost(amounts, basis.from, basis.to, basis.knownTo);
    if (dimension == CostDimension::Service)
        addPerRequest(row, basis, amounts, basis.inputs.requests.value(name));
    const auto &budgets = basis.inputs.budget.services;
    if (dimension == CostDimension::Total)
        row.budget = basis.inputs.budget.month;
    else if (dimension == CostDimension::Service && budgets.contains(name))
        row.budget = budgets.value(name);
    if (row.budget && row.toDate.days > 0)
        row.budgetToDate = *row.budget * row.toDate.days / basis.daysInMonth;
    return row;
}

QList<CostRow> rowsOf(const ReportBasis &basis, CostDimension dimension)
{
    QList<CostRow> rows;
    for (const QString &name : basis.ledger.names(dimension)) {
        const CostRow row = rowOf(basis, dimension, name);
        if (row.toDate.amount.value_or(0.0) != 0.0 || row.previous.value_or(0.0) != 0.0 || row.budget)
            rows.append(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const CostRow &a, const CostRow &b) {
        if (a.name.isEmpty() != b.name.isEmpty())
            return b.name.isEmpty();
        return a.toDate.amount.value_or(0.0) > b.toDate.amount.value_or(0.0);
    });
    return rows;
}

/// Requests of all days, summed over the entrances that have that day.
DailyAmounts requestsAtEntrances(const CostInputs &inputs)
{
    DailyAmounts all;
    for (auto service = inputs.requests.begin(); service != inputs.requests.end(); ++service) {
        if (!inputs.entrances.isEmpty() && !inputs.entrances.contains(service.key()))
            continue;
        for (auto day = service->begin(); day != service->end(); ++day)
            all[day.key()] += day.value();
    }
    return all;
}

void addChart(CostReport &report, const ReportBasis &basis)
{
    for (Instant day = basis.from; day < basis.to; day += costDayLength)
        report.chartDays.append(day);
    for (const CostRow &row : std::as_const(report.services)) {
        const DailyAmounts amounts = basis.history(CostDimension::Service, row.name);
        const WeekdayCosts past(amounts, basis.knownTo);
        QList<std::optional<double>> &line = report.chart[row.name];
        for (const Instant day : std::as_const(report.chartDays)) {
            const auto found = amounts.constFind(day);
            line.append(day >= basis.knownTo              ? past.expected(day)
                        : found != amounts.constEnd() ? std::optional(found.value())
                                                      : std::nullopt);
        }
    }
    report.chartForecast =
        projectCostDays(basis.history(CostDimension::Total, QString()), basis.knownTo, basis.to);
}

void addAlertsOf(CostReport &report, const ReportBasis &basis, CostDimension dimension, const CostRow &row)
{
    const QString subject = dimension == CostDimension::Total ? QStringLiteral("all") : row.name;
    const QString &currency = report.currency;
    const Instant lastDay = basis.knownTo - costDayLength;
    if (const auto anomaly = dailySpendAnomaly(subject, basis.history(dimension, row.name), lastDay, currency))
        report.alerts.append(*anomaly);
    if (const auto warning = monthlyBudgetWarning(subject, row.forecast, row.budget, basis.knownTo, currency))
        report.alerts.append(*warning);
}

/// Amounts of one service and category.
QMap<QString, DailyAmounts> amountsByPart(const ReportBasis &basis)
{
    QMap<QString, DailyAmounts> parts;
    const Instant begin = basis.from - daysBeforeMonth * costDayLength;
    for (auto day = basis.inputs.days.lowerBound(begin); day != basis.inputs.days.end() && day.key() < basis.knownTo; ++day) {
        for (const CostLine &line : day->lines) {
            if (line.currency == basis.ledger.currency() && !line.service.isEmpty() && line.environment != u"staging")
                parts[line.service + u' ' + toWireName(line.category)][day.key()] += line.amount;
        }
    }
    return parts;
}

void addAlerts(CostReport &report, const ReportBasis &basis)
{
    if (basis.knownTo <= basis.from)
        return;
    addAlertsOf(report, basis, CostDimension::Total, report.total);
    for (const CostRow &row : std::as_const(report.services))
        addAlertsOf(report, basis, CostDimension::Service, row);
    const double wholeDay = report.total.toDate.amount.value_or(0.0) / std::max(1, report.total.toDate.days);
    const QMap<QString, DailyAmounts> parts = amountsByPart(basis);
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        if (const auto shift = costShift(part.key(), part.value(), basis.knownTo, wholeDay, report.currency))
            report.alerts.append(*shift);
    }
    for (CostAlert &alert : report.alerts)
        alert.runbook = basis.inputs.runbooks.value(toWireName(alert.kind));
}

void addScaling(CostReport &report, const ReportBasis &basis)
{
    const CostInputs &inputs = basis.inputs;
    for (const CostRow &row : std::as_const(report.services)) {
        if (row.name.isEmpty() || !inputs.requests.contains(row.name))
            continue;
        CostScaling scaling = fitCostScaling(row.name, basis.history(CostDimension::Service, row.name),
                                             inputs.requests.value(row.name), report.currency);
        double compute = 0;
        int dayCount = 0;
        for (auto day = inputs.days.lowerBound(basis.knownTo - dailyAnomalyDays * costDayLength);
             day != inputs.days.end() && day.key() < basis.knownTo; ++day, ++dayCount) {
            for (const CostLine &line : day->lines) {
                const bool runs = line.category == CostCategory::Compute || line.category == CostCategory::Database ||
                                  line.category == CostCategory::Cache;
                if (runs && line.service == row.name && line.currency == report.currency)
                    compute += line.amount;
            }
        }
        scaling.marginalReplica = marginalReplicaCost(dayCount > 0 ? std::optional(compute / dayCount) : std::nullopt,
                                                      inputs.loads.value(row.name).replicas, report.daysInMonth);
        report.scaling.append(scaling);
    }
}

} // namespace

QString toWireName(CostAlert::Kind kind)
{
    switch (kind) {
    case CostAlert::Kind::DailySpendAnomaly:
        return QStringLiteral("DailySpendAnomaly");
    case CostAlert::Kind::MonthlyBudgetWarning:
        return QStringLiteral("MonthlyBudgetWarning");
    case CostAlert::Kind::CostShift:
        break;
    }
    return QStringLiteral("CostShift");
}

CostReport makeCostReport(const CostInputs &inputs)
{
    ReportBasis basis{.inputs = inputs, .ledger = CostLedger(inputs.days, inputs.currency)};
    basis.from = costMonthOf(inputs.monthStart);
    basis.to = nextCostMonth(basis.from);
    basis.knownTo = basis.ledger.knownTo(basis.from, std::min(basis.to, std::max(basis.from, costDayOf(inputs.now))));
    basis.daysInMonth = static_cast<int>((basis.to - basis.from) / costDayLength);
    CostReport report;
    report.currency = basis.ledger.currency();
    report.otherCurrencies = basis.ledger.otherCurrencies();
    report.monthStart = basis.from;
    report.knownTo = basis.knownTo;
    report.daysInMonth = basis.daysInMonth;
    report.total = rowOf(basis, CostDimension::Total, QString());
    addPerRequest(report.total, basis, basis.history(CostDimension::Total, QString()), requestsAtEntrances(inputs));
    report.services = rowsOf(basis, CostDimension::Service);
    report.categories = rowsOf(basis, CostDimension::Category);
    report.teams = rowsOf(basis, CostDimension::Team);
    report.environments = rowsOf(basis, CostDimension::Environment);
    report.costCenters = rowsOf(basis, CostDimension::CostCenter);
    addChart(report, basis);
    addAlerts(report, basis);
    addScaling(report, basis);
    report.savings = findSavings({.days = inputs.days,
                                  .loads = inputs.loads,
                                  .knownTo = basis.knownTo,
                                  .daysInMonth = basis.daysInMonth,
                                  .currency = report.currency,
                                  .source = inputs.source});
    report.source = inputs.source;
    report.problems = inputs.problems;
    report.measured = inputs.now;
    return report;
}

} // namespace cockpit
