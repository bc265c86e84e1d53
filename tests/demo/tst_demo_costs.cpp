// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/ground_truth.h"
#include "app/demo/simulation.h"

#include <QTest>

#include <cmath>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::json;

namespace {

std::unique_ptr<Simulation> costSimulation(const char *scenario, std::vector<SimOptions::Fault> faults = {})
{
    SimOptions options;
    options.scenario = scenario;
    options.speed = 1.0;
    options.faults = std::move(faults);
    Result<std::unique_ptr<Simulation>> simulation = Simulation::start(options);
    return simulation ? std::move(simulation).value() : nullptr;
}

struct CostAnswer {
    int status = 0;
    std::string text{};
    Json json{};
};

CostAnswer askCost(const Simulation &simulation, const std::string &path, const httplib::Params &params = {})
{
    const httplib::Result result =
        httplib::Client(simulation.backendUrls().openCost).Get(path, params, httplib::Headers());
    if (!result)
        return {};
    return {result->status, result->body, Json::parse(result->body, nullptr, false)};
}

double sumOfSets(const Json &sets, const std::string &name)
{
    double sum = 0;
    for (const Json &set : sets)
        if (set.contains(name))
            sum += set[name]["totalCost"].get<double>();
    return sum;
}

bool isNear(double a, double b, double part) { return std::abs(a - b) <= part * std::abs(b); }

const char *november = "2026-11-01T00:00:00Z,2026-11-23T00:00:00Z";
const Instant novemberFrom = *parseRfc3339("2026-11-01T00:00:00Z");
const Instant novemberTo = *parseRfc3339("2026-11-23T00:00:00Z");

} // namespace

/// OpenCost's face says what the world's costs are, in OpenCost's own manner.
class TestDemoCosts : public QObject {
    Q_OBJECT

    std::unique_ptr<Simulation> m_sim;
    const World &world() const { return m_sim->world().planned(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_sim = costSimulation("bad-canary");
        QVERIFY(m_sim != nullptr);
    }

    void servicesCostWhatTheTruthSays_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<double>("toDate");
        QTest::newRow("mh") << QStringLiteral("mh-service") << 17640.0;
        QTest::newRow("mc") << QStringLiteral("mc-service") << 8910.0;
        QTest::newRow("gc") << QStringLiteral("gc-service") << 6550.0;
        QTest::newRow("ac") << QStringLiteral("ac-service") << 2050.0;
        QTest::newRow("postgresql") << QStringLiteral("postgresql") << 5660.0;
        QTest::newRow("redis") << QStringLiteral("redis") << 1700.0;
    }
    void servicesCostWhatTheTruthSays()
    {
        QFETCH(QString, service);
        QFETCH(double, toDate);
        const std::string name = service.toStdString();
        const CostAnswer answer = askCost(*m_sim, "/allocation/compute",
                                          {{"window", november}, {"aggregate", "label:app"}, {"step", "1d"}});
        QCOMPARE(answer.json["code"].get<int>(), 200);
        QCOMPARE(answer.json["data"].size(), std::size_t(22));
        const double said = sumOfSets(answer.json["data"], name);
        const double truth = trueCost(world(), "app", name, novemberFrom, novemberTo);
        QVERIFY2(isNear(said, truth, 1e-6), qPrintable(QStringLiteral("%1, not %2").arg(said).arg(truth)));
        QVERIFY2(isNear(said, toDate, 0.09), qPrintable(QString::number(said)));
    }

    void aggregationsAddUpToTheSame()
    {
        const double truth = trueTotalCost(world(), novemberFrom, novemberTo);
        for (const char *aggregate : {"", "namespace", "controller", "label:team", "label:environment",
                                      "label:cost-center", "namespace,label:app,label:team"}) {
            const CostAnswer answer =
                askCost(*m_sim, "/allocation/compute", {{"window", november}, {"aggregate", aggregate}});
            QCOMPARE(answer.json["data"].size(), std::size_t(1));
            double sum = 0;
            for (const auto &[name, entry] : answer.json["data"][0].items())
                sum += entry["totalCost"].get<double>();
            QVERIFY2(isNear(sum, truth, 1e-6), aggregate);
        }
    }

    void keysAreOpenCosts()
    {
        const auto names = [this](const char *aggregate) {
            return askCost(*m_sim, "/allocation", {{"window", "7d"}, {"aggregate", aggregate}}).json["data"][0];
        };
        QVERIFY(names("controller").contains("rollout:gc-service"));
        QVERIFY(names("label:team").contains("__unallocated__"));
        QVERIFY(names("label:cost_center").contains("cc-2004"));
        QVERIFY(names("namespace,controller").contains("dark-tower-staging/rollout:mh-service"));
        QVERIFY(names("namespace").contains("__unmounted__"));
        const Json idle = askCost(*m_sim, "/allocation", {{"window", "1d"}, {"aggregate", "namespace"},
                                                          {"includeIdle", "true"}}).json["data"][0]["__idle__"];
        QVERIFY(idle["totalCost"].get<double>() > 0.0);
        // Nothing is used of what has no processors: that cannot be divided.
        QVERIFY(names("namespace")["__unmounted__"]["cpuEfficiency"].is_null());
    }

    void whatIsSharedIsTheIdleCost()
    {
        const httplib::Params params{{"window", november}, {"aggregate", "namespace"}};
        httplib::Params shared = params;
        shared.emplace("shareIdle", "true");
        httplib::Params idle = params;
        idle.emplace("includeIdle", "true");
        double a = 0, b = 0;
        const Json first = askCost(*m_sim, "/allocation", shared).json["data"][0];
        const Json second = askCost(*m_sim, "/allocation", idle).json["data"][0];
        for (const auto &[name, entry] : first.items())
            a += entry["totalCost"].get<double>();
        for (const auto &[name, entry] : second.items())
            b += entry["totalCost"].get<double>();
        QVERIFY(isNear(a, b, 1e-6));
    }

