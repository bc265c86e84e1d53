// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_assembly.h"
#include "app/formats/update_codec.h"

#include "tests/formats/kubernetes_fixtures.h"

using namespace cockpit;

/// Argo Rollouts of a real API server become Rollouts.
class KubernetesRolloutTest : public QObject {
    Q_OBJECT

    std::vector<WorkloadFacts> m_rollouts{};
    std::vector<ReplicaSetFacts> m_sets{};
    std::vector<PodFacts> m_pods{};
    std::vector<AnalysisRunFacts> m_runs{};

    static Rollout assemble(const WorkloadFacts &facts, const RelatedFacts &related = {})
    {
        return assembleRollout(facts, related, {QStringLiteral("prod-eu"), QStringLiteral("production"), true},
                               ServiceId(facts.object.name), instant("2026-11-23T09:30:00Z"));
    }
    Rollout ofName(const char *name) const
    {
        const WorkloadFacts facts = named(m_rollouts, name);
        RelatedFacts related;
        for (const ReplicaSetFacts &one : m_sets) {
            if (one.object.ownerUid == facts.object.uid)
                related.replicaSets.push_back(&one);
        }
        for (const AnalysisRunFacts &one : m_runs) {
            if (one.object.ownerUid == facts.object.uid)
                related.analysisRuns.push_back(&one);
        }
        if (facts.object.name == u"ac-service")
            related.pods = pointersTo(m_pods);
        return assemble(facts, related);
    }
    static WorkloadFacts parsed(const QByteArray &spec, const QByteArray &status, const QByteArray &metadata = {})
    {
        const QByteArray text = jsonBytes("{'metadata':{'name':'a','uid':'1','generation':2" + metadata + "},'spec':{" +
                                          spec + "},'status':{" + status + "}}");
        const auto fact = parseKubernetesFact(paddedBody(text.toStdString()), KubernetesKind::Rollout);
        return fact ? std::get<WorkloadFacts>(*fact) : WorkloadFacts();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_rollouts = recordedFacts<WorkloadFacts>("rollouts-list", KubernetesKind::Rollout);
        m_sets = recordedFacts<ReplicaSetFacts>("replicasets-of-rollout", KubernetesKind::ReplicaSet);
        m_pods = recordedFacts<PodFacts>("pods-list-labelselector", KubernetesKind::Pod);
        m_runs = recordedFacts<AnalysisRunFacts>("analysisruns-list", KubernetesKind::AnalysisRun);
        QCOMPARE(m_rollouts.size(), size_t(6));
    }

    void aCanaryInATimedPause()
    {
        const Rollout rollout = ofName("ac-service");
        QCOMPARE(rollout.key.path(), QStringLiteral("prod-eu/dark-tower/Rollout/ac-service"));
        QCOMPARE(rollout.phase, RolloutPhase::Paused);
        QCOMPARE(rollout.message, QStringLiteral("CanaryPauseStep"));
        QVERIFY(rollout.isUpdating() && !rollout.waitsForPerson); // it goes on by itself
        QCOMPARE(rollout.stepIndex, std::optional<int>(3));
        QCOMPARE(rollout.nextStepAt(), std::optional<Instant>(instant("2026-11-23T09:29:20Z")));
        QCOMPARE(rollout.weights, (QList<int>{5, 15, 25, 50, 75, 100}));
        QCOMPARE(rollout.desiredWeight, std::optional<int>(15));
        QCOMPARE(rollout.measuredWeight, std::optional<int>(20)); // one of five pods: there is no traffic routing
        QCOMPARE(rollout.revisions.size(), 3);
        const RolloutRevision *const canary = rollout.current();
        const RolloutRevision *const stable = rollout.stable();
        QVERIFY(canary && stable && canary->isCurrent && stable->isStable && !stable->isCurrent);
        QCOMPARE(canary->number, 8);
        QCOMPARE(canary->version, QStringLiteral("1.8.1"));
        QCOMPARE(stable->version, QStringLiteral("1.7.3"));
        QCOMPARE(stable->pods, 4);
        QCOMPARE(stable->images.constFirst().digest, QStringLiteral("sha256:0"));
        QVERIFY(!canary->changedBy.isEmpty());
        QCOMPARE(rollout.previous(), stable);
        QCOMPARE(rollout.pods.size(), 5);
        QCOMPARE(rollout.startedAt, std::optional<Instant>(instant("2026-11-23T09:02:20Z")));
        QCOMPARE(rollout.readAt, instant("2026-11-23T09:30:00Z"));
        QVERIFY(!rollout.annotations.contains(QStringLiteral("kubectl.kubernetes.io/last-applied-configuration")));
    }

