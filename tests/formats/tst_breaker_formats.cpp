// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/breaker_http_json.h"
#include "app/formats/envoy_admin_json.h"
#include "app/formats/lease_codec.h"
#include "app/formats/resilience4j_json.h"
#include "app/formats/update_codec.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

/// JSON with its quotes written as apostrophes: moc cannot read raw string literals.
std::string wire(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

const BreakerReading &named(const BreakerReadings &readings, const char *name)
{
    const auto found = std::find_if(readings.begin(), readings.end(),
                                    [name](const BreakerReading &one) { return one.name == QLatin1String(name); });
    Q_ASSERT(found != readings.end());
    return *found;
}

} // namespace

class BreakerFormatsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void actuatorList();
    void actuatorNamesAlone();
    void actuatorHealthOfOldSpring();
    void actuatorEvents();
    void actuatorThatIsNone();
    void envoyClusters();
    void envoyRuntime();
    void envoyKeys();
    void declaredHttp();
    void templatesHoldTheirShape();
    void leaseNotes();
    void updateRoundTrip();
};

void BreakerFormatsTest::actuatorList()
{
    const auto list = parseResilience4jList(wire(
        "{'circuitBreakers':{'a/b c':{'failureRate':'50.0%','slowCallRate':'-1.0%','failureRateThreshold':'60.0%',"
        "'bufferedCalls':10,'notPermittedCalls':3,'state':'OPEN'},'x':{'state':'METRICS_ONLY'},'y':{'state':'NEW'}}}"));
    QVERIFY(list);
    QVERIFY(!list->namesOnly);
    const BreakerReading &one = named(list->breakers, "a/b c");
    QCOMPARE(one.figures.state, BreakerState::Open);
    QCOMPARE(one.figures.failureRatio, 0.5);
    QVERIFY(!one.figures.slowRatio);
    QCOMPARE(one.figures.bufferedCalls, 10);
    QCOMPARE(one.figures.rejectedTotal, 3.0);
    QCOMPARE(one.opensAtFailureRatio, 0.6);
    QCOMPARE(named(list->breakers, "x").figures.state, BreakerState::MetricsOnly);
    QCOMPARE(named(list->breakers, "y").figures.state, BreakerState::Unknown);
}

void BreakerFormatsTest::actuatorNamesAlone()
{
    auto list = parseResilience4jList(wire("{'circuitBreakers':['redis','db']}"));
    QVERIFY(list && list->namesOnly);
    QVERIFY(readResilience4jHealth(
        wire("{'status':'UP','components':{'circuitBreakers':{'status':'UP','details':{"
             "'redis':{'status':'CIRCUIT_OPEN','details':{'failureRate':'100.0%','state':'OPEN'}}}}}}"),
        list->breakers));
    QCOMPARE(named(list->breakers, "redis").figures.state, BreakerState::Open);
    QCOMPARE(named(list->breakers, "redis").figures.failureRatio, 1.0);
    QCOMPARE(named(list->breakers, "db").figures.state, BreakerState::Unknown);
}

void BreakerFormatsTest::actuatorHealthOfOldSpring()
{
    auto list = parseResilience4jList(wire("{'circuitBreakers':['redis']}"));
    // Spring Boot 2.0: details instead of components, one indicator per breaker, numbers without a percent sign.
    QVERIFY(readResilience4jHealth(wire("{'status':'DOWN','details':{'redisCircuitBreaker':{'status':'DOWN','details':{"
                                        "'failureRate':55.5,'state':'OPEN'}}}}"),
                                   list->breakers));
    QCOMPARE(named(list->breakers, "redis").figures.state, BreakerState::Open);
    QCOMPARE(named(list->breakers, "redis").figures.failureRatio, 0.555);
}

void BreakerFormatsTest::actuatorEvents()
{
    const auto events = parseResilience4jEvents(wire(
        "{'circuitBreakerEvents':[{'circuitBreakerName':'redis','type':'STATE_TRANSITION','creationTime':"
        "'2026-11-23T03:10:00.123456+01:00[Europe/Berlin]','stateTransition':'CLOSED_TO_OPEN'},"
        "{'circuitBreakerName':'redis','type':'STATE_TRANSITION','creationTime':'2026-11-23T03:11:00Z','"
        "stateTransition':"
        "'OPEN_TO_HALF_OPEN'},{'circuitBreakerName':'redis','type':'ERROR','creationTime':'2026-11-23T03:11:01Z'}]}"));
    QVERIFY(events);
    QCOMPARE(events->size(), size_t(2));
    QCOMPARE(events->front().transition.to, BreakerState::HalfOpen);
    QCOMPARE(toRfc3339(events->back().transition.at), QStringLiteral("2026-11-23T02:10:00.123Z"));
}

