// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"
#include "app/demo/planned_pods.h"
#include "tests/demo/cluster_harness.h"

#include <QTest>

#include <cmath>
#include <ctime>
#include <set>
#include <sstream>

using namespace cockpit;
using namespace cockpit::demo;
using Json = nlohmann::ordered_json;

namespace {

constexpr Offset leverAt = 30.0;
/// A window of five minutes after the last effect.
constexpr Offset healedAt = 450.0;

std::string withQuotes(std::string selector)
{
    for (char &c : selector)
        c = c == '\'' ? '"' : c;
    return selector;
}

/// A scenario in which somebody acts.
struct LeverWorld {
    explicit LeverWorld(const char *scenario)
        : live(*scenarioByName(scenario), 42, *parseRfc3339("2026-11-23T03:12:40Z"))
        , before(live.epoch())
    {}
    void force(const char *from, const char *to, BreakerForce::Mode mode, Offset at, const std::string &pod = {})
    {
        live.force({from, to, pod, at, mode, PodLife::forever, {}, {}});
    }
    double value(const char *selector, Offset time) const { return valueIn(*live.epoch(), selector, time); }
    static double valueIn(const Epoch &epoch, const char *selector, Offset time)
    {
        const auto found = epoch.series.select(*parseSelector(withQuotes(selector)));
        return found.size() == 1 ? found.front().value(time).value_or(std::nan("")) : std::nan("");
    }
    std::set<std::string> firing(Offset time) const
    {
        std::set<std::string> names;
        const std::shared_ptr<const Epoch> epoch = live.epoch();
        for (const RuleAlerts &rule : epoch->rules.at(time))
            for (const ActiveAlert &alert : rule.alerts)
                if (alert.firing)
                    names.insert(rule.rule->name);
        return names;
    }

    LiveWorld live;
    std::shared_ptr<const Epoch> before;
};

constexpr const char *gcFails = "service:error_ratio:rate5m{service='gc-service'}";
constexpr const char *gcSlow = "service:latency_seconds:p99_5m{service='gc-service'}";
constexpr const char *mcFails = "service:error_ratio:rate5m{service='mc-service'}";

} // namespace

