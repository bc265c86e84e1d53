// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity.h"
#include "models/fleet.h"
#include "models/incident.h"
#include "models/items/rollout_store.h"
#include "models/override.h"
#include "models/paging.h"

namespace cockpit {

/// Everything that backends show now, from which a timeline writes itself.
struct IncidentScene {
    std::shared_ptr<const Fleet> fleet{}; ///< never null
    std::vector<RolloutEntry> rollouts{};
    std::vector<ClusterEvent> events{};
    std::vector<BreakerPtr> breakers{};
    std::vector<FlagPtr> flags{};
    std::vector<FlagEvent> flagEvents{};
    QList<Override> overrides{};
    std::optional<PagingUpdate> paging{};
    Instant now{};
};

/// Signs what writes itself.
inline QString cockpitActor() { return QString::fromUtf16(kCockpitActor); }

/// How far before the impact a timeline reaches: what changed then may be the cause.
inline constexpr Duration kLookedBack{std::chrono::hours(1)};
/// The first moment that concerns an incident.
Instant concernedSince(const Incident &incident);
/// The services of an incident: its own and those of its alerts.
QList<ServiceId> involvedServices(const Incident &incident);
/// Those, and what they depend on directly.
QList<ServiceId> concernedServices(const Incident &incident, const ServiceMap &services);

/// The id of what a source told, the same in every cockpit and after every restart: UUIDv5 (RFC 9562 §5.5) of the
/// incident, the source and the event. Two cockpits that write the same fact make one entry.
EntryId factId(const IncidentId &incident, const QString &source, const QString &event);

/// What the scene shows that belongs to the incident and that its timeline does not hold: alerts that fired or ended
/// (new ones that match join), rollouts and their steps, analyses that failed, breakers, flags, others' overrides,
/// pages. At most 500, each with the time that its backend gives and the id of factId(). Pure.
std::vector<IncidentEntry> newFacts(const Incident &incident, const IncidentScene &scene);

/// The entry of an alert of an incident as it fires; also what declaring begins with.
IncidentEntry alertFact(const IncidentId &incident, const Alert &alert, Instant now);
/// When an attached alert ended that no cockpit saw ending, as Prometheus remembers it (PastAlertsUpdate, to a minute):
/// without the labels that it adds on the way to Alertmanager, so under another key. Found by name, service and the
/// nearest beginning. Nothing where it is shown under its own key, fires under another one, or nobody remembers. Pure.
std::optional<Instant> endedUnseen(const Fleet &fleet, const AttachedAlert &attached);
/// An open end that `fleet` says nothing about: neither does the alert fire there, nor is its end remembered. Pure.
bool isUnaccounted(const Fleet &fleet, const AttachedAlert &attached);
/// The entries of a page as it stands: triggered; then acknowledged, escalated, resolved where it is. Each at the time
/// that the paging service gives, else at `now`.
std::vector<IncidentEntry> pageFacts(const IncidentId &incident, const SourceId &source, const Page &page, Instant now);

/// What a line of the activity log is to an incident: an action's confirmation or end, a step of a runbook, a message
/// that went out. `record` is the action's, where it is an action. Nothing where the line tells nothing of its own.
/// Pure.
std::optional<IncidentEntry> activityFact(const Incident &incident, const ActivityEntry &line,
                                          const std::optional<ActionRecord> &record, Instant now);
/// The same line belongs to this incident: by its service, by what it names, or because it says so itself.
bool concerns(const Incident &incident, const ServiceMap &services, const ActivityEntry &line,
              const std::optional<ActionRecord> &record);
/// A line that may become an entry: a step of a runbook, or the confirmation or the end of an action.
bool isTold(const ActivityEntry &line);
/// The id that activityFact() gives.
EntryId activityFactId(const IncidentId &incident, const ActivityEntry &line);

} // namespace cockpit
