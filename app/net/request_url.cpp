// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/request_url.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString bracketed(const QString &host) { return host.contains(u':') ? u'[' + host + u']' : host; }

} // namespace

QString UrlOrigin::toString() const
{
    return scheme + QStringLiteral("://") + bracketed(host) + u':' + QString::number(port);
}

QString UrlOrigin::words() const
{
    const bool isDefault = (scheme == u"https" && port == 443) || (scheme == u"http" && port == 80);
    return isDefault ? host : bracketed(host) + u':' + QString::number(port);
}

UrlOrigin originOf(const QUrl &url)
{
    return {url.scheme().toLower(), url.host().toLower(), url.port(url.scheme().toLower() == u"https" ? 443 : 80)};
}

Result<QByteArray> requestUrl(const HttpRequest &request)
{
    QUrl url(request.endpoint ? request.endpoint->url : QString(), QUrl::TolerantMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty() || (scheme != u"http" && scheme != u"https")) {
        return Error{Error::Kind::Invalid,
                     QCoreApplication::translate("Network", "The address of %1 is not an http or https URL.")
                         .arg(request.backend),
                     {},
                     QCoreApplication::translate("Network", "Correct its url in the configuration.")};
    }
    if (!request.path.isEmpty()) {
        QString path = url.path(QUrl::FullyEncoded);
        while (path.endsWith(u'/'))
            path.chop(1);
        url.setPath(path + request.path, QUrl::TolerantMode);
    }
    QByteArray query = url.query(QUrl::FullyEncoded).toLatin1();
    for (const auto &[name, value] : request.query) {
        if (!query.isEmpty())
            query += '&';
        query += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    QByteArray encoded =
        url.toEncoded(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    if (!query.isEmpty())
        encoded += '?' + query;
    return encoded;
}

std::pair<QByteArray, QByteArray> basicCredentials(const Endpoint &endpoint)
{
    if (!endpoint.basicUser.isEmpty() || !endpoint.basicPassword.isEmpty())
        return {endpoint.basicUser.toUtf8(), endpoint.basicPassword};
    const QUrl url(endpoint.url);
    return {url.userName().toUtf8(), url.password().toUtf8()};
}

bool carriesCredentials(const HttpRequest &request)
{
    const Endpoint &endpoint = *request.endpoint;
    const auto isHarmless = [](const HttpHeader &header) {
        return header.name.compare("Accept", Qt::CaseInsensitive) == 0 ||
               header.name.compare("Content-Type", Qt::CaseInsensitive) == 0;
    };
    return !endpoint.bearer.isEmpty() || basicCredentials(endpoint) != std::pair<QByteArray, QByteArray>() ||
           !endpoint.tls.clientCertPem.isEmpty() ||
           !std::all_of(endpoint.headers.begin(), endpoint.headers.end(), isHarmless) ||
           !std::all_of(request.headers.begin(), request.headers.end(), isHarmless);
}

} // namespace cockpit
