// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost.h"
#include "ui/widgets/run_table.h"

namespace cockpit {

/// "1 Nov" of a UTC day.
QString reviewDayText(Instant day);
/// moneyText(), or "no data".
QString moneyOrNone(std::optional<double> amount, const QString &currency);
/// "+3.5 %" of `value` against `base`; "no data" when either lacks or the base is not above 0.
QString changeWords(std::optional<double> value, std::optional<double> base);

/// Service, to date, budget, against it, per 1000 requests, forecast, budget of the month, state; the total last.
QList<RunRow> costServiceRows(const CostReport &report);
/// Name, to date, against the same days of the month before. Rows without a name are "unlabelled".
QList<RunRow> costGroupRows(const QList<CostRow> &rows, const QString &currency);
/// Each alert with its words and what it exceeded.
QList<RunRow> costAlertRows(const CostReport &report);
/// Each saving with its evidence as tip, and what it saves a month.
QList<RunRow> costSavingRows(const CostReport &report);
/// How cost follows load: service, words, error with its sample size, marginal replica.
QList<RunRow> costScalingRows(const CostReport &report);

} // namespace cockpit