    void aCanaryInItsAnalysis()
    {
        const Rollout rollout = ofName("gc-service");
        QCOMPARE(rollout.phase, RolloutPhase::Progressing);
        QCOMPARE(rollout.desiredWeight, std::optional<int>(50));
        QVERIFY(!rollout.measuredWeight); // no ReplicaSet was seen: not 0
        QVERIFY(!rollout.nextStepAt() && !rollout.waitsForPerson);
        QCOMPARE(rollout.analyses.size(), 1);
        QCOMPARE(rollout.analyses.constFirst().metrics.constFirst().value, QStringLiteral("[0.9994]"));
    }

    void anAbortedCanary()
    {
        const Rollout rollout = ofName("mc-service");
        QCOMPARE(rollout.phase, RolloutPhase::Degraded);
        QVERIFY(rollout.aborted && !rollout.isUpdating() && !rollout.waitsForPerson);
        QVERIFY(rollout.message.startsWith(u"RolloutAborted"));
        QCOMPARE(rollout.desiredWeight, std::optional<int>(0));
        QVERIFY(rollout.stableHash != rollout.currentHash);
    }

    void aFinishedCanary()
    {
        const Rollout rollout = ofName("mh-service");
        QCOMPARE(rollout.phase, RolloutPhase::Healthy);
        QVERIFY(!rollout.isUpdating());
        QCOMPARE(rollout.stepIndex, std::optional<int>(10));
        QCOMPARE(rollout.desiredWeight, std::optional<int>(100));
        QCOMPARE(rollout.measuredWeight, std::optional<int>(100));
    }

    void aBlueGreenThatWaits()
    {
        const Rollout rollout = ofName("portal-web");
        QCOMPARE(rollout.strategy, RolloutStrategy::BlueGreen);
        QVERIFY(rollout.waitsForPerson && rollout.blueGreen && !rollout.blueGreen->autoPromotion);
        QCOMPARE(rollout.blueGreen->scaleDownDelay, Duration(std::chrono::seconds(300)));
        QCOMPARE(rollout.blueGreen->activeHash, QStringLiteral("7f8d9c6b5c"));
        QCOMPARE(rollout.blueGreen->previewHash, QStringLiteral("6c5d8b9f7d"));
        QVERIFY(rollout.weights.isEmpty() && !rollout.desiredWeight && !rollout.stepIndex);
        const auto single =
            parseKubernetesFact(recordedBody("rollout-get-bluegreen.response.txt"), KubernetesKind::Rollout);
        QVERIFY(single && assemble(std::get<WorkloadFacts>(*single)).phase == RolloutPhase::Paused);
    }

    void aWorkloadRefShowsTheOtherObject()
    {
        const auto fact =
            parseKubernetesFact(recordedBody("rollout-get-workloadref.response.txt"), KubernetesKind::Rollout);
        QVERIFY(fact.has_value());
        const Rollout rollout = assemble(std::get<WorkloadFacts>(*fact));
        QCOMPARE(rollout.workloadRef, QStringLiteral("Deployment/td-worker"));
        QCOMPARE(rollout.phase, RolloutPhase::Healthy);
        const auto deployments = recordedFacts<WorkloadFacts>("deployments-list-all", KubernetesKind::Deployment);
        const std::vector<const WorkloadFacts *> drivers = pointersTo(m_rollouts);
        QVERIFY(isDrivenByAnother(named(deployments, "td-worker"), drivers));
        QVERIFY(!isDrivenByAnother(named(deployments, "redis"), drivers));
    }

