// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"

namespace cockpit {

/// "Deployment frequency", "Success rate", "Change failure rate", "Time to restore", "Lead time".
QString deliveryFigureTitle(DeliveryFigure::What what);
/// With its unit: "0.23 per day", "95 %", "41 m 0 s"; "no data" without a value.
QString deliveryValueText(DeliveryFigure::What what, std::optional<double> value);
/// Against the window before it: "0.17 per day before, better", "the same as before"; empty where one of both is
/// missing.
QString deliveryTrendText(const DeliveryFigure &figure);
/// "succeeded", "rolled back", "caused an incident", "on its way", "not known"; "not counted" when a person took it
/// out.
QString deploymentOutcomeText(const DeploymentRecord &record);

} // namespace cockpit
