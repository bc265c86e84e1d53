// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/migration_lint.h"

#include "models/migration_rule.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

using Fact = MigrationFact;

QString withMigrationNames(const char *text, const MigrationFact &fact)
{
    // One pass: a name that looks like a placeholder is text.
    const QString source = QCoreApplication::translate("MigrationLint", text);
    const QString table = fact.table.isEmpty() ? QStringLiteral("(no table)") : fact.table;
    const QString name = fact.name.isEmpty() ? QCoreApplication::translate("MigrationLint", "<name>") : fact.name;
    QString out;
    for (qsizetype at = 0; at < source.size();) {
        const QStringView rest = QStringView(source).mid(at);
        const auto put = [&](QStringView mark, const QString &value) {
            if (!rest.startsWith(mark))
                return false;
            out += value;
            at += mark.size();
            return true;
        };
        if (!put(u"{table}", table) && !put(u"{name}", name) && !put(u"{detail}", fact.detail))
            out += source.at(at++);
    }
    return out;
}

bool isWidened(const MigrationFact &fact, const MigrationState &state)
{
    const auto before = state.types.constFind(fact.table + u'.' + fact.name);
    if (before == state.types.cend() || fact.rewrites || before->first != u"varchar")
        return false;
    const bool isText = fact.detail == u"text" || (fact.detail.startsWith(u"varchar") && fact.length == 0);
    return isText || (fact.detail.startsWith(u"varchar") && before->second > 0 && fact.length >= before->second);
}

const char *columnRule(const MigrationFact &fact, const MigrationFile &file, const MigrationState &state)
{
    switch (fact.kind) {
    case Fact::Kind::RenameColumn:
        return "migration-rename-column";
    case Fact::Kind::AddColumn:
        return fact.rewrites                      ? "migration-add-column-rewrite"
               : fact.notNull && !fact.hasDefault ? "migration-add-not-null"
                                                  : nullptr;
    case Fact::Kind::AlterType:
        return isWidened(fact, state) ? "migration-type-widened" : "migration-type-rewrite";
    case Fact::Kind::DropColumn:
        return file.contract.isEmpty() ? "migration-drop-column" : nullptr;
    case Fact::Kind::SetNotNull:
        return state.checkedNotNull.contains(fact.table + u'.' + fact.name) ? nullptr : "migration-set-not-null";
    default:
        return nullptr;
    }
}

const char *tableRule(const MigrationFact &fact, const MigrationFile &file)
{
    switch (fact.kind) {
    case Fact::Kind::RenameTable:
        return "migration-rename-table";
    case Fact::Kind::DropTable:
        return file.contract.isEmpty() ? "migration-drop-table" : nullptr;
    case Fact::Kind::AddForeignKey:
        return fact.notValid ? nullptr : "migration-foreign-key-not-valid";
    case Fact::Kind::AddCheck:
        return fact.notValid ? nullptr : "migration-check-not-valid";
    case Fact::Kind::AddUnique:
        return fact.usingIndex ? nullptr : "migration-unique-direct";
    case Fact::Kind::CreateIndex:
        return fact.concurrent ? nullptr : "migration-index-not-concurrent";
    case Fact::Kind::Truncate:
        return "migration-truncate";
    case Fact::Kind::VacuumFull:
    case Fact::Kind::Cluster:
        return "migration-full-rewrite";
    case Fact::Kind::Reindex:
        return fact.concurrent ? nullptr : "migration-full-rewrite";
    case Fact::Kind::Update:
    case Fact::Kind::Delete:
        return fact.isWhole ? "migration-backfill-whole" : nullptr;
    default:
        return nullptr;
    }
}

} // namespace

Finding migrationFinding(const char *rule, const MigrationFile &file, const MigrationFact &fact)
{
    const MigrationRule &of = migrationRule(rule);
    Finding finding;
    finding.rule = QLatin1String(rule);
    finding.level = of.level;
    finding.file = file.path;
    finding.line = fact.line;
    finding.column = fact.column;
    finding.object = fact.table.isEmpty() ? fact.name : fact.table;
    finding.message = withMigrationNames(of.says, fact) + u' ' + withMigrationNames(of.lock, fact);
    finding.risk = withMigrationNames(of.breaks, fact);
    finding.fix = withMigrationNames(of.safe, fact);
    return finding;
}

bool takesStrongLock(const MigrationFact &fact)
{
    switch (fact.kind) {
    case Fact::Kind::DropTable:
    case Fact::Kind::RenameTable:
    case Fact::Kind::AddColumn:
    case Fact::Kind::DropColumn:
    case Fact::Kind::RenameColumn:
    case Fact::Kind::AlterType:
    case Fact::Kind::SetNotNull:
    case Fact::Kind::AddForeignKey:
    case Fact::Kind::AddCheck:
    case Fact::Kind::AddUnique:
    case Fact::Kind::DropConstraint:
    case Fact::Kind::Truncate:
    case Fact::Kind::VacuumFull:
    case Fact::Kind::Cluster:
    case Fact::Kind::Alter:
        return true;
    default:
        return false;
    }
}

QList<Finding> lintMigrationFact(const MigrationFact &fact, const MigrationFile &file, const MigrationState &state,
                                 bool inTransaction, bool hasLockTimeout)
{
    QList<Finding> findings;
    if (fact.kind == Fact::Kind::Unparsed)
        findings.append(migrationFinding("migration-unparsed", file, fact));
    if (fact.kind == Fact::Kind::SelectStar)
        findings.append(migrationFinding("migration-select-star", file, fact));
    if (fact.concurrent && inTransaction)
        findings.append(migrationFinding("migration-concurrent-in-transaction", file, fact));
    if (fact.concurrent && hasLockTimeout)
        findings.append(migrationFinding("migration-concurrent-lock-timeout", file, fact));
    if (state.newTables.contains(fact.table))
        return findings;
    for (const char *rule : {columnRule(fact, file, state), tableRule(fact, file)}) {
        if (rule)
            findings.append(migrationFinding(rule, file, fact));
    }
    return findings;
}

} // namespace cockpit
