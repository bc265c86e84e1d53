// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/incident_figures.h"

namespace cockpit {

/// The draft of operations.md §6, from the timeline alone. Roles, not names, in the narrative.
struct Postmortem {
    struct Line {
        Instant at{};
        QString text{};
        QString source{};
        bool milestone = false; ///< one of the six of operations.md §6
        bool operator==(const Line &) const = default;
    };
    QString name{};  ///< "INC-42"
    QString title{};
    Priority level = Priority::P3;
    QString status{}; ///< "draft, mitigation running"
    QString summary{};
    QString duration{}, usersAffected{}, revenueImpact{}, impact{}; ///< empty = "not known yet: …" is written
    QString detectedBy{}; ///< "GCHighErrorRate, 4 min after the 25 % step"
    QString trigger{};
    QString cause{};      ///< empty until somebody says it: never guessed
    QList<Line> timeline{};
    QStringList contributing{}; ///< suggested from what changed before the start of impact, each labelled as suggested
    QStringList wentWell{};
    QStringList couldBeImproved{};
    std::vector<IncidentFollowUp> actionItems{};
    QStringList suggestedItems{}; ///< that nobody has taken yet
    QString lessons{};
    QStringList runbooks{}; ///< those used, path#section
    QList<IncidentFigure> figures{};
    std::optional<Instant> dueAt{}; ///< 3 days for a P1, 5 business days for a P2 from its resolution
    bool operator==(const Postmortem &) const = default;
};
/// `targets` are those of the configuration: what went well or late is judged by them. Pure.
Postmortem draftPostmortem(const Incident &incident, Instant now, const ResponseTargets &targets);

} // namespace cockpit
