// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_alerts.h"
#include "models/cost_savings.h"

namespace cockpit {

/// What may be spent in a month.
struct CostBudget {
    std::optional<double> month{};
    QHash<QString, double> services{};
    bool operator==(const CostBudget &) const = default;
};

/// Below so many requests nothing is told per 1000 of them (backends.md §10).
inline constexpr double leastRequests = 1000.0;

/// Everything that a report is made of.
struct CostInputs {
    CostDays days{}; ///< full days only: of the month, and of the one before it for what is compared and expected
    Instant monthStart{};
    Instant now{};
    QString currency{QStringLiteral("USD")}; ///< preferred, see CostLedger
    CostBudget budget{};
    QHash<QString, DailyAmounts> requests{}; ///< of whole days, by service
    QStringList entrances{};                 ///< services at which requests come in; empty = all that have any
    QHash<QString, CostLoad> loads{};
    QHash<QString, QString> runbooks{}; ///< by the name of an alert, see CostAlert::runbook
    QString source{};                   ///< "OpenCost"
    QStringList problems{};
};

/// The report of one month. Nothing that is not known is 0: a sum without a day, a quotient of nothing and a comparison
/// with an incomplete month are no data. Rows: the largest first, what nobody labelled last. Pure.
CostReport makeCostReport(const CostInputs &inputs);

/// "DailySpendAnomaly", "MonthlyBudgetWarning", "CostShift".
QString toWireName(CostAlert::Kind kind);

} // namespace cockpit
