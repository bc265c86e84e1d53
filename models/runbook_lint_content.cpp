// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

/// Tokens of known shapes, keys, passwords in addresses, and "password: …" with a value that looks like one.
bool holdsSecret(const QString &text)
{
    static const QRegularExpression shapes(QStringLiteral(
        "AKIA[0-9A-Z]{16}|\\bgh[pousr]_[A-Za-z0-9]{30,}|\\bgithub_pat_[A-Za-z0-9_]{30,}|\\bglpat-[A-Za-z0-9_-]{18,}"
        "|\\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.|-----BEGIN [A-Z ]*PRIVATE "
        "KEY"
        "|://[^/\\s:@]+:[^/\\s@{$<]+@|hooks\\.slack\\.com/services/T[A-Z0-9]{6,}/"
        "|\\b[Bb]earer\\s+(?=[A-Za-z0-9._~+/-]*\\d)[A-Za-z0-9._~+/-]{20,}"));
    static const QRegularExpression named(
        QStringLiteral(
            "\\b(?:password|passwd|pwd|secret|token|api[_-]?key)\\s*[:=]\\s*[\"']?(?=\\S*\\d)[^\\s\"'{}<>$%,;()]{8,}"),
        QRegularExpression::CaseInsensitiveOption);
    return shapes.match(text).hasMatch() || named.match(text).hasMatch();
}

bool holdsPrivateAddress(const QString &text)
{
    static const QRegularExpression address(QStringLiteral(
        "(?<![\\w.])(?:10\\.\\d{1,3}|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.\\d{1,3}\\.\\d{1,3}(?![\\w]|\\.\\d)"));
    return address.match(text).hasMatch();
}

bool holdsPrivateHost(const QString &text)
{
    static const QRegularExpression host(
        QStringLiteral(
            "(?<![\\w.-])[a-z0-9][a-z0-9-]*(?:\\.[a-z0-9-]+)*\\.(?:internal|intranet|corp|lan|local|localdomain)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return host.match(text).hasMatch();
}

/// An annotation that is a link by its name: a wiki inside the house is a fine place for it.
bool isLinkName(const QString &name)
{
    return name.endsWith(u"url") || name.endsWith(u"link") || name.startsWith(u"runbook") ||
           name.startsWith(u"dashboard");
}

} // namespace

QList<Finding> lintAnnotations(const LintedRule &rule)
{
    QList<Finding> findings;
    for (const auto &[name, value] : rule.annotations) {
        const QByteArray place = "annotations." + name.toUtf8();
        if (holdsSecret(value)) {
            findings.append(ruleFinding(
                "runbook-denied-content", Finding::Level::Blocker, rule, place.constData(),
                RunbookLintWords::tr("The annotation \"%1\" looks as if it holds a token or a password.")
                    .arg(name.left(60)),
                RunbookLintWords::tr("Take it out and have it replaced: annotations are shown to everybody.")));
            findings.last().risk = RunbookLintWords::tr("Alerts are copied to chat, mail and pagers.");
        } else if (!isLinkName(name) && (holdsPrivateAddress(value) || holdsPrivateHost(value))) {
            findings.append(ruleFinding(
                "runbook-denied-content", Finding::Level::High, rule, place.constData(),
                RunbookLintWords::tr("The annotation \"%1\" names a private address or host.").arg(name.left(60)),
                RunbookLintWords::tr("Name the service or use a label; put links into an annotation of their own.")));
            findings.last().risk =
                RunbookLintWords::tr("Alerts are copied to chat, mail and pagers outside the network.");
        }
    }
    return findings;
}

} // namespace cockpit
