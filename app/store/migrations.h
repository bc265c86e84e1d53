// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/result.h"

namespace cockpit {

class SqliteConnection;

/// The newest version of the schema that this program knows.
int schemaVersion();
/// Brings the schema to schemaVersion(), forward only, in one transaction. Safe when several processes start at once.
/// Errors: Storage, also for a database of a newer program.
Result<Done> migrate(SqliteConnection &connection, Instant now);
/// Whether a newer program has migrated it beyond schemaVersion().
bool isOfNewerProgram(SqliteConnection &connection);

} // namespace cockpit
