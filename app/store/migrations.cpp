// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations.h"

#include "app/store/sqlite_connection.h"

#include <QCoreApplication>
#include <QUuid>

#include <array>
#include <vector>

namespace cockpit {

namespace {

/// One step forward. A step that has shipped is never edited: a change is a new step that only adds, and what running
/// programs still read is dropped in a later one (expand, then contract).
using MigrationStatements = std::vector<const char *>;

const std::array<MigrationStatements, 6> &migrationSteps()
{
    static const std::array<MigrationStatements, 6> steps{{{
        "CREATE TABLE installation (id TEXT NOT NULL, last_sequence INTEGER NOT NULL, last_hash BLOB NOT NULL)",
        "CREATE TABLE actions (id TEXT PRIMARY KEY, environment TEXT NOT NULL, state TEXT NOT NULL,"
        " owner TEXT NOT NULL, steps_logged INTEGER NOT NULL, updated_at INTEGER NOT NULL, record BLOB NOT NULL)",
        "CREATE INDEX actions_by_state ON actions (environment, state)",
        "CREATE TABLE activity (sequence INTEGER PRIMARY KEY, environment TEXT NOT NULL, at INTEGER NOT NULL,"
        " action_id TEXT NOT NULL, action_name TEXT NOT NULL, target TEXT NOT NULL, service TEXT NOT NULL,"
        " actor TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL, hash BLOB NOT NULL)",
        "CREATE INDEX activity_by_environment ON activity (environment, sequence)",
        "CREATE TABLE settings (environment TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,"
        " PRIMARY KEY (environment, name))",
        "CREATE TABLE sources_seen (environment TEXT NOT NULL, source TEXT NOT NULL, last_success INTEGER NOT NULL,"
        " PRIMARY KEY (environment, source))",
        "CREATE TABLE resolved_alerts (environment TEXT NOT NULL, cluster TEXT NOT NULL, fingerprint TEXT NOT NULL,"
        " starts_at INTEGER NOT NULL, resolved_at INTEGER NOT NULL, name TEXT NOT NULL, service TEXT NOT NULL,"
        " PRIMARY KEY (environment, cluster, fingerprint, starts_at))",
        "CREATE INDEX resolved_by_time ON resolved_alerts (environment, resolved_at)",
        "CREATE TABLE leases (id TEXT PRIMARY KEY, environment TEXT NOT NULL, kind TEXT NOT NULL,"
        " target TEXT NOT NULL, previous_value TEXT NOT NULL, new_value TEXT NOT NULL, actor TEXT NOT NULL,"
        " reason TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, ended_at INTEGER,"
        " outcome TEXT NOT NULL)",
        "CREATE INDEX leases_open ON leases (environment, ended_at)",
    }, {
        "ALTER TABLE activity ADD COLUMN identity TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE activity ADD COLUMN diff TEXT NOT NULL DEFAULT ''",
    }, {
        "ALTER TABLE leases ADD COLUMN title TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE leases ADD COLUMN service TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE leases ADD COLUMN revert BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE leases ADD COLUMN detail BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE leases ADD COLUMN trouble TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE leases ADD COLUMN claimed_by TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE leases ADD COLUMN claimed_at INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE lease_keepers (environment TEXT NOT NULL, owner TEXT NOT NULL, seen_at INTEGER NOT NULL,"
        " PRIMARY KEY (environment, owner))",
    }, {
        "CREATE TABLE runbook_ticks (id INTEGER PRIMARY KEY AUTOINCREMENT, environment TEXT NOT NULL,"
        " occasion TEXT NOT NULL, source TEXT NOT NULL, path TEXT NOT NULL, step TEXT NOT NULL, text TEXT NOT NULL,"
        " state TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL)",
        "CREATE INDEX runbook_ticks_by_occasion ON runbook_ticks (environment, occasion, id)",
    }, {
        "CREATE TABLE incidents (id TEXT PRIMARY KEY, archive TEXT NOT NULL, environment TEXT NOT NULL,"
        " number INTEGER, local_number INTEGER NOT NULL, opened_at INTEGER NOT NULL, revision INTEGER NOT NULL)",
        "CREATE UNIQUE INDEX incidents_by_number ON incidents (archive, number)",
        "CREATE INDEX incidents_by_time ON incidents (archive, environment, opened_at)",
        "CREATE INDEX incidents_by_revision ON incidents (revision)",
        "CREATE TABLE incident_entries (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
        " incident TEXT NOT NULL, sent INTEGER NOT NULL, record BLOB NOT NULL)",
        "CREATE INDEX incident_entries_by_incident ON incident_entries (incident, position)",
        "CREATE INDEX incident_entries_waiting ON incident_entries (position) WHERE sent = 0",
        "CREATE TABLE incident_reminders (archive TEXT NOT NULL, id TEXT NOT NULL, claimed_by TEXT NOT NULL,"
        " claimed_at INTEGER NOT NULL, PRIMARY KEY (archive, id))",
        "CREATE TABLE incident_cursors (archive TEXT NOT NULL, environment TEXT NOT NULL, position INTEGER NOT NULL,"
        " PRIMARY KEY (archive, environment))",
    }, {
        "CREATE TABLE deployments_seen (environment TEXT NOT NULL, id TEXT NOT NULL, service TEXT NOT NULL,"
        " revision TEXT NOT NULL, at INTEGER NOT NULL, committed INTEGER, failed_at INTEGER, restored_at INTEGER,"
        " outcome TEXT NOT NULL, because TEXT NOT NULL, evidence TEXT NOT NULL, seen_at INTEGER NOT NULL,"
        " PRIMARY KEY (environment, id))",
        "CREATE TABLE pages_seen (environment TEXT NOT NULL, firing TEXT NOT NULL, at INTEGER NOT NULL,"
        " ended_at INTEGER, alert TEXT NOT NULL, service TEXT NOT NULL, PRIMARY KEY (environment, firing, at))",
        "CREATE INDEX pages_by_time ON pages_seen (environment, at)",
        "CREATE TABLE deployment_corrections (id INTEGER PRIMARY KEY AUTOINCREMENT, environment TEXT NOT NULL,"
        " deployment TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL,"
        " at INTEGER NOT NULL)",
    }}};
    return steps;
}

Result<int> currentSchemaVersion(SqliteConnection &connection)
{
    auto made = connection.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY,"
                               " applied_at INTEGER NOT NULL)");
    if (!made)
        return made.error();
    auto query = connection.run("SELECT COALESCE(MAX(version), 0) FROM schema_version");
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toInt() : 0;
}

Result<Done> applyMigration(SqliteConnection &connection, int version, Instant now)
{
    for (const char *statement : migrationSteps().at(static_cast<size_t>(version) - 1)) {
        if (auto done = connection.run(statement); !done)
            return done.error();
    }
    auto noted = connection.run("INSERT INTO schema_version VALUES (?, ?)", {version, toEpochMs(now)});
    if (!noted)
        return noted.error();
    return Done{};
}

/// The installation's own id is the ground that the hash chain stands on.
Result<Done> nameInstallation(SqliteConnection &connection)
{
    auto named = connection.run("INSERT INTO installation SELECT ?, 0, x'' WHERE NOT EXISTS"
                                " (SELECT 1 FROM installation)",
                                {QUuid::createUuid().toString(QUuid::WithoutBraces)});
    if (!named)
        return named.error();
    return Done{};
}

} // namespace

int schemaVersion() { return static_cast<int>(migrationSteps().size()); }

bool isOfNewerProgram(SqliteConnection &connection)
{
    auto query = connection.run("SELECT COALESCE(MAX(version), 0) FROM schema_version");
    return query && query->next() && query->value(0).toInt() > schemaVersion();
}

Result<Done> migrate(SqliteConnection &connection, Instant now)
{
    return connection.transaction<Done>([&]() -> Result<Done> {
        auto current = currentSchemaVersion(connection);
        if (!current)
            return current.error();
        if (*current > schemaVersion()) {
            return Error{Error::Kind::Storage,
                         QCoreApplication::translate("Store", "The store was written by a newer version (schema %1).")
                             .arg(*current),
                         QCoreApplication::translate("Store", "This version cannot journal, so it runs no actions; incidents can"
                                                      " be read, not written."),
                         QCoreApplication::translate("Store", "Use the newer version.")};
        }
        for (int version = *current + 1; version <= schemaVersion(); ++version) {
            if (auto done = applyMigration(connection, version, now); !done)
                return done;
        }
        return nameInstallation(connection);
    });
}

} // namespace cockpit
