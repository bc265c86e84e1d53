// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/redaction.h"

#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace cockpit {

namespace {

// Shorter header values are tenants and flags ("a", "true"); blanking them would make every sentence unreadable.
constexpr qsizetype kShortestSecretHeader = 8;
constexpr qsizetype kShortestSecret = 3;

QRegularExpression secretPattern(const QString &pattern)
{
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption);
}

void blankLiteral(QString &text, const QByteArray &secret, qsizetype shortest)
{
    if (secret.size() < shortest)
        return;
    text.replace(QString::fromUtf8(secret), QStringLiteral("***"));
    text.replace(QString::fromLatin1(secret.toPercentEncoding()), QStringLiteral("***"));
}

} // namespace

QString redacted(QString text)
{
    static const std::pair<QRegularExpression, QString> rules[] = {
        {secretPattern(
             QStringLiteral("\\b((?:proxy-)?authorization|(?:set-)?cookie|private-token|x-[\\w-]*(?:token|key|secret))"
                            "(\\s*:\\s*)[^\\r\\n]+")),
         QStringLiteral("\\1\\2***")},
        {secretPattern(QStringLiteral("\\b(bearer|basic)\\s+[\\w.~+/=-]+")), QStringLiteral("\\1 ***")},
        {secretPattern(QStringLiteral("://[^/?#\\s@]*@")), QStringLiteral("://***@")},
        {secretPattern(QStringLiteral("hooks\\.slack\\.com/[^\\s\"']+")), QStringLiteral("hooks.slack.com/***")},
        {secretPattern(QStringLiteral(
             "([\\w.-]*(?:token|key|password|passwd|secret|signature|credential)[\\w.-]*=)[^&\\s\"'<>“”]+")),
         QStringLiteral("\\1***")},
        {secretPattern(
             QStringLiteral("(\"[^\"]*(?:token|key|password|passwd|secret|signature|credential)[^\"]*\"\\s*:\\s*)"
                            "\"(?:[^\"\\\\]|\\\\.)*\"?")),
         QStringLiteral("\\1\"***\"")},
    };
    for (const auto &[pattern, replacement] : rules)
        text.replace(pattern, replacement);
    return text;
}

QString redacted(QString text, const Endpoint &endpoint)
{
    if (text.isEmpty())
        return text;
    const QUrl url(endpoint.url);
    blankLiteral(text, endpoint.bearer, kShortestSecret);
    blankLiteral(text, endpoint.basicPassword, kShortestSecret);
    blankLiteral(text, (endpoint.basicUser.toUtf8() + ':' + endpoint.basicPassword).toBase64(), kShortestSecretHeader);
    blankLiteral(text, url.password().toUtf8(), kShortestSecret);
    blankLiteral(text, QUrl(endpoint.proxy).password().toUtf8(), kShortestSecret);
    for (const HttpHeader &header : endpoint.headers)
        blankLiteral(text, header.value, kShortestSecretHeader);
    return redacted(std::move(text));
}

Error redacted(Error error, const Endpoint &endpoint)
{
    error.what = redacted(std::move(error.what), endpoint);
    error.meaning = redacted(std::move(error.meaning), endpoint);
    error.next = redacted(std::move(error.next), endpoint);
    return error;
}

} // namespace cockpit
