// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rule_file.h"
#include "app/demo/shipped_runbooks.h"
#include "app/formats/alert_rules_yaml.h"
#include "app/formats/runbook_markdown.h"
#include "models/runbook_coverage.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

const Instant demoNow = *parseRfc3339("2026-11-23T03:12:40Z");

RunbookLibrary shippedLibrary(const QString &folder)
{
    RunbookLibrary library;
    RunbookSourceState source;
    source.name = QStringLiteral("demo");
    source.root = folder;
    library.sources = {source};
    QDirIterator files(folder, {QStringLiteral("*.md")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        RunbookReading reading;
        reading.pathInSource = [&folder](const QString &wanted) { return QFileInfo::exists(folder + u'/' + wanted); };
        library.runbooks.append(readRunbook({source.name, path.mid(folder.size() + 1)}, file.readAll(), reading));
    }
    std::sort(library.runbooks.begin(), library.runbooks.end(),
              [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
    return library;
}

} // namespace

class TestDemoRunbooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const std::string config = m_folder.filePath(QStringLiteral("demo.yaml")).toStdString();
        QVERIFY(demo::writeShippedRunbooks(config));
        m_library = shippedLibrary(m_folder.filePath(QString::fromStdString(demo::runbookFolderName(config))));
        QVERIFY(m_library.runbooks.size() >= 20);
        const AlertRulesFile read =
            readAlertRules(QByteArray::fromStdString(demo::shippedText("alerts.yml")), QStringLiteral("alerts.yml"));
        QVERIFY(read.problems.isEmpty());
        m_rules = read.rules;
        QVERIFY(m_rules.size() >= 17);
    }

    void lintFindsOnlyWhatIsMeant()
    {
        QStringList found;
        for (const Finding &finding : lintRunbooks(m_library, m_rules, {}, {}, demoNow))
            found.append(finding.rule + u' ' + finding.object);
        found.sort();
        const QStringList meant{QStringLiteral("runbook-anchor-unresolved ACKeyRotationDue"),
                                QStringLiteral("runbook-dead-link MHHighJitter.md"),
                                QStringLiteral("runbook-dead-link MHHighJitter.md"),
                                QStringLiteral("runbook-missing MHPodRestartingFrequently")};
        QCOMPARE(found, meant);
    }

    void coverageShowsEachState()
    {
        QHash<QString, RunbookCoverage> rows;
        for (const RunbookCoverage &row : coverageOf(m_library, m_rules, {}, demoNow))
            rows.insert(row.alert, row);
        QCOMPARE(rows.size(), m_rules.size());
        for (const RunbookCoverage &row : std::as_const(rows)) {
            using State = RunbookCoverage::State;
            const State meant = row.alert == u"MHPodRestartingFrequently"                          ? State::Missing
                                : row.alert == u"MHHighJitter" || row.alert == u"ACKeyRotationDue" ? State::NeedsWork
                                                                                                   : State::Complete;
            QVERIFY2(row.state == meant, qPrintable(row.alert));
        }
        QCOMPARE(rows.value(QStringLiteral("MHHighJitter")).deadLinks, 2);
        QCOMPARE(rows.value(QStringLiteral("ACKeyRotationDue")).unresolvedAnchors, 1);
        QCOMPARE(rows.value(QStringLiteral("ServiceDown")).link.anchor, QStringLiteral("service-down"));
        QCOMPARE(rows.value(QStringLiteral("Watchdog")).link.how, RunbookLink::How::FrontMatter);
    }

    void theMocksRunbookHasSevenSteps()
    {
        const RunbookPtr runbook =
            m_library.find({QStringLiteral("demo"), QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md")});
        QVERIFY(runbook);
        QStringList steps;
        for (const RunbookStep &step : runbook->steps)
            steps.append(step.text);
        QCOMPARE(steps,
                 (QStringList{QStringLiteral("Compare canary with stable"), QStringLiteral("Find the failing pods"),
                              QStringLiteral("Check what changed in the last hour"),
                              QStringLiteral("Roll back if the canary is the cause"),
                              QStringLiteral("Turn fast-join off if errors stay above 1 %"),
                              QStringLiteral("Check that breaker gc → mc closes"), QStringLiteral("Verify recovery")}));
        QCOMPARE(runbook->escalations.first().after, Duration(std::chrono::minutes(30)));
    }

    void everyActionCanBeRead()
    {
        int count = 0;
        for (const RunbookPtr &runbook : m_library.runbooks) {
            for (const RunbookBlock &block : runbook->blocks) {
                if (block.action)
                    QVERIFY2(block.action->problem.isEmpty(), qPrintable(runbook->key.path));
                count += block.action ? 1 : 0;
            }
            QVERIFY2(runbook->problems.isEmpty(), qPrintable(runbook->key.path));
        }
        QVERIFY(count >= 20);
    }

private:
    QTemporaryDir m_folder{};
    RunbookLibrary m_library{};
    QList<LintedRule> m_rules{};
};

QTEST_GUILESS_MAIN(TestDemoRunbooks)
#include "tst_demo_runbooks.moc"
