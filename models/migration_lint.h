// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"
#include "models/migration.h"

#include <QHash>
#include <QSet>

#include <utility>

namespace cockpit {

/// Findings of files in their order (it sorts them), by file and line. State goes from file to file: tables that the
/// change itself creates are new and may be locked; files that are not `changed` count only for what they did.
/// `oneChange`: the changed files are deployed together, else each by itself. Pure.
QList<Finding> lintMigrations(QList<MigrationFile> files, bool oneChange = false);

/// What the files up to now have made. Of use to lintMigrations only.
struct MigrationState {
    QSet<QString> newTables{};
    QHash<QString, std::pair<QString, int>> types{};       ///< "table.column" → type and length
    QHash<QString, std::pair<QString, Finding>> invalid{}; ///< "table.constraint" → its column check and finding
    QSet<QString> checkedNotNull{};                        ///< "table.column" with a validated IS NOT NULL check
};

/// A finding of a rule with its names written in. `objectName` is the table or index meant.
Finding migrationFinding(const char *rule, const MigrationFile &file, const MigrationFact &fact);
/// Findings of one statement's fact by itself; nothing for a table that is new.
QList<Finding> lintMigrationFact(const MigrationFact &fact, const MigrationFile &file, const MigrationState &state,
                                 bool inTransaction, bool hasLockTimeout);
/// The fact takes ACCESS EXCLUSIVE or SHARE ROW EXCLUSIVE on its table.
bool takesStrongLock(const MigrationFact &fact);
/// Findings on how the file goes back: its own down part, or `downFile`'s statements.
QList<Finding> lintMigrationDown(const MigrationFile &file, const MigrationFile *downFile);

} // namespace cockpit
