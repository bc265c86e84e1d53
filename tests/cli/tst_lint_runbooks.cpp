// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rule_files.h"
#include "app/cli/run_command.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;

namespace {

int lintLine(const QStringList &words)
{
    const auto invocation = parseInvocation(QStringList{QStringLiteral("lint"), QStringLiteral("runbooks")} + words);
    return invocation ? runAtOnce(*invocation).value_or(-1) : -2;
}

} // namespace

/// `lint runbooks`, as the shell sees it.
class LintRunbooksTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder{};

    QString written(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }
    static QByteArray ruleTo(const QByteArray &url)
    {
        return "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    labels: {severity: page}\n"
               "    annotations: {runbook_url: '" +
               url + "'}\n";
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(!written(QStringLiteral("docs/runbooks/alerts/A.md"), "# A\n\n## Fix\n").isEmpty());
        QVERIFY(!written(QStringLiteral("other/B.md"), "# B\n\n## Fix\n").isEmpty());
        QVERIFY(!written(QStringLiteral("rules/good.yml"), ruleTo("docs/runbooks/alerts/A.md#fix")).isEmpty());
        QVERIFY(!written(QStringLiteral("rules/bad.yml"), ruleTo("docs/runbooks/alerts/none.md")).isEmpty());
        QVERIFY(!written(QStringLiteral("rules/out.yml"), ruleTo("../../etc/passwd")).isEmpty());
        QVERIFY(!written(QStringLiteral("rules/elsewhere.yml"), ruleTo("other/B.md#fix")).isEmpty());
        QVERIFY(!written(QStringLiteral("rules/broken.yml"), "groups: [").isEmpty());
    }

    void givesTheContractsExitCode_data()
    {
        QTest::addColumn<QString>("rules");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        const QStringList none{};
        QTest::newRow("good") << "rules/good.yml" << none << 0;
        QTest::newRow("unresolved") << "rules/bad.yml" << none << 1;
        QTest::newRow("leaves the root") << "rules/out.yml" << none << 1;
        QTest::newRow("no YAML") << "rules/broken.yml" << none << 1;
        QTest::newRow("glob") << "rules/*.yml" << none << 1;
        QTest::newRow("below the root, not in DIR") << "rules/elsewhere.yml" << none << 0;
        QTest::newRow("no file") << "rules/nothing-*.yml" << none << 64;
        QTest::newRow("json") << "rules/good.yml" << QStringList{QStringLiteral("--json")} << 0;
        QTest::newRow("sarif") << "rules/bad.yml" << QStringList{QStringLiteral("--format=sarif")} << 1;
        QTest::newRow("github") << "rules/bad.yml" << QStringList{QStringLiteral("--format=github")} << 1;
        QTest::newRow("another format") << "rules/good.yml" << QStringList{QStringLiteral("--format=xml")} << 64;
    }
    void givesTheContractsExitCode()
    {
        QFETCH(QString, rules);
        QFETCH(QStringList, more);
        QFETCH(int, code);
        const QStringList words{m_folder.filePath(QStringLiteral("docs/runbooks")), QStringLiteral("--rules"),
                                m_folder.filePath(rules), QStringLiteral("--root"), m_folder.path()};
        QCOMPARE(lintLine(words + more), code);
    }

    void findsTheRootByARulesPath()
    {
        QCOMPARE(lintLine({m_folder.filePath(QStringLiteral("docs/runbooks")), QStringLiteral("--rules"),
                           m_folder.filePath(QStringLiteral("rules/good.yml"))}),
                 0);
    }

    void refusesWrongUse()
    {
        const QString rules = m_folder.filePath(QStringLiteral("rules/good.yml"));
        QCOMPARE(lintLine({}), 64);
        QCOMPARE(lintLine({m_folder.path()}), 64);
        QCOMPARE(lintLine({QStringLiteral("/nowhere"), QStringLiteral("--rules"), rules}), 64);
        QCOMPARE(lintLine({m_folder.filePath(QStringLiteral("docs")), QStringLiteral("--rules"), rules,
                           QStringLiteral("--root"), m_folder.filePath(QStringLiteral("rules"))}),
                 64);
    }

    void expandsPatterns()
    {
        QCOMPARE(ruleFilesOf(m_folder.filePath(QStringLiteral("**/*.yml"))).size(), 5);
        QCOMPARE(ruleFilesOf(m_folder.filePath(QStringLiteral("rules/b*.yml"))).size(), 2);
        QCOMPARE(ruleFilesOf(m_folder.filePath(QStringLiteral("rules/good.yml"))).size(), 1);
        QVERIFY(ruleFilesOf(m_folder.filePath(QStringLiteral("none.yml"))).isEmpty());
    }
};

QTEST_GUILESS_MAIN(LintRunbooksTest)
#include "tst_lint_runbooks.moc"
