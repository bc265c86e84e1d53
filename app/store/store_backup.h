// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/store.h"
#include "models/result.h"

#include <QString>
#include <QStringList>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace cockpit {

/// Writes a whole copy of the store at `path` to the new file `to` (mode 0600) while others go on working with it.
/// Blocks. Errors: Storage, NotFound (no store there), Conflict (`to` exists).
Result<Done> backupStore(const QString &path, const QString &to);
/// Puts the backup `from` in the place of the store at `path`; what was there is set aside beside it, never deleted.
/// The words say where. Blocks. Errors: Storage, NotFound, Conflict (a cockpit has the store open), Invalid (`from` is
/// damaged, is no store, or is of a newer program).
Result<QString> restoreStore(const QString &from, const QString &path, Instant now);

/// The backups that were made by themselves, the newest first: "<path>.backup-<n>".
QStringList automaticBackups(const QString &path);
/// Sets a damaged store aside ("<path>.damaged-20261123T031240Z") and takes the newest sound backup in its place.
/// Returns what happened in words; empty where nothing was wrong. Safe when several processes start at once.
/// Errors: Storage.
Result<QString> mendStore(const QString &path, Instant now);

/// Makes a backup beside the store as planned, on a thread of its own; keeps the newest few. One that fails (a full
/// disk) is left for the next time.
class AutomaticBackup {
public:
    AutomaticBackup(QString path, BackupPlan plan);
    /// Waits for a backup that is being written.
    ~AutomaticBackup();
    AutomaticBackup(const AutomaticBackup &) = delete;
    AutomaticBackup &operator=(const AutomaticBackup &) = delete;

private:
    void work();
    void backUp() const;

    QString m_path;
    BackupPlan m_plan;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ending = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace cockpit
