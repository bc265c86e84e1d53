// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/route.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString matchersText(const QList<Matcher> &matchers)
{
    QStringList texts;
    for (const Matcher &matcher : matchers)
        texts.append(matcher.toString());
    return texts.join(QStringLiteral(", "));
}

QString whyText(const RouteMatch &match, bool ownReceiver)
{
    if (match.path.isEmpty())
        return QCoreApplication::translate("Route", "No route matches: the default receiver takes it.");
    const QString path = match.path.join(QStringLiteral(" → "));
    return ownReceiver ? QCoreApplication::translate("Route", "It matches %1.").arg(path)
                       : QCoreApplication::translate("Route", "It matches %1, which inherits the receiver.").arg(path);
}

/// `above` is what the parent hands down. True when the node matches.
Result<bool> collectRoutes(const RouteNode &node, const RouteMatch &above, bool isRoot, const Labels &labels,
                           QList<RouteMatch> &found)
{
    const Result<MatcherSet> matchers = MatcherSet::compile(node.matchers);
    if (!matchers)
        return matchers.error();
    if (!matchers->matches(labels))
        return false;
    RouteMatch here = above;
    if (!node.receiver.isEmpty())
        here.receiver = node.receiver;
    if (!node.groupBy.isEmpty())
        here.groupBy = node.groupBy;
    here.muteTimeIntervals = node.muteTimeIntervals; // not inherited
    if (!isRoot)
        here.path.append(node.matchers.isEmpty() ? QStringLiteral("{}") : matchersText(node.matchers));
    const qsizetype before = found.size();
    for (const RouteNode &child : node.routes) {
        const Result<bool> matched = collectRoutes(child, here, false, labels, found);
        if (!matched)
            return matched.error();
        if (*matched && !child.continues)
            break;
    }
    if (found.size() == before) {
        here.why = whyText(here, isRoot || !node.receiver.isEmpty());
        found.append(here);
    }
    return true;
}

} // namespace

Result<QList<RouteMatch>> routesFor(const RouteNode &root, const Labels &labels)
{
    QList<RouteMatch> found;
    const Result<bool> matched = collectRoutes(root, RouteMatch{}, true, labels, found);
    if (!matched)
        return matched.error();
    return found;
}

} // namespace cockpit
