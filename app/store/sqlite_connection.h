// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/disk_reserve.h"
#include "models/result.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <chrono>
#include <functional>
#include <memory>

namespace cockpit {

/// One SQLite connection (WAL, synchronous=FULL, mode 0600), bound to the thread that opened it.
/// A write that meets a full disk is tried once more after the disk reserve was given free.
class SqliteConnection {
public:
    /// Makes the folder (0700) and the file (0600) when they are missing. Errors: Storage.
    static Result<std::unique_ptr<SqliteConnection>> open(const QString &path, std::chrono::milliseconds busyTimeout);
    /// Only reads: a store that a newer program keeps. Changes nothing on the disk. Errors: Storage.
    static Result<std::unique_ptr<SqliteConnection>> openReadOnly(const QString &path,
                                                                  std::chrono::milliseconds busyTimeout);
    /// One without a file, for what may be lost: gone with the connection. Errors: Storage.
    static Result<std::unique_ptr<SqliteConnection>> openInMemory();
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    /// Runs one statement with its values bound in order. Errors: Storage.
    Result<QSqlQuery> run(const char *sql, const QVariantList &values = {});

    /// Runs `work` between BEGIN IMMEDIATE and COMMIT; rolls back on an error. `work` may run twice (full disk).
    template <typename T> Result<T> transaction(const std::function<Result<T>()> &work)
    {
        Result<T> first = attempt<T>(work);
        if (first || !m_diskFull || m_path.isEmpty() || !m_reserve.release())
            return first;
        return attempt<T>(work);
    }
    /// Takes the disk reserve again when there is room; cheap when it is there.
    void refillReserve()
    {
        if (!m_path.isEmpty())
            m_reserve.fill();
    }

private:
    SqliteConnection(QString path, QString name);
    Result<Done> start(std::chrono::milliseconds busyTimeout);
    Result<Done> begin(const QString &database, std::chrono::milliseconds busyTimeout);
    Result<Done> connect(const QString &database, const QString &options);
    Error failure(const QSqlError &problem);

    template <typename T> Result<T> attempt(const std::function<Result<T>()> &work)
    {
        m_diskFull = false;
        if (auto begun = run("BEGIN IMMEDIATE"); !begun)
            return begun.error();
        Result<T> outcome = work();
        if (outcome) {
            auto committed = run("COMMIT");
            if (committed)
                return outcome;
            outcome = committed.error();
        }
        rollBack();
        return outcome;
    }
    void rollBack();

    QString m_path; ///< empty = in memory
    QString m_name;
    DiskReserve m_reserve;
    bool m_diskFull = false;
};

} // namespace cockpit
