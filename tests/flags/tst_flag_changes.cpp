// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/health_body.h"
#include "app/formats/kubernetes_hpa.h"
#include "app/formats/update_codec.h"
#include "models/capacity_advice.h"
#include "models/flag_changes.h"
#include "models/fold/health_fold.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant onset = *parseRfc3339("2026-11-23T03:02:30Z");

std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

FlagKey flagKey() { return {SourceId(QStringLiteral("flags/demo")), QStringLiteral("default"), QStringLiteral("fast-join")}; }

FlagPtr flagThatIs(bool enabled)
{
    auto flag = std::make_shared<FeatureFlag>();
    flag->key = flagKey();
    flag->here = QStringLiteral("production");
    flag->service = ServiceId(QStringLiteral("gc-service"));
    flag->states = {FlagState{.environment = QStringLiteral("production"), .enabled = enabled}};
    return flag;
}

FlagEvent switchedAt(const char *at, bool enabled, const char *environment = "production")
{
    return {flagKey(), QString::fromLatin1(environment), enabled ? QStringLiteral("on") : QStringLiteral("off"), enabled,
            *parseRfc3339(at), QStringLiteral("gc-owner")};
}

QList<RankedChange> changes(const std::vector<FlagPtr> &flags, const std::vector<FlagEvent> &events)
{
    return flagChangesBefore(onset, 1h, ServiceId(QStringLiteral("gc-service")), flags, events, {});
}

} // namespace

class FlagChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSwitchThatHoldsCarriesItsUndo()
    {
        const auto found = changes({flagThatIs(true)}, {switchedAt("2026-11-23T02:55:00Z", true)});
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().change.what, QStringLiteral("Flag fast-join on"));
        QCOMPARE(found.first().change.who, QStringLiteral("gc-owner"));
        QCOMPARE(found.first().relation, RankedChange::Relation::Same);
        const auto &undo = std::get<SetFlag>(found.first().change.undo->intent);
        QVERIFY(!undo.enabled);
        QVERIFY(suspectedFlag(found));
    }

    void whatWasTakenBackSinceHasNoUndo()
    {
        const auto found = changes({flagThatIs(false)}, {switchedAt("2026-11-23T03:05:00Z", false),
                                                         switchedAt("2026-11-23T02:55:00Z", true)});
        QCOMPARE(found.size(), 1); // what came after the onset is no cause
        QVERIFY(!found.first().change.undo);
        QVERIFY(!suspectedFlag(found));
    }

    void anotherEnvironmentIsNoCause()
    {
        QVERIFY(changes({flagThatIs(true)}, {switchedAt("2026-11-23T02:55:00Z", true, "staging")}).isEmpty());
    }

    void updatesOfFlagsAndHealthAreRecordedLossless()
    {
        const FlagsUpdate update{flagKey().source, onset, std::make_shared<const std::vector<FlagPtr>>(1, flagThatIs(true)),
                                 std::make_shared<const std::vector<FlagEvent>>(1, switchedAt("2026-11-23T02:55:00Z", true))};
        const auto read = decodeUpdate(encodeUpdate(SourceUpdate(update)).toStdString());
        QVERIFY(read);
        const auto &back = std::get<FlagsUpdate>(*read);
        QCOMPARE(*back.flags->front(), *update.flags->front());
        QCOMPARE(back.events->front(), update.events->front());
        HealthUpdate health{ServiceId(QStringLiteral("gc-service")), onset, 15s, {}};
        health.answers = {{ProbeQuestion::Ready, ProbeState::Fail, QStringLiteral("503"), QStringLiteral("gc-service /ready"),
                           {{QStringLiteral("redis"), ProbeState::Fail, QStringLiteral("DOWN")}}}};
        const auto healthBack = decodeUpdate(encodeUpdate(SourceUpdate(health)).toStdString());
        QVERIFY(healthBack);
        QCOMPARE(std::get<HealthUpdate>(*healthBack).answers, health.answers);
    }

    void healthBodies_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("components");
        QTest::newRow("kubernetes plain") << 200 << "ok" << int(ProbeState::Ok) << 0;
        QTest::newRow("kubernetes verbose") << 500 << "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed"
                                            << int(ProbeState::Fail) << 2;
        QTest::newRow("spring up") << 200 << "{'status':'UP','components':{'db':{'status':'UP'}}}" << int(ProbeState::Ok) << 1;
        QTest::newRow("spring down") << 503 << "{'status':'DOWN','components':{'redis':{'status':'DOWN','details':{'error':'refused'}}}}"
                                     << int(ProbeState::Fail) << 1;
        QTest::newRow("spring custom") << 200 << "{'status':'CIRCUIT_OPEN'}" << int(ProbeState::Warn) << 0;
        QTest::newRow("health+json") << 200 << "{'status':'warn','checks':{'db:responseTime':[{'status':'warn','observedValue':250,'observedUnit':'ms'}]}}"
                                     << int(ProbeState::Warn) << 1;
        QTest::newRow("dark tower") << 503 << "{'status':'not_ready','checks':{'redis':'down','db':'ok'}}" << int(ProbeState::Fail) << 2;
        QTest::newRow("who are you") << 401 << "<html>login</html>" << int(ProbeState::Refused) << 0;
        QTest::newRow("redirect") << 302 << "" << int(ProbeState::Warn) << 0;
        QTest::newRow("body cannot mend a status") << 503 << "{'status':'UP'}" << int(ProbeState::Fail) << 0;
        QTest::newRow("nonsense") << 200 << "{'status':" << int(ProbeState::Ok) << 0;
    }
    void healthBodies()
    {
        QFETCH(int, status);
        QFETCH(QString, body);
        const ProbeAnswer answer = readHealthBody(ProbeQuestion::Ready, status, json(body.toStdString()));
        QTEST(int(answer.state), "state");
        QTEST(int(answer.components.size()), "components");
        QVERIFY(!answer.words.isEmpty());
    }

    void liveReadyAndHealthyStayApart()
    {
        std::vector<ServiceHealth> services(1);
        services.front().id = ServiceId(QStringLiteral("gc-service"));
        services.front().level = ServiceHealth::Level::Healthy;
        services.front().ready.verdict = Evidence::Verdict::Good;
        FleetInputs inputs;
        HealthUpdate update{services.front().id, onset, 15s, {}};
        update.answers = {{ProbeQuestion::Live, ProbeState::Ok, QStringLiteral("UP"), QStringLiteral("/live"), {}},
                          {ProbeQuestion::Ready, ProbeState::Fail, QStringLiteral("503"), QStringLiteral("/ready"),
                           {{QStringLiteral("redis"), ProbeState::Fail, QStringLiteral("DOWN")}}}};
        inputs.apply(SourceUpdate(update));
        foldProbes(services, inputs, onset + 10s);
        QCOMPARE(services.front().live.verdict, Evidence::Verdict::Good);
        QCOMPARE(services.front().ready.verdict, Evidence::Verdict::Bad);
        QCOMPARE(services.front().healthy.verdict, Evidence::Verdict::Unknown);
        QCOMPARE(services.front().details.first().name, QStringLiteral("redis"));
        QCOMPARE(services.front().level, ServiceHealth::Level::Degraded);
        services.front().ready.verdict = Evidence::Verdict::Good;
        foldProbes(services, inputs, onset + 10min); // too old to prove anything
        QCOMPARE(services.front().ready.verdict, Evidence::Verdict::Good);
        QVERIFY(services.front().details.isEmpty());
    }

    void anAutoscalerIsReadWithItsCeiling()
    {
        const auto hpa = KubernetesObject::parse(
            json("{'metadata':{'name':'gc','namespace':'dark-tower','resourceVersion':'7'},'spec':{'scaleTargetRef':{'kind':"
                 "'Rollout','name':'gc-service'},'minReplicas':2,'maxReplicas':8,'metrics':[{'type':'Resource','resource':"
                 "{'name':'cpu','target':{'type':'Utilization','averageUtilization':70}}},{'type':'Pods','pods':{'metric':"
                 "{'name':'joins'},'target':{'type':'AverageValue','averageValue':'2'}}}]},'status':{'currentReplicas':8,"
                 "'desiredReplicas':8,'currentMetrics':[{'type':'Resource','resource':{'name':'cpu','current':"
                 "{'averageUtilization':91}}},{'type':'Pods','pods':{'metric':{'name':'joins'},'current':{'averageValue':"
                 "'500m'}}}],'conditions':[{'type':'ScalingLimited','status':'True','reason':'TooManyReplicas',"
                 "'lastTransitionTime':'2026-11-23T02:56:30Z'}]}}"));
        QVERIFY(hpa);
        const HpaFacts facts = readHpa(*hpa);
        QCOMPARE(facts.maximum, 8);
        QVERIFY(facts.atMaximum);
        QCOMPARE(facts.metrics.size(), 2);
        QCOMPARE(*facts.metrics.at(0).ratio, 1.3);
        QCOMPARE(*facts.metrics.at(1).ratio, 0.25);
        const QByteArray patch = hpaLimitsPatch(*hpa, 4, 12, QByteArray("[]"));
        QVERIFY(patch.contains("\"resourceVersion\":\"7\""));
        QVERIFY(patch.contains("\"maxReplicas\":12"));
        QVERIFY(hpaLimitsPatch(*hpa, 2, 8, QByteArray()).contains("\"dt-cockpit/lease\":null"));
    }

    void theAdviceSaysWhenToScaleWithItsFigures()
    {
        Capacity capacity;
        capacity.current = 8;
        capacity.maximum = 8;
        capacity.atMaximum = true;
        capacity.atMaximumSince = onset - 6min;
        capacity.saturation = 0.96;
        const Evidence now = capacityAdvice(capacity, onset);
        QCOMPARE(now.verdict, Evidence::Verdict::Bad);
        QCOMPARE(now.text, QStringLiteral("scale now: 96 % used, at the maximum of 8 for 6 m"));
        capacity.atMaximum = false;
        capacity.maximum = 12;
        QCOMPARE(capacityAdvice(capacity, onset).text, QStringLiteral("96 % used; its autoscaler may add 4"));
        capacity.saturation.reset();
        QCOMPARE(capacityAdvice(capacity, onset).verdict, Evidence::Verdict::Unknown); // never green
        QCOMPARE(*hourlyCost(8, 0.12), 0.96);
        QVERIFY(!hourlyCost(8, std::nullopt));
    }
};

QTEST_GUILESS_MAIN(FlagChangesTest)
#include "tst_flag_changes.moc"
