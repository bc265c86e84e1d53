// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"
#include "tests/demo/kubernetes_http.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

std::unique_ptr<Simulation> breakerSimulation(const char *scenario, std::vector<SimOptions::Fault> faults = {})
{
    SimOptions options;
    options.scenario = scenario;
    options.speed = 1.0;
    options.faults = std::move(faults);
    Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
    return simulation ? std::move(simulation).value() : nullptr;
}

/// One world, the API server in front of its pods, and the names of gc-service's pods.
struct BreakerWorld {
    explicit BreakerWorld(const char *scenario, std::vector<SimOptions::Fault> faults = {})
        : sim(breakerSimulation(scenario, std::move(faults)))
        , api(sim->kubernetesUrls().front())
        , direct(sim->backendUrls().services.at("gc-service"))
    {
        const Json list = api.get(std::string(coreRoot) + "/pods?labelSelector=app%3Dgc-service").json();
        for (const Json &pod : list["items"])
            pods.push_back(pod["metadata"]["name"]);
    }
    static std::string proxy(const std::string &pod, const std::string &path)
    {
        return std::string(coreRoot) + "/pods/" + pod + ":8080/proxy" + path;
    }
    Json breakers(const std::string &pod)
    {
        return api.get(proxy(pod, "/actuator/circuitbreakers")).json()["circuitBreakers"];
    }
    ApiAnswer set(const std::string &pod, const std::string &name, const char *state)
    {
        return api.post(proxy(pod, "/actuator/circuitbreakers/" + name), Json{{"updateState", state}}.dump());
    }

    std::unique_ptr<Simulation> sim;
    ApiCaller api;
    httplib::Client direct;
    std::vector<std::string> pods{};
};

} // namespace

