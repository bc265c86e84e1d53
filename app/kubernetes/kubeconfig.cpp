// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/kubeconfig.h"

#include "app/kubernetes/kubernetes_words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace cockpit {

namespace {

constexpr qint64 mostKubeconfigBytes = 4 * 1024 * 1024;

template <typename Entry> void addMissing(QHash<QString, Entry> &into, const QHash<QString, Entry> &later)
{
    for (auto it = later.begin(); it != later.end(); ++it) {
        if (!into.contains(it.key()))
            into.insert(it.key(), it.value());
    }
}

Result<QByteArray> readKubeconfigFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Error::Kind::Storage,
                     KubernetesWords::tr("The kubeconfig %1 cannot be read: %2.").arg(path, file.errorString()),
                     {},
                     {}};
    QByteArray bytes = file.read(mostKubeconfigBytes + 1);
    if (bytes.size() > mostKubeconfigBytes)
        return Error{
            Error::Kind::TooLarge, KubernetesWords::tr("The kubeconfig %1 is larger than 4 MiB.").arg(path), {}, {}};
    return bytes;
}

Error noKubeconfigError(const QStringList &paths)
{
    return {Error::Kind::NotFound,
            KubernetesWords::tr("There is no kubeconfig: %1 is not there.").arg(paths.join(QStringLiteral(", "))),
            {},
            KubernetesWords::tr("Set KUBECONFIG, or kubeconfig under kubernetes of the configuration.")};
}

} // namespace

bool KubeUser::hasStaticLogin() const
{
    return !certificatePem.isEmpty() || !certificateFile.isEmpty() || !token.isEmpty() || !tokenFile.isEmpty() ||
           !basicUser.isEmpty() || !basicPassword.isEmpty();
}

FileStamp FileStamp::of(const QString &path)
{
    FileStamp stamp;
    stamp.path = path;
    struct stat state {};
    if (::stat(QFile::encodeName(path).constData(), &state) != 0)
        return stamp;
    stamp.modifiedNs = qint64(state.st_mtim.tv_sec) * 1'000'000'000 + qint64(state.st_mtim.tv_nsec);
    stamp.inode = state.st_ino;
    stamp.size = state.st_size;
    return stamp;
}

void Kubeconfig::merge(Kubeconfig later)
{
    if (currentContext.isEmpty())
        currentContext = later.currentContext;
    addMissing(clusters, later.clusters);
    addMissing(users, later.users);
    addMissing(contexts, later.contexts);
    files += later.files;
}

QStringList kubeconfigPaths(const QStringList &configured, const EnvironmentVariables &environment)
{
    if (!configured.isEmpty())
        return configured;
    QStringList paths = environment.value(QStringLiteral("KUBECONFIG")).split(u':', Qt::SkipEmptyParts);
    paths.removeDuplicates();
    if (!paths.isEmpty())
        return paths;
    const QString home = environment.value(QStringLiteral("HOME"), QDir::homePath());
    return {home + QStringLiteral("/.kube/config")};
}

Result<Kubeconfig> readKubeconfig(const QStringList &paths, bool explicitPaths)
{
    Kubeconfig merged;
    bool found = false;
    for (const QString &path : paths) {
        // The stamp first: what changes while it is read is read again.
        merged.files.append(FileStamp::of(path));
        if (merged.files.last().size < 0 && !explicitPaths)
            continue;
        const Result<QByteArray> bytes = readKubeconfigFile(path);
        if (!bytes)
            return bytes.error();
        Result<Kubeconfig> one = parseKubeconfig(*bytes, path, QFileInfo(path).absolutePath());
        if (!one)
            return one.error();
        merged.merge(std::move(*one));
        found = true;
    }
    if (!found)
        return noKubeconfigError(paths);
    return merged;
}

} // namespace cockpit
