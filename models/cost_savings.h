// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_ledger.h"

#include <QHash>

namespace cockpit {

/// How a service was run on the last days.
struct CostLoad {
    std::optional<double> replicas{};       ///< mean of the last 7 days
    std::optional<double> peakSaturation{}; ///< 0…1, highest of the last 7 days
    bool operator==(const CostLoad &) const = default;
};

/// What the proposals rest on.
struct SavingsBasis {
    const CostDays &days;
    const QHash<QString, CostLoad> &loads; ///< by service
    Instant knownTo{};                     ///< the 7 days before it are looked at
    int daysInMonth = 30;
    QString currency{};
    QString source{}; ///< "OpenCost"
};

/// Requests above 1.5 times what is used with 30 % to spare; volumes that nothing mounts; replicas that a peak below
/// 70 % of saturation does not need. Each with figures, window and source; the largest first; below one unit of money a
/// month none. Pure.
QList<CostSaving> findSavings(const SavingsBasis &basis);

} // namespace cockpit
