// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/store.h"
#include "models/delivery_deployments.h"
#include "models/fleet.h"

#include <QStringList>

#include <array>

namespace cockpit {

/// What one making of the delivery reports begins with: everything that lies in memory.
struct DeliveryRound {
    QString environment{};
    Instant now{};
    QTimeZone zone{QTimeZone::utc()}; ///< of the shifts
    QList<RolloutPtr> rollouts{};
    QList<IncidentPtr> incidents{};
    QList<BudgetTrouble> troubles{};
    QList<SeenPage> pages{}; ///< that were seen since the last round, or again
    QStringList missing{};   ///< what could not be asked, in words
};

/// The windows of the reports, in days.
inline constexpr std::array<int, 3> deliveryWindows{7, 30, 90};

/// The alerts that call somebody (P1, P2 or of unknown severity), firing or ended; not what is silenced or inhibited.
QList<SeenPage> pagesOf(const Fleet &fleet);
/// The same of the alerts attached to incidents.
QList<SeenPage> pagesOf(const QList<IncidentPtr> &incidents);

/// Pages with what was marked at the end of the incident that they belong to; "partly" needed somebody. Pure.
QList<PageFact> markedPages(const QList<SeenPage> &pages, const QList<IncidentPtr> &incidents);

/// Reads what the store knows, gathers, keeps what is new, and makes the reports of 7, 30 and 90 days. On the store's
/// thread. Errors: Storage.
Result<QList<DeliveryReportPtr>> makeDeliveryReports(Store &store, const DeliveryRound &round);

} // namespace cockpit
