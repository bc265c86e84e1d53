// SPDX-License-Identifier: GPL-3.0-or-later
#include "runbook_fixtures.h"

#include "app/formats/alert_rules_yaml.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace cockpit;
using How = RunbookLink::How;

namespace {

const QString realRoot = QStringLiteral(COCKPIT_SOURCE_DIR "/../shared/data/dark-tower/");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RunbookLibrary smallLibrary()
{
    return runbookTest::libraryOf({
        runbookTest::read("# Down\n\n## Fix it\n", QStringLiteral("docs/runbooks/alerts/GCDown.md")),
        runbookTest::read("---\nalert: FromFront\n---\n# F\n", QStringLiteral("docs/runbooks/front.md")),
        runbookTest::read("# L\n\n## S\n\n**Alert**: `FromLine`\n", QStringLiteral("docs/runbooks/line.md")),
        runbookTest::read("---\nalert: Twice\n---\n# 1\n", QStringLiteral("docs/runbooks/t1.md")),
        runbookTest::read("---\nalert: Twice\n---\n# 2\n", QStringLiteral("docs/runbooks/t2.md")),
    });
}

} // namespace

class TestRunbookLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsByAnnotation_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("found");
        QTest::addColumn<QString>("anchor");
        QTest::newRow("path") << "docs/runbooks/alerts/GCDown.md" << true << "";
        QTest::newRow("anchor") << "docs/runbooks/alerts/GCDown.md#fix-it" << true << "fix-it";
        QTest::newRow("anchor in capitals") << "docs/runbooks/alerts/GCDown.md#Fix-It" << true << "fix-it";
        QTest::newRow("root") << "/docs/runbooks/alerts/GCDown.md" << true << "";
        QTest::newRow("github") << "https://github.com/o/r/blob/main/docs/runbooks/alerts/GCDown.md#fix-it" << true
                                << "fix-it";
        QTest::newRow("branch with slash")
            << "https://github.com/o/r/blob/feature/x/docs/runbooks/alerts/GCDown.md" << true << "";
        QTest::newRow("raw") << "https://raw.githubusercontent.com/o/r/main/docs/runbooks/alerts/GCDown.md" << true
                             << "";
        QTest::newRow("gitlab") << "https://gitlab.example/g/r/-/blob/main/docs/runbooks/alerts/GCDown.md?ref=x" << true
                                << "";
        QTest::newRow("other repository")
            << "https://github.com/o/r2/blob/main/docs/runbooks/alerts/GCDown.md" << false << "";
        QTest::newRow("out") << "../../etc/passwd" << false << "";
        QTest::newRow("javascript") << "javascript:alert(1)" << false << "";
        QTest::newRow("file") << "file:///etc/passwd" << false << "";
        QTest::newRow("forge path out") << "https://github.com/o/r/blob/main/../../../../etc/passwd" << false << "";
        QTest::newRow("not there") << "docs/runbooks/none.md" << false << "";
    }
    void findsByAnnotation()
    {
        QFETCH(QString, url);
        QFETCH(bool, found);
        QFETCH(QString, anchor);
        const RunbookLink link = runbookTest::linkTo(url, smallLibrary());
        QCOMPARE(link.found, found);
        QCOMPARE(link.anchor, anchor);
        QVERIFY(link.anchorFound);
        QCOMPARE(link.problem.isEmpty(), found);
    }

    void refusedNeverFallsThrough()
    {
        for (const char *url : {"../../etc/passwd", "javascript:alert(1)", "file:///etc/passwd"}) {
            const RunbookLink link = runbookTest::linkTo(QLatin1String(url), smallLibrary(), QStringLiteral("GCDown"));
            QVERIFY2(!link.found && link.url.isEmpty(), url);
        }
    }

    void fallsBackToTheName()
    {
        const RunbookLibrary library = smallLibrary();
        QCOMPARE(linkRunbook(QStringLiteral("GCDown"), {}, {}, library).how, How::FileName);
        QCOMPARE(linkRunbook(QStringLiteral("FromFront"), {}, {}, library).how, How::FrontMatter);
        const RunbookLink line = linkRunbook(QStringLiteral("FromLine"), {}, {}, library);
        QCOMPARE(line.how, How::AlertLine);
        QCOMPARE(line.anchor, QStringLiteral("s"));
        const RunbookLink web =
            runbookTest::linkTo(QStringLiteral("https://wiki.example/x"), library, QStringLiteral("GCDown"));
        QVERIFY(web.found);
        QCOMPARE(web.url, QStringLiteral("https://wiki.example/x"));
    }

    void showsAmbiguity()
    {
        const RunbookLink link = linkRunbook(QStringLiteral("Twice"), {}, {}, smallLibrary());
        QVERIFY(!link.found);
        QCOMPARE(link.candidates.size(), 2);
    }

    void takesNoPathFromAName()
    {
        for (const char *name : {"../../etc/passwd", "a/b", "..", "../alerts/GCDown", ""})
            QVERIFY2(!linkRunbook(QLatin1String(name), {}, {}, smallLibrary()).found, name);
    }

    void tellsAMissingAnchor()
    {
        const RunbookLink link =
            runbookTest::linkTo(QStringLiteral("docs/runbooks/alerts/GCDown.md#nope"), smallLibrary());
        QVERIFY(link.found);
        QVERIFY(!link.anchorFound);
        QVERIFY(link.problem.contains(u"nope"));
    }

    void fillsPlaceholders()
    {
        RunbookFilling filling;
        filling.labels = runbookTest::labels({{QStringLiteral("pod"), QStringLiteral("gc-1")},
                                              {QStringLiteral("evil"), QStringLiteral("x; rm -rf /")},
                                              {QStringLiteral("option"), QStringLiteral("--force")}});
        filling.words = {{QStringLiteral("namespace"), QStringLiteral("dark-tower")}};
        const auto filled = [&](const char *text) {
            return plainText(fillPlaceholders(QString::fromUtf8(text), filling));
        };
        QCOMPARE(filled("kubectl logs <POD> -n $NAMESPACE"), QStringLiteral("kubectl logs gc-1 -n dark-tower"));
        QCOMPARE(filled("{{ $labels.pod }} {{.Labels.pod}} ${NAMESPACE} <namespace>"),
                 QStringLiteral("gc-1 gc-1 dark-tower dark-tower"));
        QCOMPARE(filled("<OTHER> $HOME $1 <br>"), QStringLiteral("<OTHER> $HOME $1 <br>"));
        QCOMPARE(filled("echo $evil $option"), QStringLiteral("echo $evil $option"));
        QCOMPARE(filled("for pod in a b; do echo $pod; done"), QStringLiteral("for pod in a b; do echo $pod; done"));
        const RunbookText spans = fillPlaceholders(QStringLiteral("a <POD> b"), filling);
        QCOMPARE(spans.size(), 3);
        QVERIFY(!spans[0].filled && spans[1].filled && !spans[2].filled);
    }

    void fillsActions()
    {
        RunbookFilling filling;
        filling.words = {{QStringLiteral("service"), QStringLiteral("gc-service")}};
        RunbookActionReference action;
        action.object = QStringLiteral("<service>");
        QCOMPARE(filledAction(action, filling).object, QStringLiteral("gc-service"));
        QCOMPARE(filledAction(action, {}).object, QStringLiteral("<service>"));
    }

    /// Each alert of the real rules opens the section that its authors meant.
    void opensTheRealSections_data()
    {
        QTest::addColumn<QString>("heading");
        const QString outage = QStringLiteral("Scenario 4: Complete Service Outage");
        const QString errors = QStringLiteral("Scenario 5: High Error Rate");
        const QString latency = QStringLiteral("Scenario 2: High Latency / Slow Responses");
        const QString assignment = QStringLiteral("Scenario 3: MC Assignment Failures");
        const QString database = QStringLiteral("Scenario 1: Database Connection Failures");
        const QString pressure = QStringLiteral("Scenario 6: Resource Pressure");
        QTest::newRow("GCDown") << outage;
        QTest::newRow("GCHighErrorRate") << errors;
        QTest::newRow("GCHighLatency") << latency;
        QTest::newRow("GCMCAssignmentSlow") << assignment;
        QTest::newRow("GCDatabaseDown") << database;
        QTest::newRow("GCErrorBudgetBurnRateCritical") << errors;
        QTest::newRow("GCMeetingCreationStopped") << outage;
        QTest::newRow("GCHighMemory") << pressure;
        QTest::newRow("GCHighCPU") << pressure;
        QTest::newRow("GCMCAssignmentFailures") << assignment;
        QTest::newRow("GCDatabaseSlow") << database;
        QTest::newRow("GCTokenRefreshFailures") << QStringLiteral("Scenario 7: Token Refresh Failures");
        QTest::newRow("GCErrorBudgetBurnRateWarning") << errors;
        QTest::newRow("GCPodRestartingFrequently") << outage;
        QTest::newRow("GCMeetingCreationFailureRate")
            << QStringLiteral("Scenario 8: Meeting Creation Limit Exhaustion");
        QTest::newRow("GCMeetingCreationLatencyHigh") << latency;
        QTest::newRow("GCHighJoinFailureRate") << assignment;
        QTest::newRow("GCHighJoinLatency") << latency;
    }
    void opensTheRealSections()
    {
        QFETCH(QString, heading);
        const QByteArray yaml = contentOf(realRoot + QStringLiteral("infra/docker/prometheus/rules/gc-alerts.yaml"));
        if (yaml.isEmpty())
            QSKIP("The real rules and runbooks are not here.");
        const QString path = QStringLiteral("docs/runbooks/gc-incident-response.md");
        const RunbookPtr runbook = runbookTest::read(contentOf(realRoot + path), path);
        const RunbookLibrary library = runbookTest::libraryOf({runbook});
        const AlertRulesFile rules = readAlertRules(yaml, QStringLiteral("gc-alerts.yaml"));
        QVERIFY(rules.problems.isEmpty());
        int found = 0;
        for (const LintedRule &rule : rules.rules) {
            if (rule.alert != QLatin1String(QTest::currentDataTag()))
                continue;
            ++found;
            const RunbookLink link = linkRunbook(rule.alert, rule.labels, rule.annotations, library);
            QVERIFY2(link.found && link.anchorFound, qPrintable(link.problem));
            const auto [first, last] = runbook->sectionRange(link.anchor);
            QCOMPARE(plainText(runbook->blocks[first].text), heading);
            QVERIFY(last > first + 5);
        }
        QCOMPARE(found, 1);
    }
    void everyRealAlertHasARow()
    {
        const QByteArray yaml = contentOf(realRoot + QStringLiteral("infra/docker/prometheus/rules/gc-alerts.yaml"));
        if (yaml.isEmpty())
            QSKIP("The real rules and runbooks are not here.");
        QCOMPARE(readAlertRules(yaml, QStringLiteral("gc-alerts.yaml")).rules.size(), qsizetype(18));
    }
};

QTEST_GUILESS_MAIN(TestRunbookLink)
#include "tst_runbook_link.moc"
