// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/runbook_markdown.h"
#include "models/runbook_coverage.h"

#include <QByteArray>
#include <QString>

#include <algorithm>

namespace cockpit::runbookTest {

inline RunbookPtr read(const QByteArray &markdown, const QString &path = QStringLiteral("docs/runbooks/a.md"))
{
    return readRunbook({QStringLiteral("repo"), path}, markdown);
}

inline RunbookLibrary libraryOf(QList<RunbookPtr> runbooks)
{
    RunbookLibrary library;
    RunbookSourceState source;
    source.name = QStringLiteral("repo");
    source.root = QStringLiteral("/srv/repo");
    source.urls = QStringList{QStringLiteral("https://github.com/o/r"), QStringLiteral("https://gitlab.example/g/r")};
    library.sources = {source};
    std::sort(runbooks.begin(), runbooks.end(),
              [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
    library.runbooks = runbooks;
    return library;
}

inline Labels labels(std::vector<Labels::Pair> pairs) { return Labels(std::move(pairs)); }

inline RunbookLink linkTo(const QString &url, const RunbookLibrary &library, const QString &alert = QStringLiteral("A"))
{
    return linkRunbook(alert, {}, labels({{QStringLiteral("runbook_url"), url}}), library);
}

inline LintedRule rule(const QString &alert, const QString &severity = QStringLiteral("page"), const QString &url = {})
{
    LintedRule linted;
    linted.alert = alert;
    linted.query = QStringLiteral("up == 0");
    linted.labels = labels({{QStringLiteral("severity"), severity}});
    if (!url.isEmpty())
        linted.annotations = labels({{QStringLiteral("runbook_url"), url}});
    linted.file = QStringLiteral("rules.yml");
    linted.line = 3;
    return linted;
}

/// "rule file:line" of each finding.
inline QStringList places(const QList<Finding> &findings)
{
    QStringList all;
    for (const Finding &finding : findings)
        all.append(finding.rule + u' ' + finding.file + u':' + QString::number(finding.line));
    return all;
}

inline const Finding *findingOf(const QList<Finding> &findings, const QString &rule)
{
    const auto found =
        std::find_if(findings.cbegin(), findings.cend(), [&](const Finding &one) { return one.rule == rule; });
    return found == findings.cend() ? nullptr : &*found;
}

} // namespace cockpit::runbookTest
