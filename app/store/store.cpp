// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store.h"

#include "app/store/migrations.h"
#include "app/store/store_backup.h"

namespace cockpit {

Store::Store(std::unique_ptr<SqliteConnection> connection, const QString &owner)
    : m_connection(std::move(connection))
    , m_journal(*m_connection, owner)
    , m_history(*m_connection)
    , m_leases(*m_connection, owner)
    , m_runbookTicks(*m_connection, m_journal)
    , m_incidents(*m_connection)
    , m_delivery(*m_connection, m_journal)
{}

Result<std::unique_ptr<Store>> Store::open(const StoreOptions &options, Instant now)
{
    auto mended = mendStore(options.path, now);
    if (!mended)
        return mended.error();
    auto connection = SqliteConnection::open(options.path, options.busyTimeout);
    if (!connection)
        return connection.error();
    if (auto migrated = migrate(**connection, now); !migrated)
        return migrated.error();
    std::unique_ptr<Store> store(new Store(std::move(*connection), options.owner));
    store->m_mended = *mended;
    // Housekeeping that a full or busy disk may refuse: then there are more rows until the next start, nothing else.
    (void)store->m_journal.prune(now).has_value();
    (void)store->m_history.prune(now).has_value();
    (void)store->m_runbookTicks.prune(now).has_value();
    (void)store->m_delivery.prune(now).has_value();
    return store;
}

} // namespace cockpit