    void aSpecificationThatNobodyHasSeen()
    {
        const Rollout stale =
            assemble(parsed("'strategy':{'canary':{}}", "'observedGeneration':'1','phase':'Healthy'"));
        QVERIFY(!stale.observed && stale.phase == RolloutPhase::Progressing);
        QVERIFY(assemble(parsed("'strategy':{'canary':{}}", "'observedGeneration':'x1','phase':'Healthy'")).phase ==
                RolloutPhase::Healthy); // no number: taken as seen
        QVERIFY(assemble(parsed("'strategy':{'canary':{}}", "'observedGeneration':'9','phase':'Healthy'")).observed);
        const Rollout silent = assemble(parsed("'strategy':{'canary':{}}", ""));
        QVERIFY(silent.phase == RolloutPhase::Unknown && !silent.message.isEmpty());
    }

    void aControllerThatIsAboutToGoOn()
    {
        const Rollout rollout = assemble(
            parsed("'strategy':{'canary':{}}", "'observedGeneration':'2','controllerPause':true,'phase':'Paused'"));
        QCOMPARE(rollout.phase, RolloutPhase::Progressing);
        const Rollout reference =
            assemble(parsed("'workloadRef':{'kind':'Deployment','name':'d'},'strategy':{'canary':{}}",
                            "'observedGeneration':'2','workloadObservedGeneration':'3','phase':'Healthy'",
                            ",'annotations':{'rollout.argoproj.io/workload-generation':'4'}"));
        QCOMPARE(reference.phase, RolloutPhase::Progressing);
    }

    void whoEndsAPause_data()
    {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("person");
        const QByteArray at = "'observedGeneration':'2','phase':'Paused','stableRS':'a','currentPodHash':'b',"
                              "'controllerPause':true,'currentStepIndex':0,'pauseConditions':[{'reason':'";
        const QByteArray end = "','startTime':'2026-11-23T09:00:00Z'}]";
        const QByteArray canary = "'strategy':{'canary':{'steps':[{'pause':%}]}}";
        QTest::newRow("no duration") << QByteArray(canary).replace('%', "{}") << at + "CanaryPauseStep" + end << true;
        QTest::newRow("null") << QByteArray(canary).replace('%', "null") << at + "CanaryPauseStep" + end << true;
        QTest::newRow("unreadable") << QByteArray(canary).replace('%', "{'duration':'soon'}")
                                    << at + "CanaryPauseStep" + end << true;
        QTest::newRow("seconds") << QByteArray(canary).replace('%', "{'duration':30}") << at + "CanaryPauseStep" + end
                                 << false;
        QTest::newRow("digits") << QByteArray(canary).replace('%', "{'duration':'30'}") << at + "CanaryPauseStep" + end
                                << false;
        QTest::newRow("inconclusive") << QByteArray(canary).replace('%', "{'duration':30}")
                                      << at + "InconclusiveAnalysisRun" + end << true;
        QTest::newRow("person") << "'paused':true," + QByteArray(canary).replace('%', "{'duration':30}")
                                << at + "CanaryPauseStep" + end << true;
        QTest::newRow("blue-green by hand") << QByteArray("'strategy':{'blueGreen':{'autoPromotionEnabled':false}}")
                                            << at + "BlueGreenPause" + end << true;
        QTest::newRow("blue-green by time") << QByteArray("'strategy':{'blueGreen':{'autoPromotionSeconds':60}}")
                                            << at + "BlueGreenPause" + end << false;
        QTest::newRow("aborted") << QByteArray(canary).replace('%', "{}")
                                 << "'abort':true," + at + "CanaryPauseStep" + end << false;
    }
    void whoEndsAPause()
    {
        QFETCH(QByteArray, spec);
        QFETCH(QByteArray, status);
        QFETCH(bool, person);
        QCOMPARE(assemble(parsed(spec, status)).waitsForPerson, person);
    }

