// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/actions/rollout_world.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

const QString kSpace = QStringLiteral("/namespaces/dark-tower/");

nlohmann::json objectNamed(const char *kind, const char *name, const char *uid)
{
    return {{"apiVersion", "apps/v1"},
            {"kind", kind},
            {"metadata", {{"name", name}, {"namespace", "dark-tower"}, {"uid", uid}, {"generation", 7}}}};
}

/// The same service as a StatefulSet whose fourth pod hangs on 1.43.0.
void asStuckStatefulSet(RolloutWorld &world)
{
    nlohmann::json set = objectNamed("StatefulSet", "gc-service", "u-1");
    set["spec"] = {{"replicas", 4}, {"template", podTemplate("r.example/gc-service:1.43.0")}};
    set["status"] = {{"observedGeneration", 7}, {"readyReplicas", 3}, {"updatedReplicas", 1},
                     {"currentRevision", "5f8b4"}, {"updateRevision", "6c7d9"}};
    world.kubernetes.put(QStringLiteral("/apis/apps/v1") + kSpace + QStringLiteral("statefulsets/gc-service"), set);
    nlohmann::json revision = objectNamed("ControllerRevision", "gc-service-5f8b4", "cr-1");
    revision["revision"] = 13;
    revision["data"]["spec"]["template"] = podTemplate("r.example/gc-service:1.42.3");
    world.kubernetes.put(QStringLiteral("/apis/apps/v1") + kSpace + QStringLiteral("controllerrevisions/gc-service-5f8b4"),
                         revision);
    world.kubernetes.put(QStringLiteral("/api/v1") + kSpace + QStringLiteral("pods/gc-service-3"),
                         objectNamed("Pod", "gc-service-3", "p-3"));
    world.change([](Rollout &rollout) {
        rollout.key.kind = QStringLiteral("StatefulSet");
        rollout.kind = WorkloadKind::StatefulSet;
        rollout.strategy = RolloutStrategy::RollingUpdate;
        rollout.steps.clear();
        rollout.phase = RolloutPhase::Progressing;
        PodFact stuck;
        stuck.name = QStringLiteral("gc-service-3");
        stuck.hash = QStringLiteral("6c7d9");
        stuck.waiting = QStringLiteral("ImagePullBackOff");
        rollout.pods = {stuck};
    });
}

/// The same service under Flagger: a Canary whose target is a Deployment of 1.43.0.
void asFlaggerCanary(RolloutWorld &world)
{
    nlohmann::json canary = objectNamed("Canary", "gc-service", "u-1");
    canary["apiVersion"] = "flagger.app/v1beta1";
    canary["spec"] = {{"targetRef", {{"kind", "Deployment"}, {"name", "gc-service"}}}};
    canary["status"] = {{"phase", "Progressing"}, {"canaryWeight", 25}};
    world.kubernetes.put(QStringLiteral("/apis/flagger.app/v1beta1") + kSpace + QStringLiteral("canaries/gc-service"), canary);
    nlohmann::json target = objectNamed("Deployment", "gc-service", "d-1");
    target["spec"] = {{"replicas", 4}, {"template", podTemplate("r.example/gc-service:1.43.0")}};
    target["status"] = {{"observedGeneration", 7}, {"replicas", 4}, {"updatedReplicas", 4}, {"availableReplicas", 4}};
    world.kubernetes.put(QStringLiteral("/apis/apps/v1") + kSpace + QStringLiteral("deployments/gc-service"), target);
    world.kubernetes.controller = [](nlohmann::json &object) {
        object["status"]["observedGeneration"] = object["metadata"]["generation"];
    };
    world.change([](Rollout &rollout) {
        rollout.key.kind = QStringLiteral("Canary");
        rollout.kind = WorkloadKind::FlaggerCanary;
        rollout.workloadRef = QStringLiteral("Deployment/gc-service");
        rollout.phase = RolloutPhase::Progressing;
    });
}

} // namespace

/// What differs between the kinds of objects that roll out.
class RolloutKindsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stuckPodOfAStatefulSetIsDeleted();
    void flaggerGetsItsTargetBack();
    void retryBeginsAgain();
    void blueGreenSwitchesBackInItsWindow();

