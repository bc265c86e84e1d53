// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/severity.h"

namespace cockpit {

QString toWireName(Priority priority) { return u'P' + QString::number(static_cast<int>(priority)); }

std::optional<Priority> SeverityMap::priorityOf(const QString &severity) const
{
    const auto found = priorities.constFind(severity);
    if (found == priorities.constEnd())
        return std::nullopt;
    return *found;
}

} // namespace cockpit
