// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_figures.h"
#include "tests/actions/rollout_world.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

using Verdict = Evidence::Verdict;

const QString kDeploymentPath = QStringLiteral("/apis/apps/v1/namespaces/dark-tower/deployments/gc-service");

/// The same service as a plain Deployment of 1.43.0.
void asDeployment(RolloutWorld &world, bool paused)
{
    world.kubernetes.put(kDeploymentPath,
                         {{"apiVersion", "apps/v1"},
                          {"kind", "Deployment"},
                          {"metadata",
                           {{"name", "gc-service"}, {"namespace", "dark-tower"}, {"uid", "u-1"}, {"generation", 7},
                            {"annotations", {{"deployment.kubernetes.io/revision", "14"}}}}},
                          {"spec", {{"replicas", 4}, {"paused", paused}, {"template", podTemplate("r.example/gc-service:1.43.0")}}},
                          {"status", {{"observedGeneration", 7}, {"replicas", 4}, {"updatedReplicas", 4}, {"availableReplicas", 4}}}});
    world.change([](Rollout &rollout) {
        rollout.key.kind = QStringLiteral("Deployment");
        rollout.kind = WorkloadKind::Deployment;
        rollout.strategy = RolloutStrategy::RollingUpdate;
        rollout.stableHash = rollout.currentHash;
        rollout.steps.clear();
        rollout.stepIndex.reset();
        rollout.phase = RolloutPhase::Healthy;
        rollout.revisions[0].isStable = true;
        rollout.revisions[1].isStable = false;
    });
    world.kubernetes.controller = [](nlohmann::json &object) {
        object["status"]["observedGeneration"] = object["metadata"]["generation"];
        object["status"]["replicas"] = object["spec"]["replicas"];
        object["status"]["updatedReplicas"] = object["spec"]["replicas"];
        object["status"]["availableReplicas"] = object["spec"]["replicas"];
    };
}

/// Whether the plan runs only once somebody accepts that check.
bool asksToAccept(const ActionRecord &record, const QString &check)
{
    const QList<Evidence> serious = record.plan.seriousChecks();
    return std::any_of(serious.begin(), serious.end(), [&check](const Evidence &one) { return one.id == check; });
}

} // namespace

/// Each operation from its plan to its end.
class RolloutOperationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void undoOfADeployment();
    void pausedDeploymentIsRefused();
    void unknownRevisionNamesTheOthers();
    void stepIsPromotedOnce();
    void spentBudgetStopsWhatGoesForward();
    void pauseAndResume();
    void scaleGoesThroughItsSubresource();
    void sameImageIsTold();
    void mutableTagIsTold();
    void missingRevisionIsTold();
    void roomIsCounted();
    void pausedRolloutMovesAgain();
    void afterAnAbortStableIsAtOnce();
    void noiseIsNoHelp_data();
    void noiseIsNoHelp();
    void wasHealthyIsToldFromProven();
    void figuresAreNeverGreenFromNothing_data();
    void figuresAreNeverGreenFromNothing();

private:
    QString storePath() { return m_folder.filePath(QStringLiteral("journal%1.sqlite").arg(++m_stores)); }
    static void run(RolloutWorld &world, const ActionId &id)
    {
        QStringList accepted;
        for (const Evidence &check : world.record(id).plan.seriousChecks())
            accepted.append(check.id);
        world.engine->confirm(id, accepted);
    }
    QTemporaryDir m_folder;
    int m_stores = 0;
};

void RolloutOperationsTest::undoOfADeployment()
{
    RolloutWorld world(storePath());
    asDeployment(world, false);
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    const ActionPlan plan = world.record(id).plan;
    QCOMPARE(plan.title, QStringLiteral("Roll back gc-service 1.43.0 to 1.42.3"));
    QVERIFY(plan.bar == Duration::zero()); // it is healthy: only by an explicit press
    QCOMPARE(checkOf(world.record(id), "healthy").verdict, Verdict::Bad);
    run(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    QVERIFY(world.kubernetes.at(kDeploymentPath)["spec"]["template"] == podTemplate("r.example/gc-service:1.42.3"));
    QCOMPARE(std::get<UndoRollout>(*reverseOf(world.record(id))).revisionHash, QStringLiteral("6c7d9"));
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutOperationsTest::pausedDeploymentIsRefused()
{
    RolloutWorld world(storePath());
    asDeployment(world, true);
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("is paused")));
    QVERIFY(world.record(id).message.contains(QStringLiteral("Resume it first")));
}

void RolloutOperationsTest::unknownRevisionNamesTheOthers()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("77")});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
    QVERIFY(world.record(id).message.contains(QStringLiteral("5f8b4 (1.42.3, revision 13)")));
}

