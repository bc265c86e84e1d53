// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/findings_json.h"
#include "app/formats/status_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;

/// The contracts of `status --json`, `alerts --json` and `lint`.
class StatusJsonTest : public QObject {
    Q_OBJECT

    static Alert alertOf(AlertState state, std::optional<Priority> priority)
    {
        Alert alert;
        alert.key = {QStringLiteral("eu"), QStringLiteral("f")};
        alert.name = QStringLiteral("HighLatency");
        alert.state = state;
        alert.priority = priority;
        alert.startsAt = fromEpochMs(1763867560000);
        return alert;
    }
    static QJsonObject objectOf(const Fleet &fleet) { return QJsonDocument::fromJson(statusJson(fleet)).object(); }

private Q_SLOTS:
    void unknownIsNull()
    {
        const QJsonObject status = objectOf(Fleet{});
        QCOMPARE(status.value(u"schema").toInt(), 1);
        for (const char *key : {"alerts", "services", "rollouts", "breakers", "flags", "overrides", "incidents"}) {
            QVERIFY2(status.contains(QLatin1String(key)), key);
            QVERIFY2(status.value(QLatin1String(key)).isNull(), key);
        }
        QCOMPARE(status.value(u"calm").toObject().value(u"result").toString(), QStringLiteral("unknown"));
        QVERIFY(status.value(u"sources").isArray());
    }

    void knownToBeEmptyIsEmpty()
    {
        Fleet fleet;
        fleet.alertsKnown = fleet.servicesKnown = true;
        const QJsonObject status = objectOf(fleet);
        QVERIFY(status.value(u"alerts").isArray() && status.value(u"services").isArray());
    }

    void tellsAnAlert()
    {
        Fleet fleet;
        fleet.alertsKnown = true;
        Alert alert = alertOf(AlertState::Acknowledged, Priority::P2);
        alert.acknowledgedBy = QStringLiteral("alice");
        alert.suppressedUntil = fromEpochMs(1763867560000 + 60000);
        alert.labels = Labels({{QStringLiteral("job"), QStringLiteral("gc")}});
        fleet.alerts = {alert, alertOf(AlertState::Resolved, std::nullopt)};
        const QJsonArray alerts = objectOf(fleet).value(u"alerts").toArray();
        QCOMPARE(alerts.size(), 1); // resolved ones are no longer
        const QJsonObject told = alerts.first().toObject();
        QCOMPARE(told.value(u"state").toString(), QStringLiteral("acknowledged"));
        QCOMPARE(told.value(u"priority").toString(), QStringLiteral("P2"));
        QCOMPARE(told.value(u"acknowledgedUntil").toString(), QStringLiteral("2025-11-23T03:13:40.000Z"));
        QCOMPARE(told.value(u"labels").toObject().value(u"job").toString(), QStringLiteral("gc"));
        QVERIFY(told.value(u"service").isNull() && told.value(u"severity").isNull());
        QVERIFY(told.value(u"runbook").toObject().value(u"found").isNull());
        QVERIFY(QJsonDocument::fromJson(alertsJson(fleet.alerts)).isArray());
    }

    void tellsServicesAndSources()
    {
        Fleet fleet;
        fleet.servicesKnown = true;
        fleet.at = fromEpochMs(1763867560000);
        ServiceHealth service;
        service.id = ServiceId(QStringLiteral("gc"));
        service.figures[size_t(Figure::ErrorRatio)] = Sample{0.0, fleet.at};
        fleet.services = {service};
        SourceStatus source;
        source.name = QStringLiteral("Prometheus");
        source.newestSample = fleet.at - Duration(4500);
        fleet.sources = {source};
        const QJsonObject status = objectOf(fleet);
        const QJsonObject told = status.value(u"services").toArray().first().toObject();
        QVERIFY(told.value(u"errorRatio").isDouble()); // a known zero is a zero
        QVERIFY(told.value(u"p99Seconds").isNull());
        const QJsonObject pill = status.value(u"sources").toArray().first().toObject();
        QCOMPARE(pill.value(u"sampleAge").toDouble(), 4.5);
        QCOMPARE(pill.value(u"state").toString(), QStringLiteral("connecting"));
        QVERIFY(pill.value(u"lastSuccess").isNull());
    }

    void exitCode_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("priority");
        QTest::addColumn<bool>("sourceOk");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, AlertState state, int priority, bool ok, int code) {
            QTest::newRow(name) << static_cast<int>(state) << priority << ok << code;
        };
        row("P1 fires", AlertState::Firing, 1, true, 2);
        row("P2 acknowledged", AlertState::Acknowledged, 2, true, 2);
        row("unknown severity", AlertState::Firing, 0, true, 2);
        row("urgent beats a dead source", AlertState::Firing, 1, false, 2);
        row("P3 and a dead source", AlertState::Firing, 3, false, 3);
        row("P3", AlertState::Firing, 3, true, 1);
        row("silenced P1", AlertState::Silenced, 1, true, 0);
        row("pending P1", AlertState::Pending, 1, true, 0);
        row("resolved P1", AlertState::Resolved, 1, false, 3);
    }
    void exitCode()
    {
        QFETCH(int, state);
        QFETCH(int, priority);
        QFETCH(bool, sourceOk);
        QFETCH(int, code);
        Fleet fleet;
        fleet.alerts = {alertOf(static_cast<AlertState>(state),
                                priority ? std::optional(static_cast<Priority>(priority)) : std::nullopt)};
        SourceStatus source;
        source.state = sourceOk ? SourceStatus::State::Ok : SourceStatus::State::Stale;
        fleet.sources = {source};
        QCOMPARE(statusExitCode(fleet), code);
    }

    void findings()
    {
        const Finding finding{QStringLiteral("r"), Finding::Level::High, QStringLiteral("f.yaml"), 3, 0,
                              QStringLiteral("o"), QStringLiteral("m"), {}, {}};
        const QJsonObject told = QJsonDocument::fromJson(findingsJson({finding}, {QStringLiteral("x")})).object();
        const QJsonObject first = told.value(u"findings").toArray().first().toObject();
        QCOMPARE(first.value(u"level").toString(), QStringLiteral("HIGH"));
        QCOMPARE(first.value(u"line").toInt(), 3);
        QVERIFY(first.value(u"column").isNull() && first.value(u"fix").isNull());
        QCOMPARE(told.value(u"notChecked").toArray().size(), 1);
        QVERIFY(hasSeriousFinding({finding}));
        QCOMPARE(finding.text(), QStringLiteral("f.yaml:3: o: m"));
    }
};

QTEST_GUILESS_MAIN(StatusJsonTest)
#include "tst_status_json.moc"
