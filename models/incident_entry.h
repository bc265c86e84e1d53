// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/severity.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace cockpit {

/// UUIDv7, made in app/.
using IncidentId = StrongId<struct IncidentIdTag>;
/// UUIDv7 of one line of a timeline.
using EntryId = StrongId<struct EntryIdTag>;

/// The phases of operations.md §6. Closed: the postmortem is done. Merged: it goes on as another incident.
enum class IncidentPhase { Detection, Triage, Mitigation, Resolution, Postmortem, Closed, Merged };
/// "detection" … "merged".
QString toWireName(IncidentPhase phase);
std::optional<IncidentPhase> incidentPhaseOf(const QString &wireName);

enum class IncidentRole { Commander, Deputy, Scribe, Communications, OperationsLead };
/// "commander", "deputy", "scribe", "communications", "operations-lead".
QString toWireName(IncidentRole role);
std::optional<IncidentRole> incidentRoleOf(const QString &wireName);

/// What a person may set; everything else of an incident follows from its entries.
enum class IncidentField {
    Title, Service, ImpactStarted, ///< RFC 3339 in UTC, editable, apart from when it was declared
    ImpactEnded, Impact, UsersAffected, RevenueImpact, Trigger, Cause, Summary, WentWell, CouldBeImproved, Lessons,
    Tracker, ///< link to the ticket or document; http(s) only
    BreachSuspected, ///< "yes" or "no"
    CustomersAffected, ///< "yes" or "no"
    PagesActionable ///< "yes", "no" or "partly": load on people
};
QString toWireName(IncidentField field);
std::optional<IncidentField> incidentFieldOf(const QString &wireName);

// What one entry says. Each has a stable wire name: what is stored is never renamed.

