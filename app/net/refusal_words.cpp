// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/error_words.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString refusalText(const char *text) { return QCoreApplication::translate("Network", text); }

} // namespace

Error loginPageError(const ErrorScene &scene)
{
    return {Error::Kind::Unauthorized,
            refusalText(QT_TRANSLATE_NOOP("Network", "A login page answered instead of %1.")).arg(scene.backend),
            {},
            refusalText(
                QT_TRANSLATE_NOOP("Network", "Check the token or password in the configuration, or log in again."))};
}

Error redirectError(RedirectRefusal reason, const UrlOrigin &from, const UrlOrigin &to, const ErrorScene &scene)
{
    const char *words = nullptr;
    switch (reason) {
    case RedirectRefusal::ChangesSomething:
        words =
            QT_TRANSLATE_NOOP("Network", "%1 at %2 redirects to %3; a call that changes something does not follow.");
        break;
    case RedirectRefusal::TakesCredentialsAway:
        words = QT_TRANSLATE_NOOP("Network", "%1 at %2 redirects to %3; the credentials are not sent there.");
        break;
    case RedirectRefusal::DropsTls:
        words = QT_TRANSLATE_NOOP("Network", "%1 at %2 redirects to %3 without TLS, which is not followed.");
        break;
    case RedirectRefusal::TooMany:
        words = QT_TRANSLATE_NOOP("Network", "%1 at %2 redirects again and again, the last time to %3.");
        break;
    case RedirectRefusal::NotHttp:
        words = QT_TRANSLATE_NOOP("Network", "%1 at %2 redirects to an address that is not http or https.");
        break;
    }
    const bool maybeLogin = reason == RedirectRefusal::TakesCredentialsAway && from.host != to.host;
    QString what = refusalText(words);
    what = what.contains(QStringLiteral("%3")) ? what.arg(scene.backend, from.words(), to.words())
                                               : what.arg(scene.backend, from.words());
    return {maybeLogin ? Error::Kind::Unauthorized : Error::Kind::Rejected,
            what,
            {},
            refusalText(
                maybeLogin
                    ? QT_TRANSLATE_NOOP("Network", "It may be a login page: check the credentials, or log in again.")
                    : QT_TRANSLATE_NOOP("Network", "Put the address it redirects to into the configuration."))};
}

Error pausedError(const QString &backend, const BackendLink &link)
{
    const QString what =
        refusalText(QT_TRANSLATE_NOOP("Network", "%1 is not asked for now: it failed %2 times in a row."))
            .arg(backend, QString::number(link.failuresInARow));
    const QString next =
        link.nextTryIn
            ? refusalText(QT_TRANSLATE_NOOP("Network", "The next try is in %1.")).arg(secondsText(*link.nextTryIn))
            : refusalText(QT_TRANSLATE_NOOP("Network", "It is being tried right now."));
    return {Error::Kind::Unavailable, what, {}, next};
}

Error queueFullError(const QString &backend)
{
    return {
        Error::Kind::TooLarge,
        refusalText(QT_TRANSLATE_NOOP("Network", "Too many requests wait already; %1 was not asked.")).arg(backend)};
}

Error cancelledError(const QString &backend)
{
    return {Error::Kind::Cancelled,
            refusalText(QT_TRANSLATE_NOOP("Network", "The request to %1 was cancelled.")).arg(backend)};
}

Error supersededError(const QString &backend)
{
    return {Error::Kind::Cancelled,
            refusalText(QT_TRANSLATE_NOOP("Network", "The request to %1 was replaced by a newer one.")).arg(backend)};
}

Error closingError(const QString &backend)
{
    return {
        Error::Kind::Cancelled,
        refusalText(QT_TRANSLATE_NOOP("Network", "The cockpit closes; the request to %1 was given up.")).arg(backend)};
}

Error connectionsDroppedError(const QString &backend, bool changesSomething)
{
    const QString what =
        refusalText(
            QT_TRANSLATE_NOOP("Network", "The connection to %1 was dropped after sleep or a change of network."))
            .arg(backend);
    const QString meaning =
        changesSomething ? refusalText(QT_TRANSLATE_NOOP("Network", "Whether the call took effect is not known."))
                         : QString();
    return {Error::Kind::Network, what, meaning, {}};
}

Error invalidRequestError(const QString &backend, const QString &why)
{
    return {Error::Kind::Invalid,
            refusalText(QT_TRANSLATE_NOOP("Network", "The request to %1 cannot be sent: %2.")).arg(backend, why)};
}

} // namespace cockpit
