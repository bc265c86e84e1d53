// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_action_yaml.h"

#include "app/formats/format_words.h"
#include "app/formats/go_duration.h"

#include <yaml-cpp/yaml.h>

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct VerbShape {
    const char *name;
    RunbookActionReference::Verb verb;
    const char *example;
};

constexpr std::array verbShapes{
    VerbShape{"rollback", RunbookActionReference::Verb::Rollback, "rollback: gc-service"},
    VerbShape{"promote", RunbookActionReference::Verb::Promote, "promote: gc-service"},
    VerbShape{"pause", RunbookActionReference::Verb::Pause, "pause: gc-service"},
    VerbShape{"resume", RunbookActionReference::Verb::Resume, "resume: gc-service"},
    VerbShape{"retry", RunbookActionReference::Verb::Retry, "retry: gc-service"},
    VerbShape{"restart", RunbookActionReference::Verb::Restart, "restart: gc-service"},
    VerbShape{"scale", RunbookActionReference::Verb::Scale, "scale: {object: gc-service, replicas: 5}"},
    VerbShape{"breaker", RunbookActionReference::Verb::Breaker,
              "breaker: {from: gc-service, to: redis, force: open, for: 15m}"},
    VerbShape{"flag", RunbookActionReference::Verb::Flag, "flag: {name: fast-join, set: off, for: 1h}"},
};

RunbookActionReference unread(const QString &problem) { return {.problem = problem}; }

QString exampleOf(const VerbShape &shape)
{
    return FormatWords::tr("Expected for example") + QStringLiteral(": ") + QString::fromLatin1(shape.example);
}

/// Takes the known keys of a mapping; the first unknown one, or one that is no word, is given back.
QString takeFields(const YAML::Node &map, QHash<QString, QString> &fields)
{
    for (const auto &pair : map) {
        const QString key = pair.first.IsScalar() ? QString::fromStdString(pair.first.Scalar()) : QString();
        static const QStringList known{
            QStringLiteral("object"), QStringLiteral("name"),     QStringLiteral("from"),
            QStringLiteral("to"),     QStringLiteral("force"),    QStringLiteral("set"),
            QStringLiteral("for"),    QStringLiteral("replicas"), QStringLiteral("revision")};
        if (!known.contains(key) || !pair.second.IsScalar())
            return key.isEmpty() ? QStringLiteral("?") : key;
        fields.insert(key, QString::fromStdString(pair.second.Scalar()));
    }
    return {};
}

bool isOneOf(const QString &word, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char *one) { return word == QLatin1String(one); });
}

/// On and off of a flag, as people write them in YAML.
QString flagWord(const QString &word)
{
    if (isOneOf(word, {"on", "true", "enabled"}))
        return QStringLiteral("on");
    return isOneOf(word, {"off", "false", "disabled"}) ? QStringLiteral("off") : QString();
}

bool fill(const QHash<QString, QString> &fields, RunbookActionReference &into)
{
    const auto field = [&](const char *name) { return fields.value(QLatin1String(name)); };
    into.object = fields.contains(QStringLiteral("object")) ? field("object") : field("name");
    into.from = field("from");
    into.to =
        into.verb == RunbookActionReference::Verb::Rollback && field("to").isEmpty() ? field("revision") : field("to");
    into.set = field("force").isEmpty() ? field("set") : field("force");
    if (const QString length = field("for"); !length.isEmpty()) {
        const auto parsed = parseGoDuration(length.toStdString());
        if (!parsed)
            return false;
        into.length = *parsed;
    }
    if (const QString replicas = field("replicas"); !replicas.isEmpty()) {
        bool isNumber = false;
        const int count = replicas.toInt(&isNumber);
        if (!isNumber || count < 0)
            return false;
        into.replicas = count;
    }
    switch (into.verb) {
    case RunbookActionReference::Verb::Breaker:
        return !into.from.isEmpty() && !into.to.isEmpty() && isOneOf(into.set, {"open", "closed", "disabled", "reset"});
    case RunbookActionReference::Verb::Flag:
        into.set = flagWord(into.set.toLower());
        return !into.object.isEmpty() && !into.set.isEmpty();
    case RunbookActionReference::Verb::Scale:
        return !into.object.isEmpty() && into.replicas.has_value();
    default:
        return !into.object.isEmpty();
    }
}

RunbookActionReference readPair(const YAML::Node &key, const YAML::Node &value)
{
    const QString word = key.IsScalar() ? QString::fromStdString(key.Scalar()) : QString();
    for (const VerbShape &shape : verbShapes) {
        if (word != QLatin1String(shape.name))
            continue;
        QHash<QString, QString> fields;
        if (value.IsScalar())
            fields.insert(QStringLiteral("object"), QString::fromStdString(value.Scalar()).trimmed());
        else if (!value.IsMap())
            return unread(exampleOf(shape));
        else if (const QString unknown = takeFields(value, fields); !unknown.isEmpty())
            return unread(FormatWords::tr("There is no field \"%1\" here.").arg(unknown.left(40)) + u' ' +
                          exampleOf(shape));
        RunbookActionReference reference{.verb = shape.verb};
        return fill(fields, reference) ? reference : unread(exampleOf(shape));
    }
    return unread(FormatWords::tr("There is no action \"%1\".").arg(word.left(40)) + u' ' + exampleOf(verbShapes[0]));
}

} // namespace

RunbookActionReference readRunbookAction(const QString &code)
{
    if (code.size() > 4096 || code.contains(u'&') || code.contains(u'*'))
        return unread(exampleOf(verbShapes[0]));
    try {
        const YAML::Node root = YAML::Load(code.toStdString());
        if (!root.IsMap() || root.size() != 1)
            return unread(FormatWords::tr("One action a block.") + u' ' + exampleOf(verbShapes[0]));
        return readPair(root.begin()->first, root.begin()->second);
    } catch (const YAML::Exception &) {
        return unread(exampleOf(verbShapes[0]));
    }
}

} // namespace cockpit
