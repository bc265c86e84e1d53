// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_export.h"
#include "app/formats/policy_yaml.h"
#include "crd_schema.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;

namespace {

const QString fixtureFolder = QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/policy/");
const QString crdFolder = QStringLiteral(COCKPIT_SOURCE_DIR "/../shared/data/crds/");

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

PolicyExport exportOf(const char *policyFile, const char *preset)
{
    QList<Finding> problems;
    PolicyExport what;
    what.policy = parsePolicy(bytesOf(fixtureFolder + QLatin1String(policyFile)), QLatin1String(policyFile), problems);
    const auto loaded = loadPreset(QLatin1String(preset));
    if (loaded) {
        what.queries = loaded->tracks.value_or(TrackQueries{});
        what.serviceLabel = loaded->serviceLabels.value(0);
        what.budgetQuery = loaded->ranges.value(Figure::BudgetLeft).query;
    }
    what.service = what.serviceValue = QStringLiteral("gc-service");
    what.nameSpace = QStringLiteral("dark-tower");
    what.prometheusUrl = QStringLiteral("http://prometheus.monitoring:9090");
    return what;
}

} // namespace

/// Manifests that enforce a policy: as recorded, as the engines' schemas want them, as Prometheus understands them.
class TestPolicyExport : public QObject {
    Q_OBJECT

    static void rows()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("preset");
        QTest::addColumn<QString>("engine");
        QTest::addColumn<QString>("golden");
        const auto row = [](const char *policy, const char *preset, const char *engine) {
            const QString golden =
                QStringLiteral("%1.%2.%3.golden.yaml")
                    .arg(QString::fromLatin1(policy).section(u'.', 0, 0), QLatin1String(preset), QLatin1String(engine));
            QTest::newRow(qPrintable(golden))
                << QByteArray(policy) << QByteArray(preset) << QString::fromLatin1(engine) << golden;
        };
        for (const char *engine : {"argo-rollouts", "flagger"}) {
            row("canary.yaml", "recorded", engine);
            row("canary.yaml", "dark-tower", engine);
            row("blue-green.yaml", "recorded", engine);
            row("careful.yaml", "istio", engine);
        }
    }
private Q_SLOTS:
    /// A canary's policy for what the cluster runs as blue-green makes no canary of it.
    void blueGreenOfTheClusterStays()
    {
        PolicyExport what = exportOf("canary.yaml", "recorded");
        fitToStrategy(what, RolloutStrategy::BlueGreen);
        const ExportedPolicy argo = exportPolicy(what, PolicyEngine::ArgoRollouts);
        QVERIFY(argo.yaml.contains("blueGreen:") && argo.yaml.contains("postPromotionAnalysis:"));
        QVERIFY(!argo.yaml.contains("setWeight") && !argo.yaml.contains("canary:"));
        QVERIFY(argo.gaps.first().startsWith(QStringLiteral("NOT ENFORCED: the steps")));
        QVERIFY(exportPolicy(what, PolicyEngine::Flagger).yaml.contains("iterations:"));
        PolicyExport canary = exportOf("canary.yaml", "recorded");
        fitToStrategy(canary, RolloutStrategy::Canary);
        QVERIFY(canary.leftOut.isEmpty() && !canary.policy.blueGreen);
    }

private:
    static ExportedPolicy exported()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QByteArray, preset);
        QFETCH(QString, engine);
        return exportPolicy(exportOf(policy.constData(), preset.constData()), *policyEngineFromWireName(engine));
    }

