// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/link_target.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace cockpit {

namespace {

QString decoded(const QString &text)
{
    return text.contains(u'%') ? QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8())) : text;
}

bool hasScheme(const QString &target)
{
    static const QRegularExpression scheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*:"));
    return scheme.match(target).hasMatch();
}

bool isWebAddress(const QString &target)
{
    static const QRegularExpression web(QStringLiteral("^https?://[^\\s/?#@\\\\]+(?:[/?#][^\\s\\\\]*)?$"),
                                        QRegularExpression::CaseInsensitiveOption);
    return web.match(target).hasMatch();
}

/// A control character in a link is a disguise ("java\nscript:"), never a name.
bool hasControl(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar letter) {
        return letter.category() == QChar::Other_Control || letter.category() == QChar::Other_Format;
    });
}

/// Nothing when the parts lead above the first one.
bool appendParts(const QString &path, QStringList &parts)
{
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts)) {
        if (part == u"..") {
            if (parts.isEmpty())
                return false;
            parts.removeLast();
        } else if (part != u".") {
            parts.append(part);
        }
    }
    return true;
}

} // namespace

LinkTarget readLinkTarget(const QString &target, const QString &ofDocument)
{
    using Kind = LinkTarget::Kind;
    const QString trimmed = target.trimmed();
    if (trimmed.isEmpty())
        return {};
    const qsizetype hash = trimmed.indexOf(u'#');
    const QString before = hash < 0 ? trimmed : trimmed.left(hash);
    const QString anchor = hash < 0 ? QString() : decoded(trimmed.mid(hash + 1));
    if (hasControl(trimmed) || hasControl(decoded(trimmed)))
        return {.kind = Kind::Refused};
    if (isWebAddress(trimmed))
        return {.kind = Kind::Web, .path = before, .anchor = anchor};
    if (hasScheme(trimmed) || trimmed.startsWith(u"//") || trimmed.contains(u'\\'))
        return {.kind = Kind::Refused};
    const QString path = decoded(before.section(u'?', 0, 0));
    if (path.isEmpty())
        return {.kind = Kind::Anchor, .anchor = anchor};
    if (path.contains(u'\\'))
        return {.kind = Kind::Refused};
    QStringList parts;
    if (!path.startsWith(u'/'))
        appendParts(ofDocument.section(u'/', 0, -2), parts);
    if (!appendParts(path, parts))
        return {.kind = Kind::Leaves};
    return {.kind = Kind::Path, .path = parts.join(u'/'), .anchor = anchor};
}

} // namespace cockpit