/// The first entry of every incident.
struct IncidentOpened {
    static constexpr const char *wireName = "opened";
    QString title{};
    Priority level = Priority::P3;
    ServiceId service{};  ///< may be empty: declared from nothing
    QString because{};    ///< why this level, in words
    std::optional<Instant> impactStarted{};
    bool operator==(const IncidentOpened &) const = default;
};
/// An alert that belongs to it, as it fires (`fired`) or ends.
struct IncidentAlert {
    static constexpr const char *wireName = "alert";
    AlertKey key{};
    QString name{};
    ServiceId service{};
    QString severity{}; ///< as the alert has it
    bool fired = true;
    Instant startsAt{};
    QString summary{};
    bool operator==(const IncidentAlert &) const = default;
};
/// One of the cockpit's actions and how it stands: each final state, and the confirmation.
struct IncidentAction {
    static constexpr const char *wireName = "action";
    ActionId action{};
    QString actionName{}; ///< wire name: "rollout.abort"
    QString target{};
    ServiceId service{};
    ActionState state = ActionState::Requested;
    QString text{};       ///< "Roll gc-service back to 1.42.3: proven"
    QString reason{};
    bool operator==(const IncidentAction &) const = default;
};
/// What a backend showed to have changed: a rollout step, a breaker's state, a flag, an override.
struct IncidentChange {
    static constexpr const char *wireName = "change";
    enum class Kind { Rollout, Breaker, Flag, Override, Capacity, Other };
    Kind kind = Kind::Other;
    ServiceId service{};
    QString text{};
    QString who{};
    bool bad = false; ///< it made things worse, as far as the backend tells: a breaker opened, an analysis failed
    bool operator==(const IncidentChange &) const = default;
};
/// A step of a runbook ticked, skipped or taken back.
struct IncidentTick {
    static constexpr const char *wireName = "runbook";
    QString runbook{}; ///< its path, with "#slug" where a section was meant
    QString text{};
    bool operator==(const IncidentTick &) const = default;
};
struct IncidentNote {
    static constexpr const char *wireName = "note";
    QString text{}; ///< plain text, at most kLongestNote
    bool operator==(const IncidentNote &) const = default;
    static constexpr qsizetype kLongestNote = 64 * 1024;
};
/// A message that went out to people, or one that came in.
struct IncidentMessage {
    static constexpr const char *wireName = "message";
    QString channel{}; ///< "#inc-42"
    QString text{};
    int update = 0;      ///< the n-th status update; 0 = none
    ActionId action{};   ///< what sent it; empty for one that came in
    QString reference{}; ///< the chat's own id of it (Slack `ts`)
    bool operator==(const IncidentMessage &) const = default;
};
struct IncidentPhaseSet {
    static constexpr const char *wireName = "phase";
    IncidentPhase phase = IncidentPhase::Detection;
    QString reason{}; ///< why, where a guard had something to say, or it was reopened
    bool operator==(const IncidentPhaseSet &) const = default;
};
struct IncidentLevelSet {
    static constexpr const char *wireName = "level";
    Priority level = Priority::P3;
    QString reason{};
    bool byRule = false;
    bool operator==(const IncidentLevelSet &) const = default;
};
struct IncidentRoleSet {
    static constexpr const char *wireName = "role";
    IncidentRole role = IncidentRole::Commander;
    QString person{};   ///< empty = nobody has it now
    QString handOver{}; ///< what the one before left: the hand-over summary
    bool operator==(const IncidentRoleSet &) const = default;
};
/// Last writer wins; both values stand in the timeline.
struct IncidentFieldSet {
    static constexpr const char *wireName = "field";
    IncidentField field = IncidentField::Title;
    QString value{};
    QString previous{};
    bool operator==(const IncidentFieldSet &) const = default;
};
/// A time-boxed task ("back in 10 min"), or the same task again with a new state.
struct IncidentTask {
    static constexpr const char *wireName = "task";
    QString task{}; ///< its id
    QString text{};
    QString owner{};
    Instant dueAt{};
    enum class State { Open, Done, Dropped };
    State state = State::Open;
    QString outcome{};
    bool operator==(const IncidentTask &) const = default;
};
/// Conditions, actions, needs: the report of a responder.
struct IncidentCan {
    static constexpr const char *wireName = "can";
    QString condition{};
    QString actions{};
    QString needs{};
    bool operator==(const IncidentCan &) const = default;
};
/// What must be done afterwards, or the same item again, changed.
struct IncidentFollowUp {
    static constexpr const char *wireName = "follow-up";
    QString item{}; ///< its id
    QString text{};
    QString owner{};
    std::optional<Instant> dueAt{};
    bool done = false;
    bool operator==(const IncidentFollowUp &) const = default;
};
/// What the paging service showed: paged, acknowledged, escalated, resolved.
struct IncidentPage {
    static constexpr const char *wireName = "page";
    enum class State { Triggered, Acknowledged, Escalated, Resolved };
    State state = State::Triggered;
    QString service{};  ///< the paging service's own name: "pagerduty"
    QString page{};     ///< its id of the page
    QString person{};   ///< who, where it tells
    QString text{};
    QString url{};
    bool operator==(const IncidentPage &) const = default;
};
/// A picture or an excerpt, kept with the incident. At most kLargest bytes.
struct IncidentAttachment {
    static constexpr const char *wireName = "attachment";
    QString name{};
    QString mediaType{}; ///< "image/png", "text/plain"
    QByteArray bytes{};
    bool operator==(const IncidentAttachment &) const = default;
    static constexpr qsizetype kLargest = 2 * 1024 * 1024;
};
/// Says an earlier entry anew; the original is kept and shown struck out on request.
struct IncidentCorrection {
    static constexpr const char *wireName = "correction";
    EntryId corrects{};
    QString text{};              ///< empty = only the time was wrong
    std::optional<Instant> at{}; ///< nothing = only the words were wrong
    bool operator==(const IncidentCorrection &) const = default;
};
/// This incident goes on as `into`; that one gets one with `from` set.
struct IncidentMerge {
    static constexpr const char *wireName = "merge";
    IncidentId into{};
    IncidentId from{};
    QString name{}; ///< of the other one: "INC-41"
    bool operator==(const IncidentMerge &) const = default;
};

using IncidentBody =
    std::variant<IncidentOpened, IncidentAlert, IncidentAction, IncidentChange, IncidentTick, IncidentNote,
                 IncidentMessage, IncidentPhaseSet, IncidentLevelSet, IncidentRoleSet, IncidentFieldSet, IncidentTask,
                 IncidentCan, IncidentFollowUp, IncidentPage, IncidentAttachment, IncidentCorrection, IncidentMerge>;
/// "opened", "alert" and so on.
QString wireName(const IncidentBody &body);

/// One line of an incident's timeline: append-only, the same id is the same entry wherever it is met.
struct IncidentEntry {
    EntryId id{};
    IncidentId incident{};
    Instant at{};         ///< when it happened
    Instant recordedAt{}; ///< when it was written down
    QString actor{};      ///< who; "cockpit" for what wrote itself
    QString origin{};     ///< where it was seen: a source's name, "command line", "window"
    IncidentBody body{};
    bool operator==(const IncidentEntry &) const = default;
};
/// For what the cockpit writes itself.
inline constexpr const char16_t *kCockpitActor = u"cockpit";

/// Older first: by when it happened, then when it was written, then id. Total.
bool happenedBefore(const IncidentEntry &a, const IncidentEntry &b);

} // namespace cockpit
