// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alert.h"

#include "models/plain_line.h"

namespace cockpit {

QString toWireName(AlertState state)
{
    switch (state) {
    case AlertState::Firing: return QStringLiteral("firing");
    case AlertState::Acknowledged: return QStringLiteral("acknowledged");
    case AlertState::Silenced: return QStringLiteral("silenced");
    case AlertState::Inhibited: return QStringLiteral("inhibited");
    case AlertState::Pending: return QStringLiteral("pending");
    case AlertState::Resolved: break;
    }
    return QStringLiteral("resolved");
}

bool Alert::isUrgent() const
{
    if (state != AlertState::Firing && state != AlertState::Acknowledged)
        return false;
    return !priority || *priority <= Priority::P2;
}

QString Alert::summaryLine() const
{
    for (const QStringView candidate : {QStringView(u"summary"), QStringView(u"description"), QStringView(u"message")}) {
        const QString *text = annotations.find(candidate);
        if (text && !text->isEmpty())
            return plainLine(*text, summaryLimit);
    }
    return {};
}

} // namespace cockpit
