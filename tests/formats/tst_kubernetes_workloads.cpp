// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_assembly.h"

#include "tests/formats/kubernetes_fixtures.h"

using namespace cockpit;

/// Deployments, StatefulSets, DaemonSets and Flagger's Canaries become Rollouts.
class KubernetesWorkloadsTest : public QObject {
    Q_OBJECT

    static Rollout assemble(const WorkloadFacts &facts, const RelatedFacts &related = {})
    {
        return assembleRollout(facts, related, {QStringLiteral("c"), QStringLiteral("e"), true},
                               ServiceId(facts.object.name), Instant());
    }
    template <typename Facts> static Facts parsed(KubernetesKind kind, const QByteArray &name, const QByteArray &rest,
                                                  const QByteArray &metadata = {})
    {
        const QByteArray text = jsonBytes("{'metadata':{'name':'" + name + "','uid':'" + name + "','generation':2" +
                                          metadata + "}," + rest + "}");
        const auto fact = parseKubernetesFact(paddedBody(text.toStdString()), kind);
        const Facts *const found = fact ? std::get_if<Facts>(&*fact) : nullptr;
        return found ? *found : Facts();
    }
    static QByteArray owned(const char *kind, const char *uid)
    {
        return QByteArray(",'ownerReferences':[{'kind':'") + kind + "','name':'x','uid':'" + uid +
               "','controller':true}]";
    }
    static ReplicaSetFacts set(const char *name, const char *hash, int number, int replicas, const char *image,
                               const char *uid)
    {
        const QByteArray count = QByteArray::number(replicas);
        return parsed<ReplicaSetFacts>(
            KubernetesKind::ReplicaSet, name,
            "'spec':{'replicas':" + count + ",'template':{'metadata':{'labels':{'pod-template-hash':'" + hash +
                "'}},'spec':{'containers':[{'name':'m','image':'r/" + image +
                "'}]}}},'status':{'readyReplicas':" + count + "}",
            owned("Deployment", uid) + ",'labels':{'pod-template-hash':'" + hash +
                "'},'annotations':{'deployment.kubernetes.io/revision':'" + QByteArray::number(number) + "'}");
    }
    static ControllerRevisionFacts controllerRevision(const char *name, int number, const char *image,
                                                      const char *owner, const char *labels = "")
    {
        return parsed<ControllerRevisionFacts>(
            KubernetesKind::ControllerRevision, name,
            QByteArray("'revision':") + QByteArray::number(number) +
                ",'data':{'spec':{'template':{'$patch':'replace','spec':{'containers':[{'name':'m','image':'r/" +
                image + "'}]}}}}",
            owned(owner, "w") + labels);
    }
    static PodFacts pod(const char *name, const char *hash, bool ready, const char *waiting = "")
    {
        return parsed<PodFacts>(
            KubernetesKind::Pod, name,
            QByteArray("'status':{'conditions':[{'type':'Ready','status':'") + (ready ? "True" : "False") +
                "'}],'containerStatuses':[{'name':'m','state':{'waiting':{'reason':'" + waiting + "'}}}]}",
            QByteArray(",'labels':{'controller-revision-hash':'") + hash + "'}");
    }

private Q_SLOTS:
    void aDeploymentThatIsDone()
    {
        const auto all = recordedFacts<WorkloadFacts>("deployments-list-all", KubernetesKind::Deployment);
        const auto sets = recordedFacts<ReplicaSetFacts>("replicasets-of-deployment", KubernetesKind::ReplicaSet);
        RelatedFacts related;
        related.replicaSets = pointersTo(sets);
        const Rollout rollout = assemble(named(all, "cockpit-api"), related);
        QCOMPARE(rollout.phase, RolloutPhase::Healthy);
        QVERIFY(!rollout.isUpdating());
        QCOMPARE(rollout.revisions.size(), 3);
        QCOMPARE(rollout.current()->number, 3);
        QCOMPARE(rollout.current()->changeCause, QStringLiteral("release 1.5.0"));
        QCOMPARE(rollout.current()->version, QStringLiteral("1.5.0"));
        QVERIFY(rollout.current()->isStable);
        QCOMPARE(rollout.previous()->version, QStringLiteral("1.4.1"));
        QVERIFY(rollout.steps.isEmpty() && rollout.weights.isEmpty() && !rollout.desiredWeight);
    }

