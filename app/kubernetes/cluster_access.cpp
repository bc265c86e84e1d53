// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_access.h"

#include "app/kubernetes/certificate_facts.h"
#include "app/kubernetes/kubernetes_words.h"

#include <QFile>
#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qint64 mostCredentialBytes = 1024 * 1024;

Error accessError(Error::Kind kind, const QString &what, const QString &next = {}) { return {kind, what, {}, next}; }

QString knownNames(QStringList names)
{
    std::sort(names.begin(), names.end());
    const QString list = names.mid(0, 10).join(QStringLiteral(", "));
    return names.isEmpty() ? KubernetesWords::tr("It knows none.") : KubernetesWords::tr("It knows %1.").arg(list);
}

/// Fills one ClusterAccess, step by step; each step returns what went wrong.
class ClusterOpener {
public:
    ClusterOpener(const Kubeconfig &config, const QString &context, const ClusterAccessTools &tools)
        : m_config(config)
        , m_tools(tools)
    {
        m_access.context = context;
        m_access.files = config.files;
    }

    Result<ClusterAccessPtr> open()
    {
        for (const auto step : {&ClusterOpener::find, &ClusterOpener::address, &ClusterOpener::login,
                                &ClusterOpener::plugin, &ClusterOpener::certificate, &ClusterOpener::impersonation}) {
            if (const auto error = (this->*step)())
                return *error;
        }
        m_access.endpoint = std::make_shared<const Endpoint>(std::move(m_endpoint));
        return ClusterAccessPtr(std::make_shared<const ClusterAccess>(std::move(m_access)));
    }

private:
    using Problem = std::optional<Error>;

    Problem find()
    {
        const auto context = m_config.contexts.find(m_access.context);
        if (context == m_config.contexts.end())
            return accessError(Error::Kind::NotFound,
                               KubernetesWords::tr("The kubeconfig has no context %1.").arg(m_access.context),
                               knownNames(m_config.contexts.keys()));
        const auto cluster = m_config.clusters.find(context->cluster);
        if (cluster == m_config.clusters.end())
            return accessError(Error::Kind::NotFound,
                               KubernetesWords::tr("The kubeconfig has no cluster %1, which the context %2 names.")
                                   .arg(context->cluster, m_access.context));
        const auto user = m_config.users.find(context->user);
        if (user == m_config.users.end() && !context->user.isEmpty())
            return accessError(Error::Kind::NotFound,
                               KubernetesWords::tr("The kubeconfig has no user %1, which the context %2 names.")
                                   .arg(context->user, m_access.context));
        m_cluster = *cluster;
        m_user = user == m_config.users.end() ? KubeUser{} : *user;
        m_access.nameSpace = context->nameSpace;
        m_access.user = context->user;
        return std::nullopt;
    }

    Problem address()
    {
        const QUrl url(m_cluster.server);
        if ((url.scheme() != u"https" && url.scheme() != u"http") || url.host().isEmpty())
            return accessError(
                Error::Kind::Invalid,
                KubernetesWords::tr("The address of the context %1 is no http or https URL.").arg(m_access.context));
        m_endpoint.url = m_cluster.server;
        m_endpoint.proxy = m_cluster.proxy;
        m_endpoint.tls.verify = !m_cluster.skipsVerification;
        m_endpoint.tls.serverName = m_cluster.serverName;
        m_endpoint.tls.caPem = m_cluster.authorityPem;
        const Problem problem = fill(m_cluster.authorityFile, m_endpoint.tls.caPem);
        m_cluster.authorityPem = m_endpoint.tls.caPem; // the plugin is told the bytes
        return problem;
    }

