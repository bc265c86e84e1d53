// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident_entry.h"
#include "models/result.h"

#include <QHash>
#include <QMap>
#include <QSet>

#include <memory>
#include <vector>

namespace cockpit {

/// What the archive gives to an incident.
struct IncidentHead {
    IncidentId id{};
    QString environment{};
    std::optional<qint64> number{}; ///< of the archive; nothing while it was only written on this laptop
    qint64 localNumber = 0;         ///< of this laptop: "local-3"
    Instant openedAt{};
    bool operator==(const IncidentHead &) const = default;
    /// "INC-42", or "local-3" as long as the team's archive has not numbered it.
    QString name() const;
};

/// When it first was in a phase, and how long it has been in it altogether.
struct PhaseSpan {
    Instant enteredAt{};
    std::optional<Instant> leftAt{}; ///< the last time; nothing while it is the phase of now
    Instant resumedAt{};             ///< when its latest stay began: enteredAt, unless the incident came back to it
    Duration earlier{0};             ///< of all stays before that one
    /// Of all stays together, the running one until `now`. Never negative.
    Duration length(Instant now) const;
    bool operator==(const PhaseSpan &) const = default;
};

struct RoleHolder {
    QString person{};
    Instant since{};
    bool operator==(const RoleHolder &) const = default;
};

/// An attached alert, as its newest entry tells.
struct AttachedAlert {
    AlertKey key{};
    QString name{};
    ServiceId service{};
    QString severity{};
    Instant startsAt{};
    std::optional<Instant> endedAt{};
    bool operator==(const AttachedAlert &) const = default;
};

/// Everything that follows from the entries of one incident. Made by foldIncident() only.
struct Incident {
    IncidentHead head{};
    QString title{};
    ServiceId service{};
    Priority level = Priority::P3;
    QString levelReason{};
    IncidentPhase phase = IncidentPhase::Detection;
    IncidentId mergedInto{};
    QString mergedIntoName{};
    Instant openedAt{};
    QString openedBy{};
    std::optional<Instant> impactStarted{};  ///< as set, else the earliest attached alert's start
    bool isImpactStartSet = false;           ///< by a person
    std::optional<Instant> firstAlertAt{};   ///< when the first of its alerts fired, also one that fired again since
    std::optional<Instant> commanderAt{};    ///< when there first was a commander
    std::optional<Instant> acknowledgedAt{}; ///< the page, or the commander was named: what came first
    std::optional<Instant> mitigatedAt{};    ///< the last time that Mitigation was left forwards
    std::optional<Instant> resolvedAt{};     ///< the same of Resolution
    std::optional<Instant> closedAt{};
    QMap<IncidentPhase, PhaseSpan> phases{};
    QMap<IncidentRole, RoleHolder> roles{};
    QHash<IncidentField, QString> fields{}; ///< newest value of each that was set
    std::vector<AttachedAlert> alerts{};
    std::vector<IncidentTask> tasks{};
    std::vector<IncidentFollowUp> followUps{};
    int statusUpdates = 0;
    std::optional<Instant> lastStatusUpdate{};
    QString chatThread{};                  ///< the reference of the first message of its thread
    QString chatChannel{};                 ///< of that message
    std::vector<IncidentEntry> timeline{}; ///< sorted by happenedBefore(), corrections among them
    QHash<EntryId, EntryId> correctedBy{}; ///< original → newest correction
    /// Still before Postmortem, and not merged.
    bool isOpen() const { return phase < IncidentPhase::Postmortem; }
    QString name() const { return head.name(); }
    bool operator==(const Incident &) const = default;
};
using IncidentPtr = std::shared_ptr<const Incident>;

/// The incident that these entries make, in whatever order they come; duplicates (by id) count once. Of two writes of
/// one field the later recordedAt wins, then the greater id: all cockpits see the same. Pure.
/// Errors: Invalid where there is no IncidentOpened among them.
Result<Incident> foldIncident(const IncidentHead &head, std::vector<IncidentEntry> entries);
/// The same incident with more entries; equal to folding all of them.
Result<Incident> withEntries(const Incident &incident, const std::vector<IncidentEntry> &more);

/// When it happened: a correction's time where `incident` has one, else the entry's own.
Instant happenedAt(const Incident &incident, const IncidentEntry &entry);

/// The words of an entry as one line, without time and actor: "GCHighErrorRate fired". Plain text.
QString entryText(const IncidentEntry &entry);
/// The whole text: of a note all its lines. With corrections applied where `incident` has them.
QString entryDetail(const Incident &incident, const IncidentEntry &entry);

} // namespace cockpit
