// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::json;

namespace {

std::unique_ptr<Simulation> simulationOf(const char *scenario, std::vector<SimOptions::Fault> faults = {})
{
    SimOptions options;
    options.scenario = scenario;
    options.speed = 1.0;
    options.faults = std::move(faults);
    Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
    return simulation ? std::move(simulation).value() : nullptr;
}

struct Answer {
    int status = 0;
    std::string text{};
    Json json{};
};

Answer answerOf(const httplib::Result &result)
{
    if (!result)
        return {};
    return {result->status, result->body, Json::parse(result->body, nullptr, false)};
}

Answer get(const std::string &url, const std::string &path, const httplib::Params &params = {})
{
    return answerOf(httplib::Client(url).Get(path, params, httplib::Headers()));
}

} // namespace

/// The faces speak as the real servers do, over real sockets.
class TestDemoFaces : public QObject {
    Q_OBJECT

    std::unique_ptr<Simulation> m_sim;

private Q_SLOTS:
    void initTestCase()
    {
        m_sim = simulationOf("bad-canary");
        QVERIFY(m_sim != nullptr);
    }

    void instantQueryAnswersForTheWholeFleet()
    {
        const Answer answer = get(m_sim->prometheusUrl(), "/api/v1/query", {{"query", "service:requests:rate5m"}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json["data"]["resultType"].get<std::string>(), std::string("vector"));
        QCOMPARE(answer.json["data"]["result"].size(), std::size_t(6));
        QVERIFY(answer.json["data"]["result"][0]["value"][1].is_string());
    }

    void queriesMayBePosted()
    {
        const httplib::Params form{{"query", R"(service:error_ratio:rate5m{service=~"gc-.*|mc-.*"})"}};
        const Answer answer = answerOf(httplib::Client(m_sim->prometheusUrl()).Post("/api/v1/query", form));
        QCOMPARE(answer.json["data"]["result"].size(), std::size_t(2));
    }

    void anythingButASelectorIsRefusedInWords()
    {
        const Answer answer = get(m_sim->prometheusUrl(), "/api/v1/query", {{"query", "sum(up)"}});
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json["errorType"].get<std::string>(), std::string("execution"));
        QCOMPARE(get(m_sim->prometheusUrl(), "/api/v1/query").status, 400);
    }

    void rangeHoldsPointsAndItsLimit()
    {
        const double end = static_cast<double>(toEpochMs(m_sim->world().planned().start())) / 1000.0;
        const auto range = [&](double length, const char *step) {
            return get(m_sim->prometheusUrl(), "/api/v1/query_range",
                       {{"query", R"(service:error_ratio_by_version:rate5m{service="gc-service"})"},
                        {"start", std::to_string(end - length)}, {"end", std::to_string(end)}, {"step", step}});
        };
        const Answer hour = range(3600, "15s");
        QCOMPARE(hour.json["data"]["result"].size(), std::size_t(2));
        const Json &stable = hour.json["data"]["result"][1];
        QCOMPARE(stable["metric"]["track"].get<std::string>(), std::string("stable"));
        QCOMPARE(stable["values"].size(), std::size_t(241));
        QVERIFY(hour.json["data"]["result"][0]["values"].size() < 110);
        QCOMPARE(range(11001, "1").status, 400);
        QCOMPARE(range(11000, "1").status, 200);
        QCOMPARE(range(60, "0").status, 400);
    }

    void rulesTellStateAndHealth()
    {
        const Answer answer = get(m_sim->prometheusUrl(), "/api/v1/rules", {{"type", "alert"}});
        int firing = 0, pending = 0;
        for (const Json &group : answer.json["data"]["groups"])
            for (const Json &rule : group["rules"]) {
                firing += rule["state"] == "firing" ? 1 : 0;
                pending += rule["state"] == "pending" ? 1 : 0;
                QCOMPARE(rule["health"].get<std::string>(), std::string("ok"));
            }
        QCOMPARE(firing, 7);
        QCOMPARE(pending, 1);
        QCOMPARE(get(m_sim->prometheusUrl(), "/api/v1/rules", {{"type", "x"}}).status, 400);
    }

    void statusPathsAnswer()
    {
        for (const char *path : {"/-/ready", "/-/healthy", "/api/v1/status/buildinfo", "/api/v1/status/runtimeinfo",
                                 "/api/v1/status/flags", "/api/v1/targets", "/api/v1/alertmanagers", "/api/v1/alerts"})
            QCOMPARE(get(m_sim->prometheusUrl(), path).status, 200);
    }

    void alertsAreFilteredAsAlertmanagerDoes()
    {
        const std::string url = m_sim->alertmanagerUrls()[0];
        QCOMPARE(get(url, "/api/v2/alerts").json.size(), std::size_t(7));
        QCOMPARE(get(url, "/api/v2/alerts", {{"silenced", "false"}}).json.size(), std::size_t(5));
        QCOMPARE(get(url, "/api/v2/alerts", {{"active", "false"}}).json.size(), std::size_t(2));
        QCOMPARE(get(url, "/api/v2/alerts", {{"filter", "severity=\"page\""}}).json.size(), std::size_t(3));
        QCOMPARE(get(url, "/api/v2/alerts", {{"filter", "alertname=~\"GC.*\""}, {"filter", "track=\"canary\""}})
                     .json.size(), std::size_t(2));
        QCOMPARE(get(url, "/api/v2/alerts", {{"receiver", "oncall-.*"}}).json.size(), std::size_t(3));
        const Answer bad = get(url, "/api/v2/alerts", {{"filter", "severity="}});
        QCOMPARE(bad.status, 400);
        QVERIFY(bad.json.is_string());
    }