/// The backends of breakers answer as the real ones do (design/backends.md §7 and §12), over real sockets.
class TestBreakerFaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void actuatorListsItsBreakersThroughTheApiServer()
    {
        BreakerWorld w("bad-canary");
        QCOMPARE(w.pods.size(), std::size_t(8));
        const Json list = w.breakers(w.pods[0]);
        QCOMPARE(list.size(), std::size_t(3));
        const Json &join = list["mc-service"];
        QCOMPARE(join["state"].get<std::string>(), std::string("HALF_OPEN"));
        QCOMPARE(join["failureRateThreshold"].get<std::string>(), std::string("50.0%"));
        for (const char *key : {"failureRate", "slowCallRate", "slowCallRateThreshold"})
            QVERIFY2(join[key].get<std::string>().ends_with('%'), key);
        for (const char *key : {"bufferedCalls", "failedCalls", "slowCalls", "slowFailedCalls", "notPermittedCalls"})
            QVERIFY2(join[key].is_number_integer(), key);
        QVERIFY(join["notPermittedCalls"].get<int>() > 0);
        QVERIFY(list.contains("ac-service/token"));
    }

    void aForcedStateIsOfOnePodAndIsReadBack()
    {
        BreakerWorld w("bad-canary");
        const ApiAnswer answer = w.set(w.pods[1], "mc-service", "FORCE_OPEN");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()["currentState"].get<std::string>(), std::string("FORCED_OPEN"));
        QCOMPARE(answer.json()["circuitBreakerName"].get<std::string>(), std::string("mc-service"));
        QCOMPARE(w.breakers(w.pods[1])["mc-service"]["state"].get<std::string>(), std::string("FORCED_OPEN"));
        QCOMPARE(w.breakers(w.pods[1])["mc-service"]["failureRate"].get<std::string>(), std::string("-1.0%"));
        QCOMPARE(w.breakers(w.pods[2])["mc-service"]["state"].get<std::string>(), std::string("HALF_OPEN"));
        const Json events = w.api.get(BreakerWorld::proxy(w.pods[1], "/actuator/circuitbreakerevents/mc-service"))
                                .json()["circuitBreakerEvents"];
        QCOMPARE(events.back()["stateTransition"].get<std::string>(), std::string("HALF_OPEN_TO_FORCED_OPEN"));
        QVERIFY(events.back()["creationTime"].get<std::string>().ends_with("Z[UTC]"));
        const Json opened =
            w.api.get(BreakerWorld::proxy(w.pods[2], "/actuator/circuitbreakerevents/mc-service/STATE_TRANSITION"))
                .json()["circuitBreakerEvents"];
        QCOMPARE(opened.front()["stateTransition"].get<std::string>(), std::string("CLOSED_TO_OPEN"));
        QCOMPARE(w.set(w.pods[1], "mc-service", "CLOSE").json()["currentState"].get<std::string>(),
                 std::string("CLOSED"));
        QCOMPARE(w.breakers(w.pods[1])["mc-service"]["state"].get<std::string>(), std::string("CLOSED"));
    }

    void namesWithASlashOrABlankAreOneSegment()
    {
        BreakerWorld w("calm");
        QCOMPARE(w.set(w.pods[0], "ac-service%2Ftoken", "DISABLE").status, 200);
        QCOMPARE(w.breakers(w.pods[0])["ac-service/token"]["state"].get<std::string>(), std::string("DISABLED"));
        QCOMPARE(w.set(w.pods[0], "ac-service/token", "DISABLE").status, 404);
    }

    void aMistypedNameMakesAPhantom()
    {
        BreakerWorld w("calm");
        QCOMPARE(w.set(w.pods[0], "mc-servcie", "FORCE_OPEN").status, 200);
        QVERIFY(w.breakers(w.pods[0]).contains("mc-servcie"));
        QVERIFY(!w.breakers(w.pods[1]).contains("mc-servcie"));
    }

    void whatIsWrongIsRefusedAsSpringDoes()
    {
        BreakerWorld w("calm");
        QCOMPARE(w.set(w.pods[0], "mc-service", "FORCED_OPEN").status, 400);
        QCOMPARE(w.api.get(BreakerWorld::proxy("nobody", "/actuator/circuitbreakers")).status, 404);
        const ApiAnswer port = w.api.get(std::string(coreRoot) + "/pods/" + w.pods[0] + ":9999/proxy/actuator");
        QCOMPARE(port.status, 503);
        QVERIFY(port.body.find("connection refused") != std::string::npos);
        ApiCaller viewer(w.sim->kubernetesUrls().front(), "viewer");
        QCOMPARE(viewer.get(BreakerWorld::proxy(w.pods[0], "/actuator/circuitbreakers")).status, 200);
        const ApiAnswer refused =
            viewer.post(BreakerWorld::proxy(w.pods[0], "/actuator/circuitbreakers/redis"), "{}");
        QCOMPARE(refused.status, 403);
        QVERIFY(refused.body.find("pods/proxy") != std::string::npos);
    }

    void faultsOfTheActuator_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("reads");
        QTest::addColumn<int>("writes");
        QTest::newRow("csrf") << "csrf" << 200 << 403;
        QTest::newRow("read-only") << "read-only" << 200 << 405;
        QTest::newRow("error") << "error:503" << 503 << 503;
    }
    void faultsOfTheActuator()
    {
        QFETCH(QString, fault);
        BreakerWorld w("calm", {{"breakers", fault.toStdString()}});
        QTEST(w.api.get(BreakerWorld::proxy(w.pods[0], "/actuator/circuitbreakers")).status, "reads");
        QTEST(w.set(w.pods[0], "mc-service", "FORCE_OPEN").status, "writes");
    }

    void onePodOfManyDoesNotAnswer()
    {
        BreakerWorld w("calm", {{"breakers", "pod-down"}});
        const auto down = std::count_if(w.pods.begin(), w.pods.end(), [&](const std::string &pod) {
            const ApiAnswer answer = w.api.get(BreakerWorld::proxy(pod, "/actuator/circuitbreakers"));
            return answer.status == 503 && answer.body.find("connection refused") != std::string::npos;
        });
        QCOMPARE(down, 1);
    }

    void theOlderShapeListsNamesAlone()
    {
        BreakerWorld w("calm", {{"breakers", "old-shape"}});
        QVERIFY(w.breakers(w.pods[0]).is_array());
        QCOMPARE(w.set(w.pods[0], "redis", "FORCE_OPEN").status, 405);
        const Json health = w.api.get(BreakerWorld::proxy(w.pods[0], "/actuator/health")).json();
        QCOMPARE(health.value("/components/circuitBreakers/details/redis/details/state"_json_pointer, std::string()),
                 std::string("CLOSED"));
    }

    void thePlainPortReachesEveryPod()
    {
        BreakerWorld w("calm");
        const auto answer = w.direct.Post("/actuator/circuitbreakers/redis", Json{{"updateState", "FORCE_OPEN"}}.dump(),
                                          "application/json");
        QCOMPARE(answer->status, 200);
        for (const std::string &pod : w.pods)
            QCOMPARE(w.breakers(pod)["redis"]["state"].get<std::string>(), std::string("FORCED_OPEN"));
    }

    void envoyTellsAndIsTold()
    {
        BreakerWorld w("calm");
        httplib::Client envoy(w.sim->backendUrls().envoy);
        QCOMPARE(envoy.Get("/ready")->body, std::string("LIVE\n"));
        const Json clusters = Json::parse(envoy.Get("/clusters?format=json")->body)["cluster_statuses"];
        QCOMPARE(clusters.size(), std::size_t(2));
        const Json &limits = clusters[0]["circuit_breakers"]["thresholds"];
        QVERIFY(!limits[0].contains("priority") && limits[1]["priority"] == "HIGH");
        QVERIFY(clusters[0]["host_statuses"][0]["stats"][0]["value"].is_string());
        QCOMPARE(envoy.Get("/runtime_modify?a=1")->status, 405);
        QCOMPARE(envoy.Post("/runtime_modify")->status, 400);
        const auto told = envoy.Post("/runtime_modify?upstream.maintenance_mode.redis=100");
        QCOMPARE(told->body, std::string("OK\n"));
        const Json entry = Json::parse(envoy.Get("/runtime")->body)["entries"]["upstream.maintenance_mode.redis"];
        QCOMPARE(entry["final_value"].get<std::string>(), std::string("100"));
        QCOMPARE(w.sim->liveWorld().events().forces.back().mode, BreakerForce::Mode::Open);
        QVERIFY(envoy.Get("/stats/prometheus")
                    ->body.find("envoy_cluster_upstream_rq_maintenance_mode{envoy_cluster_name=\"redis\"}") !=
                std::string::npos);
        QCOMPARE(envoy.Post("/runtime_modify?upstream.maintenance_mode.redis=")->status, 200);
        QCOMPARE(w.sim->liveWorld().events().forces.back().mode, BreakerForce::Mode::None);
        QVERIFY(Json::parse(envoy.Get("/runtime")->body)["entries"].empty());
        BreakerWorld without("calm", {{"envoy", "no-admin-layer"}});
        httplib::Client closed(without.sim->backendUrls().envoy);
        QCOMPARE(closed.Post("/runtime_modify?a=1")->status, 503);
    }

    void ownBreakersEndTheirOverridesThemselves()
    {
        BreakerWorld w("calm");
        httplib::Client mh(w.sim->backendUrls().services.at("mh-service"));
        const auto list = [&] { return Json::parse(mh.Get("/breakers")->body)["breakers"]; };
        QCOMPARE(list()[0]["name"].get<std::string>(), std::string("mc-service"));
        const auto put = mh.Put("/breakers/mc-service/override",
                                R"({"mode":"open","ttl_s":900,"reason":"INC-7","actor":"alice"})", "application/json");
        QCOMPARE(put->status, 200);
        QCOMPARE(list()[0]["state"].get<std::string>(), std::string("forced_open"));
        QCOMPARE(list()[0]["override"]["reason"].get<std::string>(), std::string("INC-7"));
        QCOMPARE(mh.Put("/breakers/x/override", R"({"mode":"open"})", "application/json")->status, 404);
        QCOMPARE(mh.Put("/breakers/mc-service/override", R"({"mode":"wide"})", "application/json")->status, 400);
        QCOMPARE(mh.Delete("/breakers/mc-service/override")->status, 200);
        QVERIFY(list()[0]["override"].is_null());
    }

    void istioIsPatchedWithATestOnTheNameOfTheRoute()
    {
        BreakerWorld w("calm");
        const std::string root = "/apis/networking.istio.io/v1/namespaces/dark-tower";
        QCOMPARE(w.api.get(root + "/destinationrules").json()["items"].size(), std::size_t(4));
        const std::string path = root + "/virtualservices/mh-service";
        const std::string version = w.api.get(path).json()["metadata"]["resourceVersion"];
        const auto patchOf = [](const char *route) {
            const Json fault{{"abort", {{"percentage", {{"value", 100}}}, {"httpStatus", 503}}}};
            return Json::array({{{"op", "test"}, {"path", "/spec/http/0/name"}, {"value", route}},
                                {{"op", "add"}, {"path", "/spec/http/0/fault"}, {"value", fault}}});
        };
        constexpr const char *listPatch = "application/json-patch+json";
        QCOMPARE(w.api.patch(path, patchOf("other"), listPatch).status, 422);
        const ApiAnswer written = w.api.patch(path, patchOf("default"), listPatch);
        QCOMPARE(written.status, 200);
        QVERIFY(written.json()["metadata"]["resourceVersion"] != version);
        QCOMPARE(w.sim->world().events().aborts.back().share, 1.0);
        const Json undo = Json::array({{{"op", "replace"}, {"path", "/metadata/resourceVersion"}, {"value", version}},
                                       {{"op", "remove"}, {"path", "/spec/http/0/fault"}}});
        QCOMPARE(w.api.patch(path, undo, listPatch).status, 409);
        ApiCaller viewer(w.sim->kubernetesUrls().front(), "viewer");
        QCOMPARE(viewer.patch(path, patchOf("default"), listPatch).status, 403);
    }

    void podsOfAnotherRegionHaveBreakersOfTheirOwn()
    {
        BreakerWorld w("three-regions");
        ApiCaller other(w.sim->kubernetesUrls().back());
        const Json list = other.get(std::string(coreRoot) + "/pods?labelSelector=app%3Dgc-service").json();
        const std::string pod = list["items"][0]["metadata"]["name"];
        const std::string path = BreakerWorld::proxy(pod, "/actuator/circuitbreakers");
        QCOMPARE(other.get(path).json()["circuitBreakers"].size(), std::size_t(3));
        QCOMPARE(other.post(path + "/redis", Json{{"updateState", "FORCE_OPEN"}}.dump()).status, 200);
        QCOMPARE(other.get(path).json()["circuitBreakers"]["redis"]["state"].get<std::string>(),
                 std::string("FORCED_OPEN"));
    }

    void healthIsToldByEachInItsOwnShape()
    {
        BreakerWorld w("redis-down");
        const ApiAnswer ready = w.api.get(std::string(coreRoot) + "/services/ac-service:8080/proxy/ready");
        QCOMPARE(ready.status, 200);
        QCOMPARE(ready.json()["database"].get<std::string>(), std::string("healthy"));
        QCOMPARE(w.api.get(std::string(coreRoot) + "/services/ac-service:8080/proxy/health").body, std::string("OK"));
        QCOMPARE(w.api.get(std::string(coreRoot) + "/services/ac-service:81/proxy/health").status, 503);
        QCOMPARE(w.api.get(std::string(coreRoot) + "/services/nobody/proxy/health").status, 404);
        const auto spring = w.direct.Get("/actuator/health");
        QCOMPARE(spring->status, 503);
        const Json body = Json::parse(spring->body);
        QCOMPARE(body["status"].get<std::string>(), std::string("DOWN"));
        QCOMPARE(body["components"]["redis"]["status"].get<std::string>(), std::string("DOWN"));
        QCOMPARE(w.direct.Get("/actuator/health/liveness")->status, 200);
        httplib::Client mh(w.sim->backendUrls().services.at("mh-service"));
        const auto health = mh.Get("/health");
        QVERIFY(health->get_header_value("Content-Type").starts_with("application/health+json"));
        QCOMPARE(Json::parse(health->body)["status"].get<std::string>(), std::string("pass"));
    }

    void rawMetricsAreMicrometersAndAnswerQueries()
    {
        BreakerWorld w("bad-canary");
        const std::string metrics = w.sim->metricsUrl();
        httplib::Client client(metrics.substr(0, metrics.rfind('/')));
        const std::string text = client.Get("/metrics?service=gc-service")->body;
        QVERIFY(text.find("resilience4j_circuitbreaker_state{name=\"mc-service\",pod=") != std::string::npos);
        QVERIFY(text.find("# TYPE resilience4j_circuitbreaker_not_permitted_calls_total counter") != std::string::npos);
        httplib::Client prometheus(w.sim->prometheusUrl());
        const auto count = [&](const char *query) {
            const auto answer = prometheus.Get("/api/v1/query", {{"query", query}}, httplib::Headers());
            return Json::parse(answer->body)["data"]["result"].size();
        };
        QCOMPARE(count(R"(resilience4j_circuitbreaker_failure_rate{name="mc-service",job="gc-service"})"),
                 std::size_t(8));
        QCOMPARE(count("envoy_cluster_circuit_breakers_default_rq_open"), std::size_t(2));
        QCOMPARE(count("breaker:rejected:rate1m"), std::size_t(9));
        QCOMPARE(count("resilience4j_circuitbreaker_nothing"), std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(TestBreakerFaces)
#include "tst_breaker_faces.moc"
