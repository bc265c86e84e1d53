// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_front_matter.h"

#include "app/formats/format_words.h"

#include <yaml-cpp/yaml.h>

#include <QDate>
#include <QLocale>

namespace cockpit {

namespace {

constexpr qsizetype mostFrontMatter = 64 * 1024;
constexpr std::size_t mostNames = 200;

/// Of the keys the first that is there; nothing that is nested is looked into, so that no alias can blow up.
YAML::Node firstOf(const YAML::Node &root, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        if (const YAML::Node node = root[key]; node.IsDefined() && !node.IsNull())
            return node;
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

QString scalarOf(const YAML::Node &root, std::initializer_list<const char *> keys)
{
    const YAML::Node node = firstOf(root, keys);
    return node.IsDefined() && node.IsScalar() ? QString::fromStdString(node.Scalar()).trimmed().left(500) : QString();
}

void readAlerts(const YAML::Node &root, QStringList &alerts)
{
    const YAML::Node node = firstOf(root, {"alerts", "alert", "alertname"});
    if (!node.IsDefined())
        return;
    const auto add = [&alerts](const YAML::Node &one) {
        const QString name = one.IsScalar() ? QString::fromStdString(one.Scalar()).trimmed() : QString();
        if (!name.isEmpty() && !alerts.contains(name))
            alerts.append(name);
    };
    if (node.IsScalar())
        add(node);
    else if (node.IsSequence())
        for (std::size_t i = 0; i < std::min(node.size(), mostNames); ++i)
            add(node[i]);
}

void readMapping(const YAML::Node &root, Runbook &into)
{
    into.title = scalarOf(root, {"title"});
    into.service = scalarOf(root, {"service"});
    into.owner = scalarOf(root, {"owner", "team"});
    into.severity = scalarOf(root, {"severity"});
    into.reviewedBy = scalarOf(root, {"reviewed_by", "reviewedBy", "reviewer"});
    const QString reviewed =
        scalarOf(root, {"reviewed", "last_reviewed", "lastReviewed", "updated", "last_updated", "date"});
    into.reviewedAt = parseReviewDate(reviewed);
    if (!reviewed.isEmpty() && !into.reviewedAt)
        into.problems.append(FormatWords::tr("The front matter's review date is no date such as 2026-11-23."));
    readAlerts(root, into.alerts);
}

bool isFence(const QByteArray &markdown, qsizetype at, qsizetype end)
{
    return markdown.mid(at, end - at).trimmed() == "---";
}

} // namespace

std::optional<Instant> parseReviewDate(const QString &text)
{
    const QString trimmed = text.trimmed().left(40);
    QDate day = QDate::fromString(trimmed.left(10), Qt::ISODate);
    if (trimmed.size() > 10 && trimmed[10] == u'T')
        return parseRfc3339(trimmed.toStdString());
    for (const char *shape : {"d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "yyyy/M/d"}) {
        if (!day.isValid())
            day = QLocale::c().toDate(trimmed, QLatin1String(shape));
    }
    if (!day.isValid())
        return std::nullopt;
    return fromEpochMs(qint64(day.toJulianDay() - QDate(1970, 1, 1).toJulianDay()) * 86'400'000);
}

int takeFrontMatter(QByteArray &markdown, Runbook &into)
{
    qsizetype lineEnd = markdown.indexOf('\n');
    if (lineEnd < 0 || !isFence(markdown, 0, lineEnd) || !markdown.startsWith("---"))
        return 0;
    const qsizetype first = lineEnd + 1;
    int lines = 1;
    for (qsizetype at = first; at < markdown.size(); at = lineEnd + 1) {
        lineEnd = markdown.indexOf('\n', at);
        if (lineEnd < 0)
            lineEnd = markdown.size();
        ++lines;
        if (!isFence(markdown, at, lineEnd))
            continue;
        const QByteArray yaml = markdown.mid(first, at - first);
        markdown = markdown.mid(std::min(lineEnd + 1, markdown.size()));
        try {
            const YAML::Node root = yaml.size() <= mostFrontMatter ? YAML::Load(yaml.toStdString()) : YAML::Node(1);
            if (root.IsMap())
                readMapping(root, into);
            else if (!root.IsNull())
                into.problems.append(FormatWords::tr("The front matter is no mapping of at most 64 KiB."));
        } catch (const YAML::Exception &error) {
            into.problems.append(
                FormatWords::tr("The front matter cannot be read: line %1 is no YAML.").arg(error.mark.line + 2));
        }
        return lines;
    }
    return 0;
}

} // namespace cockpit