    void weightsWithTrafficRouting()
    {
        const QByteArray spec = "'strategy':{'canary':{'trafficRouting':{'maxTrafficWeight':1000,'nginx':{}},"
                                "'dynamicStableScale':true,'steps':[{'setWeight':50},{'pause':{}},{'setWeight':500}]}}";
        const QByteArray status = "'observedGeneration':'2','stableRS':'a','currentPodHash':'b','currentStepIndex':1";
        const Rollout said =
            assemble(parsed(spec, status + ",'canary':{'weights':{'canary':{'weight':45},'stable':{'weight':955}}}"));
        QVERIFY(said.trafficRouting && said.dynamicStableScale && said.maxWeight == 1000);
        QCOMPARE(said.weights, (QList<int>{5, 50, 100}));
        QCOMPARE(said.desiredWeight, std::optional<int>(50));
        QCOMPARE(said.measuredWeight, std::optional<int>(45));
        QVERIFY(!assemble(parsed(spec, status)).measuredWeight); // not told is not as wished
        const Rollout aborted = assemble(parsed(
            spec, status + ",'abort':true,'canary':{'weights':{'canary':{'weight':0},'stable':{'weight':1000}}}"));
        QVERIFY(aborted.desiredWeight == 0 && aborted.measuredWeight == 0);
    }

    void withoutSteps()
    {
        const Rollout rollout =
            assemble(parsed("'strategy':{'canary':{}}",
                            "'observedGeneration':'2','phase':'Progressing','stableRS':'a','currentPodHash':'b'"));
        QVERIFY(!rollout.stepIndex);
        QCOMPARE(rollout.weights, QList<int>{100}); // at once from 0 to 100
        QCOMPARE(rollout.desiredWeight, std::optional<int>(100));
    }

    void everyKindOfStep()
    {
        const Rollout rollout = assemble(
            parsed("'strategy':{'canary':{'steps':[{'setCanaryScale':{'weight':25}},{'setCanaryScale':{'replicas':2}},"
                   "{'setCanaryScale':{'matchTrafficWeight':true}},{'experiment':{}},{'setHeaderRoute':{'name':'h'}},"
                   "{'setMirrorRoute':{'name':'m'}},{'plugin':{'name':'p'}},{'ofTheFuture':{}},{'analysis':{'templates'"
                   ":[{'templateName':'a'},{'templateName':'b'}]}}]}}",
                   "'observedGeneration':'2'"));
        QStringList texts;
        for (const RolloutStep &step : rollout.steps)
            texts.append(step.text);
        QCOMPARE(texts.join(u'|'),
                 QStringLiteral("canary scale 25 %|canary scale 2 pods|canary scale as traffic|experiment|"
                                "setHeaderRoute h|setMirrorRoute m|plugin p|ofTheFuture|analysis a, b"));
    }

