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

/// A receiver that an alert goes to, and why.
struct RouteMatch {
    QString receiver{};
    QStringList path{};    ///< matchers of each node from the root down: `severity="page"`; the root itself is left out
    QStringList groupBy{}; ///< inherited where the node says none
    QStringList muteTimeIntervals{};
    QString why{};         ///< in words
    bool operator==(const RouteMatch &) const = default;
};

/// Where Alertmanager sends an alert of these labels: depth first; the first child that matches ends the search among
/// its siblings unless it says `continue`; a node without a matching child stands for itself; the root takes what is
/// left. Errors: Invalid, when a matcher of the tree cannot be read here.
Result<QList<RouteMatch>> routesFor(const RouteNode &root, const Labels &labels);

} // namespace cockpit
