// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alert_rules_yaml.h"

#include "app/formats/format_words.h"

#include <yaml-cpp/yaml.h>

#include <QRegularExpression>

namespace cockpit {

namespace {

constexpr qsizetype mostRuleFile = 8 * 1024 * 1024;

QString ruleText(const YAML::Node &node)
{
    return node.IsDefined() && node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
}

/// Prometheus' own units go beyond Go's: "1d", "2w", "1y".
Duration prometheusDuration(const QString &text)
{
    static const QRegularExpression part(QStringLiteral("(\\d+)(ms|s|m|h|d|w|y)"));
    qint64 sum = 0;
    for (const QRegularExpressionMatch &match : part.globalMatch(text)) {
        const QString unit = match.captured(2);
        const qint64 ms = unit == u"ms"  ? 1
                          : unit == u"s" ? 1000
                          : unit == u"m" ? 60'000
                          : unit == u"h" ? 3'600'000
                          : unit == u"d" ? 86'400'000
                          : unit == u"w" ? 604'800'000
                                         : 31'536'000'000;
        sum += match.captured(1).left(9).toLongLong() * ms;
    }
    return Duration(sum);
}

Labels readPairs(const YAML::Node &map, const QString &prefix, QHash<QString, int> &lines)
{
    std::vector<Labels::Pair> pairs;
    if (map.IsDefined() && map.IsMap()) {
        for (const auto &pair : map) {
            const QString name = ruleText(pair.first);
            pairs.emplace_back(name, ruleText(pair.second));
            lines.insert(prefix + name, pair.first.Mark().line + 1);
        }
    }
    return Labels(std::move(pairs));
}

class RuleFileReader {
public:
    RuleFileReader(const QString &file, AlertRulesFile &into)
        : m_file(file)
        , m_into(into)
    {}

    void readDocument(const YAML::Node &root)
    {
        if (root.IsNull())
            return;
        if (!root.IsMap())
            return add(root, FormatWords::tr("A rule file is a mapping with \"groups\"."));
        if (const YAML::Node items = root["items"]; items.IsDefined() && items.IsSequence()) {
            for (const YAML::Node &item : items)
                readDocument(item);
            return;
        }
        const YAML::Node spec = root["spec"];
        const YAML::Node groups = root["groups"].IsDefined()         ? root["groups"]
                                  : spec.IsDefined() && spec.IsMap() ? spec["groups"]
                                                                     : YAML::Node(YAML::NodeType::Undefined);
        if (!groups.IsDefined() || groups.IsNull())
            return;
        if (!groups.IsSequence())
            return add(groups, FormatWords::tr("\"groups\" is a list."));
        for (const YAML::Node &group : groups)
            readGroup(group);
    }

    void add(const YAML::Node &node, const QString &message) { addAt(std::max(1, node.Mark().line + 1), message); }

    void addAt(int line, const QString &message)
    {
        m_into.problems.append({.rule = QStringLiteral("rule-file-unreadable"),
                                .level = Finding::Level::High,
                                .file = m_file,
                                .line = line,
                                .message = message,
                                .fix = FormatWords::tr("Check the file with promtool check rules.")});
    }

private:
    void readGroup(const YAML::Node &group)
    {
        const YAML::Node rules = group.IsMap() ? group["rules"] : YAML::Node(YAML::NodeType::Undefined);
        if (!rules.IsDefined() || !rules.IsSequence())
            return add(group, FormatWords::tr("A group has a list of \"rules\"."));
        for (const YAML::Node &rule : rules) {
            if (!rule.IsMap())
                add(rule, FormatWords::tr("A rule is a mapping."));
            else if (rule["alert"].IsDefined())
                readRule(rule);
        }
    }

    void readRule(const YAML::Node &node)
    {
        LintedRule rule;
        rule.alert = ruleText(node["alert"]);
        rule.query = ruleText(node["expr"]).trimmed();
        rule.holdFor = prometheusDuration(ruleText(node["for"]));
        rule.file = m_file;
        rule.line = node["alert"].Mark().line + 1;
        rule.labels = readPairs(node["labels"], QStringLiteral("labels."), rule.lines);
        rule.annotations = readPairs(node["annotations"], QStringLiteral("annotations."), rule.lines);
        if (rule.alert.isEmpty())
            add(node, FormatWords::tr("The rule's \"alert\" is no name."));
        else
            m_into.rules.append(rule);
    }

    const QString &m_file;
    AlertRulesFile &m_into;
};

const QRegularExpression &suppressionShape()
{
    static const QRegularExpression shape(QStringLiteral("cockpit-lint:\\s*off\\s+([a-z][a-z-]*)[ \\t]*(.*)$"));
    return shape;
}

LintSuppression readSuppression(const QRegularExpressionMatch &match, const QString &file, int line)
{
    return {.rule = match.captured(1),
            .reason = match.captured(2).remove(QStringLiteral("-->")).trimmed(),
            .file = file,
            .line = line};
}

QList<LintSuppression> ruleSuppressions(const QByteArray &yaml, const QString &file)
{
    QList<LintSuppression> all;
    if (!yaml.contains("cockpit-lint:"))
        return all;
    int number = 0;
    bool isHead = true; // before anything but comments
    for (const QByteArray &line : yaml.split('\n')) {
        ++number;
        const QByteArray trimmed = line.trimmed();
        if (!trimmed.startsWith('#')) {
            isHead = isHead && (trimmed.isEmpty() || trimmed == "---");
            continue;
        }
        const QRegularExpressionMatch match = suppressionShape().match(QString::fromUtf8(trimmed));
        if (match.hasMatch())
            all.append(readSuppression(match, file, isHead ? 1 : number));
    }
    return all;
}

} // namespace

AlertRulesFile readAlertRules(const QByteArray &yaml, const QString &file)
{
    AlertRulesFile read;
    RuleFileReader reader(file, read);
    if (yaml.size() > mostRuleFile) {
        reader.addAt(1, FormatWords::tr("A rule file of more than 8 MiB is not read."));
        return read;
    }
    read.suppressions = ruleSuppressions(yaml, file);
    try {
        for (const YAML::Node &document : YAML::LoadAll(yaml.toStdString()))
            reader.readDocument(document);
    } catch (const YAML::Exception &error) {
        reader.addAt(std::max(1, error.mark.line + 1), FormatWords::tr("This is no YAML."));
    }
    return read;
}

QList<LintSuppression> runbookSuppressions(const QByteArray &markdown, const QString &file)
{
    QList<LintSuppression> all;
    if (!markdown.contains("cockpit-lint:"))
        return all;
    int number = 0;
    bool isHead = true;
    bool isFrontMatter = false;
    bool isCode = false;
    for (const QByteArray &line : markdown.split('\n')) {
        ++number;
        const QByteArray trimmed = line.trimmed();
        if (trimmed == "---" && (number == 1 || isFrontMatter)) {
            isFrontMatter = number == 1;
            continue;
        }
        if (trimmed.startsWith("```") || trimmed.startsWith("~~~"))
            isCode = !isCode;
        const QRegularExpressionMatch match = suppressionShape().match(QString::fromUtf8(trimmed));
        if (trimmed.startsWith("<!--") && !isCode && match.hasMatch())
            all.append(readSuppression(match, file, isHead ? 1 : number));
        else if (!trimmed.isEmpty() && !isFrontMatter)
            isHead = false;
    }
    return all;
}

} // namespace cockpit
