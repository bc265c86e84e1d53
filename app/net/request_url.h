// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace cockpit {

/// Scheme, host and port of a URL: what credentials belong to.
struct UrlOrigin {
    QString scheme{};
    QString host{};
    int port = 0;
    bool operator==(const UrlOrigin &) const = default;
    /// "https://prom.example:443", the key of the queue per host.
    QString toString() const;
    /// "prom.example", with the port where it is not the scheme's own; for messages.
    QString words() const;
};

/// The origin with the scheme's default port filled in.
UrlOrigin originOf(const QUrl &url);

/// The URL of a request, encoded for the wire, without user info: the endpoint's own path and query stay, path and
/// query of the request are appended. Percent sequences in `path` are kept. Invalid when it is not http or https.
Result<QByteArray> requestUrl(const HttpRequest &request);

/// User name and password for basic authentication: the endpoint's own, else those of its URL. Empty when none.
std::pair<QByteArray, QByteArray> basicCredentials(const Endpoint &endpoint);

/// True when a request carries anything that another host must not see: credentials, a client certificate, headers
/// other than Accept and Content-Type.
bool carriesCredentials(const HttpRequest &request);

} // namespace cockpit
