// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/cluster_harness.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

/// A cluster whose autoscalers see how busy its pods are.
struct BusyCluster {
    explicit BusyCluster(const char *scenario)
        : start(*parseRfc3339("2026-11-23T03:12:40Z"))
        , clock(start)
        , live(*scenarioByName(scenario), 42, start)
        , cluster({live.planned().scenario().cluster,
                   "eu-west-1",
                   42,
                   {},
                   [this](const WorldEvents &events) { live.change(events); },
                   [this](const std::string &service, Offset at) {
                       const std::shared_ptr<const Epoch> epoch = live.epoch();
                       const ServiceFlows *flows = epoch->world.service(service);
                       return flows != nullptr ? flows->processors(at) : 0.0;
                   }},
                  clock, start)
    {}
    void advance(Offset to)
    {
        clock.set(to);
        cluster.advanceTo(to);
    }
    Json object(const char *kind, const std::string &name) const
    {
        return *cluster.read(
            [&](const ObjectStore &store) { return store.find(*resourceOfKind(kind), "dark-tower", name); });
    }
    void merge(const char *kind, const std::string &name, const Json &patch)
    {
        cluster.write(*resourceOfKind(kind), "dark-tower", name, false,
                      [&](const ObjectStore::Object &stored) -> std::variant<Json, ApiStatus> {
                          Json changed = *stored;
                          changed.merge_patch(patch);
                          return changed;
                      });
    }
    double level(Offset at) const
    {
        const std::shared_ptr<const Epoch> epoch = live.epoch();
        return epoch->world.service("mc-service")->sheddingLevel(at);
    }
    /// Status and reason of a condition of an autoscaler.
    std::string condition(const std::string &name, const char *type) const
    {
        const Json scaler = object("HorizontalPodAutoscaler", name);
        for (const Json &one : scaler["status"]["conditions"])
            if (one["type"] == type)
                return one["status"].get<std::string>() + ' ' + one["reason"].get<std::string>();
        return {};
    }
    int replicas(const std::string &name) const { return object("Rollout", name)["spec"]["replicas"]; }

    Instant start;
    HandClock clock;
    LiveWorld live;
    Cluster cluster;
};

} // namespace

/// Autoscalers give pods within their limits, more pods shed less, and the mesh does what its routes say.
class TestDemoCapacity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAutoscalerAtItsMaximumSaysSo()
    {
        BusyCluster c("load-shedding");
        c.advance(60);
        QCOMPARE(c.replicas("mc-service"), 8);
        QCOMPARE(c.condition("mc-service", "ScalingLimited"), std::string("True TooManyReplicas"));
        QCOMPARE(c.condition("gc-service", "ScalingLimited"), std::string("False DesiredWithinRange"));
        const Json status = c.object("HorizontalPodAutoscaler", "mc-service")["status"];
        QCOMPARE(status["currentReplicas"].get<int>(), 8);
        QCOMPARE(status["desiredReplicas"].get<int>(), 8);
        QVERIFY(status.value("/currentMetrics/0/resource/current/averageUtilization"_json_pointer, 0) > 90);
    }

    void aHigherMaximumEndsTheSheddingAndItsEndBringsItBack()
    {
        BusyCluster c("load-shedding");
        c.advance(60);
        QVERIFY(c.level(60) >= 2);
        c.merge("HorizontalPodAutoscaler", "mc-service", {{"spec", {{"maxReplicas", 14}}}});
        c.advance(200);
        QVERIFY(c.replicas("mc-service") >= 11);
        QCOMPARE(c.level(200), 0.0);
        QCOMPARE(c.condition("mc-service", "ScalingLimited"), std::string("False DesiredWithinRange"));
        QCOMPARE(c.live.events().limits.back().maximum, 14);
        c.merge("HorizontalPodAutoscaler", "mc-service", {{"spec", {{"maxReplicas", 8}}}});
        c.advance(300);
        QCOMPARE(c.replicas("mc-service"), 8);
        QVERIFY(c.level(300) >= 2);
        c.merge("HorizontalPodAutoscaler", "mc-service", {{"spec", {{"maxReplicas", 20}, {"minReplicas", 16}}}});
        c.advance(400);
        QCOMPARE(c.replicas("mc-service"), 16);
    }

    void waitingRequestsKeepNoProcessorBusy()
    {
        BusyCluster c("redis-down");
        c.advance(120);
        QCOMPARE(c.replicas("gc-service"), 8);
        QCOMPARE(c.condition("gc-service", "ScalingLimited"), std::string("False DesiredWithinRange"));
    }

    void aFaultInARouteAbortsTheCalls()
    {
        BusyCluster c("calm");
        const Json route = c.object("VirtualService", "mh-service")["spec"]["http"][0];
        QCOMPARE(route["name"].get<std::string>(), std::string("default"));
        Json broken = route;
        broken["fault"] = {{"abort", {{"percentage", {{"value", 100}}}, {"httpStatus", 503}}}};
        c.clock.set(30);
        c.merge("VirtualService", "mh-service", {{"spec", {{"http", Json::array({broken})}}}});
        QCOMPARE(c.live.events().aborts.back().share, 1.0);
        QCOMPARE(c.live.epoch()->world.scenario().breaker("mc-service", "mh-service")->stateAt(60), std::string("open"));
        c.clock.set(100);
        c.merge("VirtualService", "mh-service", {{"spec", {{"http", Json::array({route})}}}});
        QCOMPARE(c.live.events().aborts.back().share, 0.0);
        QVERIFY(c.object("DestinationRule", "mc-service")["spec"]["trafficPolicy"].contains("outlierDetection"));
    }
};

QTEST_APPLESS_MAIN(TestDemoCapacity)
#include "tst_demo_capacity.moc"
