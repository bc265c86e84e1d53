// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/cluster_harness.h"

#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

const Json abortPatch{{"status", {{"abort", true}}}};
constexpr const char *gcErrors = "service:error_ratio:rate5m{service='gc-service'}";

std::string text(const Json &object, const char *pointer)
{
    return object.value(Json::json_pointer(pointer), std::string());
}

int number(const Json &object, const char *pointer) { return object.value(Json::json_pointer(pointer), -1); }

/// Selectors are written with apostrophes.
std::string quoted(std::string selector)
{
    for (char &c : selector)
        c = c == '\'' ? '"' : c;
    return selector;
}

} // namespace

/// The controllers of the cluster move its objects and the world with them, whenever one looks.
class TestDemoControllers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badCanaryBeginsAsItsScenarioSays()
    {
        const ClusterHarness h("bad-canary");
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/status/phase"), std::string("Paused"));
        QCOMPARE(number(gc, "/status/currentStepIndex"), 5);
        QCOMPARE(number(gc, "/status/canary/weights/canary/weight"), 25);
        QVERIFY(gc["status"]["observedGeneration"].is_string());
        QCOMPARE(gc["spec"]["strategy"]["canary"]["steps"].size(), std::size_t(21));
        QCOMPARE(text(gc, "/metadata/annotations/rollout.argoproj.io~1revision"), std::string("41"));
        QCOMPARE(h.pods("gc-service", text(gc, "/status/currentPodHash")), 2);
        QCOMPARE(h.pods("gc-service", text(gc, "/status/stableRS")), 6);
        QCOMPARE(text(h.rollout("mh-service"), "/status/message"), std::string("BlueGreenPause"));
        QCOMPARE(text(h.rollout("ac-service"), "/status/phase"), std::string("Healthy"));
    }

    void podsOfTheMetricsAreThoseOfTheCluster_data()
    {
        QTest::addColumn<Offset>("time");
        QTest::newRow("at the start") << 0.0;
        QTest::newRow("while the abort drains") << 60.0;
        QTest::newRow("after the abort") << 400.0;
    }
    void podsOfTheMetricsAreThoseOfTheCluster()
    {
        QFETCH(Offset, time);
        ClusterHarness h("bad-canary");
        if (time > 0.0)
            h.merge("Rollout", "gc-service", abortPatch);
        h.advance(time);
        std::set<std::string> measured;
        for (const RecordedSeries &series :
             h.live.epoch()->series.select(*parseSelector(quoted("pod:requests:increase30s{service='gc-service'}"))))
            if (series.value(time).value_or(0.0) > 0.0)
                measured.insert(series.labels.at("pod"));
        std::set<std::string> known;
        for (const Json &pod : h.all("Pod", "gc-service"))
            known.insert(pod["metadata"]["name"]);
        for (const std::string &pod : measured)
            QVERIFY2(known.count(pod) > 0, pod.c_str());
        QVERIFY(measured.size() >= 8);
    }

    void abortMovesTheTrafficBackAndHealsTheWorld()
    {
        ClusterHarness h("bad-canary");
        const std::string selector = quoted(gcErrors);
        QVERIFY(h.value(selector.c_str(), 0.0) > 0.015);
        h.advance(10.0);
        h.merge("Rollout", "gc-service", abortPatch);
        Json gc = h.rollout();
        QCOMPARE(text(gc, "/status/phase"), std::string("Degraded"));
        QCOMPARE(text(gc, "/status/message"), std::string("RolloutAborted: Rollout aborted update to revision 41"));
        QVERIFY(!gc["status"].contains("pauseConditions"));
        h.advance(30.0);
        const int weight = number(h.rollout(), "/status/canary/weights/canary/weight");
        QVERIFY2(weight > 0 && weight < 25, "on its way");
        h.advance(56.0);
        gc = h.rollout();
        QCOMPARE(number(gc, "/status/canary/weights/canary/weight"), 0);
        QCOMPARE(h.pods("gc-service", text(gc, "/status/currentPodHash")), 0);
        QCOMPARE(h.pods("gc-service"), 8);
        QVERIFY2(h.all("Pod", "gc-service").size() == 10, "two drain");
        h.advance(90.0);
        QCOMPARE(h.all("Pod", "gc-service").size(), std::size_t(8));
        QVERIFY(h.value(selector.c_str(), 400.0) < 0.001);
        const std::shared_ptr<const Epoch> epoch = h.live.epoch();
        QVERIFY(!epoch->rules.alertsOf("GCHighErrorRate", 0.0).empty());
        QVERIFY(epoch->rules.alertsOf("GCHighErrorRate", 700.0).empty());
        QVERIFY(epoch->rules.alertsOf("MCGCHeartbeatWarning", 700.0).empty());
        QVERIFY(epoch->rules.alertsOf("CircuitBreakerOpened", 700.0).empty());
        QCOMPARE(h.events("RolloutAborted"), 1);
    }

    void nothingThatIsDoneChangesThePast()
    {
        ClusterHarness h("bad-canary");
        const std::string selector = quoted(gcErrors);
        const double before = h.value(selector.c_str(), -300.0);
        h.advance(20.0);
        h.merge("Rollout", "gc-service", abortPatch);
        h.advance(200.0);
        QVERIFY(std::abs(h.value(selector.c_str(), -300.0) - before) < 1e-9);
    }

    void retryBeginsAtTheFirstStep()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", abortPatch);
        h.advance(200.0);
        h.merge("Rollout", "gc-service", {{"spec", {{"paused", false}}}});
        h.merge("Rollout", "gc-service", {{"status", {{"abort", false}}}});
        h.advance(230.0);
        const Json gc = h.rollout();
        QCOMPARE(number(gc, "/status/currentStepIndex"), 1);
        QCOMPARE(number(gc, "/status/canary/weights/canary/weight"), 5);
        QCOMPARE(h.pods("gc-service", text(gc, "/status/currentPodHash")), 1);
    }

    void promoteGoesOneStepOn()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", {{"spec", {{"paused", false}}}});
        h.merge("Rollout", "gc-service", {{"status", {{"pauseConditions", nullptr}}}});
        h.advance(20.0);
        QCOMPARE(number(h.rollout(), "/status/canary/weights/canary/weight"), 35);
        QCOMPARE(number(h.rollout(), "/status/currentStepIndex"), 7);
        QVERIFY(h.events("RolloutStepCompleted") >= 7);
    }

    void stepsAdvanceByThemselves()
    {
        ClusterHarness h("calm");
        QCOMPARE(number(h.rollout(), "/status/canary/weights/canary/weight"), 5);
        h.advance(150.0);
        QCOMPARE(number(h.rollout(), "/status/canary/weights/canary/weight"), 15);
        h.advance(4000.0);
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/status/phase"), std::string("Healthy"));
        QCOMPARE(text(gc, "/status/stableRS"), text(gc, "/status/currentPodHash"));
        QCOMPARE(h.pods("gc-service"), 8);
        QVERIFY(h.value(quoted("service:requests_by_version:rate5m{service='gc-service',version='1.43.0',"
                               "track='stable'}")
                            .c_str(),
                        4000.0) > 100.0);
    }

    void promoteFullSkipsTheRest()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", {{"spec", {{"paused", false}}}});
        h.merge("Rollout", "gc-service", {{"status", {{"promoteFull", true}}}});
        h.advance(60.0);
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/status/stableRS"), text(gc, "/status/currentPodHash"));
        QVERIFY(h.value(quoted(gcErrors).c_str(), 500.0) > 0.05);
    }

    void undoRenumbersAndRunsTheStepsAgain()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", abortPatch);
        h.advance(100.0);
        h.merge("Rollout", "gc-service", {{"spec", {{"paused", false}}}});
        h.undoTo("Rollout", "gc-service", "release 1.42.2");
        h.advance(120.0);
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/metadata/annotations/rollout.argoproj.io~1revision"), std::string("42"));
        QCOMPARE(number(gc, "/status/canary/weights/canary/weight"), 5);
        bool renumbered = false;
        for (const Json &set : h.all("ReplicaSet", "gc-service"))
            renumbered |= text(set, "/metadata/annotations/rollout.argoproj.io~1revision") == "42" &&
                          text(set, "/metadata/annotations/rollout.argoproj.io~1revision-history") == "38";
        QVERIFY(renumbered);
    }

    void undoToStableSkipsTheSteps()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", {{"spec", {{"paused", false}}}});
        h.undoTo("Rollout", "gc-service", "release 1.42.3");
        h.advance(120.0);
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/status/phase"), std::string("Healthy"));
        QCOMPARE(text(gc, "/status/currentPodHash"), text(gc, "/status/stableRS"));
        QCOMPARE(h.pods("gc-service"), 8);
        QVERIFY(h.value(quoted(gcErrors).c_str(), 500.0) < 0.001);
    }

    void restartReplacesEveryPod()
    {
        ClusterHarness h("bad-canary");
        std::set<std::string> before;
        for (const Json &pod : h.all("Pod", "ac-service"))
            before.insert(pod["metadata"]["name"]);
        h.merge("Rollout", "ac-service", {{"spec", {{"restartAt", "2026-11-23T03:12:40Z"}}}});
        h.advance(300.0);
        QCOMPARE(h.pods("ac-service"), 4);
        for (const Json &pod : h.all("Pod", "ac-service"))
            QVERIFY(before.count(pod["metadata"]["name"]) == 0);
        QCOMPARE(text(h.rollout("ac-service"), "/status/restartedAt"), std::string("2026-11-23T03:12:40Z"));
    }

    void scaleShowsInPodsAndMetrics()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "ac-service", {{"spec", {{"replicas", 6}}}});
        h.advance(30.0);
        QCOMPARE(h.pods("ac-service"), 6);
        QCOMPARE(h.value(quoted("service:replicas_ready{service='ac-service'}").c_str(), 30.0), 6.0);
        h.merge("Rollout", "ac-service", {{"spec", {{"replicas", 3}}}});
        h.advance(60.0);
        QCOMPARE(h.pods("ac-service"), 3);
    }

    void blueGreenSwitchesAndKeepsTheOldColourForAnHour()
    {
        ClusterHarness h("blue-green-migration");
        const std::string blue = text(h.rollout("mh-service"), "/status/blueGreen/activeSelector");
        h.merge("Rollout", "mh-service", {{"status", {{"pauseConditions", nullptr}}}});
        Json mh = h.rollout("mh-service");
        const std::string green = text(mh, "/status/blueGreen/activeSelector");
        QVERIFY(green != blue);
        QCOMPARE(text(mh, "/status/phase"), std::string("Healthy"));
        QCOMPARE(text(h.object("ReplicaSet", "mh-service-" + blue), "/metadata/annotations/scale-down-deadline"),
                 std::string("2026-11-23T04:12:40Z"));
        h.advance(1800.0);
        QCOMPARE(h.pods("mh-service", blue), 6);
        h.undoTo("Rollout", "mh-service", "release 2.8.0");
        QCOMPARE(text(h.rollout("mh-service"), "/status/blueGreen/activeSelector"), blue);
        h.advance(1801.0 + 3700.0);
        QCOMPARE(h.pods("mh-service", green), 0);
        QCOMPARE(h.pods("mh-service", blue), 6);
    }

    void blueGreenPreviewIsDiscardedByAnAbort()
    {
        ClusterHarness h("blue-green-migration");
        h.merge("Rollout", "mh-service", abortPatch);
        h.advance(100.0);
        const Json mh = h.rollout("mh-service");
        QCOMPARE(text(mh, "/status/phase"), std::string("Degraded"));
        QCOMPARE(h.pods("mh-service"), 6);
    }

    void deploymentUndoAndPause()
    {
        ClusterHarness h("bad-canary");
        h.merge("Deployment", "otel-collector", {{"spec", {{"paused", true}}}});
        h.undoTo("Deployment", "otel-collector", "platform 0.111.0");
        h.advance(60.0);
        QCOMPARE(
            text(h.object("Deployment", "otel-collector"), "/metadata/annotations/deployment.kubernetes.io~1revision"),
            std::string("3"));
        h.merge("Deployment", "otel-collector", {{"spec", {{"paused", nullptr}}}});
        h.advance(120.0);
        const Json after = h.object("Deployment", "otel-collector");
        QCOMPARE(text(after, "/metadata/annotations/deployment.kubernetes.io~1revision"), std::string("4"));
        QCOMPARE(number(after, "/status/updatedReplicas"), 2);
        QCOMPARE(h.pods("otel-collector"), 2);
    }

    void statefulSetUndoReplacesPodAfterPod()
    {
        ClusterHarness h("bad-canary");
        std::string before;
        for (const Json &revision : h.all("ControllerRevision", "redis"))
            if (revision["revision"] == 1)
                before =
                    revision["data"]["spec"]["template"].value("/spec/containers/0/image"_json_pointer, std::string());
        QVERIFY(before.find("7.2.4") != std::string::npos);
        h.merge(
            "StatefulSet", "redis",
            {{"spec",
              {{"template", {{"spec", {{"containers", Json::array({{{"name", "redis"}, {"image", before}}})}}}}}}}});
        h.advance(60.0);
        QVERIFY(h.object("StatefulSet", "redis")["status"]["updatedReplicas"].get<int>() < 3);
        h.advance(400.0);
        QCOMPARE(number(h.object("StatefulSet", "redis"), "/status/updatedReplicas"), 3);
        QCOMPARE(h.object("Pod", "redis-0")["spec"]["containers"][0]["image"].get<std::string>(), before);
    }

    void daemonSetReplacesItsPods()
    {
        ClusterHarness h("bad-canary");
        h.merge("DaemonSet", "node-agent",
                {{"spec",
                  {{"template", {{"metadata", {{"annotations", {{"kubectl.kubernetes.io/restartedAt", "now"}}}}}}}}}});
        h.advance(300.0);
        QCOMPARE(number(h.object("DaemonSet", "node-agent"), "/status/updatedNumberScheduled"), 3);
    }

    void gitOpsPutsAnUndoBackButNotAnAbort()
    {
        ClusterHarness h("gitops-fights-back");
        const std::string bad = text(h.rollout(), "/status/currentPodHash");
        h.merge("Rollout", "gc-service", abortPatch);
        h.advance(120.0);
        QVERIFY(h.rollout()["status"]["abort"].get<bool>());
        h.undoTo("Rollout", "gc-service", "release 1.42.3");
        QVERIFY(text(h.rollout(), "/status/currentPodHash") != bad);
        h.advance(190.0);
        QCOMPARE(text(h.rollout(), "/status/currentPodHash"), bad);
    }

    void gitOpsLeavesAloneWhatIsNotSyncedAutomatically()
    {
        ClusterHarness h("gitops-fights-back");
        h.cluster.write(*resourceOfKind("Application"), "argocd", "dark-tower", false,
                        [](const ObjectStore::Object &stored) -> std::variant<Json, ApiStatus> {
                            Json object = *stored;
                            object["spec"]["syncPolicy"].erase("automated");
                            return object;
                        });
        h.undoTo("Rollout", "gc-service", "release 1.42.3");
        const std::string good = text(h.rollout(), "/status/currentPodHash");
        h.advance(300.0);
        QCOMPARE(text(h.rollout(), "/status/currentPodHash"), good);
    }

    void latestTagIsOneImageTwice()
    {
        const ClusterHarness h("latest-tag");
        std::set<std::string> digests;
        std::set<std::string> hashes;
        for (const Json &pod : h.all("Pod", "gc-service")) {
            digests.insert(pod["status"]["containerStatuses"][0]["imageID"]);
            hashes.insert(text(pod, "/metadata/labels/rollouts-pod-template-hash"));
        }
        QCOMPARE(digests.size(), std::size_t(1));
        QCOMPARE(hashes.size(), std::size_t(2));
    }

    void contractMigrationIsMarkedOnTheNewRevision()
    {
        const ClusterHarness h("contract-migration");
        const Json gc = h.rollout();
        QCOMPARE(text(gc, "/spec/template/metadata/annotations/dt-cockpit~1migration"), std::string("contract"));
    }

    void flagBreaksStableToo()
    {
        const ClusterHarness h("flag-not-canary");
        QVERIFY(h.value(quoted("service:error_ratio_by_version:rate5m{service='gc-service',track='stable'}").c_str(),
                        0.0) > 0.05);
        QVERIFY(h.value(quoted("service:error_ratio_by_version:rate5m{service='gc-service',track='stable'}").c_str(),
                        -1010.0) < 0.001);
    }

    void aDeletedPodComesBack()
    {
        ClusterHarness h("bad-canary");
        QVERIFY(h.cluster.endPod("redis-1") != nullptr);
        QVERIFY(h.object("Pod", "redis-1")["metadata"].contains("deletionTimestamp"));
        h.advance(60.0);
        QVERIFY(!h.object("Pod", "redis-1")["metadata"].contains("deletionTimestamp"));
        QVERIFY(h.cluster.endPod("no-such-pod") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestDemoControllers)
#include "tst_demo_controllers.moc"
