// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/migration_sql.h"
#include "models/migration_lint.h"
#include "models/migration_rule.h"

#include <QFile>
#include <QTest>

using namespace cockpit;

namespace {

QList<Finding> lintedMigration(const QByteArray &text, const QString &name = QStringLiteral("m/20260101000000_x.sql"))
{
    MigrationFile base =
        readMigration(QStringLiteral("m/20250101000000_base.sql"),
                      "CREATE TABLE t (id bigint, a integer, v varchar(50)); CREATE TABLE u (id bigint);");
    base.changed = false;
    return lintMigrations({base, readMigration(name, text)});
}

const Finding *ofRule(const QList<Finding> &findings, const QString &rule)
{
    for (const Finding &finding : findings) {
        if (finding.rule == rule)
            return &finding;
    }
    return nullptr;
}

QString rulesIn(const QList<Finding> &findings)
{
    QString all;
    for (const Finding &finding : findings)
        all += finding.rule + u':' + QString::number(finding.line) + u':' + QString::number(finding.column) + u' ';
    return all;
}

} // namespace

class TestMigrationLint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRulesExamplesHold_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < migrationRules().size(); ++i)
            QTest::newRow(migrationRules()[i].id) << int(i);
    }
    void everyRulesExamplesHold()
    {
        QFETCH(int, index);
        const MigrationRule &rule = migrationRules()[size_t(index)];
        const auto bad = lintedMigration(rule.bad);
        const auto good = lintedMigration(rule.good);
        QVERIFY2(ofRule(bad, QLatin1String(rule.id)), qPrintable(rulesIn(bad)));
        QVERIFY2(!ofRule(good, QLatin1String(rule.id)), qPrintable(rulesIn(good)));
        QCOMPARE(ofRule(bad, QLatin1String(rule.id))->level, rule.level);
    }

    void aBrokenStatementHidesNoOther()
    {
        const auto findings = lintedMigration("SELECT '\xc3\xa9', \xc3\xa9 x y;\nTRUNCATE t;\n");
        QVERIFY(ofRule(findings, QStringLiteral("migration-unparsed")));
        QCOMPARE(ofRule(findings, QStringLiteral("migration-unparsed"))->column, 17);
        QCOMPARE(ofRule(findings, QStringLiteral("migration-truncate"))->line, 2);
    }
    void anUnendedQuoteHidesNothingBeforeIt()
    {
        const auto findings = lintedMigration("TRUNCATE t;\nSELECT 'a;\n");
        QVERIFY(ofRule(findings, QStringLiteral("migration-truncate")));
        QVERIFY(ofRule(findings, QStringLiteral("migration-unparsed")));
    }
    void metaCommandsAndCopyDataAreNoStatements()
    {
        const QByteArray text = "\\set x 1\nCOPY t (id) FROM stdin;\n1\n';DROP TABLE u;\n\\.\nTRUNCATE t;\n";
        const MigrationFile file = readMigration(QStringLiteral("a.sql"), text);
        QCOMPARE(file.up.size(), 2);
        QCOMPARE(file.up.last().line, 6);
        QCOMPARE(file.notChecked.size(), 2);
    }
    void otherEncodingsAreReadAndSaid()
    {
        const MigrationFile file = readMigration(QStringLiteral("a.sql"), "-- caf\xe9\nTRUNCATE t;");
        QCOMPARE(file.up.size(), 1);
        QCOMPARE(file.notChecked.size(), 1);
    }
    void largeDumpsAreRead()
    {
        QByteArray text =
            "COPY t (id) FROM stdin;\n" + QByteArray("12345678\n").repeated(1'200'000) + "\\.\nTRUNCATE t;\n";
        QCOMPARE(readMigration(QStringLiteral("a.sql"), text).up.size(), 2);
    }
    void pairsUndoAcrossFiles()
    {
        const auto findings =
            lintMigrations({readMigration(QStringLiteral("m/V1__a.sql"), "CREATE TABLE n (id int);"),
                            readMigration(QStringLiteral("m/U1__a.sql"), "DROP TABLE n;"),
                            readMigration(QStringLiteral("g/000001_a.up.sql"), "CREATE TABLE n (id int);"),
                            readMigration(QStringLiteral("g/000001_a.down.sql"), "DROP TABLE n;"),
                            readMigration(QStringLiteral("s/1_a.sql"),
                                          "-- migrate:up\nCREATE TABLE n (id int);\n-- migrate:down\nDROP TABLE n;")});
        QVERIFY2(findings.isEmpty(), qPrintable(rulesIn(findings)));
    }
    void thePageIsTheRules()
    {
        QFile page(QStringLiteral(COCKPIT_SOURCE_DIR) + QStringLiteral("/resources/docs/migration-lint.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(page.readAll()), migrationRulesPage());
    }
};

QTEST_GUILESS_MAIN(TestMigrationLint)
#include "tst_migration_lint.moc"