void BreakerFormatsTest::actuatorThatIsNone()
{
    QVERIFY(!parseResilience4jList("<html>login</html>"));
    QVERIFY(!parseResilience4jList(wire("{'status':404}")));
    QVERIFY(!parseResilience4jList(""));
    QCOMPARE(resilience4jSetBody(BreakerMode::ForceOpen), QByteArray("{\"updateState\":\"FORCE_OPEN\"}"));
}

void BreakerFormatsTest::envoyClusters()
{
    auto clusters = parseEnvoyClusters(
        wire("{'cluster_statuses':[{'name':'outbound|80||web.shop.svc','circuit_breakers':{'thresholds':[{'max_"
             "connections':1024}]},"
             "'host_statuses':[{'health_status':{'failed_outlier_check':true},'success_rate':{'value':98.0}},"
             "{'health_status':{'eds_health_status':'HEALTHY'},'success_rate':{'value':100}}]},"
             "{'name':'gone','host_statuses':[{'health_status':{'failed_outlier_check':true}}]},{'name':'empty'}]}"));
    QVERIFY(clusters);
    QCOMPARE(named(*clusters, "gone").figures.state, BreakerState::Open);
    QCOMPARE(named(*clusters, "empty").figures.state, BreakerState::Closed);
    QVERIFY(std::abs(*named(*clusters, "outbound|80||web.shop.svc").figures.failureRatio - 0.01) < 1e-9);
    QVERIFY(readEnvoyStats(
        wire("{'stats':[{'name':'cluster.outbound|80||web.shop.svc.circuit_breakers.default.rq_open','value':1},"
             "{'name':'cluster.outbound|80||web.shop.svc.upstream_rq_pending_overflow','value':7},"
             "{'name':'server.live','value':1},{'histograms':{}}]}"),
        *clusters));
    QCOMPARE(named(*clusters, "outbound|80||web.shop.svc").figures.state, BreakerState::Open);
    QCOMPARE(named(*clusters, "outbound|80||web.shop.svc").figures.rejectedTotal, 7.0);
}

void BreakerFormatsTest::envoyRuntime()
{
    BreakerReadings readings(2);
    readings[0].name = QStringLiteral("redis");
    readings[1].name = QStringLiteral("db");
    const auto runtime = readEnvoyRuntime(
        wire("{'layers':['static','admin'],'entries':{'upstream.maintenance_mode.redis':{'layer_values':['','100'],"
             "'final_value':'100'},'circuit_breakers.db.default.max_requests':{'final_value':'4294967295'}}}"),
        readings);
    QVERIFY(runtime && runtime->hasAdminLayer);
    QCOMPARE(readings[0].figures.state, BreakerState::ForcedOpen);
    QCOMPARE(readings[1].figures.state, BreakerState::ForcedClosed);
    const auto bare = readEnvoyRuntime(wire("{'layers':['static'],'entries':{}}"), readings);
    QVERIFY(bare && !bare->hasAdminLayer);
}

void BreakerFormatsTest::envoyKeys()
{
    const auto open = envoyRuntimeKeys(QStringLiteral("redis"), BreakerMode::ForceOpen);
    QVERIFY(open.contains({QStringLiteral("upstream.maintenance_mode.redis"), QStringLiteral("100")}));
    const auto reset = envoyRuntimeKeys(QStringLiteral("redis"), BreakerMode::Reset);
    QVERIFY(std::all_of(reset.begin(), reset.end(), [](const auto &one) { return one.second.isEmpty(); }));
    QCOMPARE(reset.size(), open.size()); // each key that any override sets is taken away
}

