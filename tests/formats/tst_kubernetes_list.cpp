// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/go_duration.h"
#include "app/formats/kubernetes_list.h"
#include "app/formats/kubernetes_object.h"

#include "tests/formats/kubernetes_fixtures.h"

#include <nlohmann/json.hpp>

using namespace cockpit;

/// Lists and watches of a real API server to facts.
class KubernetesListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRollouts()
    {
        const auto list = parseKubernetesList(recordedBody("rollouts-list.response.txt"), KubernetesKind::Rollout);
        QVERIFY2(list.has_value(), list ? "" : qPrintable(list.error().text()));
        QCOMPARE(list->resourceVersion, QStringLiteral("1077"));
        QVERIFY(list->continueToken.isEmpty()); // "continue":"" is no token
        QCOMPARE(list->items.size(), size_t(6));
        const auto rollouts = recordedFacts<WorkloadFacts>("rollouts-list", KubernetesKind::Rollout);
        const WorkloadFacts ac = named(rollouts, "ac-service");
        QCOMPARE(ac.object.uid, QStringLiteral("57406347-1f9e-4522-8214-d3c8f7a76b56"));
        QCOMPARE(ac.object.generation, 2);
        QCOMPARE(ac.observedGeneration, std::optional<qint64>(2)); // a string on the wire
        QCOMPARE(ac.steps.size(), 10);
        QVERIFY((ac.steps.at(0) == RolloutStep{RolloutStep::Kind::SetWeight, 5, {}, {}}));
        QVERIFY((ac.steps.at(1) == RolloutStep{RolloutStep::Kind::Pause, 0, {}, {}}));
        QCOMPARE(ac.steps.at(3).duration, std::optional<Duration>(std::chrono::minutes(10)));
        QCOMPARE(ac.steps.at(7).text, QStringLiteral("analysis success-rate"));
        QCOMPARE(ac.stepIndex, std::optional<int>(3));
        QCOMPARE(ac.stableHash, QStringLiteral("5c8d7f9b6d"));
        QCOMPARE(ac.pauses.constFirst().reason, QStringLiteral("CanaryPauseStep"));
        QCOMPARE(ac.podTemplate.images.constFirst().image,
                 QStringLiteral("registry.example.test/dark-tower/ac-service:1.8.1"));
        const WorkloadFacts worker = named(rollouts, "td-worker");
        QCOMPARE(worker.targetName, QStringLiteral("td-worker"));
        QVERIFY(worker.podTemplate.json.isEmpty() && worker.selector.isEmpty());
    }

    void tellsWhoWroteTheTemplate()
    {
        const auto rollouts = recordedFacts<WorkloadFacts>("rollouts-list", KubernetesKind::Rollout);
        const WorkloadFacts ac = named(rollouts, "ac-service");
        QVERIFY2(!ac.object.changedBy.isEmpty() && ac.object.changedBy != u"rollouts-controller",
                 qPrintable(ac.object.changedBy));
        QVERIFY(ac.object.changedAt.has_value());
    }

    void readsBuiltInListsWithoutKindsInItems()
    {
        const auto page =
            parseKubernetesList(recordedBody("deployments-list-limit-page1.response.txt"), KubernetesKind::Deployment);
        QVERIFY(page.has_value());
        QCOMPARE(page->items.size(), size_t(3));
        QVERIFY(!page->continueToken.isEmpty());
        const auto all = recordedFacts<WorkloadFacts>("deployments-list-all", KubernetesKind::Deployment);
        QCOMPARE(all.size(), size_t(7));
        const WorkloadFacts web = named(all, "web-ui");
        QCOMPARE(web.observedGeneration, std::optional<qint64>(2)); // a number on the wire
        QCOMPARE(web.updatedReplicas, 1);
        QCOMPARE(web.statusReplicas, 3);
        QVERIFY(!web.object.annotations.contains(QStringLiteral("kubectl.kubernetes.io/last-applied-configuration")));
    }

    void readsReplicaSetsWithoutTheirHashInTheTemplate()
    {
        const auto sets = recordedFacts<ReplicaSetFacts>("replicasets-of-rollout", KubernetesKind::ReplicaSet);
        const ReplicaSetFacts stable = named(sets, "ac-service-5c8d7f9b6d");
        QCOMPARE(stable.object.ownerKind, QStringLiteral("Rollout"));
        QCOMPARE(stable.object.ownerUid, QStringLiteral("57406347-1f9e-4522-8214-d3c8f7a76b56"));
        QCOMPARE(stable.readyReplicas, 4);
        QVERIFY(!stable.podTemplate.json.contains("rollouts-pod-template-hash"));
        QVERIFY(nlohmann::json::accept(stable.podTemplate.json.toStdString()));
        QCOMPARE(stable.podTemplate.labels.value(QStringLiteral("app")), QStringLiteral("ac-service"));
    }

    void readsPods()
    {
        const auto broken = recordedFacts<PodFacts>("pods-list-imagepullbackoff", KubernetesKind::Pod);
        const PodFact stuck = named(broken, "web-ui-6bdc7f856-jpgzg").pod;
        QCOMPARE(stuck.waiting, QStringLiteral("ImagePullBackOff"));
        QVERIFY(!stuck.ready && stuck.phase == u"Pending" && stuck.hash == u"6bdc7f856");
        QVERIFY(stuck.images.constFirst().digest.isEmpty());
        const PodFact good = named(broken, "web-ui-58dbffcc8f-cln2g").pod;
        QVERIFY(good.ready && good.waiting.isEmpty());
        QCOMPARE(good.images.constFirst().digest, QStringLiteral("sha256:0"));
        const auto argo = recordedFacts<PodFacts>("pods-list-labelselector", KubernetesKind::Pod);
        QCOMPARE(named(argo, "ac-service-7d9f6b8c54-7hjh8").pod.hash, QStringLiteral("7d9f6b8c54"));
    }

    void readsAnalysisRuns()
    {
        const auto runs = recordedFacts<AnalysisRunFacts>("analysisruns-list", KubernetesKind::AnalysisRun);
        const AnalysisFact run = named(runs, "gc-service-64fbd9c8b7-12-7").analysis;
        QCOMPARE(run.type, QStringLiteral("Step"));
        QCOMPARE(run.stepIndex, std::optional<int>(7));
        QCOMPARE(run.phase, QStringLiteral("Running"));
        QVERIFY(!run.completedAt && run.startedAt);
        const AnalysisMetric metric = run.metrics.constFirst();
        QCOMPARE(metric.value, QStringLiteral("[0.9994]")); // the newest one
        QCOMPARE(metric.condition, QStringLiteral("result[0] >= 0.99"));
        QVERIFY2(metric.query.contains(u"service=\"canary\"") && !metric.query.contains(u"{{"),
                 qPrintable(metric.query));
        QCOMPARE(named(runs, "mc-service-59d8c7b6f4-4-7").analysis.metrics.constFirst().phase,
                 QStringLiteral("Failed"));
    }

    void readsEventsOfBothApis()
    {
        const auto old = recordedFacts<EventFacts>("events-list-of-rollout", KubernetesKind::Event);
        QCOMPARE(old.size(), size_t(3));
        QCOMPARE(old[1].reason, QStringLiteral("RolloutStepCompleted"));
        QCOMPARE(old[1].aboutName, QStringLiteral("ac-service"));
        QCOMPARE(old[1].at, instant("2026-11-23T09:20:18Z"));
        QCOMPARE(old[1].reporter, QStringLiteral("rollouts-controller"));
        const auto recent = recordedFacts<EventFacts>("events-k8s-io-v1-list", KubernetesKind::Event);
        QCOMPARE(recent.size(), size_t(20));
        for (const EventFacts &event : recent)
            QVERIFY2(event.at > Instant() && !event.message.isEmpty() && !event.aboutName.isEmpty() && event.count >= 1,
                     qPrintable(event.object.name));
    }

    void neverKeepsTheValueOfASecret()
    {
        const std::string body = recordedBody("secrets-list-partialobjectmetadata.response.txt");
        QVERIFY(body.find("last-applied-configuration") != std::string::npos);
        const auto secrets = factsOf<MetadataFacts>(body, KubernetesKind::Secret);
        QVERIFY(!secrets.empty());
        for (const MetadataFacts &secret : secrets) {
            for (const QString &value : secret.object.annotations)
                QVERIFY2(!value.contains(u"password") && !value.contains(u"stringData"), qPrintable(value));
            QVERIFY(secret.object.changedAt.has_value());
        }
        const auto list = KubernetesObject::parse(body);
        QVERIFY(list.has_value());
        const std::string kept = list->json().dump();
        QVERIFY(kept.find("last-applied-configuration\":") == std::string::npos);
        QVERIFY(kept.find("stringData") == std::string::npos);
    }

    void readsAWatch()
    {
        std::vector<WatchEvent> events;
        const QByteArray body =
            QByteArray::fromStdString(recordedBody("watch-rollouts-added-modified-deleted-bookmark.response.txt"));
        for (const QByteArray &line : body.trimmed().split('\n')) {
            const auto event = parseWatchEvent(line.toStdString(), KubernetesKind::Rollout);
            QVERIFY2(event.has_value(), event ? "" : qPrintable(event.error().text()));
            events.push_back(*event);
        }
        using Type = WatchEvent::Type;
        QCOMPARE(events.size(), size_t(5));
        QVERIFY(events[0].type == Type::Added && events[1].type == Type::Modified && events[3].type == Type::Deleted);
        QVERIFY(events[3].fact && objectOf(*events[3].fact).name == u"np-service");
        QVERIFY(events[4].type == Type::Bookmark && !events[4].fact);
        QCOMPARE(events[4].resourceVersion, QStringLiteral("1082"));
    }

    void aForegroundDeleteIsSeenBeforeItIsGone()
    {
        const QByteArray body = QByteArray::fromStdString(recordedBody("watch-foreground-delete.response.txt"));
        const auto first = parseWatchEvent(body.split('\n').constFirst().toStdString(), KubernetesKind::Rollout);
        QVERIFY(first && first->type == WatchEvent::Type::Modified);
        QVERIFY(objectOf(*first->fact).deleting);
    }

    void anExpiredWatchSaysSoInTheStream()
    {
        const auto event =
            parseWatchEvent(recordedBody("watch-rollouts-expired-410.response.txt"), KubernetesKind::Rollout);
        QVERIFY(event && event->type == WatchEvent::Type::Error);
        QCOMPARE(event->code, 410);
        QVERIFY(event->message.contains(u"too old resource version"));
    }

    void refusesCutLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        const QByteArray whole = jsonBytes("{'type':'ADDED','object':{'metadata':{'name':'a','uid':'1','"
                                           "resourceVersion':'7'},'spec':{'replicas':2}}}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("half") << whole.left(whole.size() / 2);
        QTest::newRow("one byte short") << whole.chopped(1);
        QTest::newRow("two lines") << whole + whole;
        QTest::newRow("no object") << jsonBytes("{'type':'ADDED'}");
        QTest::newRow("no name") << jsonBytes("{'type':'ADDED','object':{'metadata':{'uid':'1'}}}");
        QTest::newRow("no uid") << jsonBytes("{'type':'MODIFIED','object':{'metadata':{'name':'a'}}}");
        QTest::newRow("a page") << QByteArray("<html>log in</html>");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("deep") << QByteArray(5000, '[');
    }
    void refusesCutLines()
    {
        QFETCH(QByteArray, line);
        const auto event = parseWatchEvent(line.toStdString(), KubernetesKind::Rollout);
        QVERIFY(!event.has_value());
        QVERIFY(!event.error().what.isEmpty());
    }

    void standsAnyTypeAnywhere()
    {
        // Each field that is read, as something else than it should be.
        const char *const strange[] = {"null",   "7",    "'x'", "[]",   "{}",
                                       "[[{}]]", "true", "-1",  "1e99", "99999999999999999"};
        for (const char *const value : strange) {
            QByteArray text("{'type':'MODIFIED','object':{'metadata':{'name':'a','uid':'1','generation':V,'labels':V,'"
                            "annotations':V,"
                            "'ownerReferences':V,'managedFields':V,'creationTimestamp':V},'spec':V,'status':V,'data':V,"
                            "'revision':V}}");
            text.replace("V", value);
            for (int kind = 0; kind <= static_cast<int>(KubernetesKind::Secret); ++kind) {
                const auto event = parseWatchEvent(jsonBytes(text).toStdString(), static_cast<KubernetesKind>(kind));
                QVERIFY2(event.has_value(), text.constData());
            }
            QByteArray inner(
                "{'type':'MODIFIED','object':{'metadata':{'name':'a','uid':'1'},'spec':{'replicas':V,"
                "'template':V,'strategy':{'canary':{'steps':V,'trafficRouting':V}},'analysis':V,'metrics':V,"
                "'updateStrategy':V,'paused':V},'status':{'conditions':V,'pauseConditions':V,"
                "'currentStepIndex':V,'observedGeneration':V,'containerStatuses':V,'metricResults':V}}}");
            inner.replace("V", value);
            for (int kind = 0; kind <= static_cast<int>(KubernetesKind::Secret); ++kind)
                QVERIFY(parseWatchEvent(jsonBytes(inner).toStdString(), static_cast<KubernetesKind>(kind)).has_value());
        }
    }

    void mendsBrokenText()
    {
        const std::string body = json("{'kind':'RolloutList','metadata':{'resourceVersion':'1'},'items':[{'metadata':"
                                      "{'name':'a','uid':'1','labels':{'app':'x") +
                                 "\xff" + json("'}}}]}");
        const auto list = parseKubernetesList(paddedBody(body), KubernetesKind::Rollout);
        QVERIFY(list.has_value());
        QCOMPARE(objectOf(list->items.front()).labels.value(QStringLiteral("app")), QStringLiteral("x\uFFFD"));
    }

    void aListWithoutMetadataIsNone()
    {
        QVERIFY(!parseKubernetesList(json("{'items':[]}"), KubernetesKind::Pod).has_value());
        QVERIFY(!parseKubernetesList(json("{'kind':'Status','metadata':{},'status':'Failure'}"), KubernetesKind::Pod)
                     .has_value());
        const auto empty = parseKubernetesList(
            json("{'kind':'PodList','metadata':{'resourceVersion':'5'},'items':null}"), KubernetesKind::Pod);
        QVERIFY(empty && empty->items.empty());
    }

    void readsGoDurations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("minutes") << QByteArray("10m") << qint64{600'000};
        QTest::newRow("mixed") << QByteArray("1h30m") << qint64{5'400'000};
        QTest::newRow("fraction") << QByteArray("1.5s") << qint64{1'500};
        QTest::newRow("milliseconds") << QByteArray("250ms") << qint64{250};
        QTest::newRow("nothing") << QByteArray() << qint64{-1};
        QTest::newRow("no unit") << QByteArray("10") << qint64{-1};
        QTest::newRow("days") << QByteArray("2d") << qint64{-1};
        QTest::newRow("negative") << QByteArray("-5m") << qint64{-1};
        QTest::newRow("huge") << QByteArray("99999999999999999h") << qint64{-1};
    }
    void readsGoDurations()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, ms);
        const auto duration = parseGoDuration(std::string_view(text.constData(), static_cast<size_t>(text.size())));
        QCOMPARE(duration ? static_cast<qint64>(duration->count()) : qint64{-1}, ms);
    }

    void knowsPaths()
    {
        QCOMPARE(kubernetesPath(KubernetesKind::Rollout)
                     .object(QStringLiteral("ns"), QStringLiteral("a"), QStringLiteral("status")),
                 QStringLiteral("/apis/argoproj.io/v1alpha1/namespaces/ns/rollouts/a/status"));
        QCOMPARE(kubernetesPath(KubernetesKind::Pod).list({}), QStringLiteral("/api/v1/pods"));
        for (int kind = 0; kind <= static_cast<int>(KubernetesKind::Secret); ++kind) {
            const auto one = static_cast<KubernetesKind>(kind);
            QVERIFY(kubernetesKindFromWireName(toWireName(one)) == one);
        }
    }

    void readsFieldsOfAnObjectByPath()
    {
        const auto object = KubernetesObject::parse(recordedBody("rollout-get.response.txt"));
        QVERIFY(object.has_value());
        QCOMPARE(object->kind(), QStringLiteral("Rollout"));
        QCOMPARE(object->number("spec.replicas"), 4);
        QCOMPARE(object->text("status.stableRS"), QStringLiteral("5c8d7f9b6d"));
        QVERIFY(object->flag("status.controllerPause"));
        QVERIFY(!object->has("spec.workloadRef") && !object->flag("spec.paused") && object->text("spec").isEmpty());
        QVERIFY(object->time("metadata.creationTimestamp").has_value());
        QVERIFY(!object->has("metadata.managedFields"));
        QVERIFY(!KubernetesObject::parse("[1]").has_value() && !KubernetesObject::parse("{").has_value());
        QCOMPARE(KubernetesObject().name(), QString());
        const std::string deep = "{\"a\":" + std::string(600, '[') + std::string(600, ']') + '}';
        QVERIFY(!KubernetesObject::parse(deep).has_value());
        QVERIFY(KubernetesObject::parse("{\"a\":\"" + std::string(600, '[') + "\\\"{\"}").has_value()); // text only
    }
};

QTEST_GUILESS_MAIN(KubernetesListTest)
#include "tst_kubernetes_list.moc"
