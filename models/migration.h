// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// One thing that one SQL statement does to one object. Names are as PostgreSQL folds them, without "public.".
struct MigrationFact {
    enum class Kind {
        CreateTable,
        DropTable,
        RenameTable,
        AddColumn,
        DropColumn,
        RenameColumn,
        AlterType,
        SetNotNull,
        AddForeignKey,
        AddCheck,
        AddUnique,
        DropConstraint,
        ValidateConstraint,
        CreateIndex,
        DropIndex,
        Reindex,
        Truncate,
        VacuumFull,
        Cluster,
        Update,
        Delete,
        Begin,
        Commit,
        LockTimeout,
        SelectStar,
        CreateOther,
        DropOther,
        Code,
        Alter,
        Unparsed
    };
    Kind kind = Kind::Alter;
    QString table{};
    QString name{};   ///< the column, index, constraint or object
    QString detail{}; ///< the type, the new name, the referenced table, the parser's message
    int length = 0;   ///< n of varchar(n); 0 = none
    bool notNull = false;
    bool hasDefault = false;
    bool rewrites = false; ///< volatile default, identity, serial, GENERATED STORED, or a type with USING
    bool notValid = false;
    bool concurrent = false;
    bool usingIndex = false;
    bool isWhole = false; ///< an UPDATE or DELETE without a condition that limits it; a lock_timeout that is one
    bool isLocal = false; ///< SET LOCAL
    int line = 0;         ///< from 1
    int column = 0;       ///< from 1, in characters (Unicode code points)
};

struct MigrationStatement {
    int line = 0; ///< of its first word
    int column = 0;
    int lastLine = 0;
    QList<MigrationFact> facts{};
};

/// `-- cockpit:allow RULE reason`: holds for the statement that it stands in or before, and for findings of its file.
struct MigrationAllowance {
    QString rule{};
    QString reason{};
    int line = 0;
};

/// One file of a folder of migrations, as read.
struct MigrationFile {
    enum class Layout { Plain, Sqlx, Flyway, GolangMigrate, UpDownFolder, Sections, AlembicOffline, Dump };
    QString path{};
    Layout layout = Layout::Plain;
    QString version{};          ///< what orders it and pairs up with down
    bool isDown = false;        ///< a file of its own that undoes
    bool isRepeatable = false;  ///< Flyway's R__
    bool inTransaction = false; ///< the tool opens one around it
    bool changed = true;        ///< part of the change that is looked at; else only its effect counts
    bool downIsComment = false;
    QList<MigrationStatement> up{};
    QList<MigrationStatement> down{}; ///< of a section or a comment
    QList<MigrationAllowance> allowances{};
    QString expand{};   ///< `-- expand: NAME`; "-" for a bare `-- expand`
    QString contract{}; ///< the expand migration that `-- contract: NAME` ends
    int contractLine = 0;
    QStringList notChecked{};
};

/// Layout, version, isDown and isRepeatable from a path: Flyway (V1__a.sql, U1__a.sql, R__a.sql), golang-migrate
/// (000001_a.up.sql), sqlx (20260101000000_a[.up|.down].sql), NAME/up.sql with NAME/down.sql, structure.sql (a dump).
MigrationFile migrationFileOf(const QString &path);
/// By folder, then by version as numbers.
bool migrationComesBefore(const MigrationFile &a, const MigrationFile &b);

} // namespace cockpit
