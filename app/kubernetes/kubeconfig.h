// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration_loader.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// One entry of `clusters:`. Paths are absolute.
struct KubeCluster {
    QString server{};
    QByteArray authorityPem{}; ///< certificate-authority-data, decoded; wins over the file
    QString authorityFile{};
    bool skipsVerification = false; ///< insecure-skip-tls-verify
    QString serverName{};           ///< tls-server-name
    QString proxy{};                ///< proxy-url
    QString execExtension{};        ///< YAML of the extension client.authentication.k8s.io/exec, for the plugin
    bool operator==(const KubeCluster &) const = default;
};

/// `exec:` of a user: a program that logs in.
struct KubeExec {
    enum class Interactive { Never, IfAvailable, Always };
    QString apiVersion{};
    QString command{}; ///< absolute when it held a path separator
    QStringList arguments{};
    QMap<QString, QString> environment{};
    QString installHint{};
    bool wantsClusterInfo = false;
    Interactive interactive = Interactive::IfAvailable;
    bool operator==(const KubeExec &) const = default;
};

/// One entry of `users:`. Everything with a value is secret. Paths are absolute.
struct KubeUser {
    QByteArray certificatePem{};
    QString certificateFile{};
    QByteArray keyPem{};
    QString keyFile{};
    QByteArray token{};
    QString tokenFile{}; ///< wins over the token
    QString basicUser{};
    QByteArray basicPassword{};
    QString impersonateUser{};
    QString impersonateUid{};
    QStringList impersonateGroups{};
    QMap<QString, QStringList> impersonateExtra{};
    std::optional<KubeExec> exec{};
    QString authProvider{}; ///< its name; clients do not know it any more
    bool operator==(const KubeUser &) const = default;

    /// Has something of its own to log in with: then `exec` is not run (backends.md §3.1).
    bool hasStaticLogin() const;
};

/// One entry of `contexts:`.
struct KubeContext {
    QString cluster{};
    QString user{};
    QString nameSpace{};
    bool operator==(const KubeContext &) const = default;
};

/// What a file looked like when it was read: a change of any of these means that it has to be read again.
struct FileStamp {
    QString path{};
    qint64 modifiedNs = 0; ///< 0 with size −1: it is not there
    quint64 inode = 0;
    qint64 size = -1;
    bool operator==(const FileStamp &) const = default;
    /// Follows symbolic links (a mounted token is one that is swapped). Blocks.
    static FileStamp of(const QString &path);
};

/// Everything that kubectl would know, merged as client-go does.
struct Kubeconfig {
    QString currentContext{};
    QHash<QString, KubeCluster> clusters{};
    QHash<QString, KubeUser> users{};
    QHash<QString, KubeContext> contexts{};
    QList<FileStamp> files{}; ///< all that were looked at, missing ones too

    /// Adds what an earlier file did not name: the first file wins, entry by entry (client-go
    /// tools/clientcmd/loader.go).
    void merge(Kubeconfig later);
};

/// Where to look: `configured` when it is not empty, else $KUBECONFIG split by ':' without doubles, else
/// ~/.kube/config.
QStringList kubeconfigPaths(const QStringList &configured, const EnvironmentVariables &environment);

/// One file's bytes. `folder` is the file's own: relative paths start there. `path` is for messages, which never repeat
/// a value. Errors: Parse.
Result<Kubeconfig> parseKubeconfig(const QByteArray &bytes, const QString &path, const QString &folder);

/// Reads and merges. Missing files are skipped, except when they are `explicitPaths`. Blocks: never on the GUI or the
/// I/O thread. Errors: NotFound (no file at all), Storage (not readable), Parse.
Result<Kubeconfig> readKubeconfig(const QStringList &paths, bool explicitPaths);

} // namespace cockpit
