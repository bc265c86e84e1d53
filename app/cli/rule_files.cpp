// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rule_files.h"

#include "app/runbooks/path_globs.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

QStringList ruleFilesOf(const QString &pattern)
{
    const QString whole = QDir::cleanPath(QDir::current().absoluteFilePath(pattern));
    const qsizetype wild = std::min({(whole + u'*').indexOf(u'*'), (whole + u'?').indexOf(u'?')});
    if (wild >= whole.size())
        return QFileInfo(whole).isFile() ? QStringList{whole} : QStringList();
    const QString base = whole.left(whole.lastIndexOf(u'/', wild));
    const PathGlobs globs({whole.mid(base.size() + 1)});
    QStringList files;
    QDirIterator entries(base, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        if (globs.matches(path.mid(base.size() + 1)))
            files.append(path);
    }
    files.sort();
    return files;
}

AlertRulesFile readRuleFiles(const QStringList &paths)
{
    AlertRulesFile all;
    for (const QString &path : paths) {
        QFile file(path);
        const QString shown = QFileInfo(path).canonicalFilePath();
        if (!file.open(QIODevice::ReadOnly)) {
            all.problems.append({.rule = QStringLiteral("rule-file-unreadable"),
                                 .file = shown,
                                 .line = 1,
                                 .message = file.errorString() + u'.'});
            continue;
        }
        const AlertRulesFile read = readAlertRules(file.readAll(), shown);
        all.rules += read.rules;
        all.suppressions += read.suppressions;
        all.problems += read.problems;
    }
    return all;
}

} // namespace cockpit
