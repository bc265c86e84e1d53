// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rule_test_dump.h"

#include "app/demo/recorded_series.h"
#include "app/demo/rule_file.h"

#include <yaml-cpp/yaml.h>

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::demo;

/// The shipped rules, judged by Prometheus's own tool, fire exactly when the world says.
class TestDemoRuleFile : public QObject {
    Q_OBJECT

    const QString m_promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
    const QString m_rules = QStringLiteral(COCKPIT_SOURCE_DIR "/resources/rules/");

    QString promtool(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(m_promtool, arguments);
        process.waitForFinished(60000);
        const QString words = QString::fromUtf8(process.readAll());
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 ? QString() : words;
    }

private Q_SLOTS:
    void promtoolAcceptsTheRules()
    {
        if (m_promtool.isEmpty())
            QSKIP("promtool is not installed");
        const QString words = promtool({QStringLiteral("check"), QStringLiteral("rules"),
                                        m_rules + QStringLiteral("alerts.yml"), m_rules + QStringLiteral("recording.yml")});
        QVERIFY2(words.isEmpty(), qPrintable(words));
    }

    void rulesFireAsTheWorldSays_data()
    {
        QTest::addColumn<QString>("scenario");
        for (const char *name : {"bad-canary", "platform-outage-during-canary", "redis-down", "load-shedding", "forgotten-override",
                                 "flapping"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void rulesFireAsTheWorldSays()
    {
        if (m_promtool.isEmpty())
            QSKIP("promtool is not installed");
        QFETCH(QString, scenario);
        SimOptions options;
        options.scenario = scenario.toStdString();
        const Result<std::string> text = ruleTestOf(options);
        QVERIFY(text.has_value());
        QTemporaryDir folder;
        QVERIFY(QFile::copy(m_rules + QStringLiteral("alerts.yml"), folder.filePath(QStringLiteral("alerts.yml"))));
        QFile file(folder.filePath(QStringLiteral("test.yml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text->data(), static_cast<qint64>(text->size()));
        file.close();
        const QString words = promtool({QStringLiteral("test"), QStringLiteral("rules"), file.fileName()});
        QVERIFY2(words.isEmpty(), qPrintable(words.left(3000)));
    }

    void presetAsksOnlyForWhatIsServed()
    {
        const World world(*scenarioByName("bad-canary"), 42, *parseRfc3339("2026-11-23T03:12:40Z"));
        const RecordedSeriesSet series(world);
        const YAML::Node preset = YAML::LoadFile(COCKPIT_SOURCE_DIR "/resources/presets/recorded.yaml");
        for (const char *part : {"figures", "ranges"})
            for (const auto &entry : preset[part]) {
                std::string query = entry.second["query"].as<std::string>();
                if (const std::size_t at = query.find("$service"); at != std::string::npos)
                    query.replace(at, 8, "gc-service");
                const auto matchers = parseSelector(query);
                QVERIFY2(matchers && !series.select(*matchers).empty(), query.c_str());
            }
    }

    void everyRecordedSeriesIsServed()
    {
        const World world(*scenarioByName("calm"), 42, *parseRfc3339("2026-11-23T02:51:10Z"));
        const RecordedSeriesSet series(world);
        for (const RuleGroupText &group : shippedRuleGroups("recording.yml"))
            for (const RuleText &rule : group.rules)
                if (rule.name != "service:objective_error:ratio")
                    QVERIFY2(!series.select(*parseSelector(rule.name)).empty(), rule.name.c_str());
    }
};

QTEST_GUILESS_MAIN(TestDemoRuleFile)
#include "tst_demo_rule_file.moc"