void BreakerFormatsTest::declaredHttp()
{
    BreakerPointers pointers;
    pointers.items = QStringLiteral("/data/breakers");
    pointers.name = QStringLiteral("/id");
    pointers.to = QStringLiteral("/target");
    pointers.failure = QStringLiteral("/stats/failed");
    pointers.states = {{QStringLiteral("TRIPPED"), QStringLiteral("open")}};
    const auto readings = parseBreakerHttp(
        wire("{'data':{'breakers':[{'id':'a','state':'TRIPPED','target':'db','stats':{'failed':'25%'}},"
             "{'id':'b','state':'HALF_OPEN','stats':{'failed':12}},{'id':'c','state':'odd'}]}}"),
        pointers);
    QVERIFY(readings);
    QCOMPARE(named(*readings, "a").figures.state, BreakerState::Open);
    QCOMPARE(named(*readings, "a").figures.failureRatio, 0.25);
    QCOMPARE(named(*readings, "a").to, QStringLiteral("db"));
    QCOMPARE(named(*readings, "b").figures.state, BreakerState::HalfOpen);
    QCOMPARE(named(*readings, "b").figures.failureRatio, 0.12);
    QCOMPARE(named(*readings, "c").figures.state, BreakerState::Unknown);
    QVERIFY(!parseBreakerHttp(wire("{'data':{}}"), pointers));
    pointers.items.clear();
    pointers.name.clear();
    const auto byKey = parseBreakerHttp(wire("{'redis':{'state':'closed'}}"), pointers);
    QVERIFY(byKey);
    QCOMPARE(named(*byKey, "redis").figures.state, BreakerState::Closed);
    QVERIFY(isJsonPointer(QStringLiteral("/a/b~1c")));
    QVERIFY(!isJsonPointer(QStringLiteral("a/b")));
}

void BreakerFormatsTest::templatesHoldTheirShape()
{
    const QHash<QString, QString> words{{QStringLiteral("name"), QStringLiteral("a/b c")},
                                        {QStringLiteral("reason"), QStringLiteral("say \"no\"\n{name}")}};
    QCOMPARE(fillPathTemplate(QStringLiteral("/breakers/{name}/override"), words),
             QStringLiteral("/breakers/a%2Fb%20c/override"));
    QCOMPARE(fillJsonTemplate(QStringLiteral("{\"r\":\"{reason}\",\"o\":{}}"), words),
             QByteArray("{\"r\":\"say \\\"no\\\"\\n{name}\",\"o\":{}}"));
}

void BreakerFormatsTest::leaseNotes()
{
    const Instant at = *parseRfc3339("2026-11-23T03:10:00Z");
    const LeaseNote note{QStringLiteral("id-1"),         QStringLiteral("redis"),
                         QStringLiteral("gc → redis"),   QStringLiteral("closed"),
                         QStringLiteral("open"),         QStringLiteral("alice"),
                         QStringLiteral("a \"reason\""), at,
                         at + std::chrono::hours(1),     encodeIntent(ResetBreaker{{}, QStringLiteral("id-1")})};
    QCOMPARE(decodeLeaseNotes(encodeLeaseNotes({note})), QList<LeaseNote>{note});
    QVERIFY(decodeLeaseNotes("somebody wrote this").isEmpty());
    QVERIFY(decodeLeaseNotes("[1, {}, {\"until\":\"soon\"}]").isEmpty());
    QCOMPARE(decodeLeaseNotes("{\"by\":\"bob\",\"until\":\"2026-11-23T03:10:00Z\"}").size(), 1);
    QVERIFY(!decodeIntent("{\"action\":\"world.end\"}"));
    QVERIFY(!decodeIntent("nonsense"));
}

void BreakerFormatsTest::updateRoundTrip()
{
    auto breaker = std::make_shared<Breaker>();
    breaker->key = {SourceId(QStringLiteral("breakers/gc")), ServiceId(QStringLiteral("gc")), QStringLiteral("a/b")};
    breaker->state = BreakerState::Open;
    breaker->pods = {{QStringLiteral("gc-1"), BreakerState::Open, 0.5, {}, 10, 3.0, {}}};
    breaker->failureRatio = 0.5;
    breaker->transitions = {{*parseRfc3339("2026-11-23T03:10:00Z"), BreakerState::Closed, BreakerState::Open, {}}};
    breaker->possible = {BreakerMode::ForceOpen, BreakerMode::Reset};
    const BreakersUpdate update{breaker->key.source, *parseRfc3339("2026-11-23T03:11:00Z"),
                                std::make_shared<const std::vector<BreakerPtr>>(1, breaker), 2, 1};
    const auto back = decodeUpdate(encodeUpdate(update).toStdString());
    QVERIFY(back);
    const auto *read = std::get_if<BreakersUpdate>(&*back);
    QVERIFY(read);
    QVERIFY(*read->breakers->front() == *breaker);
    QCOMPARE(read->podsAnswered, 1);
}

QTEST_GUILESS_MAIN(BreakerFormatsTest)
#include "tst_breaker_formats.moc"
