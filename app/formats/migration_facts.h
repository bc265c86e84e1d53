// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/migration.h"

#include <string>
#include <utility>
#include <vector>

namespace cockpit {

/// A fact and the byte of its statement that it stands at.
using PlacedMigrationFact = std::pair<MigrationFact, size_t>;

/// What one SQL statement does, by PostgreSQL's own grammar. A statement that it refuses is one Unparsed fact at the
/// parser's place, with the parser's message.
std::vector<PlacedMigrationFact> migrationFactsOf(const std::string &statement);

} // namespace cockpit