    Problem login()
    {
        m_endpoint.tls.clientCertPem = m_user.certificatePem;
        m_endpoint.tls.clientKeyPem = m_user.keyPem;
        if (const Problem problem = fill(m_user.certificateFile, m_endpoint.tls.clientCertPem))
            return problem;
        if (const Problem problem = fill(m_user.keyFile, m_endpoint.tls.clientKeyPem))
            return problem;
        m_endpoint.bearer = m_user.token.trimmed();
        if (!m_user.tokenFile.isEmpty()) { // it wins over the token
            m_endpoint.bearer.clear();
            if (const Problem problem = fill(m_user.tokenFile, m_endpoint.bearer))
                return problem;
            m_endpoint.bearer = m_endpoint.bearer.trimmed();
        }
        m_endpoint.basicUser = m_user.basicUser;
        m_endpoint.basicPassword = m_user.basicPassword;
        if (!m_user.authProvider.isEmpty() && !m_user.hasStaticLogin() && !m_user.exec)
            return accessError(
                Error::Kind::Invalid,
                KubernetesWords::tr("The login of the context %1 (auth-provider %2) is not supported any more.")
                    .arg(m_access.context, m_user.authProvider),
                KubernetesWords::tr("Use its exec plugin: renew the kubeconfig with the provider's own tool."));
        return std::nullopt;
    }

    Problem plugin()
    {
        if (!m_user.exec || m_user.hasStaticLogin())
            return std::nullopt;
        Result<ExecCredential> given = m_tools.plugins.get(*m_user.exec, m_cluster, m_tools.refused, m_tools.stop);
        if (!given)
            return given.error();
        m_endpoint.bearer = given->token.trimmed();
        m_endpoint.tls.clientCertPem = given->certificatePem;
        m_endpoint.tls.clientKeyPem = given->keyPem;
        m_access.exec = std::move(*given);
        return std::nullopt;
    }

    Problem certificate()
    {
        const TlsOptions &tls = m_endpoint.tls;
        if (tls.clientCertPem.isEmpty() != tls.clientKeyPem.isEmpty())
            return accessError(
                Error::Kind::Invalid,
                KubernetesWords::tr("The client certificate of the context %1 and its key are not both there.")
                    .arg(m_access.context));
        const auto facts = certificateFacts(tls.clientCertPem);
        if (!tls.clientCertPem.isEmpty() && !facts)
            return accessError(
                Error::Kind::Invalid,
                KubernetesWords::tr("The client certificate of the context %1 cannot be read.").arg(m_access.context));
        if (facts && facts->validTo && *facts->validTo <= m_tools.realNow)
            return accessError(Error::Kind::Unauthorized,
                               KubernetesWords::tr("The client certificate of the context %1 expired on %2.")
                                   .arg(m_access.context, utcDateTimeText(*facts->validTo)),
                               KubernetesWords::tr("Log in again with the tool that wrote the kubeconfig."));
        if (facts)
            m_access.certificateName = facts->commonName;
        return std::nullopt;
    }

    Problem impersonation()
    {
        if (!m_user.impersonateUser.isEmpty())
            m_endpoint.headers.append({"Impersonate-User", m_user.impersonateUser.toUtf8()});
        if (!m_user.impersonateUid.isEmpty())
            m_endpoint.headers.append({"Impersonate-Uid", m_user.impersonateUid.toUtf8()});
        for (const QString &group : m_user.impersonateGroups)
            m_endpoint.headers.append({"Impersonate-Group", group.toUtf8()});
        for (auto it = m_user.impersonateExtra.begin(); it != m_user.impersonateExtra.end(); ++it) {
            for (const QString &value : it.value())
                m_endpoint.headers.append({"Impersonate-Extra-" + QUrl::toPercentEncoding(it.key()), value.toUtf8()});
        }
        return std::nullopt;
    }

    /// Reads a file into what is still empty.
    Problem fill(const QString &path, QByteArray &into)
    {
        if (path.isEmpty() || !into.isEmpty())
            return std::nullopt;
        m_access.files.append(FileStamp::of(path));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return accessError(
                Error::Kind::NotFound,
                KubernetesWords::tr("The file %1 of the kubeconfig cannot be read: %2.").arg(path, file.errorString()));
        into = file.read(mostCredentialBytes);
        return std::nullopt;
    }

    const Kubeconfig &m_config;
    const ClusterAccessTools &m_tools;
    KubeCluster m_cluster{};
    KubeUser m_user{};
    ClusterAccess m_access{};
    Endpoint m_endpoint{};
};

} // namespace

Result<ClusterAccessPtr> openCluster(const Kubeconfig &config, const QString &context, const ClusterAccessTools &tools)
{
    return ClusterOpener(config, context, tools).open();
}

} // namespace cockpit
