// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/delivery_rows.h"
#include "app/store/history.h"
#include "app/store/incident_rows.h"
#include "app/store/journal.h"
#include "app/store/leases.h"
#include "app/store/runbook_ticks.h"
#include "app/store/sqlite_connection.h"

#include <QString>

#include <chrono>
#include <memory>

namespace cockpit {

/// When backups are made by themselves. Only of a store that changed since the last one.
struct BackupPlan {
    std::chrono::milliseconds firstAfter{std::chrono::seconds(30)}; ///< a short command makes none
    std::chrono::milliseconds every{std::chrono::hours(6)};
    int kept = 5;
};

/// Where the store is and who opens it.
struct StoreOptions {
    QString path{};                              ///< of the SQLite file
    QString owner{};                             ///< thisProcessIdentity(); tests give their own
    std::chrono::milliseconds busyTimeout{5000}; ///< another process writes: wait this long for it
    BackupPlan backups{};
};

/// Everything that this installation keeps on disk, behind one connection. Lives on the thread that opened it.
class Store {
public:
    /// Opens, migrates and prunes. A damaged file is set aside first and the last backup taken in its place: mended()
    /// says so. Errors: Storage.
    static Result<std::unique_ptr<Store>> open(const StoreOptions &options, Instant now);

    Journal &journal() { return m_journal; }
    History &history() { return m_history; }
    Leases &leases() { return m_leases; }
    RunbookTicks &runbookTicks() { return m_runbookTicks; }
    IncidentRows &incidents() { return m_incidents; }
    DeliveryRows &delivery() { return m_delivery; }
    const QString &mended() const { return m_mended; } ///< what was wrong with the file and was done; else empty

private:
    Store(std::unique_ptr<SqliteConnection> connection, const QString &owner);

    std::unique_ptr<SqliteConnection> m_connection;
    Journal m_journal;
    History m_history;
    Leases m_leases;
    RunbookTicks m_runbookTicks;
    IncidentRows m_incidents;
    DeliveryRows m_delivery;
    QString m_mended;
};

} // namespace cockpit