    void seesWhoOwnsTheSpecification_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("name");
        QTest::newRow("nobody") << QByteArray(",'labels':{'app':'a'}") << QString() << QString();
        QTest::newRow("tracking id")
            << QByteArray(
                   ",'annotations':{'argocd.argoproj.io/tracking-id':'argocd_dark-tower:argoproj.io/Rollout:dt/a'}")
            << QStringLiteral("Argo CD") << QStringLiteral("argocd/dark-tower");
        QTest::newRow("instance") << QByteArray(",'labels':{'app.kubernetes.io/instance':'dark-tower'}")
                                  << QStringLiteral("Argo CD") << QStringLiteral("dark-tower");
        QTest::newRow("a Helm release")
            << QByteArray(
                   ",'labels':{'app.kubernetes.io/instance':'x'},'annotations':{'meta.helm.sh/release-name':'x'}")
            << QString() << QString();
        QTest::newRow("Flux") << QByteArray(",'labels':{'kustomize.toolkit.fluxcd.io/"
                                            "name':'gc','kustomize.toolkit.fluxcd.io/namespace':'flux-system'}")
                              << QStringLiteral("Flux") << QStringLiteral("flux-system/gc");
        QTest::newRow("Flux with Helm")
            << QByteArray(",'labels':{'helm.toolkit.fluxcd.io/name':'gc','app.kubernetes.io/instance':'gc'}")
            << QStringLiteral("Flux") << QStringLiteral("gc");
    }
    void seesWhoOwnsTheSpecification()
    {
        QFETCH(QByteArray, metadata);
        const Rollout rollout = assemble(parsed("'strategy':{'canary':{}}", "", metadata));
        QTEST(rollout.gitOps.tool, "tool");
        QTEST(rollout.gitOps.name, "name");
    }

    void findsItsAutoscalerAndService()
    {
        const auto fact = parseKubernetesFact(recordedBody("hpa-get-with-metrics.response.txt"),
                                              KubernetesKind::HorizontalPodAutoscaler);
        QVERIFY(fact.has_value());
        const auto &autoscaler = std::get<AutoscalerFacts>(*fact);
        QCOMPARE(autoscaler.targetName, QStringLiteral("gc-service"));
        RelatedFacts related;
        related.autoscaler = &autoscaler;
        const WorkloadFacts facts = named(m_rollouts, "gc-service");
        const Rollout rollout = assemble(facts, related);
        QCOMPARE(rollout.autoscaler, QStringLiteral("gc-service"));
        QCOMPARE(rollout.maxReplicas, 16);

        ServiceDefinition definition;
        definition.id = ServiceId(QStringLiteral("game-control"));
        definition.workloads = {QStringLiteral("rollout/gc-service")};
        QCOMPARE(serviceOfObject(QStringLiteral("Rollout"), facts.object, ServiceMap({definition})).toString(),
                 QStringLiteral("game-control"));
        QCOMPARE(serviceOfObject(QStringLiteral("Deployment"), facts.object, ServiceMap({definition})).toString(),
                 QStringLiteral("gc-service"));
    }

    void comesBackFromARecording()
    {
        RolloutsUpdate update;
        update.source = SourceId(QStringLiteral("kubernetes/prod-eu"));
        update.context = QStringLiteral("prod-eu");
        update.at = instant("2026-11-23T09:30:00Z");
        auto rollouts = std::make_shared<std::vector<RolloutPtr>>();
        for (const WorkloadFacts &facts : m_rollouts)
            rollouts->push_back(std::make_shared<const Rollout>(ofName(facts.object.name.toUtf8().constData())));
        update.rollouts = rollouts;
        auto events = std::make_shared<std::vector<ClusterEvent>>();
        for (const EventFacts &event : recordedFacts<EventFacts>("events-list-of-rollout", KubernetesKind::Event))
            events->push_back(
                clusterEvent(event, {QStringLiteral("prod-eu"), {}, true}, ServiceId(QStringLiteral("ac"))));
        update.events = events;
        const auto back = decodeUpdate(encodeUpdate(update).toStdString());
        QVERIFY2(back.has_value(), back ? "" : qPrintable(back.error().text()));
        const auto &read = std::get<RolloutsUpdate>(*back);
        QVERIFY(read.source == update.source && read.context == update.context && read.at == update.at);
        QCOMPARE(read.rollouts->size(), rollouts->size());
        for (size_t i = 0; i < rollouts->size(); ++i)
            QVERIFY2(*read.rollouts->at(i) == *rollouts->at(i), qPrintable(rollouts->at(i)->key.name));
        QVERIFY(*read.events == *events);
    }
};

QTEST_GUILESS_MAIN(KubernetesRolloutTest)
#include "tst_kubernetes_rollout.moc"
