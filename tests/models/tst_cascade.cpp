// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breaker_suspect.h"
#include "models/cascade_layout.h"

#include <QTest>

using namespace cockpit;

namespace {

ServiceHealth health(const char *name, ServiceHealth::Level level)
{
    ServiceHealth made;
    made.id = ServiceId(QString::fromLatin1(name));
    made.level = level;
    return made;
}

Alert firing(const char *service, int second)
{
    Alert alert;
    alert.service = ServiceId(QString::fromLatin1(service));
    alert.state = AlertState::Firing;
    alert.startsAt = fromEpochMs(second * 1000);
    return alert;
}

ServiceDefinition calls(const char *name, const QStringList &dependencies)
{
    ServiceDefinition made;
    made.id = ServiceId(QString::fromLatin1(name));
    for (const QString &one : dependencies)
        made.dependsOn.append(ServiceId(one));
    return made;
}

BreakerPtr breaker(const char *from, const char *to, BreakerState state, int second = 0)
{
    auto made = std::make_shared<Breaker>();
    made->key.from = ServiceId(QString::fromLatin1(from));
    made->key.name = QString::fromLatin1(to);
    made->to = QString::fromLatin1(to);
    made->state = state;
    if (second > 0)
        made->changedAt = fromEpochMs(second * 1000);
    return made;
}

using Level = ServiceHealth::Level;

} // namespace

class CascadeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDeadDatabaseExplainsWhoCallsIt();
    void ofTwoThatCallEachOtherTheEarlierExplains();
    void aForcedBreakerAccusesNobody();
    void aRingWithoutOnsetsIsStillNumbered();
    void aThingWithoutFiguresIsUnknownUntilItsBreakersTell();
    void sheddingFollowsSaturation();
    void boxesNeverLieOnEachOther_data();
    void boxesNeverLieOnEachOther();
    void aLargeFleetShowsTroubleAndItsNeighbours();
    void theSuspectIsItsOwnBreakerThatTurnsMostAway();
};

void CascadeTest::aDeadDatabaseExplainsWhoCallsIt()
{
    Fleet fleet;
    fleet.services = {health("gc", Level::Degraded), health("mc", Level::Unhealthy), health("ac", Level::Healthy)};
    fleet.serviceMap =
        ServiceMap({calls("gc", {QStringLiteral("mc"), QStringLiteral("ac")}), calls("mc", {QStringLiteral("redis")})});
    fleet.alerts = {firing("mc", 100), firing("gc", 160)};
    const Cascade cascade = cascadeOf(fleet, {breaker("mc", "redis", BreakerState::Open, 90)}, {});
    const CascadeNode *redis = cascade.node(QStringLiteral("redis"));
    QVERIFY(redis && redis->isRoot && redis->glyph == StateGlyph::Critical);
    QCOMPARE(redis->rank, 1);
    QCOMPARE(cascade.node(QStringLiteral("mc"))->because, QStringList{QStringLiteral("redis")});
    QVERIFY(cascade.node(QStringLiteral("mc"))->words.contains(QStringLiteral("breaker is open")));
    QCOMPARE(cascade.node(QStringLiteral("gc"))->because, QStringList{QStringLiteral("mc")});
    QCOMPARE(cascade.node(QStringLiteral("ac"))->rank, 0);
    QCOMPARE(cascade.sentences.size(), 3);
    QVERIFY(cascade.sentences.first().startsWith(QStringLiteral("redis")));
}

void CascadeTest::ofTwoThatCallEachOtherTheEarlierExplains()
{
    Fleet fleet;
    fleet.services = {health("gc", Level::Unhealthy), health("mc", Level::Degraded)};
    fleet.serviceMap = ServiceMap({calls("gc", {QStringLiteral("mc")}), calls("mc", {QStringLiteral("gc")})});
    fleet.alerts = {firing("gc", 1000), firing("mc", 1060)};
    const Cascade cascade = cascadeOf(fleet, {}, {{QStringLiteral("gc"), QStringLiteral("canary 1.43.0")}});
    QVERIFY(cascade.node(QStringLiteral("gc"))->isRoot);
    QCOMPARE(cascade.node(QStringLiteral("gc"))->words, QStringLiteral("canary 1.43.0"));
    QCOMPARE(cascade.node(QStringLiteral("mc"))->because, QStringList{QStringLiteral("gc")});
}

void CascadeTest::aForcedBreakerAccusesNobody()
{
    Fleet fleet;
    fleet.services = {health("gc", Level::Healthy), health("mc", Level::Healthy)};
    const Cascade cascade = cascadeOf(fleet, {breaker("gc", "mc", BreakerState::ForcedOpen, 10)}, {});
    QCOMPARE(cascade.node(QStringLiteral("mc"))->rank, 0);
    QVERIFY(cascade.sentences.isEmpty());
}

void CascadeTest::aRingWithoutOnsetsIsStillNumbered()
{
    Fleet fleet;
    fleet.services = {health("a", Level::Degraded), health("b", Level::Degraded), health("c", Level::Degraded)};
    fleet.serviceMap = ServiceMap(
        {calls("a", {QStringLiteral("b")}), calls("b", {QStringLiteral("c")}), calls("c", {QStringLiteral("a")})});
    const Cascade cascade = cascadeOf(fleet, {}, {});
    for (const CascadeNode &node : cascade.nodes)
        QVERIFY(node.rank > 0);
    QCOMPARE(cascade.sentences.size(), 3);
}

