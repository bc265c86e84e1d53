// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/kubeconfig.h"

#include <QFile>
#include <QTemporaryDir>

#include <string>

namespace cockpit {

/// A folder with kubeconfigs and credential files of a test.
class KubeconfigFixture {
public:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Replaces the file as a tool does: under another name first, then moved.
    QString write(const QString &name, const QByteArray &bytes) const
    {
        const QString target = path(name);
        QFile file(target + QStringLiteral(".new"));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        file.close();
        QFile::remove(target);
        QFile::rename(file.fileName(), target);
        return target;
    }
    /// An executable shell script.
    QString script(const QString &name, const QByteArray &text) const
    {
        const QString target = write(name, "#!/bin/sh\n" + text);
        QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return target;
    }
    /// One context "prod" at `server` whose user has these lines ("token: abc").
    static QByteArray config(const QString &server, const QByteArray &user, const QByteArray &nameSpace = {})
    {
        return "apiVersion: v1\nkind: Config\ncurrent-context: prod\n"
               "clusters: [{name: c, cluster: {server: \"" +
               server.toUtf8() + "\"}}]\n" + "contexts: [{name: prod, context: {cluster: c, user: u, namespace: \"" +
               nameSpace + "\"}}]\n" + "users:\n- name: u\n  user: {" + user + "}\n";
    }

private:
    QTemporaryDir m_folder{};
};

} // namespace cockpit