private Q_SLOTS:
    void isAsRecorded_data() { rows(); }
    void isAsRecorded()
    {
        QFETCH(QString, golden);
        const QByteArray yaml = exported().yaml;
        if (qEnvironmentVariableIsSet("COCKPIT_WRITE_GOLDEN")) {
            QFile file(fixtureFolder + golden);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(yaml) == yaml.size());
        }
        QCOMPARE(yaml, bytesOf(fixtureFolder + golden));
    }

    void fitsTheSchemas_data() { rows(); }
    void fitsTheSchemas()
    {
        if (!QFileInfo::exists(crdFolder))
            QSKIP("the engines' resource definitions are not here");
        test::CrdSchemas schemas;
        for (const char *file : {"rollout-crd.yaml", "analysis-template-crd.yaml", "flagger-crd.yaml"})
            schemas.add(bytesOf(crdFolder + QLatin1String(file)).toStdString());
        int documents = 0;
        for (const YAML::Node &document : YAML::LoadAll(exported().yaml.toStdString())) {
            const QStringList wrong = schemas.check(document);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            ++documents;
        }
        QVERIFY(documents >= 3);
    }

    void theSchemaCheckFindsMistakes()
    {
        if (!QFileInfo::exists(crdFolder))
            QSKIP("the engines' resource definitions are not here");
        test::CrdSchemas schemas;
        schemas.add(bytesOf(crdFolder + QStringLiteral("rollout-crd.yaml")).toStdString());
        const auto wrong = [&](const char *yaml) { return schemas.check(YAML::Load(yaml)).join(u' '); };
        QVERIFY(wrong("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {strategee: {}}}")
                    .contains(QStringLiteral("strategee")));
        QVERIFY(wrong("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {replicas: many}}")
                    .contains(QStringLiteral("replicas")));
        QVERIFY(wrong("{apiVersion: argoproj.io/v1alpha1, kind: Rollouts}").contains(QStringLiteral("no such kind")));
    }

    void prometheusUnderstandsTheQueries_data() { rows(); }
    void prometheusUnderstandsTheQueries()
    {
        const QString promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
        if (promtool.isEmpty())
            QSKIP("promtool is not installed");
        YAML::Emitter rules;
        rules << YAML::BeginMap << YAML::Key << "groups" << YAML::Value << YAML::BeginSeq << YAML::BeginMap;
        rules << YAML::Key << "name" << YAML::Value << "exported" << YAML::Key << "rules" << YAML::Value
              << YAML::BeginSeq;
        int number = 0;
        const auto add = [&](const YAML::Node &query) {
            rules << YAML::BeginMap << YAML::Key << "record" << YAML::Value
                  << "exported:query:n" + std::to_string(number++) << YAML::Key << "expr" << YAML::Value
                  << query.as<std::string>() << YAML::EndMap;
        };
        for (const YAML::Node &document : YAML::LoadAll(exported().yaml.toStdString())) {
            const YAML::Node spec = document["spec"];
            if (spec["query"])
                add(spec["query"]);
            else if (spec["metrics"])
                for (const YAML::Node &metric : spec["metrics"])
                    add(metric["provider"]["prometheus"]["query"]);
        }
        rules << YAML::EndSeq << YAML::EndMap << YAML::EndSeq << YAML::EndMap;
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("rules.yml")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rules.c_str()) > 0);
        file.close();
        QProcess process;
        process.start(promtool, {QStringLiteral("check"), QStringLiteral("rules"), file.fileName()});
        QVERIFY(process.waitForFinished(20000));
        QVERIFY2(process.exitCode() == 0,
                 QByteArray(process.readAllStandardError() + process.readAllStandardOutput()).constData());
        QVERIFY(number >= 3);
    }

    void tellsWhatTheEngineCannotExpress()
    {
        const PolicyExport what = exportOf("careful.yaml", "istio");
        const ExportedPolicy argo = exportPolicy(what, PolicyEngine::ArgoRollouts);
        QVERIFY(argo.gaps.join(u' ').contains(QStringLiteral("Inconclusive")));
        QVERIFY2(argo.gaps.first().startsWith(QStringLiteral("NOT ENFORCED: \"saturation < 85%\"")),
                 qPrintable(argo.gaps.first()));
        const ExportedPolicy flagger = exportPolicy(what, PolicyEngine::Flagger);
        QVERIFY(flagger.gaps.join(u' ').contains(QStringLiteral("There is no inconclusive")));
        QVERIFY(flagger.gaps.join(u' ').contains(QStringLiteral("no old colour")));
    }

    void nothingIsGreenWithoutFigures()
    {
        const QByteArray argo = exportPolicy(exportOf("canary.yaml", "recorded"), PolicyEngine::ArgoRollouts).yaml;
        for (const YAML::Node &document : YAML::LoadAll(argo.toStdString())) {
            if (document["metadata"]["name"].as<std::string>() != "gc-service-success")
                continue;
            for (const YAML::Node &metric : document["spec"]["metrics"]) {
                QVERIFY(QString::fromStdString(metric["successCondition"].as<std::string>())
                            .startsWith(QStringLiteral("len(result) == 1 && ")));
                QVERIFY(metric["failureCondition"].IsDefined());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPolicyExport)
#include "tst_policy_export.moc"
