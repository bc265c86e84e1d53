// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/postgres_schema.h"

#include <array>
#include <vector>

namespace cockpit {

namespace {

/// One step forward. A step that has shipped is never edited; a change is a new step that only adds, for older cockpits
/// go on reading and writing while it is made (expand, then contract).
/// `position` orders heads and entries as they were committed: the counter's row is locked by whoever writes.
const std::array<std::vector<const char *>, 1> &postgresSteps()
{
    static const std::array<std::vector<const char *>, 1> steps{{{
        "CREATE TABLE incident_counter (position bigint NOT NULL, number bigint NOT NULL)",
        "INSERT INTO incident_counter VALUES (0, 0)",
        "CREATE TABLE incidents (id text PRIMARY KEY, environment text NOT NULL, number bigint NOT NULL UNIQUE,"
        " opened_at bigint NOT NULL, position bigint NOT NULL)",
        "CREATE INDEX incidents_by_position ON incidents (environment, position)",
        "CREATE TABLE incident_entries (position bigint PRIMARY KEY, id text NOT NULL UNIQUE,"
        " incident text NOT NULL REFERENCES incidents (id), record text NOT NULL)",
        "CREATE INDEX incident_entries_by_incident ON incident_entries (incident, position)",
        "CREATE TABLE incident_reminders (id text PRIMARY KEY, claimed_by text NOT NULL, claimed_at bigint NOT NULL)",
    }}};
    return steps;
}

Result<int> newestPostgresStep(PostgresConnection &connection)
{
    auto version = connection.run("SELECT COALESCE(MAX(version), 0) FROM incident_schema_version");
    if (!version)
        return version.error();
    return version->next() ? version->value(0).toInt() : 0;
}

Result<int> postgresVersion(PostgresConnection &connection)
{
    auto table = connection.run("SELECT to_regclass('incident_schema_version') IS NOT NULL");
    if (!table)
        return table.error();
    if (!table->next() || !table->value(0).toBool())
        return 0;
    return newestPostgresStep(connection);
}

Result<Done> takePostgresSteps(PostgresConnection &connection, Instant now)
{
    // One cockpit at a time; the others find it done. The number is arbitrary but ours.
    if (auto locked = connection.run("SELECT pg_advisory_xact_lock(7310045501)"); !locked)
        return locked.error();
    // Another cockpit may have made the table while this one waited: the server's cache would still deny it.
    for (const char *statement : {"SET LOCAL client_min_messages = warning",
                                  "CREATE TABLE IF NOT EXISTS incident_schema_version (version int PRIMARY KEY,"
                                  " applied_at bigint NOT NULL)"}) {
        if (auto made = connection.run(statement); !made)
            return made.error();
    }
    auto version = newestPostgresStep(connection);
    if (!version)
        return version.error();
    for (int next = *version + 1; next <= postgresSchemaVersion(); ++next) {
        for (const char *statement : postgresSteps().at(static_cast<size_t>(next) - 1)) {
            if (auto done = connection.run(statement); !done)
                return done.error();
        }
        auto noted = connection.run("INSERT INTO incident_schema_version VALUES (?, ?)", {next, toEpochMs(now)});
        if (!noted)
            return noted.error();
    }
    return Done{};
}

} // namespace

int postgresSchemaVersion() { return static_cast<int>(postgresSteps().size()); }

Result<int> migratePostgres(PostgresConnection &connection, Instant now)
{
    auto version = postgresVersion(connection);
    if (!version || *version >= postgresSchemaVersion())
        return version;
    auto migrated = connection.transaction([&] { return takePostgresSteps(connection, now); });
    if (!migrated)
        return migrated.error();
    return postgresVersion(connection);
}

} // namespace cockpit
