// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/findings_sarif.h"

namespace cockpit {

namespace {

QString escapedData(const QString &text)
{
    QString escaped = text;
    return escaped.replace(u'%', QStringLiteral("%25"))
        .replace(u'\r', QStringLiteral("%0D"))
        .replace(u'\n', QStringLiteral("%0A"));
}

QString escapedProperty(const QString &text)
{
    return escapedData(text).replace(u':', QStringLiteral("%3A")).replace(u',', QStringLiteral("%2C"));
}

QString commandOf(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Blocker:
    case Finding::Level::High:
        return QStringLiteral("error");
    case Finding::Level::Medium:
        return QStringLiteral("warning");
    case Finding::Level::Low:
        break;
    }
    return QStringLiteral("notice");
}

} // namespace

QByteArray findingsGitHub(const QList<Finding> &findings, const QStringList &notChecked)
{
    QString text;
    for (const Finding &finding : findings) {
        QStringList properties;
        if (!finding.file.isEmpty())
            properties.append(QStringLiteral("file=") + escapedProperty(finding.file));
        if (finding.line > 0)
            properties.append(QStringLiteral("line=") + QString::number(finding.line));
        if (finding.column > 0)
            properties.append(QStringLiteral("col=") + QString::number(finding.column));
        properties.append(QStringLiteral("title=") + escapedProperty(finding.rule));
        QStringList words{finding.object.isEmpty() ? finding.message
                                                   : finding.object + QStringLiteral(": ") + finding.message,
                          finding.risk, finding.fix};
        words.removeAll(QString());
        text += QStringLiteral("::") + commandOf(finding.level) + u' ' + properties.join(u',') + QStringLiteral("::") +
                escapedData(words.join(u' ')) + u'\n';
    }
    for (const QString &words : notChecked)
        text += QStringLiteral("::notice title=not checked::") + escapedData(words) + u'\n';
    return text.toUtf8();
}

} // namespace cockpit