    void undoRenumbersAndHashesName()
    {
        const auto sets =
            recordedFacts<ReplicaSetFacts>("replicasets-of-deployment-after-undo", KubernetesKind::ReplicaSet);
        const auto fact =
            parseKubernetesFact(recordedBody("deployment-get-after-undo.response.txt"), KubernetesKind::Deployment);
        QVERIFY(fact.has_value());
        RelatedFacts related;
        related.replicaSets = pointersTo(sets);
        const Rollout rollout = assemble(std::get<WorkloadFacts>(*fact), related);
        QCOMPARE(rollout.current()->number, 6);
        QCOMPARE(rollout.current()->hash, QStringLiteral("99f5b7b64"));
        QVERIFY(!rollout.revision(u"2")); // that number names nothing any more
        QCOMPARE(rollout.revision(u"965b4bd5c")->number, 5);
        QCOMPARE(rollout.revision(u"cockpit-api-78d9d45d44")->version, QStringLiteral("1.5.0"));
        // The ReplicaSet is older than the update that took it up again.
        QVERIFY(rollout.startedAt && *rollout.startedAt > *rollout.current()->createdAt);
    }

    void aDeploymentThatIsStuck()
    {
        const auto all = recordedFacts<WorkloadFacts>("deployments-list-all", KubernetesKind::Deployment);
        const auto pods = recordedFacts<PodFacts>("pods-list-imagepullbackoff", KubernetesKind::Pod);
        const std::vector<ReplicaSetFacts> sets{set("web-ui-1", "58dbffcc8f", 1, 2, "web-ui:2.0.0", "w"),
                                                set("web-ui-2", "6bdc7f856", 2, 1, "web-ui:2.1.0", "w")};
        RelatedFacts related;
        related.replicaSets = pointersTo(sets);
        related.pods = pointersTo(pods);
        const Rollout rollout = assemble(named(all, "web-ui"), related);
        QCOMPARE(rollout.phase, RolloutPhase::Degraded);
        QVERIFY2(rollout.message.contains(u"progressing") || rollout.message.contains(u"deadline"),
                 qPrintable(rollout.message));
        QVERIFY(rollout.isUpdating());
        QCOMPARE(rollout.stableHash, QStringLiteral("58dbffcc8f"));
        QCOMPARE(rollout.previous()->version, QStringLiteral("2.0.0"));
        QCOMPARE(rollout.stable()->images.constFirst().container, QStringLiteral("m"));
    }

    void deploymentsInTheOrderOfKubectl_data()
    {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("phase");
        const auto row = [](const char *name, const char *spec, const char *status, RolloutPhase phase) {
            QTest::newRow(name) << QByteArray(spec) << QByteArray(status) << static_cast<int>(phase);
        };
        row("paused", "'paused':true", "'observedGeneration':1", RolloutPhase::Paused);
        row("not seen", "", "'observedGeneration':1,'replicas':1,'updatedReplicas':1,'availableReplicas':1",
            RolloutPhase::Progressing);
        row("new pods", "'replicas':3", "'observedGeneration':2,'replicas':3,'updatedReplicas':1,'availableReplicas':3",
            RolloutPhase::Progressing);
        row("old pods", "'replicas':2", "'observedGeneration':2,'replicas':3,'updatedReplicas':2,'availableReplicas':3",
            RolloutPhase::Progressing);
        row("not up", "'replicas':2", "'observedGeneration':2,'replicas':2,'updatedReplicas':2,'availableReplicas':1",
            RolloutPhase::Progressing);
        row("done", "'replicas':2", "'observedGeneration':2,'replicas':2,'updatedReplicas':2,'availableReplicas':2",
            RolloutPhase::Healthy);
        row("quota", "'replicas':2",
            "'observedGeneration':2,'conditions':[{'type':'ReplicaFailure','status':'True','reason':'FailedCreate','"
            "message':'exceeded quota'}]",
            RolloutPhase::Degraded);
    }
    void deploymentsInTheOrderOfKubectl()
    {
        QFETCH(QByteArray, spec);
        QFETCH(QByteArray, status);
        QFETCH(int, phase);
        const Rollout rollout = assemble(
            parsed<WorkloadFacts>(KubernetesKind::Deployment, "w", "'spec':{" + spec + "},'status':{" + status + "}"));
        QCOMPARE(static_cast<int>(rollout.phase), phase);
        QCOMPARE(rollout.waitsForPerson, rollout.phase == RolloutPhase::Paused);
    }

