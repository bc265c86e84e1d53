// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store_backup.h"

#include "app/store/migrations.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace cockpit {

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html).
constexpr int kSqliteCorrupt = 11;
constexpr int kSqliteNotADatabase = 26;
constexpr std::chrono::seconds kLongestWait{10};

QString backupWords(const char *words) { return QCoreApplication::translate("Store", words); }

Error backupFailure(Error::Kind kind, const QString &what, const QString &next)
{
    return Error{kind, what, backupWords("The store is as it was."), next};
}

/// The first value that `sql` answers on the file; its error code otherwise (the low byte).
struct FileAnswer {
    QVariant value{};
    int code = 0;
};

FileAnswer askFile(const QString &path, const QString &sql)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    FileAnswer answer;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
        QSqlError problem;
        if (!database.open()) {
            problem = database.lastError();
        } else {
            QSqlQuery query(database);
            if (query.exec(sql) && query.next())
                answer.value = query.value(0);
            problem = query.lastError();
        }
        answer.code = problem.isValid() ? problem.nativeErrorCode().toInt() & 0xff : 0;
    }
    QSqlDatabase::removeDatabase(name);
    return answer;
}

bool isDamaged(const QString &path)
{
    if (QFileInfo(path).size() == 0)
        return false;
    const FileAnswer check = askFile(path, QStringLiteral("PRAGMA quick_check(1)"));
    if (check.code == kSqliteCorrupt || check.code == kSqliteNotADatabase)
        return true;
    return check.code == 0 && check.value.toString() != QStringLiteral("ok");
}

/// A sound store that this program can open.
bool isUsableStore(const QString &path)
{
    if (QFileInfo(path).size() == 0 || isDamaged(path))
        return false;
    const FileAnswer version = askFile(path, QStringLiteral("SELECT MAX(version) FROM schema_version"));
    return version.code == 0 && version.value.toInt() > 0 && version.value.toInt() <= schemaVersion();
}

/// With its write-ahead log, which belongs to it. Returns the new name; empty when it cannot be moved.
QString setAside(const QString &path, const char *why, Instant now)
{
    QString stamp = toRfc3339(now).section(u'.', 0, 0) + u'Z';
    stamp.remove(u'-').remove(u':');
    const QString wanted = QStringLiteral("%1.%2-%3").arg(path, QLatin1String(why), stamp);
    QString aside = wanted;
    for (int other = 2; QFileInfo::exists(aside); ++other)
        aside = wanted + u'-' + QString::number(other);
    if (!QFile::rename(path, aside))
        return {};
    for (const char *ending : {"-wal", "-shm"})
        QFile::rename(path + QLatin1String(ending), aside + QLatin1String(ending));
    return aside;
}

/// Under a name of its own first: a crash in between leaves no half store.
bool copyInPlace(const QString &from, const QString &path)
{
    const QString unfinished = path + QStringLiteral(".restoring");
    QFile::remove(unfinished);
    if (!QFile::copy(from, unfinished))
        return false;
    QFile::setPermissions(unfinished, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return QFile::rename(unfinished, path);
}

QString mendedWords(const QString &aside, const QString &backup)
{
    const QString happened =
        backupWords("The store on this laptop was damaged. It was set aside as %1.").arg(QFileInfo(aside).fileName());
    if (backup.isEmpty()) {
        return happened + u' ' +
               backupWords("There was no backup: a new, empty store was begun. Ask someone who knows SQLite whether"
                           " the file can be saved (sqlite3 .recover).");
    }
    const Instant madeAt = fromEpochMs(QFileInfo(backup).lastModified().toMSecsSinceEpoch());
    return happened + u' ' +
           backupWords("The backup of %1 was taken in its place: what was written later is missing here.")
               .arg(utcDateTimeText(madeAt));
}

} // namespace

Result<Done> backupStore(const QString &path, const QString &to)
{
    if (QFileInfo(path).size() == 0)
        return backupFailure(Error::Kind::NotFound, backupWords("There is no store at %1.").arg(path),
                             backupWords("Check the path in the configuration (store.sqlite)."));
    if (QFileInfo::exists(to))
        return backupFailure(Error::Kind::Conflict, backupWords("The file %1 exists already.").arg(to),
                             backupWords("Name a new file."));
    QFile file(to); // private before anything is written into it; SQLite accepts an empty file
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return backupFailure(Error::Kind::Storage, backupWords("The file %1 cannot be written.").arg(to),
                             backupWords("Check the folder's owner and space."));
    file.close();
    auto connection = SqliteConnection::openReadOnly(path, kLongestWait);
    Result<Done> written = Done{};
    if (!connection)
        written = connection.error();
    else if (auto copied = (*connection)->run("VACUUM INTO ?", {to}); !copied)
        written = copied.error();
    if (!written)
        QFile::remove(to);
    return written;
}

Result<QString> restoreStore(const QString &from, const QString &path, Instant now)
{
    if (!QFileInfo::exists(from))
        return backupFailure(Error::Kind::NotFound, backupWords("There is no backup at %1.").arg(from),
                             backupWords("Check the path."));
    if (!isUsableStore(from))
        return backupFailure(Error::Kind::Invalid,
                             backupWords("%1 is damaged, no store of dt-cockpit, or of a newer version.").arg(from),
                             backupWords("Name another backup."));
    QString aside;
    if (QFileInfo::exists(path)) {
        // Leaving WAL needs the file for oneself alone: it fails while another cockpit has it open.
        const FileAnswer alone = askFile(path, QStringLiteral("PRAGMA journal_mode = DELETE"));
        const bool isBroken = alone.code == kSqliteCorrupt || alone.code == kSqliteNotADatabase;
        if (!isBroken && alone.value.toString() != QStringLiteral("delete"))
            return backupFailure(Error::Kind::Conflict, backupWords("A cockpit has the store %1 open.").arg(path),
                                 backupWords("Close every cockpit of this user and try again."));
        aside = setAside(path, "replaced", now);
        if (aside.isEmpty())
            return backupFailure(Error::Kind::Storage, backupWords("The store %1 cannot be set aside.").arg(path),
                                 backupWords("Check the folder's owner."));
    }
    if (!copyInPlace(from, path)) {
        if (!aside.isEmpty())
            QFile::rename(aside, path);
        return backupFailure(Error::Kind::Storage, backupWords("The backup cannot be copied to %1.").arg(path),
                             backupWords("Check the disk's space."));
    }
    return aside.isEmpty() ? backupWords("The backup was restored.")
                           : backupWords("The backup was restored; the store before it is kept as %1.").arg(aside);
}

Result<QString> mendStore(const QString &path, Instant now)
{
    if (!isDamaged(path))
        return QString();
    QLockFile lock(path + QStringLiteral(".mending"));
    if (lock.tryLock(kLongestWait) && !isDamaged(path))
        return QString(); // another process has mended it meanwhile
    const QString aside = lock.isLocked() ? setAside(path, "damaged", now) : QString();
    if (aside.isEmpty()) {
        return Error{Error::Kind::Storage, backupWords("The store %1 is damaged and cannot be set aside.").arg(path),
                     backupWords("Nothing can be journalled, so no action runs."),
                     backupWords("Move the file away by hand and start again.")};
    }
    const QStringList backups = automaticBackups(path);
    for (const QString &backup : backups) {
        if (isUsableStore(backup) && copyInPlace(backup, path))
            return mendedWords(aside, backup);
    }
    return mendedWords(aside, QString());
}

} // namespace cockpit
