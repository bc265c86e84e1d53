// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"
#include "tests/demo/kubernetes_http.h"

#include <QTest>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

using namespace std::chrono_literals;

const std::string gcPath = std::string(argoRoot) + "/rollouts/gc-service";
const Json abortBody{{"status", {{"abort", true}}}};

std::unique_ptr<Simulation> simulationOf(const char *scenario, double speed = 1.0, const char *fault = nullptr)
{
    SimOptions options;
    options.scenario = scenario;
    options.speed = speed;
    options.configFile = "demo.yaml";
    if (fault != nullptr)
        options.faults.push_back({"kubernetes", fault});
    Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
    return simulation ? std::move(simulation).value() : nullptr;
}

/// A watch on a thread of its own, with the lines that it has seen.
class Watch {
public:
    Watch(const std::string &url, const std::string &path)
        : m_caller(url)
        , m_thread([this, path] {
            const auto result = m_caller.client().Get(
                path, m_caller.own(), [this](const char *data, size_t size) { return take(std::string(data, size)); });
            const std::lock_guard lock(m_mutex);
            m_ended = true;
            m_clean = static_cast<bool>(result);
            m_changed.notify_all();
        })
    {}
    ~Watch()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_caller.client().stop();
        m_thread.join();
    }

    /// Waits until a line fulfils `wanted`; false after 10 s.
    template <typename Wanted> bool until(Wanted wanted)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s, [&] { return std::any_of(m_lines.begin(), m_lines.end(), wanted); });
    }
    bool untilEnd()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s, [&] { return m_ended; });
    }
    bool endedCleanly() const { return m_clean; }

private:
    bool take(const std::string &bytes)
    {
        const std::lock_guard lock(m_mutex);
        m_rest += bytes;
        for (std::size_t end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n')) {
            m_lines.push_back(Json::parse(m_rest.substr(0, end), nullptr, false));
            m_rest.erase(0, end + 1);
        }
        m_changed.notify_all();
        return !m_stop;
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Json> m_lines{};
    std::string m_rest{};
    bool m_stop = false;
    bool m_ended = false;
    bool m_clean = false;
    ApiCaller m_caller;
    std::thread m_thread;
};

std::string revisionOfList(ApiCaller &caller, const std::string &path)
{
    return caller.get(path).json()["metadata"]["resourceVersion"];
}

} // namespace

/// The Kubernetes face over real sockets: reads, watches, guarded writes, two actors, and what a fault does.
class TestDemoKubernetes : public QObject {
    Q_OBJECT

    std::unique_ptr<Simulation> m_sim;
    std::string m_url;

private Q_SLOTS:
    void init()
    {
        m_sim = simulationOf("bad-canary");
        QVERIFY(m_sim != nullptr);
        m_url = m_sim->kubernetesUrls().front();
    }
    void cleanup() { m_sim.reset(); }

    void discoveryTellsWhatThereIs()
    {
        ApiCaller caller(m_url);
        QCOMPARE(caller.get("/version").json()["minor"].get<std::string>(), std::string("26"));
        QCOMPARE(caller.get("/readyz").body, std::string("ok"));
        const Json resources = caller.get("/apis/argoproj.io/v1alpha1").json()["resources"];
        QVERIFY(std::any_of(resources.begin(), resources.end(),
                            [](const Json &one) { return one["name"] == "rollouts/status"; }));
        QCOMPARE(caller.get("/apis/flagger.app/v1beta1").status, 404);
    }

    void listsComeInPages()
    {
        ApiCaller caller(m_url);
        const std::string path = std::string(coreRoot) + "/pods?limit=10";
        Json page = caller.get(path).json();
        std::size_t seen = page["items"].size();
        QCOMPARE(seen, std::size_t(10));
        while (page["metadata"].contains("continue")) {
            page = caller.get(path + "&continue=" + page["metadata"]["continue"].get<std::string>()).json();
            seen += page["items"].size();
        }
        const Json all = caller.get(path + "&resourceVersion=0").json();
        QCOMPARE(seen, all["items"].size());
    }