    void aStatefulSetStuckOnABadPod()
    {
        const auto facts = parsed<WorkloadFacts>(
            KubernetesKind::StatefulSet, "w",
            "'spec':{'replicas':3,'updateStrategy':{'type':'RollingUpdate'}},'status':{'observedGeneration':2,'"
            "replicas':3,"
            "'updatedReplicas':1,'readyReplicas':2,'currentRevision':'w-a','updateRevision':'w-b'}");
        const std::vector<ControllerRevisionFacts> revisions{controllerRevision("w-a", 1, "x:1", "StatefulSet"),
                                                             controllerRevision("w-b", 2, "x:2", "StatefulSet")};
        const std::vector<PodFacts> bad{pod("w-2", "w-b", false, "CrashLoopBackOff"), pod("w-1", "w-a", true),
                                        pod("w-0", "w-a", true)};
        RelatedFacts related;
        related.controllerRevisions = pointersTo(revisions);
        related.pods = pointersTo(bad);
        const Rollout rollout = assemble(facts, related);
        QCOMPARE(rollout.phase, RolloutPhase::Degraded);
        QVERIFY2(rollout.message.contains(u"w-2") && rollout.message.contains(u"CrashLoopBackOff"),
                 qPrintable(rollout.message));
        QCOMPARE(rollout.previous()->objectName, QStringLiteral("w-a"));
        QCOMPARE(rollout.stable()->readyPods, 2);
        QCOMPARE(rollout.current()->version, QStringLiteral("2"));
        const std::vector<PodFacts> good{pod("w-2", "w-b", false, "ContainerCreating")};
        related.pods = pointersTo(good);
        QCOMPARE(assemble(facts, related).phase, RolloutPhase::Progressing);
    }

    void statefulSetsByTheirStrategy()
    {
        const QByteArray status = "'status':{'observedGeneration':2,'replicas':3,'updatedReplicas':1,'readyReplicas':3,"
                                  "'currentRevision':'w-a','updateRevision':'w-b'}";
        const Rollout byHand = assemble(parsed<WorkloadFacts>(
            KubernetesKind::StatefulSet, "w", "'spec':{'replicas':3,'updateStrategy':{'type':'OnDelete'}}," + status));
        QVERIFY(byHand.strategy == RolloutStrategy::OnDelete && byHand.phase == RolloutPhase::Paused &&
                byHand.waitsForPerson);
        const Rollout partitioned = assemble(parsed<WorkloadFacts>(
            KubernetesKind::StatefulSet, "w",
            "'spec':{'replicas':3,'updateStrategy':{'rollingUpdate':{'partition':2}}}," + status));
        QVERIFY(partitioned.phase == RolloutPhase::Healthy && !partitioned.message.isEmpty() &&
                partitioned.isUpdating());
        const Rollout unseen = assemble(parsed<WorkloadFacts>(
            KubernetesKind::StatefulSet, "w", "'spec':{'replicas':0},'status':{'observedGeneration':0,'replicas':0}"));
        QVERIFY(unseen.phase == RolloutPhase::Progressing);
    }

