// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/finding.h"

#include <algorithm>

namespace cockpit {

QString toWireName(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Blocker:
        return QStringLiteral("BLOCKER");
    case Finding::Level::High:
        return QStringLiteral("HIGH");
    case Finding::Level::Medium:
        return QStringLiteral("MEDIUM");
    case Finding::Level::Low:
        break;
    }
    return QStringLiteral("LOW");
}

QString Finding::text() const
{
    QString place = file;
    if (line > 0)
        place += u':' + QString::number(line);
    if (column > 0)
        place += u':' + QString::number(column);
    QStringList parts;
    for (const QString &part : {place, object}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    parts.append(fix.isEmpty() ? message : message + u' ' + fix);
    return parts.join(QStringLiteral(": "));
}

bool hasSeriousFinding(const QList<Finding> &findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.level == Finding::Level::Blocker || finding.level == Finding::Level::High;
    });
}

} // namespace cockpit
