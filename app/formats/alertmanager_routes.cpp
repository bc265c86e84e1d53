// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_routes.h"

#include "app/formats/format_words.h"
#include "models/matcher.h"

#include <yaml-cpp/yaml.h>

namespace cockpit {

namespace {

/// Reads the tree of routes; bounded, because aliases let a short text describe an endless tree.
class RouteReader {
public:
    std::optional<Error> problem{};

    RouteNode readRoute(const YAML::Node &from, int depth)
    {
        RouteNode route;
        if (problem || !within(from, depth))
            return route;
        route.receiver = textAt(from, "receiver");
        route.continues = flagAt(from, "continue");
        route.groupBy = textsAt(from, "group_by");
        route.muteTimeIntervals = textsAt(from, "mute_time_intervals");
        readMatchers(from["matchers"], route.matchers);
        readPairs(from["match"], false, route.matchers);
        readPairs(from["match_re"], true, route.matchers);
        const YAML::Node children = from["routes"];
        if (isThere(children) && !children.IsSequence())
            fail(children, FormatWords::tr("a list of routes was expected"));
        else if (isThere(children)) {
            for (const YAML::Node &child : children)
                route.routes.append(readRoute(child, depth + 1));
        }
        return route;
    }

private:
    static constexpr int deepestRoute = 64;
    static constexpr int mostRoutes = 20000;

    static bool isThere(const YAML::Node &node) { return node.IsDefined() && !node.IsNull(); }

    void fail(const YAML::Node &at, const QString &reason)
    {
        if (problem)
            return;
        const YAML::Mark mark = at.Mark();
        problem = Error{Error::Kind::Parse,
                        FormatWords::tr("The routing of Alertmanager cannot be read: line %1, column %2: %3.")
                            .arg(mark.line + 1)
                            .arg(mark.column + 1)
                            .arg(reason),
                        FormatWords::tr("It is not known who receives an alert."), {}};
    }

    bool within(const YAML::Node &from, int depth)
    {
        if (!from.IsMap())
            fail(from, FormatWords::tr("a route with its keys was expected"));
        else if (depth > deepestRoute || ++m_routes > mostRoutes)
            fail(from, FormatWords::tr("there are too many routes"));
        return !problem;
    }

    QString scalar(const YAML::Node &node)
    {
        if (!node.IsScalar()) {
            fail(node, FormatWords::tr("a text was expected"));
            return {};
        }
        return QString::fromStdString(node.Scalar());
    }

    QString textAt(const YAML::Node &map, const char *key)
    {
        const YAML::Node node = map[key];
        return isThere(node) ? scalar(node) : QString();
    }

    bool flagAt(const YAML::Node &map, const char *key)
    {
        const YAML::Node node = map[key];
        bool flag = false;
        if (isThere(node) && !YAML::convert<bool>::decode(node, flag))
            fail(node, FormatWords::tr("true or false was expected"));
        return flag;
    }

    QStringList textsAt(const YAML::Node &map, const char *key)
    {
        QStringList texts;
        const YAML::Node node = map[key];
        if (!isThere(node))
            return texts;
        if (!node.IsSequence())
            fail(node, FormatWords::tr("a list was expected"));
        else {
            for (const YAML::Node &item : node)
                texts.append(scalar(item));
        }
        return texts;
    }

    void readMatchers(const YAML::Node &from, QList<Matcher> &into)
    {
        if (!isThere(from))
            return;
        if (!from.IsSequence()) {
            fail(from, FormatWords::tr("a list of matchers was expected"));
            return;
        }
        for (const YAML::Node &item : from) {
            const Result<QList<Matcher>> matchers = parseMatchers(scalar(item));
            if (matchers)
                into.append(*matchers);
            else
                fail(item, matchers.error().what);
        }
    }

    void readPairs(const YAML::Node &from, bool isRegex, QList<Matcher> &into)
    {
        if (!isThere(from))
            return;
        if (!from.IsMap()) {
            fail(from, FormatWords::tr("label names with their values were expected"));
            return;
        }
        for (const auto &pair : from)
            into.append({scalar(pair.first), scalar(pair.second), isRegex, true});
    }

    int m_routes = 0;
};

} // namespace

Result<RouteNode> parseRoutes(const QString &configYaml)
{
    try { // yaml-cpp reports a broken text by exceptions: they end here
        const YAML::Node root = YAML::Load(configYaml.toStdString());
        const YAML::Node route = root.IsMap() ? root["route"] : YAML::Node(YAML::NodeType::Undefined);
        if (!route.IsDefined() || !route.IsMap())
            return FormatWords::notTheProtocol(FormatWords::tr("the configuration holds no route"));
        RouteReader reader;
        RouteNode tree = reader.readRoute(route, 0);
        if (reader.problem)
            return *reader.problem;
        return tree;
    } catch (const YAML::Exception &problem) {
        return FormatWords::notTheProtocol(QString::fromUtf8(problem.what()));
    }
}

} // namespace cockpit
