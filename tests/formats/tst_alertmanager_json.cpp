// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"
#include "app/formats/alertmanager_routes.h"

#include "tests/formats/fixtures.h"

#include <QTest>

using namespace cockpit;

/// Bodies of Alertmanager, sound and broken, to values.
class AlertmanagerJsonTest : public QObject {
    Q_OBJECT

    static std::string alertWith(const std::string &label)
    {
        return json("[{'fingerprint':'1','startsAt':'2026-08-21T10:00:00Z','updatedAt':'2026-08-21T10:00:00Z','endsAt':'2026-08-21T10:00:00Z','labels':{'a':'ok'}},{'fingerprint':'2','startsAt':'2026-08-21T10:00:00Z','labels':{'a':'")
               + label + json("'}}]");
    }

private Q_SLOTS:
    void readsAlerts()
    {
        const auto alerts = parseAlerts(fixture("alertmanager/alerts.json"));
        QVERIFY2(alerts.has_value(), alerts ? "" : qPrintable(alerts.error().text()));
        QCOMPARE(alerts->size(), size_t(2));
        const ReceivedAlert &first = alerts->front();
        QCOMPARE(first.fingerprint, QStringLiteral("b2cf5e2f1c6a1b8e"));
        QVERIFY(first.suppressed && !first.repaired);
        QCOMPARE(first.silencedBy, QStringList{QStringLiteral("7f1c")});
        QVERIFY(first.mutedBy.isEmpty());
        QCOMPARE(first.receivers, QStringList{QStringLiteral("sre-pager")});
        QCOMPARE(first.labels.value(u"note"), QStringLiteral("<b>\u00e9\n"));
        QCOMPARE(first.annotations.value(u"summary"), QStringLiteral("p99 is high"));
        QCOMPARE(toRfc3339(first.startsAt), QStringLiteral("2026-08-21T09:58:12.600Z"));
        QCOMPARE(toRfc3339((*alerts)[1].startsAt), QStringLiteral("2026-08-21T07:58:12.600Z"));
        QCOMPARE((*alerts)[1].labels.begin()->first, QStringLiteral("alertname")); // sorted
        // Equal texts of one body share their memory.
        QCOMPARE(first.labels.value(u"severity").constData(), (*alerts)[1].labels.value(u"severity").constData());
    }

    void emptyListIsEmpty()
    {
        QVERIFY(parseAlerts("[]")->empty());
        QVERIFY(parseSilences("[]")->empty());
    }