    void daysHaveTheShapeOfAWeekAndOfAnAnomaly()
    {
        const Json days = askCost(*m_sim, "/allocation/compute",
                                  {{"window", november}, {"aggregate", "label:app"}, {"step", "1d"}}).json["data"];
        const auto egress = [&](std::size_t day) { return days[day - 1]["mh-service"]["networkCost"].get<double>(); };
        QVERIFY(isNear(egress(14) / egress(12), 0.84, 0.05)); // Saturday against Thursday
        QVERIFY(isNear(egress(19) / egress(12), 1.31, 0.05));
        QVERIFY(isNear(egress(18) / egress(11), 1.0, 0.05));
    }

    void ninetyDaysAreThereAndNothingBefore()
    {
        const Json sets = askCost(*m_sim, "/allocation/compute",
                                  {{"window", "2026-08-20T00:00:00Z,2026-11-27T00:00:00Z"}, {"step", "1d"},
                                   {"aggregate", "namespace"}}).json["data"];
        QCOMPARE(sets.size(), std::size_t(99));
        QVERIFY(sets[4].empty());
        QVERIFY(!sets[5].empty());
        const Json &today = sets[95]["dark-tower"];
        QVERIFY(today["minutes"].get<double>() > 190.0 && today["minutes"].get<double>() < 240.0);
        QVERIFY(sets[96].empty());
        // September was the bad month.
        const auto month = [this](const char *from, const char *to) {
            return trueTotalCost(world(), *parseRfc3339(from), *parseRfc3339(to));
        };
        const double september = month("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z");
        QVERIFY2(september > 56000.0, qPrintable(QString::number(september)));
        QVERIFY(month("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z") < 56000.0);
    }

    void badQuestionsAreAnsweredAsOpenCostDoes()
    {
        for (const httplib::Params &params : {httplib::Params{{"window", "soon"}}, httplib::Params{},
                                              httplib::Params{{"window", "1d"}, {"aggregate", "colour"}},
                                              httplib::Params{{"window", "1d"}, {"step", "0"}}}) {
            const CostAnswer answer = askCost(*m_sim, "/allocation/compute", params);
            QCOMPARE(answer.status, 400);
            QVERIFY(answer.text.starts_with("Invalid '"));
            QVERIFY(answer.text.find("\"code\":400") != std::string::npos);
            QVERIFY(answer.json.is_discarded());
        }
    }

    void namedWindowsAnswer()
    {
        for (const char *window : {"today", "yesterday", "week", "month", "lastweek", "lastmonth", "30m", "12h", "7d",
                                   "1793836800,1793923200"})
            QCOMPARE(askCost(*m_sim, "/allocation", {{"window", window}}).status, 200);
        const double month = askCost(*m_sim, "/allocation", {{"window", "lastmonth"}, {"aggregate", "cluster"}})
                                 .json["data"][0]["eu-west-1"]["totalCost"].get<double>();
        QVERIFY(isNear(month, trueTotalCost(world(), *parseRfc3339("2026-10-01T00:00:00Z"), novemberFrom), 1e-6));
    }

    void assetsAreWhatItRunsOn()
    {
        const Json assets = askCost(*m_sim, "/assets", {{"window", "1d"}}).json["data"];
        QCOMPARE(assets.size(), std::size_t(6));
        QCOMPARE(askCost(*m_sim, "/healthz").status, 200);
    }

    void oldServersHaveOnePathOnly()
    {
        const auto sim = costSimulation("calm", {{"cost", "old-path"}});
        QCOMPARE(askCost(*sim, "/allocation/compute", {{"window", "1d"}}).status, 404);
        QCOMPARE(askCost(*sim, "/allocation", {{"window", "1d"}}).status, 200);
    }

    void longWindowsCanBeSlow()
    {
        const auto sim = costSimulation("calm", {{"cost", "slow-windows"}});
        httplib::Client client(sim->backendUrls().openCost);
        client.set_read_timeout(std::chrono::milliseconds(700));
        QVERIFY(!client.Get("/allocation", {{"window", "30d"}}, httplib::Headers()));
        QCOMPARE(askCost(*sim, "/allocation", {{"window", "1d"}}).status, 200);
    }

    void theConfigurationNamesIt()
    {
        const std::string yaml = m_sim->configuration();
        QVERIFY(yaml.find("cost: {kind: opencost, url: \"" + m_sim->backendUrls().openCost) != std::string::npos ||
                yaml.find("cost: {kind: opencost, url: " + m_sim->backendUrls().openCost) != std::string::npos);
    }

    void prometheusKnowsThePricesToo()
    {
        const auto value = [this](const char *query) {
            const httplib::Result result = httplib::Client(m_sim->prometheusUrl())
                                               .Get("/api/v1/query", {{"query", query}}, httplib::Headers());
            return Json::parse(result->body)["data"]["result"];
        };
        QCOMPARE(value("node_cpu_hourly_cost").size(), std::size_t(3));
        const Json cores = value("container_cpu_allocation{namespace=\"dark-tower\",container=\"mc-service\"}");
        QVERIFY(std::atof(cores[0]["value"][1].get<std::string>().c_str()) > 100.0);
    }
};

QTEST_APPLESS_MAIN(TestDemoCosts)
#include "tst_demo_costs.moc"
