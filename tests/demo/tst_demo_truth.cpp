// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/ground_truth.h"
#include "app/demo/simulation.h"

#include <QTest>

#include <cmath>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::json;

namespace {

constexpr double truthDay = 86400.0;

Json truthAsked(const std::string &url, const std::string &path, const httplib::Params &params)
{
    const httplib::Result result = httplib::Client(url).Get(path, params, httplib::Headers());
    return result ? Json::parse(result->body, nullptr, false) : Json();
}

} // namespace

/// What the faces say over HTTP is what the generator knows.
class TestDemoTruth : public QObject {
    Q_OBJECT

    std::unique_ptr<Simulation> m_sim;
    const World &world() const { return m_sim->world().planned(); }

private Q_SLOTS:
    void initTestCase()
    {
        SimOptions options;
        options.speed = 1.0;
        Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
        QVERIFY(simulation.has_value());
        m_sim = std::move(simulation).value();
    }

    void budgetsOfNinetyDays()
    {
        for (const double days : {0.0, 5.0, 12.5, 29.0, 45.0, 59.0}) {
            // On the scrape's grid: what is asked for is the newest sample.
            const Offset at = -days * truthDay;
            const std::string time = std::to_string(static_cast<double>(toEpochMs(world().toInstant(at))) / 1000.0);
            const Json left = truthAsked(m_sim->prometheusUrl(), "/api/v1/query",
                                         {{"query", "slo:period_error_budget_remaining:ratio"}, {"time", time}});
            QCOMPARE(left["data"]["result"].size(), std::size_t(8));
            for (const Json &series : left["data"]["result"]) {
                const std::string service = series["metric"]["sloth_service"];
                const std::string name = series["metric"]["sloth_slo"];
                const double said = std::atof(series["value"][1].get<std::string>().c_str());
                QVERIFY2(std::abs(said - *trueBudgetLeft(world(), service, name, at)) < 1e-9, name.c_str());
            }
        }
    }

    void burnDownIsAsLongAsItsWindow()
    {
        const auto stamp = [this](Offset at) {
            return std::to_string(static_cast<double>(toEpochMs(world().toInstant(at))) / 1000.0);
        };
        const Json range = truthAsked(m_sim->prometheusUrl(), "/api/v1/query_range",
                                      {{"query", "slo:period_error_budget_remaining:ratio{sloth_service=\"gc-service\"}"},
                                       {"start", stamp(-30.0 * truthDay)}, {"end", stamp(0)}, {"step", "3600"}});
        QCOMPARE(range["data"]["result"].size(), std::size_t(2));
        QCOMPARE(range["data"]["result"][0]["values"].size(), std::size_t(721));
        const double burn = *trueBurn(world(), "gc-service", "joins-and-API-succeed", 0.0, 300.0);
        QVERIFY(burn > 16.5 && burn < 17.7);
    }

    void deploymentsAreTheReplicaSets()
    {
        int sets = 0;
        std::map<std::string, std::string> creation;
        const httplib::Headers operatorUser{{"Authorization", "Bearer " + ApiAccess::tokenOf("operator")}};
        const httplib::Result result = httplib::Client(m_sim->kubernetesUrls().front())
                                           .Get("/apis/apps/v1/namespaces/dark-tower/replicasets", operatorUser);
        QVERIFY(result && result->status == 200);
        const Json list = Json::parse(result->body);
        for (const Json &item : list["items"]) {
            ++sets;
            creation[item["metadata"]["ownerReferences"][0]["name"].get<std::string>() + ' ' +
                     item["metadata"]["creationTimestamp"].get<std::string>()] = item["metadata"]["name"];
        }
        const std::vector<TrueDeployment> truth = trueDeployments(world(), -90.0 * truthDay, 1.0);
        QCOMPARE(sets, static_cast<int>(truth.size()));
        for (const TrueDeployment &one : truth) {
            const std::string time = m_sim->clusters().front()->timeText(one.at);
            QVERIFY2(creation.contains(one.workload + ' ' + time), (one.workload + ' ' + one.version).c_str());
        }
    }

    void twoDeploymentsOfNinetyDaysFailed()
    {
        std::vector<TrueDeployment> failed = trueDeployments(world(), -90.0 * truthDay, 0.0);
        std::erase_if(failed, [](const TrueDeployment &one) { return !one.failedAt; });
        QCOMPARE(failed.size(), std::size_t(2));
        QCOMPARE(failed[0].version, std::string("1.40.0"));
        QCOMPARE(failed[1].version, std::string("1.42.2"));
        for (const TrueDeployment &one : failed) {
            QVERIFY(*one.restoredAt > *one.failedAt);
            QVERIFY(*trueBurn(world(), "gc-service", "joins-and-API-succeed", *one.failedAt + 1200.0, 300.0) > 10.0);
        }
    }
};

QTEST_APPLESS_MAIN(TestDemoTruth)
#include "tst_demo_truth.moc"
