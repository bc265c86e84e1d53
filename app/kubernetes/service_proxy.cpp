// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/service_proxy.h"

#include "app/kubernetes/kubernetes_words.h"

#include <QUrl>

namespace cockpit {

Result<EndpointPtr> serviceProxyEndpoint(const EndpointConfig &config, const ClusterAccess &access)
{
    const ViaConfig &via = config.via;
    if (config.auth.bearer.isSet() || !config.auth.basicUser.isEmpty())
        return Error{Error::Kind::Invalid,
                     KubernetesWords::tr(
                         "%1 cannot be logged in to through the API server of %2: it keeps the login for itself.")
                         .arg(via.service, via.context),
                     {},
                     KubernetesWords::tr("Leave auth out, or give a direct address.")};
    auto endpoint = std::make_shared<Endpoint>(*access.endpoint);
    for (const HeaderConfig &header : config.headers) {
        if (header.secret.isSet())
            return Error{Error::Kind::Invalid,
                         KubernetesWords::tr("The secret header %1 of %2 would be shown to the API server of %3.")
                             .arg(header.name, via.service, via.context),
                         {},
                         KubernetesWords::tr("Give a direct address.")};
        endpoint->headers.append({header.name.toUtf8(), header.text.toUtf8()});
    }
    if (via.service.isEmpty())
        return EndpointPtr(endpoint);
    const QUrl url(config.url);
    // scheme:service:port has three parts; the last may be empty.
    QString service = via.service;
    if (url.scheme() == u"https")
        service = QStringLiteral("https:") + service + (service.contains(u':') ? QString() : QStringLiteral(":"));
    QString base = endpoint->url;
    while (base.endsWith(u'/'))
        base.chop(1);
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    endpoint->url = base + QStringLiteral("/api/v1/namespaces/%1/services/%2/proxy").arg(via.nameSpace, service) + path;
    return EndpointPtr(endpoint);
}

} // namespace cockpit
