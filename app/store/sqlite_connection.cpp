// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/sqlite_connection.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

namespace cockpit {

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html); the driver gives extended ones, their low byte is this.
constexpr int kSqliteBusy = 5;
constexpr int kSqliteIoError = 10;
constexpr int kSqliteFull = 13;

Error storeFailure(const QString &path, const QString &words)
{
    return Error{Error::Kind::Storage,
                 QCoreApplication::translate("Store", "The store %1 failed: %2.").arg(path, words),
                 QCoreApplication::translate("Store", "Nothing can be journalled, so no action runs."),
                 QCoreApplication::translate("Store", "Check the disk's space and the file's owner.")};
}

Error storeIsBusy(const QString &path)
{
    return Error{Error::Kind::Storage,
                 QCoreApplication::translate("Store", "The store %1 is locked: another program writes to it.").arg(path),
                 QCoreApplication::translate("Store", "Nothing was written."),
                 QCoreApplication::translate("Store", "Try again; if it stays so, close the other cockpits.")};
}

/// The file has to be private before SQLite writes into it; its -wal and -shm files take its mode.
bool makePrivateFile(const QString &path)
{
    const QFileInfo info(path);
    const QString folder = info.absolutePath();
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!QFileInfo::exists(folder)) {
        if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, owner | QFileDevice::ExeOwner))
            return false;
    }
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.setPermissions(owner);
}

} // namespace

SqliteConnection::SqliteConnection(QString path, QString name)
    : m_path(std::move(path))
    , m_name(std::move(name))
    , m_reserve(m_path + QStringLiteral(".reserve"))
{}

SqliteConnection::~SqliteConnection() { QSqlDatabase::removeDatabase(m_name); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const QString &path,
                                                                 std::chrono::milliseconds busyTimeout)
{
    const auto attempt = [&]() -> Result<std::unique_ptr<SqliteConnection>> {
        std::unique_ptr<SqliteConnection> connection(
            new SqliteConnection(path, QUuid::createUuid().toString(QUuid::WithoutBraces)));
        if (auto started = connection->start(busyTimeout); !started)
            return started.error();
        return connection;
    };
    auto first = attempt();
    // Opening writes too (the shared memory file of WAL): on a full disk it needs the reserve as well.
    if (first || !DiskReserve(path + QStringLiteral(".reserve")).release())
        return first;
    return attempt();
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openInMemory()
{
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(QString(), QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (auto begun = connection->begin(QStringLiteral(":memory:"), std::chrono::milliseconds(0)); !begun)
        return begun.error();
    return connection;
}

Result<Done> SqliteConnection::start(std::chrono::milliseconds busyTimeout)
{
    if (!makePrivateFile(m_path))
        return storeFailure(m_path, QCoreApplication::translate("Store", "the file cannot be made"));
    return begin(m_path, busyTimeout);
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openReadOnly(const QString &path,
                                                                         std::chrono::milliseconds busyTimeout)
{
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(path, QUuid::createUuid().toString(QUuid::WithoutBraces)));
    const QString options =
        QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout.count());
    if (auto connected = connection->connect(path, options); !connected)
        return connected.error();
    if (auto done = connection->run("PRAGMA trusted_schema = OFF"); !done)
        return done.error();
    return connection;
}

Result<Done> SqliteConnection::connect(const QString &path, const QString &options)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    database.setDatabaseName(path);
    database.setConnectOptions(options);
    if (!database.open())
        return failure(database.lastError());
    return Done{};
}

Result<Done> SqliteConnection::begin(const QString &path, std::chrono::milliseconds busyTimeout)
{
    if (auto connected = connect(path, QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout.count())); !connected)
        return connected;
    // synchronous=FULL: what was journalled is on the disk before anything is sent, also through a power cut.
    for (const char *pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA trusted_schema = OFF"}) {
        if (auto done = run(pragma); !done)
            return done.error();
    }
    refillReserve();
    return Done{};
}

Result<QSqlQuery> SqliteConnection::run(const char *sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_name));
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromLatin1(sql)))
        return failure(query.lastError());
    for (const QVariant &value : values) {
        // A null QString is an empty text here: the driver would bind it as NULL.
        const bool nullText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.addBindValue(nullText ? QVariant(QStringLiteral("")) : value);
    }
    if (!query.exec())
        return failure(query.lastError());
    return query;
}

void SqliteConnection::rollBack()
{
    const bool full = m_diskFull;
    // SQLite has rolled back by itself after some errors; then this statement fails and that is right.
    (void)run("ROLLBACK").has_value();
    m_diskFull = full;
}

Error SqliteConnection::failure(const QSqlError &problem)
{
    const int code = problem.nativeErrorCode().toInt() & 0xff;
    m_diskFull = code == kSqliteFull || code == kSqliteIoError;
    if (code == kSqliteBusy)
        return storeIsBusy(m_path);
    return storeFailure(m_path, problem.databaseText().isEmpty() ? problem.driverText() : problem.databaseText());
}

} // namespace cockpit
