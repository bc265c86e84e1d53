// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/path_globs.h"

#include <algorithm>

namespace cockpit {

namespace {

QString withoutDotSlash(QString pattern)
{
    while (pattern.startsWith(QLatin1String("./")))
        pattern.remove(0, 2);
    return pattern;
}

QRegularExpression globExpression(const QString &pattern)
{
    QString made;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QStringView rest = QStringView(pattern).mid(i);
        if (rest.startsWith(u"**/")) {
            made += QStringLiteral("(?:.*/)?");
            i += 2;
        } else if (rest.startsWith(u"**")) {
            made += QStringLiteral(".*");
            i += 1;
        } else if (pattern.at(i) == u'*') {
            made += QStringLiteral("[^/]*");
        } else if (pattern.at(i) == u'?') {
            made += QStringLiteral("[^/]");
        } else {
            made += QRegularExpression::escape(rest.left(1));
        }
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(made));
}

/// What stands before the first wildcard, cut at its last '/'.
QString fixedFolder(const QString &pattern)
{
    const qsizetype wild = pattern.indexOf(QRegularExpression(QStringLiteral("[*?]")));
    const QString fixed = wild < 0 ? pattern : pattern.left(wild);
    return fixed.left(std::max<qsizetype>(0, fixed.lastIndexOf(u'/')));
}

} // namespace

PathGlobs::PathGlobs(const QStringList &patterns)
{
    QStringList folders;
    for (const QString &given : patterns) {
        const QString pattern = withoutDotSlash(given);
        m_patterns.append(globExpression(pattern));
        folders.append(fixedFolder(pattern));
    }
    folders.sort();
    for (const QString &folder : folders) {
        const bool covered = std::any_of(m_folders.begin(), m_folders.end(), [&folder](const QString &above) {
            return above.isEmpty() || folder == above || folder.startsWith(above + u'/');
        });
        if (!covered)
            m_folders.append(folder);
    }
}

bool PathGlobs::matches(const QString &path) const
{
    return std::any_of(m_patterns.begin(), m_patterns.end(),
                       [&path](const QRegularExpression &pattern) { return pattern.match(path).hasMatch(); });
}

} // namespace cockpit
