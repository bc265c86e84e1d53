// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

#include <QList>

namespace cockpit {

/// Times that the response is held to (operations.md §5), all configurable.
struct ResponseTargets {
    Duration acknowledge[4]{std::chrono::minutes(5), std::chrono::minutes(15), std::chrono::hours(1),
                            std::chrono::hours(24)}; ///< by level, P1 first; P4: the next business day
    Duration mitigate{std::chrono::minutes(30)};     ///< then it is escalated to the owning team
    Duration statusUpdate[4]{std::chrono::minutes(15), std::chrono::minutes(30), std::chrono::hours(2),
                             std::chrono::hours(24)};
    Duration upgradeAfter{std::chrono::hours(2)}; ///< a P2 unmitigated this long becomes a P1
    Duration recovery{std::chrono::minutes(10)};  ///< proven recovery before Resolution is offered
    bool operator==(const ResponseTargets &) const = default;
};

/// One row of the response clock: how long it took or takes, against its goal.
struct ResponseClock {
    enum class What { Acknowledged, CommanderNamed, Mitigated, StatusUpdate };
    What what = What::Acknowledged;
    QString text{};   ///< "Acknowledged"
    Duration taken{}; ///< so far while it runs
    Duration goal{};
    bool running = false;
    bool overdue() const { return taken > goal; }
    QString other{}; ///< "The runbook says 10 min": where tables disagree the stricter runs and this is shown
    bool operator==(const ResponseClock &) const = default;
};
/// In the order of the enum. Acknowledged, CommanderNamed and Mitigated count from the first alert's start where there
/// is one, else from when it was declared; StatusUpdate from the last one. `runbookGoal` is the acknowledge time of the
/// service's own runbook for this level, if it has one. Pure.
QList<ResponseClock> responseClocks(const Incident &incident, const ResponseTargets &targets,
                                    std::optional<Duration> runbookGoal, Instant now);

/// The same time of day so many business days (Monday to Friday, UTC) later. `days` is at least 0. From a weekend the
/// first of them is Monday.
Instant afterBusinessDays(Instant from, int days);
/// When the postmortem is due: 3 days after it was resolved for a P1, 5 business days for a P2; nothing for others, or
/// while it is not resolved.
std::optional<Instant> postmortemDueAt(const Incident &incident);

/// Who is paged at a level by operations.md §5: "primary and secondary oncall".
QString whoIsPaged(Priority level);

/// An upgrade that the rules ask for now, with its reason; nothing where none does, or it is mitigated.
struct LevelUpgrade {
    Priority level = Priority::P1;
    QString reason{};
    bool securityLeads = false; ///< the security team's leads are to be called too
    bool operator==(const LevelUpgrade &) const = default;
};
/// P2 over 2 h → P1; P3 in several regions → P2; suspected breach → P1. `regions` are those of the attached alerts.
std::optional<LevelUpgrade> upgradeOf(const Incident &incident, const QStringList &regions,
                                      const ResponseTargets &targets, Instant now);

/// What speaks against a move, or nothing. It explains and never blocks: the move may be made with a reason.
QString moveConcern(const Incident &incident, IncidentPhase to, std::optional<Instant> provenSince,
                    const ResponseTargets &targets, Instant now);
/// The phase that comes next by itself; nothing after Closed and Merged.
std::optional<IncidentPhase> nextPhase(IncidentPhase phase);
/// "Move to Mitigation", "Close", …
QString moveLabel(IncidentPhase to);

/// A reminder for the person at the screen; the paging service's own policy owns escalation.
struct IncidentReminder {
    QString id{};   ///< stable: the same reminder is told once
    QString text{}; ///< "30 min without mitigation: escalate to team gc"
    Instant since{};
    bool operator==(const IncidentReminder &) const = default;
};
/// `awake` is how long a cockpit was awake since the incident began: a night's sleep rings nothing. Pure.
QList<IncidentReminder> remindersOf(const Incident &incident, const ResponseTargets &targets, const QString &ownerTeam,
                                    Duration awake, Instant now);

} // namespace cockpit
