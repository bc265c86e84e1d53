// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost.h"
#include "models/delivery.h"
#include "models/incident.h"
#include "models/incident_figures.h"
#include "models/slo.h"

#include <QByteArray>

namespace cockpit {

/// What a team looks at once a week; what was not read is said to be missing, never left out.
struct WeeklyReport {
    QString environment{};
    Instant made{};
    int days = 7;
    SloBoardPtr slos{};
    QString slosMissing{}; ///< why there is no board, in words
    DeliveryReportPtr delivery{};
    QString deliveryMissing{};
    CostReportPtr cost{};
    QString costMissing{};
    QList<IncidentPtr> incidents{}; ///< any; those that were declared in the window are reported
};

/// As Markdown for a wiki or a pull request: incidents with their means, objectives, delivery, load on people, cost.
/// Every figure with its definition or source, and how many samples it stands on.
QByteArray weeklyReportMarkdown(const WeeklyReport &report);

} // namespace cockpit
