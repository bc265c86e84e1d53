// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/postmortem.h"

#include <QRegularExpression>

namespace cockpit {

/// Names of people in a text become their roles: "the commander", "a responder". Blameless (operations.md §6).
class RoleWords {
public:
    explicit RoleWords(const Incident &incident);
    QString withRoles(const QString &text) const;

private:
    QHash<QString, QString> m_roles{};
    QRegularExpression m_names{};
};

/// What tells the story, oldest first, with the six milestones; steps of runbooks, tasks and pictures stay out. Times
/// are corrected ones. Of more than kLongestStory lines the plain ones beyond that are left out, and the last line says
/// how many.
QList<Postmortem::Line> postmortemTimeline(const Incident &incident, const RoleWords &roles);
inline constexpr qsizetype kLongestStory = 300;

/// What changed within `window` before `at`, newest first: changes that backends showed and actions that succeeded.
std::vector<const IncidentEntry *> changesBefore(const Incident &incident, Instant at, Duration window);

} // namespace cockpit