private:
    QString storePath() { return m_folder.filePath(QStringLiteral("journal%1.sqlite").arg(++m_stores)); }
    static void confirm(RolloutWorld &world, const ActionId &id)
    {
        QStringList accepted;
        for (const Evidence &check : world.record(id).plan.seriousChecks())
            accepted.append(check.id);
        world.engine->confirm(id, accepted);
    }
    QTemporaryDir m_folder;
    int m_stores = 0;
};

void RolloutKindsTest::stuckPodOfAStatefulSetIsDeleted()
{
    RolloutWorld world(storePath());
    asStuckStatefulSet(world);
    const ActionId id = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    const QString words = world.record(id).plan.willChange.join(u' ');
    QVERIFY2(words.contains(QStringLiteral("Pod gc-service-3 (ImagePullBackOff) is deleted")), qPrintable(words));
    QVERIFY2(checkOf(world.record(id), "permission").text.contains(QStringLiteral("delete pods")),
             qPrintable(checkOf(world.record(id), "permission").text));
    world.holdsLater = true;
    confirm(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Verifying);
    QCOMPARE(world.kubernetes.writes(), 2); // the template, then the pod that it would wait for
    const KubernetesCall &last = *std::find_if(world.kubernetes.calls.crbegin(), world.kubernetes.calls.crend(),
                                               FakeKubernetes::isWrite);
    QCOMPARE(last.method, QByteArray("DELETE"));
    QVERIFY(last.path.endsWith(QStringLiteral("pods/gc-service-3")));
    QVERIFY(last.body.contains("p-3")); // exactly that one, not its successor
}

void RolloutKindsTest::flaggerGetsItsTargetBack()
{
    RolloutWorld world(storePath());
    asFlaggerCanary(world);
    const ActionId id = world.plan(AbortRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    QVERIFY(world.record(id).plan.steps.first().contains(QStringLiteral("Deployment/gc-service")));
    confirm(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    const auto sent = std::find_if(world.kubernetes.calls.cbegin(), world.kubernetes.calls.cend(), FakeKubernetes::isWrite);
    QVERIFY2(sent->path.endsWith(QStringLiteral("deployments/gc-service")), qPrintable(sent->path));
    QCOMPARE(world.kubernetes.writes(), 1);
}

void RolloutKindsTest::retryBeginsAgain()
{
    RolloutWorld world(storePath());
    world.kubernetes.at(kRolloutPath)["status"]["abort"] = true;
    world.change([](Rollout &rollout) { rollout.aborted = true; });
    const ActionId id = world.plan(RetryRollout{world.key()});
    QTRY_COMPARE(world.record(id).state, ActionState::Planned);
    confirm(world, id);
    QTRY_COMPARE(world.record(id).state, ActionState::Succeeded);
    QCOMPARE(world.kubernetes.at(kRolloutPath)["status"]["abort"].get<bool>(), false);
    QCOMPARE(std::get<AbortRollout>(*reverseOf(world.record(id))).object, world.key());
}

void RolloutKindsTest::blueGreenSwitchesBackInItsWindow()
{
    RolloutWorld world(storePath());
    const Instant until = world.clock.now() + std::chrono::minutes(10);
    world.change([&](Rollout &rollout) {
        rollout.strategy = RolloutStrategy::BlueGreen;
        rollout.blueGreen = BlueGreenFact{};
        rollout.steps.clear();
        rollout.phase = RolloutPhase::Healthy;
        rollout.stableHash = rollout.currentHash;
        rollout.revisions[0].isStable = true;
        rollout.revisions[1].isStable = false;
        rollout.revisions[1].scaleDownAt = until;
    });
    const ActionId inside = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(inside).state, ActionState::Planned);
    QCOMPARE(world.record(inside).plan.title, QStringLiteral("Switch gc-service back from 1.43.0 to 1.42.3"));
    QCOMPARE(checkOf(world.record(inside), "window").verdict, Evidence::Verdict::Good);
    world.clock.set(until + std::chrono::seconds(1));
    const ActionId after = world.plan(UndoRollout{world.key(), QStringLiteral("5f8b4")});
    QTRY_COMPARE(world.record(after).state, ActionState::Planned);
    QCOMPARE(checkOf(world.record(after), "window").verdict, Evidence::Verdict::Bad);
    QVERIFY(world.record(after).plan.title.startsWith(QStringLiteral("Roll back")));
}

QTEST_GUILESS_MAIN(RolloutKindsTest)
#include "tst_rollout_kinds.moc"
