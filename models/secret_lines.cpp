// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/review_words.h"
#include "models/secret_shapes.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

/// Longer ones are generated: minified scripts, embedded data.
constexpr qsizetype longestConfigLine = 4096;

QString unquoted(QString value)
{
    value = value.trimmed();
    if (value.endsWith(u',') || value.endsWith(u';'))
        value.chop(1);
    for (const QChar quote : {u'"', u'\''}) {
        // What follows the quotes is a comment.
        if (value.startsWith(quote) && value.indexOf(quote, 1) > 0)
            return value.mid(1, value.indexOf(quote, 1) - 1);
    }
    const qsizetype comment = value.indexOf(QLatin1String(" #"));
    return comment < 0 ? value : value.left(comment).trimmed();
}

} // namespace

QList<ReviewFinding> reviewConfiguration(const QString &text, const QString &file)
{
    static const QRegularExpression pair(QStringLiteral(
        "^\\s*(?:-\\s+|export\\s+|ENV\\s+|ARG\\s+)?[\"']?([A-Za-z][A-Za-z0-9_.-]*)[\"']?\\s*(?:=|:\\s|:$)\\s*(.*)$"));
    QList<ReviewFinding> findings;
    int number = 0;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        ++number;
        const QString trimmed = line.left(longestConfigLine).trimmed().toString();
        if (trimmed.isEmpty() || trimmed.startsWith(u'#') || trimmed.startsWith(u"//") || trimmed.startsWith(u';'))
            continue;
        const QRegularExpressionMatch match = pair.match(trimmed);
        const QString object = match.hasMatch() ? match.captured(1) : QString();
        const QString value = match.hasMatch() ? unquoted(match.captured(2)) : trimmed;
        const QString name = object.isEmpty() ? ReviewWords::tr("The line") : object;
        checkNamedValue(name, value, file, number, object, findings);
    }
    return findings;
}

} // namespace cockpit
