// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace cockpit {

/// The level of an incident; an alert only proposes one (operations.md §5).
enum class Priority { P1 = 1, P2 = 2, P3 = 3, P4 = 4 };

/// "P1" … "P4".
QString toWireName(Priority priority);

/// Which priority a `severity` label proposes. Default: critical→P1, page→P2, warning→P3, info→P4.
struct SeverityMap {
    QHash<QString, Priority> priorities{{QStringLiteral("critical"), Priority::P1},
                                        {QStringLiteral("page"), Priority::P2},
                                        {QStringLiteral("warning"), Priority::P3},
                                        {QStringLiteral("info"), Priority::P4}};
    /// Nothing for a severity that is not mapped: shown, counted and notified as urgent, never dropped.
    std::optional<Priority> priorityOf(const QString &severity) const;
    bool operator==(const SeverityMap &) const = default;
};

} // namespace cockpit
