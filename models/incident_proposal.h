// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"
#include "models/incident.h"
#include "models/paging.h"

namespace cockpit {

/// What declaring would make, filled in from what the cockpit knows: nothing has to be typed.
struct IncidentProposal {
    QString title{};             ///< "Meeting joins fail: GCHighErrorRate of gc-service"
    Priority level = Priority::P3;
    QString levelReason{};       ///< why; unsure → the higher level, and it says so
    ServiceId service{};
    std::optional<Instant> impactStarted{};
    QString impact{};            ///< from the metrics: "1.7 % of requests fail, 5.2 a second"; empty where not known
    QList<AlertKey> alerts{};
    IncidentId join{};           ///< an open one on the same service: joined rather than minted twice
    QString joinName{};
    QStringList openPages{};     ///< ids of pages that are open for it at the paging service
    bool operator==(const IncidentProposal &) const = default;
};
/// From these alerts (of one service or several); none = from nothing. Pure.
IncidentProposal proposeIncident(const Fleet &fleet, const QList<AlertKey> &alerts, const QList<IncidentPtr> &open,
                                 const std::vector<Page> &pages, Instant now);
/// Firing alerts that belong to it and are not attached: of its service, or that share an attached alert's name.
QList<AlertKey> alertsToAttach(const Fleet &fleet, const Incident &incident);

/// A status update from the state alone: the affected journey's own figures, what was done, causes and times of recovery
/// labelled as hypotheses, when the next one comes. Plain text of at most 3000 characters.
QString composeStatusUpdate(const Incident &incident, const Fleet &fleet, Duration untilNext, Instant now);
/// What the next holder of a role has to know, in a few lines: state, what was done, what is open, what is next.
QString handOverSummary(const Incident &incident, Instant now);

} // namespace cockpit
