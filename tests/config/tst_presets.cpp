// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/metric_preset.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;

/// The built-in presets are whole, and Prometheus' own tool understands their queries.
class PresetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allAreThere()
    {
        for (const char *name : {"dark-tower", "istio", "linkerd", "nginx-ingress", "spring"})
            QVERIFY2(builtInPresets().contains(QLatin1String(name)), name);
        QVERIFY(!loadPreset(QStringLiteral("nonsense")).has_value());
    }

    void areWhole_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : builtInPresets())
            QTest::newRow(qPrintable(name)) << name;
    }
    void areWhole()
    {
        QFETCH(QString, name);
        const auto preset = loadPreset(name);
        QVERIFY2(preset.has_value(), preset ? "" : qPrintable(preset.error().text()));
        QCOMPARE(preset->name, name);
        QVERIFY(!preset->serviceLabels.isEmpty());
        for (const Figure figure : {Figure::RequestsPerSecond, Figure::ErrorRatio, Figure::P99Seconds}) {
            QVERIFY(preset->figures.contains(figure));
            QVERIFY(preset->rangeQuery(figure, QStringLiteral("gc")).contains(QStringLiteral("\"gc\"")));
        }
        QVERIFY(preset->figures.contains(Figure::SampleTime));
        QVERIFY(preset->errorRatioLimits.contains(QStringLiteral("*")));
    }

    void promtoolUnderstandsThem()
    {
        const QString promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
        if (promtool.isEmpty())
            QSKIP("promtool is not installed");
        QByteArray rules = "groups:\n- name: presets\n  rules:\n";
        int count = 0;
        const auto add = [&](QString query) {
            query.replace(u'\'', QStringLiteral("''"));
            rules += "  - record: preset:query:n" + QByteArray::number(count++) + "\n    expr: '" + query.toUtf8() + "'\n";
        };
        for (const QString &name : builtInPresets()) {
            const auto preset = loadPreset(name);
            QVERIFY(preset.has_value());
            for (const FigureQuery &figure : preset->figures)
                add(figure.query);
            for (auto range = preset->ranges.begin(); range != preset->ranges.end(); ++range)
                add(preset->rangeQuery(range.key(), QStringLiteral("a\"b\\c")));
            const TrackQueries tracks = preset->tracks.value_or(TrackQueries{});
            for (const QString &query : {tracks.requests, tracks.errors, tracks.latencyBuckets, tracks.saturation, tracks.sampleTime}) {
                if (!query.isEmpty())
                    add(filledQuery(query, QStringLiteral("a\"b\\c"), std::chrono::minutes(5)));
            }
        }
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("rules.yml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rules) == rules.size());
        file.close();
        QProcess process;
        process.start(promtool, {QStringLiteral("check"), QStringLiteral("rules"), file.fileName()});
        QVERIFY(process.waitForFinished(20000));
        QVERIFY2(process.exitCode() == 0, QByteArray(process.readAllStandardError() + process.readAllStandardOutput()).constData());
        QVERIFY(count > 40);
    }

    void tracksOfDarkTowerUseThePodsNames()
    {
        const auto preset = loadPreset(QStringLiteral("dark-tower"));
        QVERIFY(preset && preset->tracks);
        QCOMPARE(preset->tracks->podLabel, QStringLiteral("pod"));
        QVERIFY(!preset->tracks->requests.contains(QStringLiteral("version")));
    }

    void theRecordedTracksAreTheOnesThatTheRulesRecord()
    {
        const auto preset = loadPreset(QStringLiteral("recorded"));
        QVERIFY(preset && preset->tracks);
        QFile rules(QStringLiteral(COCKPIT_SOURCE_DIR "/resources/rules/recording.yml"));
        QVERIFY(rules.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(rules.readAll());
        for (const auto window : {std::chrono::minutes(1), std::chrono::minutes(5)}) {
            for (const QString &query : {preset->tracks->requests, preset->tracks->errors, preset->tracks->latencyBuckets}) {
                const QString name = filledQuery(query, QStringLiteral("x"), window).section(u'{', 0, 0);
                QVERIFY2(text.contains(QStringLiteral("record: ") + name + u'\n'), qPrintable(name));
            }
        }
    }

    void windowsAreWrittenAsPrometheusHasThem()
    {
        QCOMPARE(promqlDuration(std::chrono::minutes(5)), QStringLiteral("5m"));
        QCOMPARE(promqlDuration(std::chrono::minutes(60)), QStringLiteral("60m"));
        QCOMPARE(promqlDuration(std::chrono::seconds(90)), QStringLiteral("90s"));
    }

    void tellsWhatIsWrong()
    {
        QList<Finding> problems;
        parsePreset("name: x\nserviceLabel: [a, b]\nfigures:\n  errorRatoi: {query: up}\n  p99Seconds: {}\n",
                    QStringLiteral("p.yaml"), problems);
        QCOMPARE(problems.size(), 2);
        QCOMPARE(problems[0].object, QStringLiteral("figures.errorRatoi"));
        QVERIFY(problems[0].fix.contains(QStringLiteral("errorRatio")));
        QCOMPARE(problems[1].object, QStringLiteral("figures.p99Seconds.query"));
        problems.clear();
        parsePreset("name: x\nserviceLabel: a\nfigures: {}\ntracks: {requests: up, errors: 'up{a=\"$service\"}'}\n",
                    QStringLiteral("p.yaml"), problems);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].object, QStringLiteral("tracks.requests"));
    }
};

QTEST_GUILESS_MAIN(PresetsTest)
#include "tst_presets.moc"