    void selectorsSelect()
    {
        ApiCaller caller(m_url);
        const std::string pods = std::string(coreRoot) + "/pods?labelSelector=";
        QCOMPARE(caller.get(pods + "app%20in%20(redis,postgresql)").json()["items"].size(), std::size_t(6));
        QCOMPARE(caller.get(pods + "app%3Dredis,app!%3Dredis").json()["items"].size(), std::size_t(0));
        QCOMPARE(caller.get(pods + "app%3D%3D%3D").status, 400);
        const Json one =
            caller.get(std::string(argoRoot) + "/rollouts?fieldSelector=metadata.name%3Dgc-service").json();
        QCOMPARE(one["items"].size(), std::size_t(1));
    }

    void whatIsNotAllowedIsRefused()
    {
        ApiCaller caller(m_url);
        QCOMPARE(caller.get(std::string(coreRoot) + "/secrets").status, 403);
        QCOMPARE(caller.get("/api/v1/namespaces").status, 403);
        QCOMPARE(caller.get("/apis/argoproj.io/v1alpha1/rollouts").status, 403);
        const std::string review = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        const Json question{{"spec",
                             {{"resourceAttributes",
                               {{"namespace", "dark-tower"},
                                {"verb", "patch"},
                                {"group", "argoproj.io"},
                                {"resource", "rollouts"},
                                {"subresource", "status"}}}}}};
        const ApiAnswer allowed = caller.post(review, question.dump());
        QCOMPARE(allowed.status, 201);
        QVERIFY(allowed.json()["status"]["allowed"].get<bool>());
        QVERIFY(!ApiCaller(m_url, "viewer").post(review, question.dump()).json()["status"]["allowed"].get<bool>());
        QCOMPARE(ApiCaller(m_url, "viewer").patch(gcPath + "/status", abortBody).status, 403);
    }

    void aDryRunStoresNothing()
    {
        ApiCaller caller(m_url);
        const Json before = caller.get(gcPath).json();
        const Json answer = caller.patch(gcPath + "?dryRun=All", {{"spec", {{"replicas", 9}}}}).json();
        QCOMPARE(answer["metadata"]["generation"].get<int>(), before["metadata"]["generation"].get<int>() + 1);
        QVERIFY(answer["metadata"]["resourceVersion"] == before["metadata"]["resourceVersion"]);
        QCOMPARE(caller.get(gcPath).json()["spec"]["replicas"].get<int>(), 8);
        QCOMPARE(caller.patch(gcPath + "?dryRun=Yes", Json::object()).status, 422);
    }

    void eachSubresourceWritesItsOwnPart()
    {
        ApiCaller caller(m_url);
        const ApiAnswer dropped = caller.patch(gcPath, abortBody);
        QCOMPARE(dropped.status, 200);
        QVERIFY(!caller.get(gcPath).json()["status"].value("abort", false));
        QCOMPARE(caller.patch(gcPath + "/status", {{"spec", {{"replicas", 3}}}}).status, 200);
        QCOMPARE(caller.get(gcPath).json()["spec"]["replicas"].get<int>(), 8);
        QCOMPARE(caller.patch(gcPath + "/scale", {{"spec", {{"replicas", 9}}}}).json()["spec"]["replicas"].get<int>(),
                 9);
        QCOMPARE(caller.get(gcPath).json()["spec"]["replicas"].get<int>(), 9);
        Json scale = caller.get(gcPath + "/scale").json();
        scale["spec"]["replicas"] = 8;
        QCOMPARE(caller.put(gcPath + "/scale", scale).status, 200);
        QCOMPARE(caller.put(gcPath + "/scale", scale).status, 409);
    }

    void mediaTypesAndFieldsAreChecked()
    {
        ApiCaller caller(m_url);
        const char *strategic = "application/strategic-merge-patch+json";
        const Json pause{{"spec", {{"paused", true}}}};
        QCOMPARE(caller.patch(gcPath, pause, strategic).status, 415);
        QCOMPARE(
            caller.patch(std::string(appsRoot) + "/deployments/otel-collector?dryRun=All", pause, strategic).status,
            200);
        QCOMPARE(caller.patchText(gcPath, "{\"spec\":").status, 400);
        const ApiAnswer warned = caller.patch(gcPath + "?dryRun=All", {{"spec", {{"replicsa", 6}}}});
        QCOMPARE(warned.status, 200);
        QCOMPARE(warned.headers.count("Warning"), std::size_t(1));
        QCOMPARE(caller.post(gcPath + "/status", "{}").status, 403);
    }

