// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secret_shapes.h"

#include "models/review_rule.h"
#include "models/review_words.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

struct SecretShape {
    const char *kind;
    QRegularExpression shape;
};

const QList<SecretShape> &secretShapes()
{
    static const auto shape = [](const char *kind, const char *pattern) {
        return SecretShape{kind, QRegularExpression(QString::fromLatin1(pattern))};
    };
    static const QList<SecretShape> all{
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a private key"), "-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "an access key of AWS"),
              "\\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\\b"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a token of GitHub"),
              "\\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,})"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a token of GitLab"), "\\bglpat-[A-Za-z0-9_-]{20}\\b"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a token of Slack"), "\\bxox[abprs]-[0-9]{8,}-[A-Za-z0-9-]{10,}"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a webhook of Slack"),
              "hooks\\.slack\\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "an API key of Google"), "\\bAIza[A-Za-z0-9_-]{35}\\b"),
        shape(QT_TRANSLATE_NOOP("ReviewWords", "a live key of Stripe"), "\\b[rs]k_live_[A-Za-z0-9]{24,}")};
    return all;
}

} // namespace

QString knownSecretIn(const QString &text)
{
    for (const SecretShape &one : secretShapes()) {
        if (one.shape.match(text).hasMatch())
            return ReviewWords::tr(one.kind);
    }
    return {};
}

bool isSecretName(const QString &name)
{
    // "dbPassword" has its words apart as "db_Password" has.
    static const QRegularExpression joint(QStringLiteral("([a-z0-9])([A-Z])"));
    static const QRegularExpression secret(
        QStringLiteral("(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|token|credentials?|"
                       "(?:api|private|access|master|signing|encryption|secret|auth|account)[_.-]?key)$"));
    QString words = name;
    words.replace(joint, QStringLiteral("\\1_\\2"));
    return secret.match(words.toLower()).hasMatch();
}

bool isSecretValue(const QString &value)
{
    const QString trimmed = value.trimmed();
    if (trimmed.size() < 4 || trimmed.contains(u"${") || trimmed.contains(u"$(") || trimmed.contains(u"{{") ||
        trimmed.startsWith(u'$') || trimmed.startsWith(u'<') || trimmed.startsWith(u'/') || trimmed.startsWith(u"./") ||
        trimmed.startsWith(u'%') || trimmed.startsWith(u"ENC[") || trimmed.contains(u' '))
        return false;
    static const QRegularExpression notOne(
        QStringLiteral("^(?:[0-9.]+[a-z]{0,2}|true|false|none|null|nil|x+|\\*+|\\.+|-+)$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression placeholder(
        QStringLiteral("change.?me|change.?it|replace|placeholder|example|your[-_]|redacted|todo|dummy|vault:|"
                       "^(?:arn|projects|ref\\+|op|gcpkms|awskms|file|env)[:/]"),
        QRegularExpression::CaseInsensitiveOption);
    return !notOne.match(trimmed).hasMatch() && !placeholder.match(trimmed).hasMatch();
}

bool hasPasswordInAddress(const QString &text)
{
    static const QRegularExpression address(QStringLiteral("\\b[a-z][a-z0-9+.-]*://[^/\\s:@\"']*:([^/\\s@\"']+)@"));
    const QRegularExpressionMatch match = address.match(text);
    return match.hasMatch() && isSecretValue(match.captured(1));
}

void checkNamedValue(const QString &name, const QString &value, const QString &file, int line, const QString &object,
                     QList<ReviewFinding> &findings)
{
    ReviewPlace place{.file = file, .line = line, .object = object, .name = name};
    if (const QString kind = knownSecretIn(value); !kind.isEmpty()) {
        place.detail = kind;
        findings.append(reviewFinding("config-secret-known", place));
    } else if (hasPasswordInAddress(value)) {
        findings.append(reviewFinding("config-secret-in-url", place));
    } else if (isSecretName(name) && isSecretValue(value)) {
        findings.append(reviewFinding("config-secret-named", place));
    }
}

} // namespace cockpit
