// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/kubeconfig.h"
#include "app/kubernetes/kubernetes_words.h"

#include <QDir>

#include <yaml-cpp/yaml.h>

namespace cockpit {

namespace {

const char *const execExtensionName = "client.authentication.k8s.io/exec";

/// Reads one file. A value of another type than expected is as good as absent: kubectl writes these files.
class KubeconfigReader {
public:
    KubeconfigReader(QString path, const QString &folder)
        : m_path(std::move(path))
        , m_folder(folder)
    {}

    Kubeconfig read(const YAML::Node &root)
    {
        Kubeconfig config;
        config.currentContext = text(root, "current-context");
        each(root, "clusters", "cluster", [&](const QString &name, const YAML::Node &node) {
            if (!config.clusters.contains(name))
                config.clusters.insert(name, cluster(node));
        });
        each(root, "users", "user", [&](const QString &name, const YAML::Node &node) {
            if (!config.users.contains(name))
                config.users.insert(name, user(node));
        });
        each(root, "contexts", "context", [&](const QString &name, const YAML::Node &node) {
            if (!config.contexts.contains(name))
                config.contexts.insert(name, {text(node, "cluster"), text(node, "user"), text(node, "namespace")});
        });
        return config;
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    static QString text(const YAML::Node &node, const char *key)
    {
        const YAML::Node value = node.IsMap() ? node[key] : YAML::Node();
        return value.IsDefined() && value.IsScalar() ? QString::fromStdString(value.Scalar()) : QString();
    }
    static bool flag(const YAML::Node &node, const char *key) { return text(node, key) == u"true"; }
    static QStringList texts(const YAML::Node &node)
    {
        QStringList all;
        if (node.IsDefined() && node.IsSequence()) {
            for (const YAML::Node &item : node) {
                if (item.IsScalar())
                    all.append(QString::fromStdString(item.Scalar()));
            }
        }
        return all;
    }
    QString path(const YAML::Node &node, const char *key) const
    {
        const QString given = text(node, key);
        return given.isEmpty() ? given : QDir::cleanPath(m_folder.absoluteFilePath(given));
    }

    /// base64 of a PEM.
    QByteArray data(const YAML::Node &node, const char *key)
    {
        QByteArray encoded = text(node, key).toLatin1();
        encoded.replace('\n', QByteArray()).replace('\r', QByteArray()).replace(' ', QByteArray());
        const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded && !m_error)
            m_error = Error{Error::Kind::Parse,
                            KubernetesWords::tr("The kubeconfig %1 is broken: %2 is no base64.")
                                .arg(m_path, QString::fromLatin1(key)),
                            {},
                            {}};
        return decoded ? *decoded : QByteArray();
    }

    template <typename Take> static void each(const YAML::Node &root, const char *list, const char *key, Take take)
    {
        const YAML::Node entries = root[list];
        if (!entries.IsDefined() || !entries.IsSequence())
            return;
        for (const YAML::Node &entry : entries) {
            if (!entry.IsMap())
                continue;
            const YAML::Node value = entry[key];
            take(text(entry, "name"), value.IsDefined() && value.IsMap() ? value : YAML::Node(YAML::NodeType::Map));
        }
    }

    KubeCluster cluster(const YAML::Node &node)
    {
        KubeCluster cluster;
        cluster.server = text(node, "server");
        cluster.authorityPem = data(node, "certificate-authority-data");
        cluster.authorityFile = path(node, "certificate-authority");
        cluster.skipsVerification = flag(node, "insecure-skip-tls-verify");
        cluster.serverName = text(node, "tls-server-name");
        cluster.proxy = text(node, "proxy-url");
        each(node, "extensions", "extension", [&](const QString &name, const YAML::Node &extension) {
            if (name == QLatin1String(execExtensionName))
                cluster.execExtension = QString::fromStdString(YAML::Dump(extension));
        });
        return cluster;
    }

    KubeUser user(const YAML::Node &node)
    {
        KubeUser user;
        user.certificatePem = data(node, "client-certificate-data");
        user.certificateFile = path(node, "client-certificate");
        user.keyPem = data(node, "client-key-data");
        user.keyFile = path(node, "client-key");
        user.token = text(node, "token").toUtf8();
        user.tokenFile = path(node, "tokenFile");
        user.basicUser = text(node, "username");
        user.basicPassword = text(node, "password").toUtf8();
        user.impersonateUser = text(node, "as");
        user.impersonateUid = text(node, "as-uid");
        user.impersonateGroups = texts(node["as-groups"]);
        const YAML::Node extra = node["as-user-extra"];
        if (extra.IsDefined() && extra.IsMap()) {
            for (const auto &pair : extra)
                user.impersonateExtra.insert(QString::fromStdString(pair.first.Scalar()), texts(pair.second));
        }
        const YAML::Node exec = node["exec"];
        if (exec.IsDefined() && exec.IsMap())
            user.exec = plugin(exec);
        const YAML::Node provider = node["auth-provider"];
        if (provider.IsDefined() && provider.IsMap())
            user.authProvider = text(provider, "name");
        return user;
    }

    KubeExec plugin(const YAML::Node &node) const
    {
        KubeExec exec;
        exec.apiVersion = text(node, "apiVersion");
        exec.command = text(node, "command");
        if (exec.command.contains(u'/'))
            exec.command = QDir::cleanPath(m_folder.absoluteFilePath(exec.command));
        exec.arguments = texts(node["args"]);
        const YAML::Node variables = node["env"];
        if (variables.IsDefined() && variables.IsSequence()) {
            for (const YAML::Node &variable : variables)
                exec.environment.insert(text(variable, "name"), text(variable, "value"));
        }
        exec.installHint = text(node, "installHint");
        exec.wantsClusterInfo = flag(node, "provideClusterInfo");
        const QString mode = text(node, "interactiveMode");
        if (mode == u"Never")
            exec.interactive = KubeExec::Interactive::Never;
        else if (mode == u"Always")
            exec.interactive = KubeExec::Interactive::Always;
        return exec;
    }

    QString m_path;
    QDir m_folder;
    std::optional<Error> m_error{};
};

} // namespace

Result<Kubeconfig> parseKubeconfig(const QByteArray &bytes, const QString &path, const QString &folder)
{
    try { // yaml-cpp reports a broken text by exceptions: they end here, without their words, which may quote a secret
        const YAML::Node root = YAML::Load(bytes.toStdString());
        if (root.IsNull())
            return Kubeconfig{};
        if (!root.IsMap())
            return Error{Error::Kind::Parse, KubernetesWords::tr("The file %1 is no kubeconfig.").arg(path), {}, {}};
        KubeconfigReader reader(path, folder);
        Kubeconfig config = reader.read(root);
        if (reader.error())
            return *reader.error();
        return config;
    } catch (const YAML::Exception &broken) {
        return Error{Error::Kind::Parse,
                     KubernetesWords::tr("The kubeconfig %1 is broken at line %2.").arg(path).arg(broken.mark.line + 1),
                     {},
                     KubernetesWords::tr("Compare with `kubectl config view`.")};
    }
}

} // namespace cockpit
