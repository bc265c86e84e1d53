// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"

#include <QByteArray>

namespace cockpit {

/// `dt-cockpit delivery --json`: {"days","from","to","figures":[…],"perDay":[…],"restoreSeconds":[…],
/// "deployments":[…],"source","missing"}. A figure without samples is null, never 0. Times RFC 3339, shares 0…1.
QByteArray deliveryJson(const DeliveryReport &report);
/// `dt-cockpit load --json`: {"days","from","to","alerts":[…],"shifts":[…],"missing"}.
QByteArray loadJson(const DeliveryReport &report);

/// "frequency", "successRate", "changeFailureRate", "timeToRestore", "leadTime".
const char *deliveryFigureName(DeliveryFigure::What what);
/// "succeeded", "rolled-back", "caused-incident", "running", "unknown".
const char *deploymentOutcomeName(DeploymentRecord::Outcome outcome);

} // namespace cockpit
