// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"

namespace cockpit {

/// Whether it counts as a deployment at all: nobody took it out.
bool isCounted(const DeploymentRecord &record);
/// Rolled back, or the cause of an incident.
bool isFailure(const DeploymentRecord &record);
/// Its end is known: it succeeded or it failed.
bool isSettled(const DeploymentRecord &record);

/// The figures over the `days` before `to` (from included, to excluded), in the order of the enum, each with the same
/// figure over as many days before. Without samples there is no value, and `missing` says why. `seenSince`: before it
/// nothing was watched; where the window before begins earlier it is not compared; the frequency is per day watched.
/// Pure.
QList<DeliveryFigure> deliveryFigures(const QList<DeploymentRecord> &records, Instant to, int days,
                                      std::optional<Instant> seenSince);

/// One for each UTC day that the window touches, oldest first; failures count on the day of their deployment. Pure.
QList<DeliveryDay> deliveryDays(const QList<DeploymentRecord> &records, Instant to, int days);
/// Of the failures in the window whose end is known, shortest first. Pure.
QList<Duration> restoreTimes(const QList<DeploymentRecord> &records, Instant to, int days);

/// Everything of a report that follows from the deployments: window, figures, days, restore times and the deployments
/// of the window, newest first, excluded ones too. Pure.
DeliveryReport deliveryReport(const QList<DeploymentRecord> &records, Instant to, int days,
                              std::optional<Instant> seenSince);

} // namespace cockpit