void RolloutOperationsTest::stepIsPromotedOnce()
{
    RolloutWorld world(storePath());
    world.kubernetes.controller = [](nlohmann::json &object) { object["status"]["currentStepIndex"] = 2; };
    const ActionId id = world.plan(PromoteRollout{world.key(), false});
    const ActionId second = world.plan(PromoteRollout{world.key(), false});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QTRY_COMPARE(world.record(second).state, ActionState::Planned);
    run(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    run(world, second); // two clicks never skip two steps
    QTRY_COMPARE(world.record(second).state, ActionState::Refused);
    QVERIFY(world.record(second).message.contains(QStringLiteral("step 2")));
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutOperationsTest::spentBudgetStopsWhatGoesForward()
{
    RolloutWorld world(storePath());
    world.budget = SloStatus{.budgetLeft = -0.08, .policy = BudgetPolicyState::Freeze};
    const ActionId forward = world.plan(PromoteRollout{world.key(), false});
    const ActionId hold = world.plan(PauseRollout{world.key()});
    const ActionId back = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(forward).state, ActionState::Planned);
    QTRY_COMPARE(world.record(hold).state, ActionState::Planned);
    QTRY_COMPARE(world.record(back).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(forward), "error-budget").verdict, Verdict::Bad);
    QVERIFY(asksToAccept(world.record(forward), QStringLiteral("error-budget")));
    QVERIFY(!asksToAccept(world.record(hold), QStringLiteral("error-budget")));
    QVERIFY(!asksToAccept(world.record(back), QStringLiteral("error-budget")));
    world.budget = SloStatus{.budgetLeft = 0.412, .policy = BudgetPolicyState::None};
    const ActionId calm = world.plan(PromoteRollout{world.key(), false});
    QTRY_COMPARE(world.record(calm).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(calm), "error-budget").verdict, Verdict::Good);
}

void RolloutOperationsTest::pauseAndResume()
{
    RolloutWorld world(storePath());
    const ActionId id = world.plan(PauseRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    run(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    QVERIFY(world.kubernetes.at(kRolloutPath)["spec"]["paused"].get<bool>());
    const ActionId back = world.plan(*reverseOf(world.record(id)));
    QTRY_COMPARE(world.record(back).state, ActionState::Planned);
    run(world, back);
    QTRY_COMPARE(world.record(back).state, ActionState::Succeeded);
    QVERIFY(!world.kubernetes.at(kRolloutPath)["spec"].value("paused", false));
}

void RolloutOperationsTest::scaleGoesThroughItsSubresource()
{
    RolloutWorld world(storePath());
    asDeployment(world, false);
    const ActionId id = world.plan(ScaleRollout{world.key(), 6});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QCOMPARE(world.record(id).plan.title, QStringLiteral("Scale gc-service from 4 to 6 pods"));
    run(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    const auto sent = std::find_if(world.kubernetes.calls.cbegin(), world.kubernetes.calls.cend(), FakeKubernetes::isWrite);
    QCOMPARE(sent->path, kDeploymentPath + QStringLiteral("/scale"));
    QCOMPARE(std::get<ScaleRollout>(*reverseOf(world.record(id))).replicas, 4);
}

void RolloutOperationsTest::sameImageIsTold()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) { rollout.revisions[0].images = rollout.revisions[1].images; });
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(id), "image").verdict, Verdict::Bad);
    QVERIFY(checkOf(world.record(id), "image").text.contains(QStringLiteral("going back changes nothing")));
}

void RolloutOperationsTest::mutableTagIsTold()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) { rollout.revisions[1].images[0].image = QStringLiteral("r.example/gc-service:latest"); });
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(id), "image").verdict, Verdict::Bad);
    QVERIFY(checkOf(world.record(id), "image").text.contains(QStringLiteral("a tag that moves")));
}

void RolloutOperationsTest::missingRevisionIsTold()
{
    RolloutWorld world(storePath());
    world.kubernetes.objects.erase(QStringLiteral("/apis/apps/v1/namespaces/dark-tower/replicasets/gc-service-5f8b4"));
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Refused);
}

void RolloutOperationsTest::roomIsCounted()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) {
        rollout.dynamicStableScale = true;
        rollout.revisions[1].readyPods = 1;
    });
    world.kubernetes.put(QStringLiteral("/api/v1/namespaces/dark-tower/resourcequotas"),
                         {{"items", nlohmann::json::array({{{"metadata", {{"name", "pods"}}},
                                                            {"status", {{"hard", {{"pods", "6"}}}, {"used", {{"pods", "5"}}}}}}})}});
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(id), "room").verdict, Verdict::Bad);
    QVERIFY(checkOf(world.record(id), "room").text.contains(QStringLiteral("dynamicStableScale")));
}