    void membersShareSilences()
    {
        const std::string a = m_sim->alertmanagerUrls()[0];
        const std::string b = m_sim->alertmanagerUrls()[1];
        const Json body{{"matchers", {{{"name", "alertname"}, {"value", "GCHighLatency"}, {"isRegex", false}}}},
                        {"startsAt", "2026-11-23T03:12:40.000Z"},
                        {"endsAt", "2026-11-23T05:00:00.000Z"},
                        {"createdBy", "tester"},
                        {"comment", "shared"}};
        const Answer made = answerOf(httplib::Client(a).Post("/api/v2/silences", body.dump(), "application/json"));
        QCOMPARE(made.status, 200);
        const std::string id = made.json["silenceID"].get<std::string>();
        QCOMPARE(get(b, "/api/v2/silence/" + id).json["status"]["state"].get<std::string>(), std::string("active"));
        QCOMPARE(get(b, "/api/v2/alerts", {{"silenced", "false"}}).json.size(), std::size_t(4));
        const auto removed = httplib::Client(b).Delete("/api/v2/silence/" + id);
        QCOMPARE(removed->status, 200);
        QVERIFY(removed->body.empty());
        QCOMPARE(get(a, "/api/v2/alerts", {{"silenced", "false"}}).json.size(), std::size_t(5));
        QCOMPARE(get(a, "/api/v2/silence/00000000-0000-4000-a000-000000000000").status, 404);
    }

    void groupsReceiversAndStatusAnswer()
    {
        const std::string url = m_sim->alertmanagerUrls()[1];
        QCOMPARE(get(url, "/api/v2/alerts/groups").json.size(), std::size_t(7));
        QCOMPARE(get(url, "/api/v2/receivers").json.size(), std::size_t(5));
        const Json status = get(url, "/api/v2/status").json;
        QCOMPARE(status["cluster"]["peers"].size(), std::size_t(2));
        QVERIFY(status["config"]["original"].get<std::string>().find("oncall-both") != std::string::npos);
    }

    void metricsArePerService()
    {
        const std::string url = m_sim->metricsUrl().substr(0, m_sim->metricsUrl().rfind('/'));
        const Answer gc = get(url, "/metrics", {{"service", "gc-service"}});
        QVERIFY(gc.text.find("gc_http_requests_total{") != std::string::npos);
        QVERIFY(gc.text.find("track=\"canary\"") != std::string::npos);
        QCOMPARE(get(url, "/metrics", {{"service", "nobody"}}).status, 404);
    }

    void falseCalmIsQuietOnlyInAlertmanager()
    {
        const auto sim = simulationOf("false-calm");
        QCOMPARE(get(sim->alertmanagerUrls()[0], "/api/v2/alerts").json.size(), std::size_t(0));
        QVERIFY(get(sim->prometheusUrl(), "/api/v1/alerts").json["data"]["alerts"].size() >= 5);
        const std::string rules = get(sim->prometheusUrl(), "/api/v1/rules").text;
        QVERIFY(rules.find("\"health\":\"err\"") != std::string::npos);
    }

    void sourcesDownAreDown()
    {
        const auto sim = simulationOf("sources-down");
        QCOMPARE(get(sim->prometheusUrl(), "/api/v1/query", {{"query", "x"}}).status, 503);
        QCOMPARE(get(sim->alertmanagerUrls()[0], "/-/ready").status, 200);
        QCOMPARE(get(sim->alertmanagerUrls()[1], "/-/ready").status, 0);
    }

    void faultsStandInFrontOfABackend()
    {
        const auto sim = simulationOf("calm", {{"prometheus", "error:503"}});
        QVERIFY(sim != nullptr);
        QCOMPARE(get(sim->prometheusUrl(), "/-/ready").status, 503);
        QVERIFY(simulationOf("calm", {{"nobody", "error:503"}}) == nullptr);
    }

    void stormIsTenMegabytes()
    {
        const auto sim = simulationOf("storm");
        // A client that accepts compression must not wait for it.
        const auto result = httplib::Client(sim->alertmanagerUrls()[0])
                                .Get("/api/v2/alerts", {{"Accept-Encoding", "gzip, deflate, br"}});
        QVERIFY(result && !result->has_header("Content-Encoding"));
        const Answer answer = answerOf(result);
        QVERIFY(answer.json.size() > 10000);
        QVERIFY2(answer.text.size() > 9000000, qPrintable(QString::number(answer.text.size())));
    }
};

QTEST_APPLESS_MAIN(TestDemoFaces)
#include "tst_demo_faces.moc"
