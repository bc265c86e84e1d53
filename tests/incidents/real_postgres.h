// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"

#include <QString>
#include <QTemporaryDir>

namespace cockpit::testing {

/// A PostgreSQL of its own in a temporary folder, on a free port of loopback. The server refuses root: it runs as
/// nobody then. Stopped at the end.
class RealPostgres {
public:
    RealPostgres();
    ~RealPostgres();
    RealPostgres(const RealPostgres &) = delete;
    RealPostgres &operator=(const RealPostgres &) = delete;

    static bool isInstalled();
    /// initdb, start, and a password for the user "cockpit". False when one of them failed.
    bool make();
    bool start();
    void stop();
    /// Stops and continues every process of the server, without a word to its clients.
    void suspend();
    void resume();
    bool restart()
    {
        stop();
        return start();
    }
    /// Runs SQL as the administrator; false when it failed.
    bool sql(const QString &statement) const;
    PostgresConfig config() const;
    /// The file of the password, as a configuration would name it.
    QString passwordFile() const { return m_folder.filePath(QStringLiteral("password")); }
    static QString password() { return QStringLiteral("not-in-any-log"); }

private:
    QStringList asOwner(const QString &program, const QStringList &arguments) const;
    bool run(const QString &program, const QStringList &arguments) const;
    void signalAll(int signal) const;

    QTemporaryDir m_folder;
    QString m_programs;
    int m_port = 0;
    bool m_isRunning = false;
};

} // namespace cockpit::testing
