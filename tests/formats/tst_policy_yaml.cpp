// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_yaml.h"

#include <QFile>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

/// The shape of operations.md §1, word by word.
const QByteArray wholePolicy = "deployment:\n"
                               "  strategy: canary\n"
                               "  canary:\n"
                               "    initial_percentage: 5%\n"
                               "    increment: 10%\n"
                               "    interval: 5m\n"
                               "    success_criteria:\n"
                               "      - error_rate < 1%\n"
                               "      - p99_latency < baseline * 1.2\n"
                               "    rollback_on_failure: true\n"
                               "  rollback:\n"
                               "    automatic: true\n"
                               "    trigger:\n"
                               "      - error_rate > 5%\n"
                               "      - p99_latency > baseline * 2.0\n"
                               "      - alert: ServiceDegraded severity=critical\n"
                               "  blue_green:            # for database migrations\n"
                               "    pre_migration_check: true\n"
                               "    traffic_switch: instant\n"
                               "    rollback_window: 1h\n";

DeploymentPolicy parsed(const QByteArray &yaml, QList<Finding> &problems)
{
    return parsePolicy(yaml, QStringLiteral("gc.yaml"), problems);
}

} // namespace

class TestPolicyYaml : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheWholeShape()
    {
        QList<Finding> problems;
        const DeploymentPolicy policy = parsed(wholePolicy, problems);
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().text()));
        QCOMPARE(policy.initialPercentage, 5);
        QCOMPARE(policy.increment, 10);
        QVERIFY(policy.interval == 5min && policy.rollbackWindow == 1h && policy.verifyWindow() == 5min);
        QVERIFY(policy.rollbackOnFailure && policy.automaticRollback && policy.preMigrationCheck && !policy.blueGreen);
        QCOMPARE(policy.minimumSample, qint64(100));
        QVERIFY(policy.warmUp == 2min);
        const MetricRule errors{PolicyMetric::ErrorRate, MetricRule::Comparison::Below, false, 0.01,
                                QStringLiteral("error_rate < 1%")};
        const MetricRule p99{PolicyMetric::P99Latency, MetricRule::Comparison::Below, true, 1.2,
                             QStringLiteral("p99_latency < baseline * 1.2")};
        QVERIFY((policy.successCriteria == QList<MetricRule>{errors, p99}));
        QCOMPARE(policy.triggers.size(), 3);
        QCOMPARE(std::get<MetricRule>(policy.triggers[0]).limit, 0.05);
        const AlertTrigger alert = std::get<AlertTrigger>(policy.triggers[2]);
        QCOMPARE(alert.alertName, QStringLiteral("ServiceDegraded"));
        QCOMPARE(alert.severity, QStringLiteral("critical"));
    }

    void readsTheOptionalKeys()
    {
        QByteArray yaml = wholePolicy;
        yaml.replace("    rollback_on_failure: true\n",
                     "    rollback_on_failure: false\n    minimum_sample: 20\n    warm_up: 0s\n    verify: 10m\n");
        QList<Finding> problems;
        const DeploymentPolicy policy = parsed(yaml, problems);
        QVERIFY(problems.isEmpty());
        QCOMPARE(policy.minimumSample, qint64(20));
        QVERIFY(policy.warmUp == 0ms && policy.verifyWindow() == 10min && !policy.rollbackOnFailure);
    }

    void limits_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<double>("limit");
        QTest::addColumn<bool>("relative");
        QTest::newRow("percent") << "error_rate <= 0.5%" << 0.005 << false;
        QTest::newRow("share") << "error_rate < 0.01" << 0.01 << false;
        QTest::newRow("milliseconds") << "p95_latency < 300ms" << 0.3 << false;
        QTest::newRow("seconds") << "p50_latency >= 1.5 s" << 1.5 << false;
        QTest::newRow("saturation") << "saturation < 85%" << 0.85 << false;
        QTest::newRow("baseline") << "p99_latency <= baseline" << 1.0 << true;
        QTest::newRow("factor") << "error_rate>baseline*3" << 3.0 << true;
    }
    void limits()
    {
        QFETCH(QString, rule);
        QFETCH(double, limit);
        QFETCH(bool, relative);
        QByteArray yaml = wholePolicy;
        yaml.replace("error_rate < 1%", rule.toUtf8());
        QList<Finding> problems;
        const DeploymentPolicy policy = parsed(yaml, problems);
        QVERIFY(!hasSeriousFinding(problems));
        QCOMPARE(policy.successCriteria[0].limit, limit);
        QCOMPARE(policy.successCriteria[0].relative, relative);
    }

    void tellsWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *from, const char *to, const char *place, const char *words) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(place)
                                << QString::fromLatin1(words);
        };
        row("unknown key", "increment: 10%", "incremnt: 10%", "gc.yaml:5:5", "Did you mean \"increment\"?");
        row("unknown metric", "error_rate < 1%", "eror_rate < 1%", "gc.yaml:8:9", "Did you mean \"error_rate\"?");
        row("wrong unit", "error_rate < 1%", "error_rate < 1ms", "gc.yaml:8:9", "a limit such as 1%");
        row("no unit", "p99_latency < baseline * 1.2", "p99_latency < 300", "gc.yaml:9:9", "500ms");
        row("no comparison", "error_rate < 1%", "error_rate 1%", "gc.yaml:8:9", "a comparison");
        row("above all", "error_rate < 1%", "error_rate < 101%", "gc.yaml:8:9", "a limit such as 1%");
        row("baseline plus", "baseline * 1.2", "baseline + 20%", "gc.yaml:9:9", "baseline * 1.2");
        row("zero factor", "baseline * 1.2", "baseline * 0", "gc.yaml:9:9", "baseline * 1.2");
        row("no percentage", "initial_percentage: 5%", "initial_percentage: five", "gc.yaml:4:25",
            "a whole percentage");
        row("zero", "increment: 10%", "increment: 0%", "gc.yaml:5:16", "a whole percentage");
        row("no interval", "interval: 5m", "interval: 5", "gc.yaml:6:15", "a length of time with its unit");
        row("no strategy", "strategy: canary", "strategy: big_bang", "gc.yaml:2:13", "canary, blue_green");
        row("slow switch", "traffic_switch: instant", "traffic_switch: slow", "gc.yaml:19:21", "instant");
        row("alert with blanks", "alert: ServiceDegraded severity=critical", "alert: Service degraded now",
            "gc.yaml:16:16", "the name of an alert");
        row("other trigger", "- alert: ServiceDegraded", "- alerts: ServiceDegraded", "gc.yaml:16:9",
            "Did you mean \"alert\"?");
        row("all at once", "initial_percentage: 5%", "initial_percentage: 100%", "gc.yaml:4:5", "0 to 100 % at once");
        row("not YAML", "strategy: canary", "strategy: [canary", "gc.yaml:", "This is not YAML");
    }
    void tellsWhatIsWrongAndWhere()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, place);
        QFETCH(QString, words);
        QByteArray yaml = wholePolicy;
        QVERIFY(yaml.contains(from));
        yaml.replace(from, to);
        QList<Finding> problems;
        parsed(yaml, problems);
        QVERIFY(hasSeriousFinding(problems));
        const QString text = problems.first().text();
        QVERIFY2(text.startsWith(place), qPrintable(text));
        QVERIFY2(text.contains(words), qPrintable(text));
        QVERIFY(problems.first().rule.startsWith(QStringLiteral("policy-")));
    }

    void tellsAllProblemsAtOnce()
    {
        QByteArray yaml = wholePolicy;
        yaml.replace("error_rate < 1%", "errors < 1%")
            .replace("interval: 5m", "interval: soon")
            .replace("    automatic: true\n", "    automatic: perhaps\n");
        QList<Finding> problems;
        parsed(yaml, problems);
        QCOMPARE(problems.size(), 3);
        problems.clear();
        parsed("deployment: {strategy: canary}\n", problems);
        QCOMPARE(problems.size(), 2); // canary and rollback are missing: no rollout without a rollback plan
        problems.clear();
        parsed("", problems);
        QVERIFY(hasSeriousFinding(problems));
    }

    void warnsOfWhatCannotWork()
    {
        QByteArray yaml = wholePolicy;
        yaml.replace("error_rate > 5%", "error_rate > 0.5%")
            .replace("    rollback_on_failure: true\n", "    warm_up: 5m\n");
        QList<Finding> problems;
        parsed(yaml, problems);
        QVERIFY(!hasSeriousFinding(problems));
        QStringList rules;
        for (const Finding &problem : problems)
            rules.append(problem.rule);
        QCOMPARE(rules, QStringList({QStringLiteral("policy-long-warm-up"), QStringLiteral("policy-early-trigger")}));
    }
};

QTEST_GUILESS_MAIN(TestPolicyYaml)
#include "tst_policy_yaml.moc"