void RolloutOperationsTest::pausedRolloutMovesAgain()
{
    RolloutWorld world(storePath());
    world.kubernetes.at(kRolloutPath)["spec"]["paused"] = true;
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QVERIFY(world.record(id).plan.willChange.join(u' ').contains(QStringLiteral("Its pause (spec.paused) goes")));
    world.kubernetes.swallowAnswers = true;
    run(world, id);
    QTRY_COMPARE(world.kubernetes.writes(), 1);
    QCOMPARE(world.kubernetes.at(kRolloutPath)["spec"]["paused"].get<bool>(), false);
}

void RolloutOperationsTest::afterAnAbortStableIsAtOnce()
{
    RolloutWorld world(storePath());
    world.change([](Rollout &rollout) { rollout.aborted = true; });
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    const QString words = world.record(id).plan.willChange.join(u' ');
    QVERIFY2(words.contains(QStringLiteral("past all steps")) && !words.contains(QStringLiteral("run again")),
             qPrintable(words));
}

void RolloutOperationsTest::noiseIsNoHelp_data()
{
    QTest::addColumn<double>("requests");
    QTest::addColumn<double>("before");
    QTest::addColumn<double>("now");
    QTest::addColumn<bool>("better");
    QTest::newRow("6.80 % to 6.60 % of a thousand") << 1000.0 << 68.0 << 66.0 << false;
    QTest::newRow("one error less of 200") << 200.0 << 12.0 << 11.0 << false;
    QTest::newRow("the same step of a million") << 1e6 << 68000.0 << 66000.0 << true;
    QTest::newRow("6.8 % to 1.3 %") << 1000.0 << 68.0 << 13.0 << true;
    QTest::newRow("worse") << 1000.0 << 13.0 << 68.0 << false;
}

void RolloutOperationsTest::noiseIsNoHelp()
{
    QFETCH(const double, requests);
    QFETCH(const double, before);
    QFETCH(const double, now);
    QFETCH(const bool, better);
    TrackMeasure first;
    first.requests = requests;
    first.errors = before;
    TrackMeasure second = first;
    second.errors = now;
    QCOMPARE(movedBeyondNoise(MetricRule{}, first, second), better);
    MetricRule slow;
    slow.metric = PolicyMetric::P95Latency;
    first.p95 = QuantileMeasure{0.29, 0.2, 0.3};
    second.p95 = QuantileMeasure{0.21, 0.2, 0.3};
    QVERIFY(!movedBeyondNoise(slow, first, second)); // the same bucket
    second.p95 = QuantileMeasure{0.12, 0.1, 0.2};
    QVERIFY(movedBeyondNoise(slow, first, second));
}

void RolloutOperationsTest::wasHealthyIsToldFromProven()
{
    RolloutWorld world(storePath());
    world.goodFrom = world.clock.now() - std::chrono::hours(1);
    world.kubernetes.controller = RolloutWorld::abortController;
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    run(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    const QString message = world.record(id).message;
    QVERIFY2(message.contains(QStringLiteral("Still healthy")), qPrintable(message));
    QVERIFY2(!message.contains(QStringLiteral("Proven")), qPrintable(message));
}

void RolloutOperationsTest::figuresAreNeverGreenFromNothing_data()
{
    QTest::addColumn<double>("requests");
    QTest::addColumn<bool>("relative");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("proven");
    QTest::newRow("inside, a full window") << 1000.0 << false << 6 << true;
    QTest::newRow("window reaches back before the action") << 1000.0 << false << 3 << false;
    QTest::newRow("too few requests") << 20.0 << false << 6 << false;
    QTest::newRow("no requests at all") << 0.0 << false << 6 << false;
    QTest::newRow("relative without a baseline") << 1000.0 << true << 6 << false;
}

void RolloutOperationsTest::figuresAreNeverGreenFromNothing()
{
    QFETCH(const double, requests);
    QFETCH(const bool, relative);
    QFETCH(const int, minutes);
    QFETCH(const bool, proven);
    DeploymentPolicy policy;
    MetricRule rule;
    rule.relative = relative;
    rule.limit = relative ? 1.2 : 0.01;
    policy.successCriteria = {rule};
    ProofFigures figures;
    figures.sentAt = fromEpochMs(0);
    figures.at = figures.sentAt + std::chrono::minutes(minutes);
    figures.window = std::chrono::minutes(5);
    figures.now = TrackMeasure{};
    figures.now->requests = requests;
    figures.now->errors = 0.0;
    figures.now->sampledAt = figures.at;
    QCOMPARE(judgeFigures(policy, figures).isProven(), proven);
}

QTEST_GUILESS_MAIN(RolloutOperationsTest)
#include "tst_rollout_operations.moc"
