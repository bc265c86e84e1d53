// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/alert_rules.h"
#include "app/demo/storm.h"

#include <QTest>

#include <set>

using namespace cockpit;
using namespace cockpit::demo;

namespace {

struct Watched {
    explicit Watched(const char *scenario)
        : world(*scenarioByName(scenario), 42, *parseRfc3339(scenarioByName(scenario)->defaultStart)), series(world),
          rules(world, series)
    {
    }
    /// Names of the alerts that fire.
    std::set<std::string> firing(Offset time) const
    {
        std::set<std::string> names;
        for (const RuleAlerts &rule : rules.at(time))
            for (const ActiveAlert &alert : rule.alerts)
                if (alert.firing)
                    names.insert(rule.rule->name);
        return names;
    }
    QString firedAt(const char *rule, Offset time = 0) const
    {
        const auto alerts = rules.alertsOf(rule, time);
        return alerts.size() == 1 ? utcTimeText(world.toInstant(alerts.front().firedAt)) : QStringLiteral("none");
    }
    World world;
    RecordedSeriesSet series;
    AlertRules rules;
};

using Names = std::set<std::string>;
const Names silencedNames{"ACKeyRotationDue", "MHPodRestartingFrequently", "Watchdog"};

Names with(Names names)
{
    names.insert(silencedNames.begin(), silencedNames.end());
    return names;
}

} // namespace

/// Alerts follow from the world, at the time that the rule says.
class TestDemoAlerts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badCanaryFiresWhenTheScenarioSays()
    {
        const Watched watched("bad-canary");
        QCOMPARE(watched.firing(0), with({"GCHighErrorRate", "GCHighLatency", "GCErrorBudgetBurnRateCritical",
                                          "MCGCHeartbeatWarning"}));
        QCOMPARE(watched.firedAt("GCHighErrorRate"), QStringLiteral("03:02:00"));
        QCOMPARE(watched.firedAt("GCHighLatency"), QStringLiteral("03:04:00"));
        QCOMPARE(watched.firedAt("MCGCHeartbeatWarning"), QStringLiteral("03:05:00"));
        QCOMPARE(watched.firedAt("GCErrorBudgetBurnRateCritical"), QStringLiteral("03:09:00"));
        QCOMPARE(watched.firedAt("GCMCAssignmentSlow"), QStringLiteral("03:14:00"));
    }

    void pendingTurnsIntoFiring()
    {
        const Watched watched("bad-canary");
        QVERIFY(!watched.rules.alertsOf("GCMCAssignmentSlow", 79).front().firing);
        QVERIFY(watched.rules.alertsOf("GCMCAssignmentSlow", 80).front().firing);
    }

    void jitterOfTheEarlierShiftHasResolved()
    {
        const Watched watched("bad-canary");
        QVERIFY(watched.firing(-2700).count("MHHighJitter") == 1);
        QVERIFY(watched.firing(-2480).count("MHHighJitter") == 0);
    }

    void answerDoesNotDependOnEarlierQuestions()
    {
        const Watched asked("bad-canary");
        for (Offset time = -3000; time < 600; time += 15)
            asked.firing(time);
        const Watched fresh("bad-canary");
        for (const Offset time : {-400.0, 0.0, 300.0, -1000.0}) {
            const auto a = asked.rules.at(time);
            const auto b = fresh.rules.at(time);
            QCOMPARE(a.size(), b.size());
            for (std::size_t i = 0; i < a.size(); ++i) {
                QCOMPARE(a[i].alerts.size(), b[i].alerts.size());
                for (std::size_t k = 0; k < a[i].alerts.size(); ++k)
                    QCOMPARE(a[i].alerts[k].activeAt, b[i].alerts[k].activeAt);
            }
        }
    }

    void scenariosFireWhatTheyAreAbout()
    {
        QCOMPARE(Watched("calm").firing(0), silencedNames);
        const Names outage = Watched("platform-outage-during-canary").firing(0);
        QVERIFY(outage.count("DatabaseSlow") && outage.count("ServiceDegraded") && outage.count("GCHighErrorRate"));
        const Names redis = Watched("redis-down").firing(0);
        QVERIFY(redis.count("RedisDown") && redis.count("ServiceDown") && redis.count("InstanceDown"));
        QVERIFY(redis.count("CircuitBreakerOpened") && redis.count("LoadSheddingActive"));
    }

    void flappingComesAndGoes()
    {
        const Watched watched("flapping");
        int changes = 0;
        bool before = false;
        for (Offset time = 0; time < 3600; time += 15) {
            const bool now = watched.firing(time).count("MHHighJitter") > 0;
            changes += now != before ? 1 : 0;
            before = now;
        }
        QVERIFY2(changes >= 20, qPrintable(QString::number(changes)));
    }

    void stormHasTenThousandDistinctAlerts()
    {
        const Storm storm(10000, 42);
        std::set<std::string> fingerprints;
        for (const RuleAlerts &rule : storm.alerts())
            for (const ActiveAlert &alert : rule.alerts)
                fingerprints.insert(alert.fingerprint);
        QCOMPARE(fingerprints.size(), std::size_t(10000));
    }

    void everyShippedAlertRuleIsKnown()
    {
        const Watched watched("calm");
        std::size_t rules = 0;
        for (const RuleGroupText &group : watched.rules.groups())
            rules += group.rules.size();
        QCOMPARE(watched.rules.at(0).size(), rules);
        QVERIFY(rules >= 12);
    }

    void templatesAreFilled()
    {
        QCOMPARE(expandTemplate("{{ $labels.a }}: {{ $value | humanizePercentage }}", {{"a", "x"}}, 0.068),
                 std::string("x: 6.8%"));
        QCOMPARE(expandTemplate("{{ $value | humanizeDuration }}", {}, 0.412), std::string("412ms"));
    }
};

QTEST_APPLESS_MAIN(TestDemoAlerts)
#include "tst_demo_alerts.moc"