    void ofTwoActorsOneWins()
    {
        ApiCaller first(m_url);
        ApiCaller second(m_url, "second");
        const std::string revision = first.get(gcPath).json()["metadata"]["resourceVersion"];
        Json guarded = abortBody;
        guarded["metadata"]["resourceVersion"] = revision;
        int codes[2] = {0, 0};
        std::thread other([&] { codes[1] = second.patch(gcPath + "/status?fieldManager=second", guarded).status; });
        codes[0] = first.patch(gcPath + "/status?fieldManager=dt-cockpit", guarded).status;
        other.join();
        QCOMPARE(std::min(codes[0], codes[1]), 200);
        QCOMPARE(std::max(codes[0], codes[1]), 409);
        const Json gc = first.get(gcPath).json();
        const std::string winner = codes[0] == 200 ? "dt-cockpit" : "second";
        const Json &managers = gc["metadata"]["managedFields"];
        QVERIFY(std::any_of(managers.begin(), managers.end(), [&](const Json &entry) {
            return entry["manager"] == winner && entry.value("subresource", std::string()) == "status";
        }));
    }

    void aWatchTellsWhatHappens()
    {
        ApiCaller caller(m_url);
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        const std::string revision = revisionOfList(caller, rollouts);
        Watch watch(m_url,
                    rollouts + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=30&resourceVersion=" + revision);
        QCOMPARE(caller.patch(gcPath + "/status", abortBody).status, 200);
        QVERIFY(watch.until([](const Json &line) {
            return line["type"] == "MODIFIED" && line["object"]["status"]["phase"] == "Degraded";
        }));
    }

    void aWatchEndsWithABookmarkAndCleanly()
    {
        ApiCaller caller(m_url);
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        Watch watch(m_url, rollouts + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" +
                               revisionOfList(caller, rollouts));
        caller.patch(gcPath, {{"metadata", {{"annotations", {{"example.test/touched", "1"}}}}}});
        QVERIFY(watch.untilEnd());
        QVERIFY(watch.endedCleanly());
        QVERIFY(watch.until([](const Json &line) { return line["type"] == "BOOKMARK"; }));
    }

    void leavingTheSelectorIsADeletion()
    {
        ApiCaller caller(m_url);
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        Watch watch(m_url, rollouts + "?watch=1&timeoutSeconds=30&labelSelector=app%3Dgc-service&resourceVersion=" +
                               revisionOfList(caller, rollouts));
        caller.patch(gcPath, {{"metadata", {{"labels", {{"app", "other"}}}}}});
        QVERIFY(watch.until([](const Json &line) {
            return line["type"] == "DELETED" && line["object"]["metadata"]["labels"]["app"] == "gc-service";
        }));
    }

    void aRestartCutsWatchesAndForgets()
    {
        ApiCaller caller(m_url);
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        const std::string revision = revisionOfList(caller, rollouts);
        caller.patch(gcPath, {{"metadata", {{"annotations", {{"example.test/touched", "1"}}}}}});
        Watch watch(m_url, rollouts + "?watch=1&timeoutSeconds=30&resourceVersion=" + revision);
        QVERIFY(watch.until([](const Json &line) { return line["type"] == "MODIFIED"; }));
        m_sim->clusters().front()->restartServer(10min);
        QVERIFY(watch.untilEnd());
        QVERIFY(!watch.endedCleanly());
        QCOMPARE(caller.get(rollouts).status, 403);
        m_sim->clusters().front()->restartServer(0ms);
        QCOMPARE(caller.get(rollouts).status, 200);
        const Json expired = caller.get(rollouts + "?watch=1&timeoutSeconds=5&resourceVersion=" + revision).json();
        QCOMPARE(expired["object"]["code"].get<int>(), 410);
    }

    void anAbortShowsInTheMetrics()
    {
        m_sim = simulationOf("bad-canary", 400.0);
        QVERIFY(m_sim != nullptr);
        ApiCaller caller(m_sim->kubernetesUrls().front());
        QCOMPARE(caller.patch(gcPath + "/status", abortBody).status, 200);
        httplib::Client prometheus(m_sim->prometheusUrl());
        const auto ratio = [&] {
            const auto answer = prometheus.Get(
                "/api/v1/query", {{"query", "service:error_ratio:rate5m{service=\"gc-service\"}"}}, httplib::Headers());
            const Json result = Json::parse(answer->body)["data"]["result"];
            return result.empty() ? 1.0 : std::stod(result[0]["value"][1].get<std::string>());
        };
        QTRY_VERIFY_WITH_TIMEOUT(ratio() < 0.001, 10000);
        const Json pods = caller.get(std::string(coreRoot) + "/pods?labelSelector=app%3Dgc-service").json()["items"];
        QCOMPARE(pods.size(), std::size_t(8));
    }

    void whoeverChangesItBetweenPlanAndPatchWins()
    {
        m_sim = simulationOf("conflict");
        ApiCaller caller(m_sim->kubernetesUrls().front());
        Json guarded = abortBody;
        guarded["metadata"]["resourceVersion"] = caller.get(gcPath).json()["metadata"]["resourceVersion"];
        QCOMPARE(caller.patch(gcPath + "/status?dryRun=All", guarded).status, 200);
        QCOMPARE(caller.patch(gcPath + "/status", guarded).status, 409);
        const Json gc = caller.get(gcPath).json();
        QCOMPARE(gc["metadata"]["annotations"]["example.test/touched-by"].get<std::string>(), std::string("second"));
        guarded["metadata"]["resourceVersion"] = gc["metadata"]["resourceVersion"];
        QCOMPARE(caller.patch(gcPath + "/status", guarded).status, 200);
    }

    void faultsByWord()
    {
        m_sim = simulationOf("bad-canary", 1.0, "forbidden");
        QCOMPARE(ApiCaller(m_sim->kubernetesUrls().front()).patch(gcPath + "/status", abortBody).status, 403);
        m_sim = simulationOf("bad-canary", 1.0, "conflict");
        QCOMPARE(ApiCaller(m_sim->kubernetesUrls().front()).patch(gcPath + "/status", abortBody).status, 409);
        m_sim = simulationOf("bad-canary", 1.0, "drop-patches");
        ApiCaller dropping(m_sim->kubernetesUrls().front());
        QCOMPARE(dropping.patch(gcPath + "/status", abortBody).status, 200);
        QVERIFY(!dropping.get(gcPath).json()["status"].value("abort", false));
        m_sim = simulationOf("bad-canary", 1.0, "gone");
        ApiCaller gone(m_sim->kubernetesUrls().front());
        const std::string rollouts = std::string(argoRoot) + "/rollouts";
        const Json event = gone.get(rollouts + "?watch=1&resourceVersion=" + revisionOfList(gone, rollouts)).json();
        QCOMPARE(event["object"]["reason"].get<std::string>(), std::string("Expired"));
        m_sim = simulationOf("bad-canary", 1.0, "error:503");
        QCOMPARE(ApiCaller(m_sim->kubernetesUrls().front()).get(rollouts).status, 503);
        QVERIFY(simulationOf("bad-canary", 1.0, "nonsense") == nullptr);
    }

    void threeRegionsAreThreeServers()
    {
        m_sim = simulationOf("three-regions");
        QCOMPARE(m_sim->kubernetesUrls().size(), std::size_t(3));
        for (const std::string &url : m_sim->kubernetesUrls())
            QCOMPARE(ApiCaller(url).get(gcPath).status, 200);
        ApiCaller last(m_sim->kubernetesUrls().back());
        QCOMPARE(last.patch(gcPath + "/status", abortBody).status, 200);
        ApiCaller firstRegion(m_sim->kubernetesUrls().front());
        QVERIFY(!firstRegion.get(gcPath).json()["status"].value("abort", false));
    }

    void configurationNamesWhatStandsBesideIt()
    {
        const std::string configuration = m_sim->configuration();
        QVERIFY(configuration.find("kubeconfig: demo.kubeconfig") != std::string::npos);
        QVERIFY(configuration.find("rollout/gc-service") != std::string::npos);
        const auto companions = m_sim->companions();
        QVERIFY(companions.size() >= 2);
        QVERIFY(companions[0].second.find(m_url) != std::string::npos);
        QVERIFY(companions[1].second.find("initial_percentage: 5%") != std::string::npos);
        QVERIFY(Json::parse(m_sim->readyLine())["kubernetes"][0] == m_url);
    }
};

QTEST_GUILESS_MAIN(TestDemoKubernetes)
#include "tst_demo_kubernetes.moc"
