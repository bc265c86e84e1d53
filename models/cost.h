// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/labels.h"

#include <QList>
#include <QMap>
#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace cockpit {

/// Where money goes (operations.md §7).
enum class CostCategory { Compute, Database, Cache, Network, Storage, Other };

/// One day of cost of one owner of cost. Amounts may be negative (credits).
struct CostLine {
    Instant day{};     ///< start of the UTC day
    QString service{}; ///< empty = unlabelled
    QString team{};
    QString environment{};
    QString costCenter{};
    CostCategory category = CostCategory::Other;
    double amount = 0;  ///< in `currency`
    QString currency{}; ///< ISO 4217; never added across
    bool operator==(const CostLine &) const = default;
};

/// A sum that knows what it lacks.
struct CostSum {
    std::optional<double> amount{}; ///< nothing = no data
    int days = 0;                   ///< days that have data
    bool operator==(const CostSum &) const = default;
};

/// A value with an interval (95 %).
struct CostProjection {
    std::optional<double> value{};
    std::optional<double> low{};
    std::optional<double> high{};
    QString method{}; ///< "last 28 days by weekday, 22 of 30 days known"
    bool operator==(const CostProjection &) const = default;
};

/// One row of a table: a service, team, environment, cost center or category.
struct CostRow {
    QString name{}; ///< empty = unlabelled
    CostSum toDate{};
    std::optional<double> budgetToDate{};
    std::optional<double> budget{};          ///< of the month
    std::optional<double> previous{};        ///< same days of the month before
    std::optional<double> perThousand{};     ///< $ per 1000 requests; nothing below 1000 requests
    std::optional<double> requestsPerUnit{}; ///< requests per dollar
    CostProjection forecast{};
    bool operator==(const CostRow &) const = default;
};

/// How cost follows load.
struct CostScaling {
    enum class Shape { Unknown, Flat, Linear, Quadratic };
    QString service{};
    Shape shape = Shape::Unknown;
    std::array<double, 3> coefficients{}; ///< cost a day = c0 + c1·x + c2·x², x in 1000 requests
    double error = 0;                     ///< root mean square of the residuals, currency a day
    int samples = 0;
    std::optional<double> marginalReplica{}; ///< what one more replica costs a month
    QString words{};
    bool operator==(const CostScaling &) const = default;
};

/// `DailySpendAnomaly` and `MonthlyBudgetWarning`, evaluated as operations.md §7 says; beside them CostShift: a cost that
/// stays higher since a day, too small for DailySpendAnomaly.
struct CostAlert {
    enum class Kind { DailySpendAnomaly, MonthlyBudgetWarning, CostShift };
    Kind kind = Kind::DailySpendAnomaly;
    QString subject{}; ///< "all", a service, or "mh-service network" for a CostShift
    Instant since{};
    double value = 0; ///< spend of the day, the projection, or the mean of a day since the shift
    double limit = 0; ///< 1.5 × the mean of 7 days, 0.9 × the budget, or the mean of a day before the shift
    QString words{};
    QString runbook{}; ///< key text of a runbook with its anchor ("source:path#anchor"), or an address; empty = none
    bool operator==(const CostAlert &) const = default;
};

/// Something to save, with the evidence.
struct CostSaving {
    QString title{};    ///< "mc-service asks for 3.1 × the CPU that it uses"
    QString evidence{}; ///< figures, window and source
    double perMonth = 0;
    bool operator==(const CostSaving &) const = default;
};

/// The cost tab.
struct CostReport {
    QString currency{};            ///< the one that rows are in
    QStringList otherCurrencies{}; ///< "EUR: 120.00 in 4 lines, not added"
    Instant monthStart{};
    Instant knownTo{}; ///< end of the last full day with data
    int daysInMonth = 30;
    CostRow total{};
    QList<CostRow> services{};
    QList<CostRow> categories{};
    QList<CostRow> teams{};
    QList<CostRow> environments{};
    QList<CostRow> costCenters{};
    QList<Instant> chartDays{};                          ///< oldest first: the month, known and forecast
    QMap<QString, QList<std::optional<double>>> chart{}; ///< per service, one for each chart day
    QList<CostProjection> chartForecast{};               ///< for the days after knownTo, of all services
    QList<CostAlert> alerts{};
    QList<CostSaving> savings{};
    QList<CostScaling> scaling{};
    QString source{}; ///< "OpenCost, window 1 to 22 Nov, idle not shared"
    QStringList problems{};
    Instant measured{};
    bool operator==(const CostReport &) const = default;
};
using CostReportPtr = std::shared_ptr<const CostReport>;

} // namespace cockpit