    void aDaemonSet()
    {
        const std::vector<ControllerRevisionFacts> revisions{
            controllerRevision("w-1", 1, "x:1", "DaemonSet", ",'labels':{'controller-revision-hash':'h1'}"),
            controllerRevision("w-2", 2, "x:2", "DaemonSet", ",'labels':{'controller-revision-hash':'h2'}")};
        const std::vector<PodFacts> pods{pod("a", "h1", true), pod("b", "h2", true)};
        RelatedFacts related;
        related.controllerRevisions = pointersTo(revisions);
        related.pods = pointersTo(pods);
        const Rollout moving =
            assemble(parsed<WorkloadFacts>(
                         KubernetesKind::DaemonSet, "w",
                         "'spec':{},'status':{'observedGeneration':2,'desiredNumberScheduled':2,"
                         "'currentNumberScheduled':2,'updatedNumberScheduled':1,'numberAvailable':2,'numberReady':2}"),
                     related);
        QVERIFY(moving.phase == RolloutPhase::Progressing && moving.isUpdating());
        QCOMPARE(moving.stableHash, QStringLiteral("h1"));
        QCOMPARE(moving.currentHash, QStringLiteral("h2"));
        QCOMPARE(moving.desiredReplicas, 2);
        const Rollout done =
            assemble(parsed<WorkloadFacts>(
                         KubernetesKind::DaemonSet, "w",
                         "'spec':{},'status':{'observedGeneration':2,'desiredNumberScheduled':2,"
                         "'currentNumberScheduled':2,'updatedNumberScheduled':2,'numberAvailable':2,'numberReady':2}"),
                     related);
        QVERIFY(done.phase == RolloutPhase::Healthy && !done.isUpdating());
        QCOMPARE(done.previous()->hash, QStringLiteral("h1"));
    }

