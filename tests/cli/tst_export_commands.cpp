// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/run_command.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;

namespace {

const QString policies = QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/policy/");

int runLine(const QStringList &words)
{
    const auto invocation = parseInvocation(words);
    return invocation ? runAtOnce(*invocation).value_or(-1) : -2;
}

} // namespace

/// `export policy` and `lint policy`, as the shell sees them.
class ExportCommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder{};

    QString written(const char *name, const QByteArray &text) const
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }
    QString configuration() const
    {
        return written("config.yaml", "prometheus: {url: 'http://prometheus.monitoring:9090', preset: recorded}\n"
                                      "alertmanagers: [{url: 'http://alertmanager:9093'}]\n"
                                      "policies:\n"
                                      "  - {service: gc-service, file: " +
                                          (policies + QStringLiteral("canary.yaml")).toUtf8() + "}\n");
    }

private Q_SLOTS:
    void initTestCase() { qunsetenv("DT_COCKPIT_CONFIG"); }

    void exportsWhatTheConfigurationNames_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const char *words, int code) {
            QTest::newRow(name) << QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts) << code;
        };
        row("the only policy", "--engine argo-rollouts", 0);
        row("by service", "--engine flagger --service gc-service", 0);
        row("no such service", "--engine flagger --service mc-service", 64);
        row("no engine", "", 64);
        row("another engine", "--engine spinnaker", 64);
    }
    void exportsWhatTheConfigurationNames()
    {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QCOMPARE(runLine(QStringList{QStringLiteral("export"), QStringLiteral("policy"), QStringLiteral("--config"),
                                     configuration()} +
                         words),
                 code);
    }

    void exportsAFileForAService()
    {
        const QStringList line{QStringLiteral("export"),
                               QStringLiteral("policy"),
                               policies + QStringLiteral("blue-green.yaml"),
                               QStringLiteral("--engine"),
                               QStringLiteral("argo-rollouts"),
                               QStringLiteral("--config"),
                               configuration()};
        QCOMPARE(runLine(line), 64); // which service?
        QCOMPARE(runLine(line + QStringList{QStringLiteral("--service"), QStringLiteral("ac-service")}), 0);
    }

    void refusesABrokenPolicy()
    {
        const QString broken = written("broken.yaml", "deployment: {strategy: canary}\n");
        QCOMPARE(runLine({QStringLiteral("export"), QStringLiteral("policy"), broken, QStringLiteral("--engine"),
                          QStringLiteral("flagger"), QStringLiteral("--service"), QStringLiteral("gc-service"),
                          QStringLiteral("--config"), configuration()}),
                 78);
        QCOMPARE(runLine({QStringLiteral("lint"), QStringLiteral("policy"), broken}), 1);
        QCOMPARE(runLine({QStringLiteral("lint"), QStringLiteral("policy"), broken, QStringLiteral("--json")}), 1);
    }

    void lintsFiles()
    {
        QCOMPARE(runLine({QStringLiteral("lint"), QStringLiteral("policy"), policies + QStringLiteral("canary.yaml"),
                          policies + QStringLiteral("careful.yaml")}),
                 0);
        QCOMPARE(runLine({QStringLiteral("lint"), QStringLiteral("policy"), QStringLiteral("/nowhere/policy.yaml")}),
                 1);
        QCOMPARE(runLine({QStringLiteral("lint"), QStringLiteral("policy")}), 64);
    }
};

QTEST_GUILESS_MAIN(ExportCommandsTest)
#include "tst_export_commands.moc"
