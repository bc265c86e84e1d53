// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/manifest_yaml.h"
#include "models/manifest_checks.h"
#include "models/review_rule.h"
#include "models/secret_shapes.h"

#include <QFile>
#include <QTest>

using namespace cockpit;

namespace {

QList<ReviewFinding> reviewedText(const QByteArray &text)
{
    return reviewManifests(readManifests(text, QStringLiteral("k/a.yaml")));
}

QStringList reviewedRules(const QList<ReviewFinding> &findings)
{
    QStringList all;
    for (const ReviewFinding &found : findings)
        all.append(found.finding.rule);
    return all;
}

const QByteArray workloadHead = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n";

QByteArray withContainer(const QByteArray &container, const QByteArray &spec = {})
{
    return workloadHead + spec +
           "  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: 'a:1', " + container +
           "}]}}\n";
}

} // namespace

class TestReviewRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRulesExamplesHold_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < reviewRules().size(); ++i)
            if (!QByteArray(reviewRules()[i].id).startsWith("review-")) // those need runbooks too
                QTest::newRow(reviewRules()[i].id) << int(i);
    }
    void everyRulesExamplesHold()
    {
        QFETCH(int, index);
        const ReviewRule &rule = reviewRules()[size_t(index)];
        const QString id = QString::fromLatin1(rule.id);
        const QList<ReviewFinding> bad = reviewedText(rule.bad);
        const QStringList good = reviewedRules(reviewedText(rule.good));
        QVERIFY2(reviewedRules(bad).contains(id), qPrintable(reviewedRules(bad).join(u' ')));
        QVERIFY2(!good.contains(id), qPrintable(good.join(u' ')));
        for (const ReviewFinding &found : bad) {
            QVERIFY(found.finding.line > 0);
            QVERIFY(!found.impact.isEmpty() && !found.finding.risk.isEmpty() && !found.finding.fix.isEmpty());
            QVERIFY2(!found.finding.message.contains(u'{'), qPrintable(found.finding.message));
        }
    }
    void aScalerGivesTheReplicas()
    {
        const QByteArray scaler =
            "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n"
            "spec: {minReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}}\n";
        const QByteArray served = withContainer("ports: [{containerPort: 80}]");
        QVERIFY(reviewedRules(reviewedText(served)).contains(QStringLiteral("manifest-single-replica")));
        const QStringList scaled = reviewedRules(reviewedText(served + scaler));
        QVERIFY(!scaled.contains(QStringLiteral("manifest-single-replica")));
        QVERIFY(scaled.contains(QStringLiteral("manifest-no-disruption-budget")));
    }
    void aServiceMakesAServerOfUndeclaredPorts()
    {
        const QByteArray service =
            "---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}}\n";
        const QByteArray silent = withContainer("env: []");
        QVERIFY(reviewedRules(reviewedText(silent)).contains(QStringLiteral("manifest-no-probes")));
        QVERIFY(reviewedRules(reviewedText(silent + service)).contains(QStringLiteral("manifest-no-readiness")));
    }
    void theDrainOfAConfigMapCounts()
    {
        const QByteArray map =
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {DRAIN_TIMEOUT: 40s}\n";
        const QByteArray drained = withContainer("envFrom: [{configMapRef: {name: c}}]");
        const QList<ReviewFinding> findings = reviewedText(drained + map);
        const auto found = std::find_if(findings.begin(), findings.end(), [](const ReviewFinding &one) {
            return one.finding.rule == u"manifest-grace-too-short";
        });
        QVERIFY(found != findings.end());
        QVERIFY2(found->finding.message.contains(u"30 s against DRAIN_TIMEOUT 40 s"),
                 qPrintable(found->finding.message));
    }
    void aBudgetOfAllReplicasBlocks()
    {
        const QByteArray budget = "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b}\n"
                                  "spec: {minAvailable: 2, selector: {matchLabels: {app: a}}}\n";
        const auto blocks = [&](const QByteArray &replicas) {
            return reviewedRules(reviewedText(withContainer("env: []", replicas) + budget))
                .contains(QStringLiteral("manifest-budget-blocks"));
        };
        QVERIFY(blocks("  replicas: 2\n"));
        QVERIFY(!blocks("  replicas: 3\n"));
    }
    void aLimitRangeGivesLimits()
    {
        const QByteArray range =
            "---\napiVersion: v1\nkind: LimitRange\nspec: {limits: [{type: Container, default: {memory: "
            "1Gi}}]}\n";
        QVERIFY(!reviewedRules(reviewedText(withContainer("env: []") + range))
                     .contains(QStringLiteral("manifest-no-memory-limit")));
    }
    void jobsAreNoServers()
    {
        QByteArray job = withContainer("resources: {limits: {cpu: 1, memory: 1Gi}}");
        job.replace("kind: Deployment", "kind: Job");
        QCOMPARE(reviewedRules(reviewedText(job)), QStringList());
    }
    void whatAKustomizationChangesIsNotReviewed()
    {
        ManifestSet set = readManifests(withContainer("env: []"), QStringLiteral("base/a.yaml"));
        set.append(
            readManifests("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml, "
                          "gone.yaml]\n",
                          QStringLiteral("base/kustomization.yaml")));
        ManifestSet plain = set;
        QCOMPARE(takeOutUnrendered(plain, {QStringLiteral("base/a.yaml")}).size(), 1); // the one that is not there
        QCOMPARE(plain.workloads.size(), 1);
        set.append(
            readManifests("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\n"
                          "images: [{name: a, newTag: '2'}]\n",
                          QStringLiteral("live/kustomization.yaml")));
        QCOMPARE(takeOutUnrendered(set, {QStringLiteral("base/a.yaml")}).size(), 2);
        QVERIFY(set.workloads.isEmpty());
    }
    void secretsAreNamesAndShapesNeverRandomness()
    {
        for (const char *name : {"DB_PASSWORD", "clientSecret", "api-key", "apiToken", "signing_key"})
            QVERIFY2(isSecretName(QString::fromLatin1(name)), name);
        for (const char *name : {"PASSWORD_FILE", "TOKEN_TTL", "SECRET_NAME", "MONKEY", "PUBLIC_KEY", "TOKENS"})
            QVERIFY2(!isSecretName(QString::fromLatin1(name)), name);
        for (const char *value :
             {"", "3600", "true", "/run/secrets/db", "${DB}", "<your password>", "CHANGEME", "****"})
            QVERIFY2(!isSecretValue(QString::fromLatin1(value)), value);
        QVERIFY(knownSecretIn(QStringLiteral("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
                    .isEmpty());
        QVERIFY(knownSecretIn(QStringLiteral("AKIAIOSFODNN7EXAMPLE")).isEmpty());
    }
    void configurationIsReadByLine()
    {
        const QList<ReviewFinding> findings =
            reviewConfiguration(QStringLiteral("# DB_PASSWORD=hunter22\nexport DB_PASSWORD=\"hunter22\" # local\n"
                                               "url: postgres://a:hunter22@db/x\n\"apiKey\": \"abcdef123\",\n"
                                               "password = ${DB_PASSWORD}\n"),
                                QStringLiteral(".env"));
        QCOMPARE(findings.size(), 3);
        QCOMPARE(findings.at(0).finding.line, 2);
        QCOMPARE(findings.at(1).finding.rule, QStringLiteral("config-secret-in-url"));
        QCOMPARE(findings.at(2).finding.object, QStringLiteral("apiKey"));
        for (const ReviewFinding &found : findings)
            QVERIFY(!found.finding.text().contains(u"hunter22"));
    }
};

QTEST_GUILESS_MAIN(TestReviewRules)
#include "tst_review_rules.moc"
