// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include "models/fold/rule_alerts.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;

class TestFleetAlerts : public QObject {
    Q_OBJECT

    static ReceivedAlert silenced(ReceivedAlert alert, const char *id)
    {
        alert.suppressed = true;
        alert.silencedBy = {text(id)};
        return alert;
    }

    static Silence silence(const char *id, const char *by, const char *comment, Instant endsAt)
    {
        Silence made;
        made.id = text(id);
        made.createdBy = text(by);
        made.comment = text(comment);
        made.endsAt = endsAt;
        return made;
    }

private Q_SLOTS:
    void membersMergeInsideAClusterOnly()
    {
        FleetScene scene;
        ReceivedAlert older = FleetScene::alert("1", "A", "page");
        older.updatedAt = scene.now - 1min;
        older.silencedBy = {text("s1")};
        older.suppressed = true;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.tell("b", {older, FleetScene::alert("2", "B", "warning")});
        AlertsUpdate other = scene.answer("c", {FleetScene::alert("1", "A", "page")});
        other.cluster = text("us");
        SourceStatus status = scene.status("c", SourceStatus::Kind::Alertmanager, SourceStatus::State::Ok);
        status.cluster = text("us");
        scene.inputs.apply(StatusUpdate{status});
        scene.inputs.apply(other);
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.alerts.size(), size_t(3)); // A of eu (silenced by one member's word), B of eu, A of us
        QCOMPARE(fleet.counts.silenced, 1);
        QCOMPARE(fleet.counts.firing, 2);
    }

    void oneDeadMemberHidesNothing()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.tell("b", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        scene.now += 1min;
        scene.setMember("a", SourceStatus::State::Down);
        scene.tell("b", {FleetScene::alert("1", "A", "page"), FleetScene::alert("2", "B", "page")});
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.counts.firing, 2);
        QCOMPARE(fleet.sources.at(0).state, SourceStatus::State::Down);
        QCOMPARE(scene.check("calm.sources").verdict, Evidence::Verdict::Bad);
        QVERIFY(scene.check("calm.sources").text.contains(u'a'));
    }

    void aDeadClusterKeepsItsLastList()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        scene.now += 5min;
        scene.setMember("a", SourceStatus::State::Down);
        QCOMPARE(scene.fold().counts.firing, 1);
    }

    void aMemberThatWasSilentForLongIsStale()
    {
        FleetScene scene;
        scene.tell("a", {});
        scene.now += 10min; // suspended: nobody could publish a status
        QCOMPARE(scene.fold().sources.at(0).state, SourceStatus::State::Stale);
        QCOMPARE(scene.last->calm.verdict, Evidence::Verdict::Unknown);
    }

    // operations.md §5, peers (10): an unknown severity is urgent, shown and counted.
    void unknownSeverityIsUrgent()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "sev0"), FleetScene::alert("2", "B", "info")});
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.counts.firing, 2);
        QCOMPARE(fleet.counts.urgent, 1);
        QVERIFY(!scene.find("A")->priority);
        QVERIFY(scene.find("A")->isUrgent());
        QCOMPARE(fleet.alerts.front().name, text("A"));
    }

    // peers (10): two alerts with equal name and host both show.
    void equalNamesBothShow()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page"), FleetScene::alert("2", "A", "page")});
        QCOMPARE(scene.fold().counts.firing, 2);
    }

    // operations.md §5: page→P2, and P1 with `priority: P1` or where several pages of one service fire together.
    void pagesRiseToP1()
    {
        FleetScene scene;
        ReceivedAlert labelled = FleetScene::alert("1", "A", "page", "x");
        labelled.labels = labels({{"alertname", "A"}, {"severity", "page"}, {"service", "x"}, {"priority", "P1"}});
        scene.tell("a", {labelled, FleetScene::alert("2", "B", "page", "y"), FleetScene::alert("3", "B", "page", "y"),
                         FleetScene::alert("4", "C", "page", "z"), FleetScene::alert("5", "D", "page", "z")});
        scene.fold();
        QCOMPARE(scene.find("A")->priority, Priority::P1);
        QCOMPARE(scene.find("B")->priority, Priority::P2);
        QCOMPARE(scene.find("C")->priority, Priority::P1);
        QCOMPARE(scene.find("D")->priority, Priority::P1);
    }

    // backends.md §2.6: "ACK!" silences read as acknowledged by whom and until when.
    void acknowledgedSilencedInhibited()
    {
        FleetScene scene;
        ReceivedAlert inhibited = FleetScene::alert("3", "I", "page", "i");
        inhibited.suppressed = true;
        inhibited.inhibitedBy = {text("1")};
        scene.tell("a",
                   {silenced(FleetScene::alert("1", "A", "page"), "ack"),
                    silenced(FleetScene::alert("2", "S", "warning"), "plain"), inhibited},
                   {silence("ack", "anna", "ACK! on it", scene.now + 15min),
                    silence("plain", "bert", "planned", scene.now + 2h)});
        const Fleet &fleet = scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Acknowledged);
        QCOMPARE(scene.find("A")->acknowledgedBy, text("anna"));
        QVERIFY(scene.find("A")->suppressedUntil == scene.now + 15min);
        QCOMPARE(scene.find("S")->state, AlertState::Silenced);
        QCOMPARE(scene.find("S")->suppressedBy, text("bert"));
        QCOMPARE(scene.find("I")->state, AlertState::Inhibited);
        QCOMPARE(fleet.counts.urgent, 1);
        QCOMPARE(fleet.silences.size(), 2);
        QCOMPARE(fleet.calm.verdict, Evidence::Verdict::Bad);
    }
    void anEndedSilenceHoldsNothingDown()
    {
        FleetScene scene;
        scene.tell("a", {silenced(FleetScene::alert("1", "A", "page"), "ack")},
                   {silence("ack", "anna", "ACK!", scene.now + 5s)});
        scene.now += 10s;
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Firing);
    }

    void endsAreProvenByEveryMember()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.tell("b", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        scene.now += 15s;
        scene.tell("a", {});
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Firing);
        scene.tell("b", {});
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Resolved);
        QVERIFY(scene.find("A")->resolvedAt == scene.now);
        // It stays for 6 h, and no longer.
        scene.now += 6h - 1s;
        scene.tell("a", {});
        scene.tell("b", {});
        QCOMPARE(scene.fold().counts.resolved, 1);
        scene.now += 2s;
        QCOMPARE(scene.fold().counts.resolved, 0);
    }

    void whatEndedBeforeIsToldByPrometheus()
    {
        FleetScene scene;
        const auto ended = [&](const char *name, Duration ago) {
            return PastAlertsUpdate::Ended{labels({{"alertname", name}, {"severity", "warning"}, {"service", "gc-service"}}),
                                           scene.now - ago - 8min, scene.now - ago};
        };
        PastAlertsUpdate past{.source = SourceId(text("p")), .cluster = text("eu"), .at = scene.now};
        past.ended = std::make_shared<const std::vector<PastAlertsUpdate::Ended>>(std::vector{
            ended("Old", 7h), ended("Gone", 40min), ended("Again", 50min), ended("Watchdog", 20min)});
        scene.inputs.apply(past);
        past.source = SourceId(text("p2")); // the other Prometheus of a pair remembers the same
        scene.inputs.apply(past);
        scene.tell("a", {FleetScene::alert("1", "Again", "warning")});
        QCOMPARE(scene.fold().counts.resolved, 2); // "none" is not its severity: it is no proof of the path
        const Alert *gone = scene.find("Gone");
        QVERIFY(gone && gone->resolvedAt == scene.now - 40min);
        QCOMPARE(gone->service, ServiceId(text("gc-service")));
        QCOMPARE(scene.find("Again")->state, AlertState::Firing);
        scene.now += 15s; // and stays one, fold after fold
        QCOMPARE(scene.fold().counts.resolved, 2);
    }

    void aRestartResolvesNothing()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        scene.now += 15s;
        AlertsUpdate fresh = scene.answer("a", {});
        fresh.uptime = 20s;
        scene.inputs.apply(fresh);
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Firing);
        QVERIFY(scene.find("A")->missedSince.has_value());
        QCOMPARE(scene.check("calm.restart").verdict, Evidence::Verdict::Unknown);
        scene.now += 3min;
        scene.tell("a", {}); // now it has run long enough to know
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Resolved);
    }

    void settlingResolvesNothing()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "A", "page")});
        scene.fold();
        scene.now += 15s;
        AlertsUpdate settling = scene.answer("a", {});
        settling.settling = true;
        scene.inputs.apply(settling);
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Firing);
    }

    void withADeadMemberTheRulesProveTheEnd()
    {
        FleetScene scene;
        const std::vector<ReceivedAlert> one{FleetScene::alert("1", "A", "page")};
        scene.tell("a", one);
        scene.tell("b", one);
        scene.tellRules({scene.rule("A", "page")});
        scene.fold();
        scene.now += 15s;
        scene.setMember("b", SourceStatus::State::Down);
        scene.tell("a", {});
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Firing);
        scene.now += 15s;
        scene.tell("a", {});
        scene.tellRules({scene.rule("A", "page")});
        scene.fold();
        QCOMPARE(scene.find("A")->state, AlertState::Resolved);
    }

    void pendingComesFromTheRules()
    {
        FleetScene scene;
        scene.tell("a", {});
        const Labels of = labels({{"alertname", "P"}, {"severity", "page"}, {"service", "gc-service"}});
        scene.tellRules({scene.rule("P", "page", {FleetScene::instance(of, false, scene.now - 3min)})});
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.counts.pending, 1);
        QCOMPARE(fleet.counts.urgent, 0);
        QVERIFY(scene.find("P")->firesAt == scene.now + 2min);
        QCOMPARE(scene.find("P")->key.cluster, text("eu"));
        QCOMPARE(scene.find("P")->key.fingerprint, labelFingerprint(of));
    }

    void theFingerprintIsAlertmanagersOwn()
    {
        // The empty set of FNV-1a, and one pair worked out by hand: "a" 0xff "b" 0xff.
        QCOMPARE(labelFingerprint({}), text("cbf29ce484222325"));
        quint64 hash = 14695981039346656037ULL;
        for (const quint8 byte : {quint8('a'), quint8(0xff), quint8('b'), quint8(0xff)})
            hash = (hash ^ byte) * 1099511628211ULL;
        QCOMPARE(labelFingerprint(labels({{"a", "b"}})), QString::number(hash, 16).rightJustified(16, u'0'));
    }

    // operations.md §0: what Prometheus says fires equals what Alertmanager shows, else both are shown.
    void firingInPrometheusOnlyIsShown()
    {
        FleetScene scene;
        scene.tell("a", {});
        const Labels of = labels({{"alertname", "R"}, {"severity", "page"}, {"service", "gc-service"}});
        const AlertRule::Instance instance = FleetScene::instance(of, true, scene.now - 5min);
        scene.tellRules({scene.rule("R", "page", {instance})});
        scene.fold();
        QCOMPARE(scene.find("R")->state, AlertState::Firing);
        QVERIFY2(!scene.find("R")->notInAlertmanager, "a notification takes up to a minute in normal life");
        scene.now += 61s;
        scene.tell("a", {});
        scene.tellRules({scene.rule("R", "page", {instance})});
        const Fleet &fleet = scene.fold();
        QVERIFY(scene.find("R")->notInAlertmanager);
        QCOMPARE(scene.check("calm.agreement").verdict, Evidence::Verdict::Bad);
        QCOMPARE(fleet.counts.urgent, 1);
        scene.now += 15s;
        scene.tellRules({scene.rule("R", "page")});
        scene.fold();
        QCOMPARE(scene.find("R")->state, AlertState::Resolved);
    }

    void externalLabelsAreNoDifference()
    {
        FleetScene scene;
        ReceivedAlert sent;
        sent.fingerprint = text("f");
        sent.labels = labels({{"alertname", "R"}, {"severity", "page"}, {"service", "s"}, {"region", "eu-1"}});
        scene.tell("a", {sent});
        const Labels of = labels({{"alertname", "R"}, {"severity", "page"}, {"service", "s"}});
        scene.tellRules({scene.rule("R", "page", {FleetScene::instance(of, true, scene.now - 1h)})});
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.counts.firing, 1);
        QVERIFY(!scene.find("R")->notInAlertmanager);
        QCOMPARE(scene.find("R")->value, text("1e+00"));
        QCOMPARE(scene.check("calm.agreement").verdict, Evidence::Verdict::Good);
    }

    void theRulesOfBeforeAnEndDoNotBringItBack()
    {
        FleetScene scene;
        const Labels of = labels({{"alertname", "A"}, {"severity", "page"}, {"service", "gc-service"}});
        ReceivedAlert one = FleetScene::alert("1", "A", "page");
        scene.tell("a", {one});
        scene.tellRules({scene.rule("A", "page", {FleetScene::instance(of, true, scene.now - 1h)})});
        scene.fold();
        scene.now += 15s;
        scene.tell("a", {});
        const Fleet &fleet = scene.fold();
        QCOMPARE(fleet.counts.firing, 0);
        QCOMPARE(fleet.counts.resolved, 1);
    }

    void theWatchdogIsNoAlert()
    {
        FleetScene scene;
        scene.tell("a", {FleetScene::alert("1", "Watchdog", "none")});
        QCOMPARE(scene.fold().alerts.size(), size_t(0));
        scene.tell("a", {FleetScene::alert("1", "Watchdog", "critical")});
        QCOMPARE(scene.fold().counts.firing, 1);
        scene.tell("a", {FleetScene::alert("1", "Other", "none")});
        QCOMPARE(scene.fold().counts.urgent, 1);
    }

    void sectionsAreInOrderAndKeysAreUnique()
    {
        FleetScene scene;
        std::vector<ReceivedAlert> many;
        for (int i = 0; i < 50; ++i) {
            ReceivedAlert one = FleetScene::alert("", "A", i % 3 == 0 ? "page" : "info", i % 2 == 0 ? "x" : "y");
            one.fingerprint = QStringLiteral("%1").arg(i, 16, 16, QLatin1Char('0'));
            many.push_back(i % 5 == 0 ? silenced(one, "s") : one);
        }
        scene.tell("a", many);
        const Fleet &fleet = scene.fold();
        QVERIFY(std::is_sorted(fleet.alerts.begin(), fleet.alerts.end(),
                               [](const Alert &a, const Alert &b) { return a.state < b.state; }));
        QSet<AlertKey> keys;
        QStringList groups;
        for (const Alert &one : fleet.alerts) {
            keys.insert(one.key);
            if (one.state == AlertState::Firing && (groups.isEmpty() || groups.last() != one.service.toString()))
                groups.append(one.service.toString());
        }
        QCOMPARE(size_t(keys.size()), fleet.alerts.size());
        QCOMPARE(groups.size(), 2); // one run per service
    }
};

QTEST_APPLESS_MAIN(TestFleetAlerts)
#include "tst_fleet_alerts.moc"
