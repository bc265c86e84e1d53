// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"
#include "ui/widgets/run_table.h"

namespace cockpit {

/// More than this many deployments are counted below the table; the command line lists all.
inline constexpr int deploymentsShown = 60;

/// Each figure with its value, the window before, its sample size; the definition as tip.
QList<RunRow> deliveryFigureRows(const DeliveryReport &report);
/// What counted and as what, newest first, with the reason in words.
QList<RunRow> deploymentRows(const DeliveryReport &report);
/// The noisiest alerts: pages, at night, worth it or not, with a proposal as tip and last column.
QList<RunRow> alertLoadRows(const DeliveryReport &report);
/// Pages per shift, newest first.
QList<RunRow> shiftLoadRows(const DeliveryReport &report);

} // namespace cockpit
