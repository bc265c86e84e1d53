// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"

#include <chrono>
#include <vector>

namespace cockpit {

using namespace std::chrono_literals;

using Entries = std::vector<IncidentEntry>;
using Phase = IncidentPhase;

inline const Instant declared = *parseRfc3339("2026-11-23T03:12:40Z"); // a Monday

/// Recorded `noticed` after it happened.
inline IncidentEntry entry(int id, Duration at, IncidentBody body, Duration noticed = 0s)
{
    return {EntryId(QStringLiteral("e%1").arg(id, 3, 10, QLatin1Char('0'))),
            IncidentId(QStringLiteral("i")),
            declared + at,
            declared + at + noticed,
            QStringLiteral("ada"),
            QStringLiteral("window"),
            std::move(body)};
}

inline IncidentHead incidentHead()
{
    return {.id = IncidentId(QStringLiteral("i")),
            .environment = QStringLiteral("production"),
            .number = 42,
            .openedAt = declared};
}

inline IncidentEntry openedEntry(Priority level = Priority::P2, std::optional<Instant> impact = {})
{
    return entry(0, 0s,
                 IncidentOpened{QStringLiteral("gc is slow"), level, ServiceId(QStringLiteral("gc-service")),
                                QStringLiteral("errors"), impact});
}
inline IncidentAlert alertBody(bool fired, const QString &name = QStringLiteral("GCHighErrorRate"))
{
    return {{QStringLiteral("eu"), name}, name,  ServiceId(QStringLiteral("gc-service")),
            QStringLiteral("critical"),   fired, declared - 2min,
            QStringLiteral("summary")};
}
inline IncidentBody phaseBody(Phase phase) { return IncidentPhaseSet{phase, {}}; }
inline IncidentBody fieldBody(IncidentField field, const QString &value) { return IncidentFieldSet{field, value, {}}; }
inline IncidentBody roleBody(IncidentRole role, const QString &person) { return IncidentRoleSet{role, person, {}}; }

inline Incident folded(Entries entries) { return *foldIncident(incidentHead(), std::move(entries)); }

/// A whole incident: 42 entries, some of them recorded late or in another order than they happened.
inline Entries wholeIncident(Priority level = Priority::P1)
{
    const QString cause = QStringLiteral("A pool was too small, said @ada.");
    Entries all{
        openedEntry(level, declared - 6min),
        entry(1, -7min,
              IncidentChange{IncidentChange::Kind::Rollout, ServiceId(QStringLiteral("gc-service")),
                             QStringLiteral("canary of 1.42.4 at 25 %"), QStringLiteral("grace"), false},
              8min),
        entry(2, -2min, alertBody(true), 3min),
        entry(3, 1min, roleBody(IncidentRole::Commander, QStringLiteral("ada"))),
        entry(4, 2min,
              IncidentPage{.state = IncidentPage::State::Acknowledged, .service = QStringLiteral("pagerduty")}),
        entry(5, 3min, phaseBody(Phase::Triage)),
        entry(6, 4min, phaseBody(Phase::Mitigation)),
        entry(7, 5min,
              IncidentAction{ActionId(QStringLiteral("a1")),
                             QStringLiteral("rollout.undo"),
                             {},
                             {},
                             ActionState::Succeeded,
                             QStringLiteral("Roll gc-service back to 1.42.3"),
                             {}}),
        entry(8, 6min, alertBody(false)),
        entry(9, 18min, phaseBody(Phase::Resolution)),
        entry(10, 19min,
              IncidentMessage{QStringLiteral("#inc-42"), QStringLiteral("restored"), 1, ActionId(QStringLiteral("a2")),
                              QStringLiteral("17.1")}),
        entry(11, 20min, IncidentTask{QStringLiteral("t1"), QStringLiteral("watch"), {}, declared + 30min}),
        entry(12, 25min,
              IncidentTask{QStringLiteral("t1"),
                           QStringLiteral("watch"),
                           {},
                           declared + 30min,
                           IncidentTask::State::Done,
                           QStringLiteral("quiet")}),
        entry(13, 26min, IncidentFollowUp{QStringLiteral("f1"), QStringLiteral("widen the pool")}),
        entry(14, 27min, fieldBody(IncidentField::Cause, cause)),
        entry(15, 28min, fieldBody(IncidentField::Title, QStringLiteral("gc was slow"))),
        entry(16, 28min, fieldBody(IncidentField::Title, QStringLiteral("gc answered slowly"))),
        entry(17, 60min, phaseBody(Phase::Postmortem)),
        entry(18, 61min,
              IncidentCorrection{EntryId(QStringLiteral("e020")), QStringLiteral("the right words"), declared + 8min}),
        entry(19, 5min, IncidentTick{QStringLiteral("runbooks/gc.md#undo"), QStringLiteral("undone")}, -10min)};
    for (int i = 20; i < 42; ++i)
        all.push_back(entry(i, (i % 7) * 1min, IncidentNote{QStringLiteral("note %1").arg(i)}, (i % 5) * 1min));
    return all;
}

} // namespace cockpit
