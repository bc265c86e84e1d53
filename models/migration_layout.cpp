// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/migration.h"

#include <QCollator>
#include <QRegularExpression>

namespace cockpit {

MigrationFile migrationFileOf(const QString &path)
{
    using Layout = MigrationFile::Layout;
    MigrationFile file;
    file.path = path;
    const QString name = path.section(u'/', -1);
    static const QRegularExpression flyway(QStringLiteral("^([VUR])([0-9][0-9._]*)?__.*\\.sql$"));
    static const QRegularExpression numbered(QStringLiteral("^([0-9]+)_.*?(?:\\.(up|down))?\\.sql$"));
    if (const auto match = flyway.match(name); match.hasMatch()) {
        file.layout = Layout::Flyway;
        file.isDown = match.capturedView(1) == u'U';
        file.isRepeatable = match.capturedView(1) == u'R';
        file.version = file.isRepeatable ? QStringLiteral("R") + name : match.captured(2);
    } else if (name == u"up.sql" || name == u"down.sql") {
        file.layout = Layout::UpDownFolder;
        file.isDown = name == u"down.sql";
        file.version = path.section(u'/', -2, -2);
    } else if (const auto plain = numbered.match(name); plain.hasMatch()) {
        // sqlx stamps its files with a time, golang-migrate counts unless it is told otherwise.
        const bool isCounted = plain.capturedLength(1) < 12 && !plain.captured(2).isEmpty();
        file.layout = isCounted ? Layout::GolangMigrate : Layout::Sqlx;
        file.isDown = plain.captured(2) == u"down";
        file.version = plain.captured(1);
    } else {
        file.layout = name == u"structure.sql" ? Layout::Dump : Layout::Plain;
        file.version = name;
    }
    file.inTransaction = file.layout != Layout::Plain && file.layout != Layout::Dump;
    return file;
}

bool migrationComesBefore(const MigrationFile &a, const MigrationFile &b)
{
    const auto folderOf = [](const MigrationFile &file) {
        return file.path.section(u'/', 0, file.layout == MigrationFile::Layout::UpDownFolder ? -3 : -2);
    };
    if (const int order = folderOf(a).compare(folderOf(b)); order != 0)
        return order < 0;
    thread_local const QCollator numbers = [] {
        QCollator collator(QLocale::c());
        collator.setNumericMode(true);
        return collator;
    }();
    const int order = a.version == b.version ? 0 : numbers.compare(a.version, b.version);
    return order != 0 ? order < 0 : a.path < b.path;
}

} // namespace cockpit
