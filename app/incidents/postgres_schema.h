// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incidents/postgres_connection.h"
#include "models/instant.h"

namespace cockpit {

/// The newest version of the team archive's schema that this program knows.
int postgresSchemaVersion();
/// Brings the schema to postgresSchemaVersion(), forward only, in one transaction and one at a time among all cockpits
/// (advisory lock). Returns the version that the archive then has: a greater one is a newer program's, only to be read.
/// Errors: those of the connection.
Result<int> migratePostgres(PostgresConnection &connection, Instant now);

} // namespace cockpit