/// What somebody does to a breaker, a flag or the number of pods has the effect that it would have, from then on.
class TestBreakerEffects : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingChangesBeforeItsTime_data()
    {
        QTest::addColumn<QString>("scenario");
        for (const char *name : {"redis-down", "flag-gone-wrong", "load-shedding", "bad-canary"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void nothingChangesBeforeItsTime()
    {
        QFETCH(QString, scenario);
        LeverWorld w(scenario.toUtf8().constData());
        w.force("mc-service", "redis", BreakerForce::Mode::Open, leverAt);
        w.force("gc-service", "mc-service", BreakerForce::Mode::Open, leverAt);
        w.live.flip({"fast-join", "production", leverAt, false});
        const std::shared_ptr<const Epoch> after = w.live.epoch();
        QCOMPARE(after->series.all().size(), w.before->series.all().size());
        for (std::size_t i = 0; i < after->series.all().size(); ++i)
            for (const Offset time : {-3000.0, -600.0, 0.0, leverAt - 1.0}) {
                const std::optional<double> a = w.before->series.all()[i].value(time);
                const std::optional<double> b = after->series.all()[i].value(time);
                QVERIFY(a.has_value() == b.has_value());
                if (a)
                    QVERIFY2(std::abs(*a - *b) <= 1e-6 * std::max(1.0, std::abs(*a)),
                             after->series.all()[i].labels.at("__name__").c_str());
            }
    }

    void redisDownIsStoppedAtTheBreakerOfTheSessions()
    {
        LeverWorld w("redis-down");
        QVERIFY(w.value(gcFails, 0) > 0.05 && w.value(mcFails, 0) > 0.05 && w.value(gcSlow, 0) > 0.5);
        QVERIFY(w.value("service:saturation:ratio{service='gc-service'}", 0) > 0.85);
        w.force("mc-service", "redis", BreakerForce::Mode::Open, leverAt);
        QVERIFY2(w.value(gcFails, healedAt) < 0.002, qPrintable(QString::number(w.value(gcFails, healedAt))));
        QVERIFY(w.value(gcSlow, healedAt) < 0.218);
        QVERIFY2(w.value(mcFails, healedAt) < 0.005, qPrintable(QString::number(w.value(mcFails, healedAt))));
        QVERIFY(w.value("service:saturation:ratio{service='gc-service'}", healedAt) < 0.65);
        QVERIFY(w.value("service:saturation:ratio{service='mc-service'}", healedAt) < 0.65);
        QCOMPARE(w.value("breaker:state{from='gc-service',to='mc-service',state='closed'}", healedAt), 1.0);
        QCOMPARE(w.value("breaker:state{from='mc-service',to='redis',state='forced_open'}", healedAt), 1.0);
        QVERIFY(w.value("breaker:fallback_calls:rate1m{from='mc-service',to='redis'}", healedAt) > 600);
        const std::set<std::string> firing = w.firing(healedAt + 300);
        QVERIFY(firing.count("RedisDown") > 0);
        for (const char *name : {"GCHighErrorRate", "GCHighLatency", "ServiceDegraded", "LoadSheddingActive"})
            QVERIFY2(firing.count(name) == 0, name);
        // Given back while Redis is still gone, it is as bad again.
        w.force("mc-service", "redis", BreakerForce::Mode::None, 900);
        QVERIFY(w.value(mcFails, 1500) > 0.05 && w.value(gcSlow, 1500) > 0.5);
        QCOMPARE(w.value("breaker:state{from='mc-service',to='redis',state='half_open'}", 1500), 1.0);
    }

    void aFlagThatIsOffHealsWithinThePollOfItsReaders_data()
    {
        QTest::addColumn<QString>("scenario");
        for (const char *name : {"flag-gone-wrong", "flag-not-canary", "bad-canary"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aFlagThatIsOffHealsWithinThePollOfItsReaders()
    {
        QFETCH(QString, scenario);
        LeverWorld w(scenario.toUtf8().constData());
        QVERIFY(w.value(gcFails, 0) > 0.01 && w.value(gcSlow, 0) > 0.3);
        w.live.flip({"fast-join", "staging", leverAt, false});
        QVERIFY(w.value(gcFails, healedAt) > 0.01);
        w.live.flip({"fast-join", "production", leverAt, false});
        QVERIFY(w.value(gcFails, healedAt) < 0.001);
        QVERIFY(w.value(gcSlow, healedAt) < 0.2);
        QVERIFY(w.value(mcFails, healedAt) < 0.001);
        QCOMPARE(w.value("breaker:state{from='gc-service',to='mc-service',state='closed'}", healedAt), 1.0);
        w.live.flip({"fast-join", "production", 900, true});
        QVERIFY(w.value(gcFails, 1500) > 0.01);
    }

    void forcingTheJoinOpenStopsTheCascadeAndCostsJoins()
    {
        LeverWorld w("bad-canary");
        w.force("gc-service", "mc-service", BreakerForce::Mode::Open, leverAt);
        QVERIFY(w.value(gcSlow, healedAt) < 0.2);
        const double fails = w.value(gcFails, healedAt);
        QVERIFY2(fails > 0.002 && fails < 0.006, qPrintable(QString::number(fails)));
        QVERIFY(w.value(mcFails, healedAt) < 0.001);
        QVERIFY(w.value("service:heartbeat_failures:ratio5m", healedAt) < 0.01);
        const double queued = w.value("breaker:fallback_calls:rate1m{from='gc-service',to='mc-service'}", healedAt);
        QVERIFY2(queued > 150, qPrintable(QString::number(queued)));
        const double lost = w.value("breaker:fallback_lost:ratio5m{from='gc-service',to='mc-service'}", healedAt);
        QVERIFY2(lost > 0.0 && lost < 0.05, qPrintable(QString::number(lost)));
    }

    void anOverrideIsOfThePodsThatWereTold()
    {
        LeverWorld w("redis-down");
        std::vector<std::string> pods;
        for (const ServingPod &pod : w.before->world.service("mc-service")->pods)
            pods.push_back(pod.life.name);
        QCOMPARE(pods.size(), std::size_t(8));
        const double bad = w.value(mcFails, healedAt);
        for (std::size_t i = 0; i < 4; ++i)
            w.force("mc-service", "redis", BreakerForce::Mode::Open, leverAt, pods[i]);
        const double half = w.value(mcFails, healedAt);
        QVERIFY2(half > 0.4 * bad && half < 0.6 * bad, qPrintable(QString::number(half / bad)));
        for (const char *state : {"forced_open", "half_open"})
            QCOMPARE(LeverWorld::valueIn(*w.live.epoch(),
                                         (std::string("breaker:state{from='mc-service',to='redis',state='") + state +
                                          "'}")
                                             .c_str(),
                                         healedAt),
                     1.0);
    }

    void aPodThatBeginsLaterKnowsNoOverride()
    {
        BreakerPlan plan;
        plan.forces = {{"a", "b", "pod", 10, BreakerForce::Mode::Open, PodLife::forever, {}, {}}};
        PodLife pod{"a", "pod", "1", "stable", 0, PodLife::forever, PodLife::forever};
        QCOMPARE(plan.stateOf(pod, 20), std::string("forced_open"));
        pod.readyAt = 15;
        QCOMPARE(plan.stateOf(pod, 20), std::string("closed"));
        pod.startedAt = 5; // promoted from canary to stable: the same process
        QCOMPARE(plan.stateOf(pod, 20), std::string("forced_open"));
        plan.forces.front().until = 18;
        pod.readyAt = 0;
        QCOMPARE(plan.stateOf(pod, 20), std::string("closed"));
    }

    void tooMuchLoadIsShedInThreeSteps()
    {
        LeverWorld w("load-shedding");
        constexpr const char *level = "service:load_shedding:level{service='mc-service'}";
        constexpr const char *rejects = "service:load_shed:rate1m{service='mc-service',action='reject'}";
        QCOMPARE(w.value(level, -1600), 0.0);
        std::set<double> seen;
        for (Offset time = -1600; time <= 1200; time += 20)
            seen.insert(w.value(level, time));
        QCOMPARE(seen.size(), std::size_t(4));
        QVERIFY(w.value(level, 1200) == 3.0);
        QCOMPARE(w.value(rejects, -1600), 0.0);
        QVERIFY(w.value(rejects, 0) > 20);
        QVERIFY(w.value("service:load_shed:rate1m{service='mc-service',action='drain'}", 900) > 0.1);
        QVERIFY(w.value(mcFails, 0) > 0.05);
        QCOMPARE(w.value("service:replicas_at_maximum:bool{service='mc-service'}", 0), 1.0);
        QVERIFY(w.firing(0).count("LoadSheddingActive") > 0 && w.firing(0).count("AutoscalerAtMaximum") > 0);
        WorldEvents events;
        events.pods = plannedPods(w.live.planned().scenario(), 42);
        events.limits = {{"mc-service", 30, 4, 12}};
        events.scales = {{"mc-service", 40, 48, 12}};
        w.live.change(events);
        QVERIFY(w.value(level, healedAt) == 0.0);
        QCOMPARE(w.value(rejects, healedAt), 0.0);
        QVERIFY(w.value(mcFails, healedAt) < 0.001);
        QVERIFY(w.value("service:saturation:ratio{service='mc-service'}", healedAt) < 0.75);
        QCOMPARE(w.value("service:replicas_maximum{service='mc-service'}", healedAt), 12.0);
    }

    void aForgottenOverrideStillCosts()
    {
        LeverWorld w("forgotten-override");
        QCOMPARE(w.value("breaker:state{from='gc-service',to='mc-service',state='forced_open'}", 0), 1.0);
        QVERIFY(w.value(gcFails, 0) > 0.01);
        const std::set<std::string> firing = w.firing(0);
        QVERIFY(firing.count("CircuitBreakerForced") > 0 && firing.count("FallbackServing") > 0);
        w.force("gc-service", "mc-service", BreakerForce::Mode::None, leverAt);
        QVERIFY(w.value(gcFails, healedAt) < 0.001);
        QCOMPARE(w.value("breaker:state{from='gc-service',to='mc-service',state='closed'}", healedAt), 1.0);
        const ClusterHarness h("forgotten-override");
        const Json notes = Json::parse(
            h.rollout()["metadata"]["annotations"]["dt-cockpit/lease"].get<std::string>(), nullptr, false);
        QCOMPARE(notes[0]["until"].get<std::string>(), std::string("2026-11-23T02:32:40Z"));
        QCOMPARE(notes[0]["subject"].get<std::string>(), std::string("mc-service"));
    }

    void whatTheMeshAbortsOpensTheBreakersOfItsCallers()
    {
        LeverWorld w("calm");
        WorldEvents events;
        events.pods = plannedPods(w.live.planned().scenario(), 42);
        events.aborts = {{"mh-service", leverAt, 1.0}, {"mh-service", 900, 0.0}};
        w.live.change(events);
        QCOMPARE(w.value("breaker:state{from='mc-service',to='mh-service',state='open'}", healedAt), 1.0);
        QCOMPARE(w.value("breaker:state{from='mc-service',to='mh-service',state='closed'}", 1000), 1.0);
    }

    void noRawSeriesIsToldTwice()
    {
        ClusterHarness h("bad-canary");
        h.merge("Rollout", "gc-service", {{"status", {{"promoteFull", true}}}});
        h.advance(400);
        const std::shared_ptr<const Epoch> epoch = h.live.epoch();
        for (const ServiceFlows &service : epoch->world.services()) {
            std::set<std::string> seen;
            std::istringstream lines(expositionOf(epoch->world, service.plan.name, 400));
            for (std::string line; std::getline(lines, line);) {
                const std::string series = line.starts_with('#') ? line : line.substr(0, line.rfind(' '));
                QVERIFY2(seen.insert(series).second, series.c_str());
            }
        }
    }

    void theWorldStaysCheap()
    {
        LeverWorld w("redis-down");
        const auto cpuMs = [](std::clock_t since) {
            return 1000.0 * static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC;
        };
        std::clock_t began = std::clock();
        for (int i = 0; i < 100; ++i)
            w.force("mc-service", "redis", BreakerForce::Mode::Open, leverAt, "pod-" + std::to_string(i));
        const std::shared_ptr<const Epoch> epoch = w.live.epoch();
        const double made = cpuMs(began);
        began = std::clock();
        std::size_t values = 0;
        for (const RecordedSeries &series : epoch->series.all())
            for (Offset time = 0; time < 100; time += 10)
                values += series.value(time) ? 1 : 0;
        const double perValue = 1000.0 * cpuMs(began) / static_cast<double>(values);
        qInfo("an epoch after 100 overrides: %.1f ms CPU; a value: %.1f us CPU", made, perValue);
        QVERIFY(made < 2000.0);
        QVERIFY(perValue < 1000.0);
    }
};

QTEST_APPLESS_MAIN(TestBreakerEffects)
#include "tst_breaker_effects.moc"
