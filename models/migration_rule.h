// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"

#include <span>

namespace cockpit {

/// A rule of the migration lint: what is said, and an example of each side, which are tests. {table}, {name} and
/// {detail} in `safe` and `says` stand for the statement's own names.
struct MigrationRule {
    const char *id;
    Finding::Level level;
    const char *says;
    const char *lock;   ///< the lock taken, what it blocks, and whether the table is rewritten or scanned
    const char *breaks; ///< why running code breaks
    const char *safe;   ///< the safe sequence
    const char *bad;
    const char *good;
};

/// All rules, in the order of their page.
std::span<const MigrationRule> migrationRules();
/// REQUIRES: a rule has this id.
const MigrationRule &migrationRule(const char *id);
/// The page of documentation on all rules, in Markdown.
QString migrationRulesPage();

} // namespace cockpit
