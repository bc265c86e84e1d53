// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/error_words.h"

#include "app/net/redaction.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

QString netText(const char *text) { return QCoreApplication::translate("Network", text); }

QString triesText(int tries)
{
    return tries > 1 ? netText(QT_TRANSLATE_NOOP("Network", " (tried %1 times)")).arg(tries) : QString();
}

/// The first words of a body, on one line, without control characters and tags; of a web page, its title.
QString firstWords(const HttpResponse &response)
{
    constexpr qsizetype kMostBytes = 4096;
    constexpr qsizetype kMostWords = 200;
    const auto bytes = std::min<qsizetype>(static_cast<qsizetype>(response.body.size()), kMostBytes);
    QString text = QString::fromUtf8(response.body.data(), bytes);
    if (response.header("Content-Type").toLower().startsWith("text/html") || text.trimmed().startsWith(u'<')) {
        static const QRegularExpression title(QStringLiteral("<title[^>]*>([^<]*)<"),
                                              QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression unseen(QStringLiteral("<(script|style)\\b.*?</\\1>|<[^>]*>"),
                                               QRegularExpression::CaseInsensitiveOption |
                                                   QRegularExpression::DotMatchesEverythingOption);
        const QRegularExpressionMatch match = title.match(text);
        text = match.hasMatch() ? match.captured(1) : text.replace(unseen, QStringLiteral(" "));
    }
    std::replace_if(
        text.begin(), text.end(), [](QChar c) { return !c.isPrint() && !c.isSpace(); }, QChar(u' '));
    text = redacted(text.simplified());
    return text.size() > kMostWords ? text.left(kMostWords) + u'…' : text;
}

QString statusWords(int status)
{
    switch (status) {
    case 401:
        return netText(QT_TRANSLATE_NOOP("Network", "%1 does not accept the credentials (401)%2"));
    case 403:
        return netText(QT_TRANSLATE_NOOP("Network", "%1 forbids this (403)%2"));
    case 404:
        return netText(QT_TRANSLATE_NOOP("Network", "%1 does not know this address (404)%2"));
    case 429:
        return netText(QT_TRANSLATE_NOOP("Network", "%1 asks for fewer requests (429)%2"));
    default:
        return netText(QT_TRANSLATE_NOOP("Network", "%1 answered %3%2"));
    }
}

Error::Kind statusKind(int status)
{
    switch (status) {
    case 401:
        return Error::Kind::Unauthorized;
    case 403:
        return Error::Kind::Forbidden;
    case 404:
    case 410:
        return Error::Kind::NotFound;
    case 409:
    case 412:
        return Error::Kind::Conflict;
    case 429:
        return Error::Kind::RateLimited;
    default:
        return status >= 500 ? Error::Kind::Server : Error::Kind::Rejected;
    }
}

QString statusNext(Error::Kind kind)
{
    if (kind == Error::Kind::Unauthorized)
        return netText(
            QT_TRANSLATE_NOOP("Network", "Check the token or password in the configuration, or log in again."));
    if (kind == Error::Kind::Forbidden)
        return netText(QT_TRANSLATE_NOOP("Network", "Ask for the permission, or use another account."));
    return {};
}

Error timeoutError(const TryOutcome &outcome, const ErrorScene &scene)
{
    const QString tries = triesText(scene.tries);
    if (!outcome.connected) {
        const auto waited =
            scene.totalTimeout.count() > 0 ? std::min(scene.connectTimeout, scene.totalTimeout) : scene.connectTimeout;
        return {Error::Kind::Timeout,
                netText(QT_TRANSLATE_NOOP("Network", "%1 at %2 could not be reached in %3%4."))
                    .arg(scene.backend, scene.host, secondsText(waited), tries),
                {},
                netText(QT_TRANSLATE_NOOP("Network", "Check the network or the VPN."))};
    }
    return {Error::Kind::Timeout, netText(QT_TRANSLATE_NOOP("Network", "%1 did not answer in %2%3."))
                                      .arg(scene.backend, secondsText(scene.totalTimeout), tries)};
}

Error tlsError(const TryOutcome &outcome, const ErrorScene &scene)
{
    QString detail = QString::fromUtf8(outcome.detail);
    detail.remove(QStringLiteral("SSL certificate problem: "));
    detail.remove(QStringLiteral("SSL: "));
    return {Error::Kind::Tls,
            netText(QT_TRANSLATE_NOOP("Network", "No trusted connection to %1 at %2%3: %4."))
                .arg(scene.backend, scene.host, triesText(scene.tries), detail.simplified()),
            {},
            netText(QT_TRANSLATE_NOOP("Network", "Check its certificate, and ca or serverName in the configuration."))};
}

Error connectionError(const TryOutcome &outcome, const ErrorScene &scene)
{
    const bool isName = outcome.code == CURLE_COULDNT_RESOLVE_HOST || outcome.code == CURLE_COULDNT_RESOLVE_PROXY;
    const QString words = isName ? netText(QT_TRANSLATE_NOOP("Network", "The name of %1, %2, could not be resolved%3."))
                          : outcome.connected
                              ? netText(QT_TRANSLATE_NOOP("Network", "%1 at %2 broke the connection off%3."))
                              : netText(QT_TRANSLATE_NOOP("Network", "No connection to %1 at %2%3."));
    return {Error::Kind::Network,
            words.arg(scene.backend, scene.host, triesText(scene.tries)),
            {},
            netText(QT_TRANSLATE_NOOP("Network", "Check that it runs, and the network or the VPN."))};
}

Error failedError(const TryOutcome &outcome, const ErrorScene &scene)
{
    // A handshake that the other side cut off says nothing about certificates.
    if (outcome.code == CURLE_SSL_CONNECT_ERROR &&
        (outcome.detail.contains("SSL_ERROR_SYSCALL") || outcome.detail.contains("Connection reset")))
        return connectionError(outcome, scene);
    switch (outcome.code) {
    case CURLE_OPERATION_TIMEDOUT:
        return timeoutError(outcome, scene);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return tlsError(outcome, scene);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return {Error::Kind::Parse,
                netText(QT_TRANSLATE_NOOP("Network", "What %1 at %2 answered is not HTTP as it should be%3."))
                    .arg(scene.backend, scene.host, triesText(scene.tries)),
                {},
                netText(QT_TRANSLATE_NOOP("Network", "Check that the address and the port are right."))};
    default:
        return connectionError(outcome, scene);
    }
}

} // namespace

