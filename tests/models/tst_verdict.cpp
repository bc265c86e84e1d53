// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict_scene.h"

#include <QTest>

#include <functional>
#include <limits>

using namespace cockpit;
using namespace cockpit::test;
using Outcome = CriterionVerdict::Result;
using Change = std::function<void(VerdictScene &)>;
Q_DECLARE_METATYPE(Change)

namespace {

const double notANumber = std::numeric_limits<double>::quiet_NaN();
const double noUpperBound = std::numeric_limits<double>::infinity();

enum Rule { SuccessErrors, SuccessP99, TriggerErrors, TriggerP99, TriggerAlert };

} // namespace

/// operations.md §0 and §1: each rule of a verdict, by its number.
class TestVerdict : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRuleHolds()
    {
        const CanaryVerdict verdict = VerdictScene().judged();
        QCOMPARE(verdict.result, Outcome::Pass);
        QCOMPARE(verdict.criteria.size(), 5);
        QVERIFY(!verdict.rollBackNow && !verdict.notTheCanary);
        QCOMPARE(verdict.words, QStringLiteral("Every rule holds over 60000 requests in 5 m."));
        const CriterionVerdict &errors = verdict.criteria[SuccessErrors];
        QCOMPARE(errors.canary, 0.001);
        QCOMPARE(errors.stable, 0.0005);
        QCOMPARE(errors.limit, 0.01);
        QVERIFY(qAbs(*errors.margin - 0.009) < 1e-9);
        QCOMPARE(errors.count, qint64(60'000));
        QVERIFY(qAbs(*verdict.criteria[SuccessP99].limit - 0.2184) < 1e-9);
        QVERIFY(*verdict.criteria[TriggerErrors].margin > 0);
    }

    void aBadCanaryIsRolledBack()
    {
        VerdictScene scene;
        scene.makeCanaryBad();
        const CanaryVerdict verdict = scene.judged();
        QCOMPARE(verdict.result, Outcome::Fail);
        QVERIFY(verdict.rollBackNow);
        QVERIFY(!verdict.notTheCanary);
        for (const Rule rule : {SuccessErrors, SuccessP99, TriggerErrors, TriggerP99})
            QCOMPARE(verdict.criteria[rule].result, Outcome::Fail);
        QVERIFY(*verdict.criteria[SuccessErrors].margin < 0 && *verdict.criteria[TriggerErrors].margin < 0);
        QVERIFY2(
            verdict.words.startsWith(QStringLiteral("Roll back now: error_rate > 5% (canary 6.8 %, stable 0.05 %)")),
            qPrintable(verdict.words));
    }

    void aPlatformOutageIsNotTheCanary()
    {
        VerdictScene scene;
        scene.makeCanaryBad();
        scene.makeStableBad();
        scene.addAlert();
        const CanaryVerdict verdict = scene.judged();
        QVERIFY(verdict.notTheCanary);
        QVERIFY(!verdict.rollBackNow);
        QCOMPARE(verdict.result, Outcome::Inconclusive);
        QVERIFY(verdict.criteria[TriggerErrors].stableBreaches);
        QVERIFY2(verdict.words.startsWith(QStringLiteral("Not the canary: the platform.")), qPrintable(verdict.words));
    }

    void stableOutsideTheCriteriaAloneLeavesItToAPerson()
    {
        VerdictScene scene;
        scene.makeCanaryBad();
        scene.measures.stable.errors = 3'600; // 2 %: above the criterion, below the trigger
        const CanaryVerdict verdict = scene.judged();
        QCOMPARE(verdict.result, Outcome::Fail);
        QVERIFY(!verdict.rollBackNow && !verdict.notTheCanary);
        QVERIFY2(verdict.words.contains(QStringLiteral("a person decides")), qPrintable(verdict.words));
    }

    void neverGreenFromNoData_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("rule");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, Rule rule, const char *words, Change change) {
            QTest::newRow(name) << change << int(rule) << QString::fromLatin1(words);
        };
        row("no requests series", SuccessErrors, "canary: there is no series of its requests",
            [](VerdictScene &s) { s.measures.canary.requests.reset(); });
        row("too few requests", SuccessErrors, "canary: 12 requests in 5 m, 100 are needed", [](VerdictScene &s) {
            s.measures.canary = VerdictScene::side(12, 0, {0.1, 0.075, 0.1});
        });
        row("one too few", SuccessErrors, "canary: 99 requests in 5 m, 100 are needed",
            [](VerdictScene &s) { s.measures.canary.requests = 99; });
        row("no errors series", SuccessErrors, "canary: there is no series of its errors",
            [](VerdictScene &s) { s.measures.canary.errors.reset(); });
        row("errors are NaN", SuccessErrors, "canary: there is no series of its errors",
            [](VerdictScene &s) { s.measures.canary.errors = notANumber; });
        row("requests are NaN", SuccessErrors, "canary: there is no series of its requests",
            [](VerdictScene &s) { s.measures.canary.requests = notANumber; });
        row("requests are infinite", SuccessErrors, "canary: there is no series of its requests",
            [](VerdictScene &s) { s.measures.canary.requests = noUpperBound; });
        row("no latency", SuccessP99, "canary: there is no series of its latency",
            [](VerdictScene &s) { s.measures.canary.p99.reset(); });
        row("latency is NaN", SuccessP99, "canary: there is no series of its latency",
            [](VerdictScene &s) { s.measures.canary.p99->value = notANumber; });
        row("no baseline", SuccessP99, "no baseline: stable: there is no series of its latency",
            [](VerdictScene &s) { s.measures.stable.p99.reset(); });
        row("baseline too small", SuccessP99, "no baseline: stable: 7 requests in 5 m, 100 are needed",
            [](VerdictScene &s) { s.measures.stable.requests = 7; });
        row("baseline zero", SuccessP99, "the baseline is zero: nothing can be compared with it",
            [](VerdictScene &s) { s.measures.stable.p99 = QuantileMeasure{}; });
        row("limit inside the bucket", SuccessP99,
            "the limit 218 ms lies inside the bucket of the p99_latency (200 ms to 225 ms)", [](VerdictScene &s) {
                s.measures.canary.p99 = QuantileMeasure{0.21, 0.2, 0.225};
            });
        row("limit in the last bucket", SuccessP99,
            "the limit 218 ms lies inside the bucket of the p99_latency (above 200 ms)", [](VerdictScene &s) {
                s.measures.canary.p99 = QuantileMeasure{0.2, 0.2, noUpperBound};
            });
        row("baseline in the last bucket", SuccessP99, "the baseline lies above 182 ms, in the last bucket",
            [](VerdictScene &s) {
                s.measures.stable.p99 = QuantileMeasure{0.182, 0.182, noUpperBound};
            });
        row("old sample", SuccessErrors, "canary: its newest sample is 6 m old",
            [](VerdictScene &s) { s.measures.canary.sampledAt = s.now - 6min; });
        row("not told apart", SuccessErrors, "the series carry neither pod, version nor track", [](VerdictScene &s) {
            s.measures.split = TrackSplit::None;
            s.measures.splitProblem = QStringLiteral("the series carry neither pod, version nor track");
        });
        row("warming up", SuccessErrors, "warming up, 30 s left", [](VerdictScene &s) { s.stepBegan = s.now - 90s; });
        row("alerts not known", TriggerAlert, "no Alertmanager of eu answers",
            [](VerdictScene &s) { s.alerts = {.problem = QStringLiteral("no Alertmanager of eu answers")}; });
    }
    void neverGreenFromNoData()
    {
        QFETCH(Change, change);
        QFETCH(int, rule);
        QFETCH(QString, words);
        VerdictScene scene;
        change(scene);
        const CanaryVerdict verdict = scene.judged();
        QCOMPARE(verdict.criteria[rule].words, words);
        QCOMPARE(verdict.criteria[rule].result, Outcome::Inconclusive);
        QCOMPARE(verdict.result, Outcome::Inconclusive);
        QVERIFY(!verdict.rollBackNow);
    }

    void limits_data()
    {
        QTest::addColumn<int>("comparison");
        QTest::addColumn<double>("errors");
        QTest::addColumn<bool>("passes");
        using C = MetricRule::Comparison;
        QTest::newRow("below, under") << int(C::Below) << 99.0 << true;
        QTest::newRow("below, at") << int(C::Below) << 100.0 << false;
        QTest::newRow("at most, at") << int(C::AtMost) << 100.0 << true;
        QTest::newRow("above, at") << int(C::Above) << 100.0 << false;
        QTest::newRow("above, over") << int(C::Above) << 101.0 << true;
        QTest::newRow("at least, at") << int(C::AtLeast) << 100.0 << true;
    }
    void limits()
    {
        QFETCH(int, comparison);
        QFETCH(double, errors);
        QFETCH(bool, passes);
        VerdictScene scene;
        scene.policy.successCriteria = {VerdictScene::rule(
            PolicyMetric::ErrorRate, static_cast<MetricRule::Comparison>(comparison), 0.01, false, "error_rate ? 1%")};
        scene.measures.canary.requests = 10'000;
        scene.measures.canary.errors = errors;
        QCOMPARE(scene.judged().criteria[0].result == Outcome::Pass, passes);
    }

    void aBucketThatEndsAtTheLimitDecides()
    {
        VerdictScene scene;
        scene.measures.stable.p99 = QuantileMeasure{0.25, 0.2, 0.3};
        scene.measures.canary.p99 = QuantileMeasure{0.26, 0.2, 0.3};
        QCOMPARE(scene.judged().criteria[SuccessP99].result, Outcome::Pass);
        scene.measures.canary.p99 = QuantileMeasure{0.31, 0.3, 0.5};
        QCOMPARE(scene.judged().criteria[SuccessP99].result, Outcome::Fail);
    }

    void saturationNeedsNoRequests()
    {
        VerdictScene scene;
        scene.policy.successCriteria = {VerdictScene::rule(PolicyMetric::Saturation, MetricRule::Comparison::Below,
                                                           0.85, false, "saturation < 85%")};
        QCOMPARE(scene.judged().criteria[0].result, Outcome::Inconclusive);
        scene.measures.canary.saturation = 0.9;
        QCOMPARE(scene.judged().criteria[0].result, Outcome::Fail);
    }

    void triggersDoNotWaitForAWarmStep()
    {
        VerdictScene scene;
        scene.makeCanaryBad();
        scene.stepBegan = scene.now - 10s;
        QVERIFY(scene.judged().rollBackNow);
        QCOMPARE(scene.judged().criteria[SuccessErrors].result, Outcome::Inconclusive);
        scene.rollout.startedAt = scene.now - 10s;
        QVERIFY(!scene.judged().rollBackNow);
    }

    void alerts_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("result");
        QTest::addColumn<bool>("rollBack");
        const auto row = [](const char *name, Outcome result, bool rollBack, Change change) {
            QTest::newRow(name) << change << int(result) << rollBack;
        };
        row("none", Outcome::Pass, false, [](VerdictScene &) {});
        row("fires", Outcome::Fail, true, [](VerdictScene &s) { s.addAlert(); });
        row("another severity", Outcome::Pass, false, [](VerdictScene &s) { s.addAlert("warning"); });
        row("another service", Outcome::Pass, false, [](VerdictScene &s) { s.addAlert("critical", "mc-service"); });
        row("any severity", Outcome::Fail, true, [](VerdictScene &s) {
            s.policy.triggers.last() = AlertTrigger{QStringLiteral("ServiceDegraded"), {}, {}};
            s.addAlert("warning");
        });
        row("since before the update", Outcome::Fail, false, [](VerdictScene &s) {
            s.addAlert();
            s.alerts.firing.last().since = s.now - 26min;
        });
        row("of stable", Outcome::Fail, false, [](VerdictScene &s) {
            s.addAlert();
            s.alerts.firing.last().labels = Labels({{QStringLiteral("track"), QStringLiteral("stable")}});
        });
        row("stable outside", Outcome::Fail, false, [](VerdictScene &s) {
            s.addAlert();
            s.makeStableBad();
        });
        row("stable not known", Outcome::Fail, false, [](VerdictScene &s) {
            s.addAlert();
            s.measures.stable = {};
        });
    }
    void alerts()
    {
        QFETCH(Change, change);
        QFETCH(int, result);
        QFETCH(bool, rollBack);
        VerdictScene scene;
        change(scene);
        const CanaryVerdict verdict = scene.judged();
        QCOMPARE(verdict.criteria.last().result, static_cast<Outcome>(result));
        QCOMPARE(verdict.rollBackNow, rollBack);
    }

    void aFailureOverTheWholeIntervalRollsBackWhenThePolicySaysSo()
    {
        VerdictScene scene;
        scene.measures.canary.errors = 1'200; // 2 %: fails, and meets no trigger
        scene.stepBegan = scene.now - 5min;
        QVERIFY(scene.judged().rollBackNow);
        scene.stepBegan = scene.now - 4min;
        QVERIFY(!scene.judged().rollBackNow);
        QCOMPARE(scene.judged().result, Outcome::Fail);
        scene.stepBegan = scene.now - 5min;
        scene.policy.rollbackOnFailure = false;
        QVERIFY(!scene.judged().rollBackNow);
    }

    void theBaselineMayBeThePast()
    {
        VerdictScene scene;
        scene.measures.baselineIsPast = true;
        const CanaryVerdict verdict = scene.judged();
        QCOMPARE(verdict.result, Outcome::Pass);
        QVERIFY(verdict.words.endsWith(QStringLiteral("The baseline is the last 5 m before the change.")));
    }

    void aPolicyWithoutRulesProvesNothing()
    {
        VerdictScene scene;
        scene.policy.successCriteria.clear();
        scene.policy.triggers.clear();
        QCOMPARE(scene.judged().result, Outcome::Inconclusive);
    }

    void disagreement_data()
    {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<int>("minutesAgo");
        QTest::addColumn<bool>("bad");
        QTest::addColumn<bool>("differs");
        QTest::newRow("both pass") << "Successful" << 1 << false << false;
        QTest::newRow("both fail") << "Failed" << 1 << true << false;
        QTest::newRow("false green") << "Successful" << 1 << true << true;
        QTest::newRow("false red") << "Failed" << 1 << false << true;
        QTest::newRow("error") << "Error" << 1 << false << true;
        QTest::newRow("of an earlier step") << "Successful" << 9 << true << false;
    }
    void disagreement()
    {
        QFETCH(QString, phase);
        QFETCH(int, minutesAgo);
        QFETCH(bool, bad);
        QFETCH(bool, differs);
        VerdictScene scene;
        if (bad)
            scene.makeCanaryBad();
        scene.rollout.analyses = {{.name = QStringLiteral("gc-success-3"),
                                   .phase = phase,
                                   .hash = QStringLiteral("bbb"),
                                   .completedAt = scene.now - std::chrono::minutes(minutesAgo)}};
        QCOMPARE(!scene.judged().disagreement.isEmpty(), differs);
    }

    void greenFromNoDataInTheClusterIsToldLoud()
    {
        VerdictScene scene;
        scene.measures.canary = {};
        scene.rollout.analyses = {{.name = QStringLiteral("gc-success-3"),
                                   .phase = QStringLiteral("Successful"),
                                   .completedAt = scene.now - 1min}};
        QVERIFY(scene.judged().disagreement.contains(QStringLiteral("inconclusive")));
    }

    void enforced_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("gap");
        const auto row = [](const char *name, const char *gap, Change change) {
            QTest::newRow(name) << change << QString::fromUtf8(gap);
        };
        row("steps and analysis", "", [](VerdictScene &) {});
        row("plain deployment", "a deployment has no steps and no analysis",
            [](VerdictScene &s) { s.rollout.kind = WorkloadKind::Deployment; });
        row("other steps", "its steps are 50 · 100 %", [](VerdictScene &s) { s.rollout.weights = {50, 100}; });
        row("at once", "from 0 to 100 % at once", [](VerdictScene &s) { s.rollout.weights = {100}; });
        row("no steps", "from 0 to 100 % at once", [](VerdictScene &s) { s.rollout.weights = {}; });
        row("too fast", "it leaves 5 % sooner than after 5 m",
            [](VerdictScene &s) { s.rollout.steps[1].duration = 1min; });
        row("no analysis", "no analysis watches it", [](VerdictScene &s) {
            s.rollout.steps.removeIf([](const RolloutStep &step) { return step.kind == RolloutStep::Kind::Analysis; });
        });
        row("background analysis", "", [](VerdictScene &s) {
            s.rollout.steps.removeIf([](const RolloutStep &step) { return step.kind == RolloutStep::Kind::Analysis; });
            s.rollout.analyses = {{.type = QStringLiteral("Background"), .hash = QStringLiteral("bbb")}};
        });
        row("old colour goes in 30 s", "the old colour stays up for 30 s, the policy wants 60 m", [](VerdictScene &s) {
            s.rollout.strategy = RolloutStrategy::BlueGreen;
            s.rollout.blueGreen = BlueGreenFact{};
        });
        row("old colour stays", "", [](VerdictScene &s) {
            s.rollout.strategy = RolloutStrategy::BlueGreen;
            s.rollout.blueGreen = BlueGreenFact{.scaleDownDelay = 1h};
        });
        row("unchecked switch", "it switches without a check before", [](VerdictScene &s) {
            s.policy.preMigrationCheck = true;
            s.rollout.strategy = RolloutStrategy::BlueGreen;
            s.rollout.blueGreen = BlueGreenFact{.scaleDownDelay = 1h};
        });
    }
    void enforced()
    {
        QFETCH(Change, change);
        QFETCH(QString, gap);
        VerdictScene scene;
        change(scene);
        const Evidence enforced = scene.judged().enforced;
        QCOMPARE(enforced.verdict, gap.isEmpty() ? Evidence::Verdict::Good : Evidence::Verdict::Bad);
        QVERIFY2(enforced.text.contains(gap), qPrintable(enforced.text));
        QVERIFY(enforced.sampledAt == scene.now);
    }

    void weightsFollowFromThePolicy()
    {
        QCOMPARE(DeploymentPolicy().weights(), (QList<int>{5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100}));
        DeploymentPolicy other;
        other.initialPercentage = 20;
        other.increment = 40;
        QCOMPARE(other.weights(), (QList<int>{20, 60, 100}));
    }
};

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