    void refusesWhatIsNotTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray good = QByteArray::fromStdString(fixture("alertmanager/alerts.json"));
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("html") << QByteArray("<html></html>");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("object") << QByteArray("{}");
        QTest::newRow("half") << good.left(good.size() / 2);
        QTest::newRow("garbage behind") << good.trimmed() + "]";
        QTest::newRow("no fingerprint") << QByteArray(jsonBytes("[{'startsAt':'2026-08-21T10:00:00Z','labels':{}}]"));
        QTest::newRow("no start") << QByteArray(jsonBytes("[{'fingerprint':'1','labels':{}}]"));
        QTest::newRow("bad time") << QByteArray(jsonBytes("[{'fingerprint':'1','startsAt':'yesterday','labels':{}}]"));
        QTest::newRow("labels are a list") << QByteArray(jsonBytes("[{'fingerprint':'1','startsAt':'2026-08-21T10:00:00Z','labels':[]}]"));
        QTest::newRow("label is a number") << QByteArray(jsonBytes("[{'fingerprint':'1','startsAt':'2026-08-21T10:00:00Z','labels':{'a':1}}]"));
        QTest::newRow("a string in the list") << QByteArray(jsonBytes("['x']"));
        QTest::newRow("deep") << QByteArray(3000, '[');
    }
    void refusesWhatIsNotTheProtocol()
    {
        QFETCH(QByteArray, body);
        const auto alerts = parseAlerts(paddedBody(body.toStdString()));
        QVERIFY(!alerts.has_value());
        QVERIFY(!alerts.error().what.isEmpty());
        QVERIFY(!parseSilences(paddedBody(body.toStdString())).has_value());
    }

    void mendsOneAlertAndKeepsAll_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("mended");
        QTest::newRow("bad byte") << QByteArray("x\xff" "y") << QStringLiteral("x\uFFFDy");
        QTest::newRow("cut sequence") << QByteArray("x\xe2\x82") << QStringLiteral("x\uFFFD\uFFFD");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QStringLiteral("\uFFFD\uFFFD");
        QTest::newRow("raw surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("\uFFFD\uFFFD\uFFFD");
        QTest::newRow("escaped half pair") << QByteArray("x\\ud83dy") << QStringLiteral("x\uFFFDy");
        QTest::newRow("escaped low half") << QByteArray("\\udc00") << QStringLiteral("\uFFFD");
        QTest::newRow("beside an escape") << QByteArray("\\\\\\\"\xff") << QStringLiteral("\\\"\uFFFD");
        QTest::newRow("beside a whole pair") << QByteArray("\\ud83d\\ude00\xff") << QString::fromUtf8("\xF0\x9F\x98\x80") + QChar(0xFFFD);
    }
    void mendsOneAlertAndKeepsAll()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, mended);
        const auto alerts = parseAlerts(paddedBody(alertWith(text.toStdString())));
        QVERIFY2(alerts.has_value(), alerts ? "" : qPrintable(alerts.error().text()));
        QCOMPARE(alerts->size(), size_t(2));
        QVERIFY(!alerts->front().repaired);
        QVERIFY(alerts->back().repaired);
        QCOMPARE(alerts->back().labels.value(u"a"), mended);
    }

    void keepsHostileText()
    {
        const std::string label = json("<img src=x>\\u202e") + std::string(10000, 'y') + json("\\u0000\\n\\t");
        const auto alerts = parseAlerts(paddedBody(alertWith(label)));
        QVERIFY(alerts.has_value());
        QVERIFY(!alerts->back().repaired);
        QVERIFY(alerts->back().labels.value(u"a").size() > 10000);
    }

    void readsSilences()
    {
        const auto silences = parseSilences(fixture("alertmanager/silences.json"));
        QVERIFY(silences.has_value());
        QCOMPARE(silences->size(), size_t(2));
        QVERIFY(silences->front().isAcknowledgement());
        QVERIFY(silences->front().matchers[0].isRegex && !silences->front().matchers[0].isEqual);
        QVERIFY(silences->front().matchers[1].isEqual); // the default
        QCOMPARE(silences->back().state, Silence::State::Expired);
        QVERIFY(!parseSilences(json("[{'id':'x','matchers':[]}]")).has_value());
    }

    void readsStatusAndRoutes()
    {
        const auto status = parseAlertmanagerStatus(fixture("alertmanager/status.json"));
        QVERIFY(status.has_value());
        QCOMPARE(status->clusterStatus, QStringLiteral("settling"));
        QCOMPARE(status->peers, 2);
        QCOMPARE(status->version, QStringLiteral("0.27.0"));
        QCOMPARE(toRfc3339(*status->startedAt), QStringLiteral("2026-08-21T09:00:00.000Z"));
        const auto routes = parseRoutes(status->configYaml);
        QVERIFY2(routes.has_value(), routes ? "" : qPrintable(routes.error().text()));
        QCOMPARE(routes->receiver, QStringLiteral("default"));
        QCOMPARE(routes->groupBy, QStringList{QStringLiteral("alertname")});
        QCOMPARE(routes->routes.size(), 2);
        QVERIFY(routes->routes[0].continues);
        QCOMPARE(routes->routes[0].matchers.size(), 2);
        QVERIFY(routes->routes[0].matchers[1].isRegex);
        QCOMPARE(routes->routes[1].matchers.size(), 2);
        QCOMPARE(routes->routes[1].routes[0].receiver, QStringLiteral("nested"));
    }

    void statusMayLackPeers()
    {
        const auto status = parseAlertmanagerStatus(json("{'cluster':{'status':'disabled'},'versionInfo':{'version':'0.25'},'uptime':'2026-08-21T09:00:00Z'}"));
        QVERIFY(status.has_value());
        QCOMPARE(status->peers, 0);
        QVERIFY(!parseAlertmanagerStatus("{}").has_value());
        QVERIFY(!parseAlertmanagerStatus("oops").has_value());
    }

    void refusesBrokenRoutes_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::newRow("empty") << QString();
        QTest::newRow("no route") << QStringLiteral("global: {}");
        QTest::newRow("not yaml") << QStringLiteral("route: [");
        QTest::newRow("routes is text") << QStringLiteral("route: {receiver: a, routes: b}");
        QTest::newRow("matcher") << QStringLiteral("route: {receiver: a, matchers: ['=']}");
        QTest::newRow("endless") << QStringLiteral("route: &r {receiver: a, routes: [*r]}");
        QTest::newRow("doubling") << QStringLiteral(
            "a: &a {receiver: x}\nb: &b {receiver: x, routes: [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]}\n"
            "c: &c {receiver: x, routes: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]}\nd: &d {receiver: x, routes: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]}\n"
            "e: &e {receiver: x, routes: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]}\nroute: {receiver: x, routes: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]}\n");
    }
    void refusesBrokenRoutes()
    {
        QFETCH(QString, yaml);
        const auto routes = parseRoutes(yaml);
        QVERIFY(!routes.has_value());
        QCOMPARE(routes.error().kind, Error::Kind::Parse);
    }

    void readsErrorText_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::newRow("bare string") << QByteArray("\"invalid silence: x\"") << QStringLiteral("invalid silence: x");
        QTest::newRow("openapi") << QByteArray(jsonBytes("{'code':602,'message':'comment is required'}")) << QStringLiteral("comment is required");
        QTest::newRow("plain") << QByteArray("Limit of concurrent GET requests reached (8).\n") << QStringLiteral("Limit of concurrent GET requests reached (8).");
        QTest::newRow("html") << QByteArray("<html>") << QString();
        QTest::newRow("empty") << QByteArray() << QString();
    }
    void readsErrorText()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, text);
        QCOMPARE(alertmanagerErrorText(body.toStdString()), text);
    }
};

QTEST_GUILESS_MAIN(AlertmanagerJsonTest)
#include "tst_alertmanager_json.moc"
