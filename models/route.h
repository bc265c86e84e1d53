// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/matcher.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// One node of Alertmanager's routing tree, as its configuration holds it. An empty receiver is inherited.
struct RouteNode {
    QString receiver{};
    QList<Matcher> matchers{};
    bool continues = false;
    QStringList groupBy{};
    QList<RouteNode> routes{};
    QStringList muteTimeIntervals{};
    bool operator==(const RouteNode &) const = default;
};

} // namespace cockpit