    void aFlaggerCanary_data()
    {
        QTest::addColumn<QByteArray>("phase");
        QTest::addColumn<int>("weight");
        QTest::addColumn<int>("expected");
        QTest::addColumn<bool>("updating");
        const auto row = [](const char *phase, int weight, RolloutPhase expected, bool updating) {
            QTest::newRow(phase) << QByteArray(phase) << weight << static_cast<int>(expected) << updating;
        };
        row("Progressing", 20, RolloutPhase::Progressing, true);
        row("Waiting", 0, RolloutPhase::Paused, true);
        row("WaitingPromotion", 50, RolloutPhase::Paused, true);
        row("Promoting", 0, RolloutPhase::Progressing, true);
        row("Succeeded", 0, RolloutPhase::Healthy, false);
        row("Initialized", 0, RolloutPhase::Healthy, false);
        row("Failed", 0, RolloutPhase::Degraded, false);
        row("Terminated", 0, RolloutPhase::Unknown, false);
    }
    void aFlaggerCanary()
    {
        QFETCH(QByteArray, phase);
        QFETCH(int, weight);
        QFETCH(int, expected);
        QFETCH(bool, updating);
        const bool settled = phase == "Succeeded" || phase == "Initialized";
        const auto canary = parsed<WorkloadFacts>(
            KubernetesKind::FlaggerCanary, "gc",
            "'spec':{'targetRef':{'kind':'Deployment','name':'gc'},'analysis':{'stepWeight':10,'maxWeight':50,"
            "'webhooks':[{'type':'rollback'}]}},'status':{'phase':'" +
                phase + "','canaryWeight':" + QByteArray::number(weight) +
                ",'lastAppliedSpec':'x','lastPromotedSpec':'y'}");
        const auto target = parsed<WorkloadFacts>(KubernetesKind::Deployment, "gc",
                                                  "'spec':{'replicas':2},'status':{'observedGeneration':2}",
                                                  ",'annotations':{'deployment.kubernetes.io/revision':'2'}");
        const auto primary = parsed<WorkloadFacts>(
            KubernetesKind::Deployment, "gc-primary",
            QByteArray("'spec':{'replicas':4,'template':{'spec':{'containers':[{'name':'m','image':'r/gc:") +
                (settled ? "2" : "1") + "'}]}}},'status':{'replicas':4,'readyReplicas':4}");
        const std::vector<ReplicaSetFacts> sets{
            set("gc-1", "t1", 1, 0, "gc:1", "gc"), set("gc-2", "t2", 2, 2, "gc:2", "gc"),
            set("gc-primary-1", "p1", 1, 4, settled ? "gc:2" : "gc:1", "gc-primary")};
        RelatedFacts related;
        related.replicaSets = pointersTo(sets);
        related.target = &target;
        related.primary = &primary;
        const Rollout rollout = assemble(canary, related);
        QCOMPARE(static_cast<int>(rollout.phase), expected);
        QCOMPARE(rollout.isUpdating(), updating);
        QCOMPARE(rollout.aborted, phase == "Failed");
        QCOMPARE(rollout.waitsForPerson, phase.startsWith("Waiting"));
        QCOMPARE(rollout.weights, (QList<int>{10, 20, 30, 40, 50, 100}));
        QCOMPARE(rollout.desiredWeight, std::optional<int>(settled ? 100 : weight));
        QCOMPARE(rollout.stableHash, QStringLiteral("p1")); // what its pods carry
        QVERIFY(rollout.stable() && rollout.stable()->pods == 4);
        QCOMPARE(rollout.currentHash, settled ? QStringLiteral("p1") : QStringLiteral("t2"));
        // What an undo puts back is the target's own older revision.
        QCOMPARE(rollout.previous()->objectName, QStringLiteral("gc-1"));
        QCOMPARE(rollout.replicas, 4);
        QCOMPARE(rollout.workloadRef, QStringLiteral("Deployment/gc"));
        QVERIFY(isDrivenByAnother(target, {&canary}) && isDrivenByAnother(primary, {&canary}));
    }

    void anythingMayBeMissing()
    {
        for (const auto kind : {KubernetesKind::Rollout, KubernetesKind::FlaggerCanary, KubernetesKind::Deployment,
                                KubernetesKind::StatefulSet, KubernetesKind::DaemonSet}) {
            const Rollout rollout = assemble(parsed<WorkloadFacts>(kind, "w", "'x':1"));
            QVERIFY(!rollout.stable() && !rollout.current() && !rollout.previous() && !rollout.nextStepAt());
            QVERIFY(rollout.revisions.isEmpty() && rollout.pods.isEmpty());
        }
    }

    void writtenConfigurationIsAChange()
    {
        const auto maps =
            recordedFacts<MetadataFacts>("configmaps-list-partialobjectmetadata", KubernetesKind::ConfigMap);
        QVERIFY(!maps.empty());
        const auto event = changeEvent(maps.front(), {QStringLiteral("c"), QStringLiteral("e"), true},
                                       ServiceId(QStringLiteral("ac")));
        QVERIFY(event.has_value());
        QCOMPARE(event->reason, QStringLiteral("ConfigMapChanged"));
        QCOMPARE(event->reporter, QStringLiteral("kubectl-client-side-apply"));
        QCOMPARE(event->at, instant("2026-11-23T09:23:27Z"));
        QVERIFY(event->message.contains(u"ac-service-config"));
        MetadataFacts lock = maps.front();
        lock.object.annotations.insert(QStringLiteral("control-plane.alpha.kubernetes.io/leader"), QStringLiteral("{}"));
        QVERIFY(!changeEvent(lock, {}, {}).has_value()); // renewed every second by a machine
    }
};

QTEST_GUILESS_MAIN(KubernetesWorkloadsTest)
#include "tst_kubernetes_workloads.moc"