QString secondsText(std::chrono::milliseconds length)
{
    const auto tenths = (length.count() + 50) / 100;
    const QString whole = QString::number(tenths / 10);
    return (tenths % 10 == 0 ? whole : whole + u'.' + QString::number(tenths % 10)) + QStringLiteral(" s");
}

Error transferError(const TryOutcome &outcome, const ErrorScene &scene)
{
    switch (outcome.end) {
    case TryOutcome::End::TooLarge:
        return {
            Error::Kind::TooLarge,
            netText(QT_TRANSLATE_NOOP("Network", "The answer of %1 is larger than %2 MiB and was not read."))
                .arg(scene.backend, QString::number(static_cast<double>(scene.maxBytes) / (1024.0 * 1024.0), 'g', 3))};
    case TryOutcome::End::LineTooLong:
        return {Error::Kind::TooLarge,
                netText(QT_TRANSLATE_NOOP("Network", "A line that %1 sent is too long.")).arg(scene.backend)};
    case TryOutcome::End::Silent:
        return {Error::Kind::Timeout, netText(QT_TRANSLATE_NOOP("Network", "%1 sent nothing for %2."))
                                          .arg(scene.backend, secondsText(scene.totalTimeout))};
    case TryOutcome::End::Answered:
    case TryOutcome::End::Failed:
        break;
    }
    return failedError(outcome, scene);
}

Error statusError(const HttpResponse &response, const ErrorScene &scene)
{
    const Error::Kind kind = statusKind(response.status);
    QString what = statusWords(response.status);
    if (what.contains(QStringLiteral("%3")))
        what = what.arg(scene.backend, triesText(scene.tries), QString::number(response.status));
    else
        what = what.arg(scene.backend, triesText(scene.tries));
    const QString body = firstWords(response);
    what += body.isEmpty() ? QStringLiteral(".") : QStringLiteral(": “%1”").arg(body);
    return {kind, what, {}, statusNext(kind)};
}

Error httpStatusError(const QString &backend, const HttpResponse &response)
{
    ErrorScene scene;
    scene.backend = backend;
    scene.tries = response.tries;
    return statusError(response, scene);
}

} // namespace cockpit