void CascadeTest::aThingWithoutFiguresIsUnknownUntilItsBreakersTell()
{
    Fleet fleet;
    fleet.services = {health("mc", Level::Healthy)};
    fleet.serviceMap = ServiceMap({calls("mc", {QStringLiteral("redis")})});
    QCOMPARE(cascadeOf(fleet, {}, {}).node(QStringLiteral("redis"))->glyph, StateGlyph::Unknown);
    QCOMPARE(cascadeOf(fleet, {breaker("mc", "redis", BreakerState::Closed)}, {}).node(QStringLiteral("redis"))->glyph,
             StateGlyph::Ok);
    QCOMPARE(cascadeOf(fleet, {breaker("mc", "redis", BreakerState::Unknown)}, {}).node(QStringLiteral("redis"))->glyph,
             StateGlyph::Unknown);
}

void CascadeTest::sheddingFollowsSaturation()
{
    QCOMPARE(sheddingAt(0.84), Shedding::None);
    QCOMPARE(sheddingAt(0.85), Shedding::RejectNew);
    QCOMPARE(sheddingAt(0.95), Shedding::Migrate);
    QCOMPARE(sheddingAt(1.0), Shedding::Drain);
}

void CascadeTest::boxesNeverLieOnEachOther_data()
{
    QTest::addColumn<int>("services");
    for (const int services : {1, 2, 7, 40, 300})
        QTest::newRow(qPrintable(QString::number(services))) << services;
}

void CascadeTest::boxesNeverLieOnEachOther()
{
    QFETCH(int, services);
    Cascade cascade;
    for (int i = 0; i < services; ++i)
        cascade.nodes.push_back({QStringLiteral("s%1").arg(i, 3, 10, QLatin1Char('0')),
                                 true,
                                 StateGlyph::Ok,
                                 0,
                                 false,
                                 {},
                                 {},
                                 {},
                                 Shedding::None});
    for (int i = 1; i < services; ++i) {
        cascade.edges.push_back({cascade.nodes[static_cast<size_t>(i / 3)].name,
                                 cascade.nodes[static_cast<size_t>(i)].name,
                                 BreakerState::Closed,
                                 {},
                                 false});
        if (i % 7 == 0) // rings and long ways
            cascade.edges.push_back(
                {cascade.nodes[static_cast<size_t>(i)].name, cascade.nodes[0].name, BreakerState::Closed, {}, false});
    }
    const CascadeLayout layout = layOut(cascade, {.most = 0});
    QCOMPARE(layout.nodes.size(), cascade.nodes.size());
    QCOMPARE(layout.edges.size(), cascade.edges.size());
    for (size_t i = 0; i < layout.nodes.size(); ++i) {
        QVERIFY(layout.bounds.contains(layout.nodes[i].box));
        for (size_t k = i + 1; k < layout.nodes.size(); ++k)
            QVERIFY(!layout.nodes[i].box.intersects(layout.nodes[k].box));
    }
    for (const PlacedEdge &edge : layout.edges)
        QVERIFY(edge.way.size() >= 2);
}

void CascadeTest::aLargeFleetShowsTroubleAndItsNeighbours()
{
    Cascade cascade;
    for (int i = 0; i < 60; ++i)
        cascade.nodes.push_back({QStringLiteral("s%1").arg(i, 3, 10, QLatin1Char('0')),
                                 true,
                                 StateGlyph::Ok,
                                 i == 30 ? 1 : 0,
                                 i == 30,
                                 {},
                                 {},
                                 {},
                                 Shedding::None});
    for (int i = 1; i < 60; ++i)
        cascade.edges.push_back({cascade.nodes[static_cast<size_t>(i - 1)].name,
                                 cascade.nodes[static_cast<size_t>(i)].name,
                                 BreakerState::Closed,
                                 {},
                                 false});
    const CascadeLayout layout = layOut(cascade, {});
    QCOMPARE(layout.nodes.size(), size_t(3));
    QCOMPARE(layout.hidden, 57);
}

void CascadeTest::theSuspectIsItsOwnBreakerThatTurnsMostAway()
{
    const auto offered = [](BreakerPtr one, double rejected) {
        auto copy = std::make_shared<Breaker>(*one);
        copy->possible = {BreakerMode::ForceOpen};
        copy->rejectedPerSecond = rejected;
        return BreakerPtr(copy);
    };
    const BreakerPtr mc = offered(breaker("gc", "mc", BreakerState::HalfOpen), 168);
    const BreakerPtr redis = offered(breaker("gc", "redis", BreakerState::HalfOpen), 399);
    const BreakerPtr caller = offered(breaker("web", "gc", BreakerState::Open), 900);
    const BreakerPtr forced = offered(breaker("gc", "ac", BreakerState::ForcedOpen), 900);
    QCOMPARE(suspectedBreaker(ServiceId(QStringLiteral("gc")), {mc, redis, caller, forced}), redis);
    QCOMPARE(suspectedBreaker(ServiceId(QStringLiteral("gc")), {caller, forced}), caller);
    QCOMPARE(suspectedBreaker(ServiceId(QStringLiteral("ac")), {mc, redis, forced}), BreakerPtr());
    QCOMPARE(suspectedBreaker(ServiceId(QStringLiteral("gc")), {breaker("gc", "mc", BreakerState::Open)}),
             BreakerPtr());
}

QTEST_APPLESS_MAIN(CascadeTest)
#include "tst_cascade.moc"
