// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/incident_clock.h"

#include <QByteArray>

namespace cockpit {

/// `incidents --json`: the array "incidents" of the contract (architecture.md), `[{"id","title","level","state",
/// "openedAt"}]`, of all that are given, each extended by `uid`, `service`, `impactStarted`, `acknowledgedAt`,
/// `mitigatedAt`, `resolvedAt` (null = not known) and `entries` (a count). One line, no newline at its end.
QByteArray incidentsJson(const QList<IncidentPtr> &incidents);

/// `incident … --json`: the same object of one incident, and `levelReason`, `roles` (role → person), `figures`
/// (`[{"name","seconds"|null,"running","goalSeconds"|null,"definition","missing"}]`), `tasks`, `followUps` and
/// `timeline` (`[{"id","at","recordedAt","actor","origin","kind","text"}]`, oldest first, corrected words and times).
/// Goals are those of `targets`.
QByteArray incidentJson(const Incident &incident, Instant now, const ResponseTargets &targets);

/// `incidents export --format json`: `{"format":"dt-cockpit-incidents","version":1,"incidents":[{"head","entries"}]}`,
/// everything there is, lossless. Oldest first, so that the same incidents give the same bytes.
QByteArray incidentsExport(const QList<IncidentPtr> &incidents);

} // namespace cockpit
