// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/migration_lint.h"

#include <optional>

namespace cockpit {

namespace {

using Fact = MigrationFact;

/// What has to be undone for a fact: a key that is equal on the way up and down.
QString undoKey(const MigrationFact &fact)
{
    const QString whole = fact.table + u'.' + fact.name;
    switch (fact.kind) {
    case Fact::Kind::CreateTable:
    case Fact::Kind::DropTable:
        return QStringLiteral("table ") + fact.table;
    case Fact::Kind::AddColumn:
    case Fact::Kind::DropColumn:
        return QStringLiteral("column ") + whole;
    case Fact::Kind::CreateIndex:
    case Fact::Kind::DropIndex:
        return QStringLiteral("index ") + fact.name;
    case Fact::Kind::AddCheck:
    case Fact::Kind::AddForeignKey:
    case Fact::Kind::AddUnique:
    case Fact::Kind::DropConstraint:
        return QStringLiteral("constraint ") + whole;
    case Fact::Kind::CreateOther:
    case Fact::Kind::DropOther:
        return fact.detail + u' ' + fact.name;
    default:
        return {};
    }
}

bool makesSomething(const MigrationFact &fact)
{
    switch (fact.kind) {
    case Fact::Kind::CreateTable:
    case Fact::Kind::AddColumn:
    case Fact::Kind::CreateIndex:
    case Fact::Kind::CreateOther:
        return true;
    case Fact::Kind::AddCheck:
    case Fact::Kind::AddForeignKey:
    case Fact::Kind::AddUnique:
        return !fact.name.isEmpty();
    default:
        return false;
    }
}

/// Dropping a table takes its columns, indexes, constraints and triggers along; dropping a column its indexes, perhaps.
bool isUndone(const MigrationFact &fact, const QSet<QString> &undone, const QSet<QString> &tablesWithDrops)
{
    if (undone.contains(undoKey(fact)) || undone.contains(QStringLiteral("table ") + fact.table))
        return true;
    const bool isIndex = fact.kind == Fact::Kind::CreateIndex;
    return (isIndex && (fact.name.isEmpty() || tablesWithDrops.contains(fact.table)));
}

} // namespace

QList<Finding> lintMigrationDown(const MigrationFile &file, const MigrationFile *downFile)
{
    using Layout = MigrationFile::Layout;
    if (file.isRepeatable || file.layout == Layout::Dump || file.layout == Layout::AlembicOffline || file.up.isEmpty())
        return {};
    const QList<MigrationStatement> &down = downFile ? downFile->up : file.down;
    MigrationFact whole;
    whole.name = file.path.section(u'/', -1);
    whole.line = file.up.first().line;
    whole.column = file.up.first().column;
    if (down.isEmpty())
        return {migrationFinding("migration-down-missing", file, whole)};
    QSet<QString> undone;
    QSet<QString> tablesWithDrops;
    for (const MigrationStatement &statement : down) {
        for (const MigrationFact &fact : statement.facts) {
            undone.insert(undoKey(fact));
            if (fact.kind == Fact::Kind::DropColumn)
                tablesWithDrops.insert(fact.table);
        }
    }
    QList<Finding> findings;
    for (const MigrationStatement &statement : file.up) {
        for (MigrationFact fact : statement.facts) {
            if (!makesSomething(fact) || isUndone(fact, undone, tablesWithDrops))
                continue;
            fact.name = undoKey(fact);
            findings.append(migrationFinding("migration-down-incomplete", file, fact));
        }
    }
    return findings;
}

} // namespace cockpit
