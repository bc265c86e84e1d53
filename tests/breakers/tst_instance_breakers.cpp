// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/instance_breakers.h"
#include "tests/breakers/fake_actuator.h"

#include <QElapsedTimer>
#include <QTest>

#include <ctime>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

class BreakerClock final : public Clock {
public:
    Instant now() const override { return m_now; }
    void pass(Duration time) { m_now += time; }

private:
    Instant m_now = *parseRfc3339("2026-11-23T03:10:00.000Z");
};

/// A source of three pods of gc-service, each with one breaker.
struct SourceWorld {
    explicit SourceWorld(int pods = 3, const QString &name = QStringLiteral("redis/main pool"))
    {
        for (int i = 1; i <= pods; ++i) {
            const QString pod = QStringLiteral("gc-%1").arg(i);
            names.append(pod);
            actuator.pods[pod].states.insert(name, QStringLiteral("CLOSED"));
        }
        InstanceBreakers::Settings settings;
        settings.identity = {.id = SourceId(QStringLiteral("breakers/gc")),
                             .name = QStringLiteral("gc"),
                             .kind = SourceStatus::Kind::Breakers};
        settings.protocol = resilience4jProtocol();
        settings.facts = {.source = settings.identity.id,
                          .service = ServiceId(QStringLiteral("gc-service")),
                          .kind = QStringLiteral("resilience4j"),
                          .possible = settings.protocol->possible(),
                          .dependencies = {{name, QStringLiteral("redis")}},
                          .fallbacks = {{name, QStringLiteral("local session cache")}}};
        source = std::make_unique<InstanceBreakers>(
            actuator, clock, settings, [this] { return instances(); },
            [](const std::function<void()> &call) { call(); },
            [this](SourceUpdate update) { updates.push_back(std::move(update)); });
    }
    Result<QList<BreakerInstance>> instances() const
    {
        QList<BreakerInstance> found;
        for (const QString &pod : names)
            found.append({pod, std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://") + pod}),
                          QStringLiteral("/actuator")});
        return found;
    }
    BreakerPtr seen() const
    {
        for (auto one = updates.rbegin(); one != updates.rend(); ++one) {
            if (const auto *update = std::get_if<BreakersUpdate>(&*one))
                return update->breakers->front();
        }
        return nullptr;
    }
    SourceStatus status() const
    {
        for (auto one = updates.rbegin(); one != updates.rend(); ++one) {
            if (const auto *update = std::get_if<StatusUpdate>(&*one))
                return update->status;
        }
        return {};
    }
    QList<PodOutcome> apply(const QString &name, BreakerMode mode)
    {
        BreakerOrder order{name, {}, {}};
        for (const QString &pod : names)
            order.modes.insert(pod, mode);
        QList<PodOutcome> got;
        source->apply(order, [&got](const QList<PodOutcome> &outcomes) { got = outcomes; });
        std::sort(got.begin(), got.end(), [](const PodOutcome &a, const PodOutcome &b) { return a.pod < b.pod; });
        return got;
    }

    BreakerClock clock;
    FakeActuator actuator;
    QStringList names;
    std::vector<SourceUpdate> updates;
    std::unique_ptr<InstanceBreakers> source;
};

const QString redisPool = QStringLiteral("redis/main pool");

} // namespace

class InstanceBreakersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joinsAllPods();
    void remembersChangesAndRates();
    void onePodAwayIsPartial();
    void readsTheOlderShape();
    void setsEachPodOnceAndReadsBack();
    void makesNoPhantom();
    void readOnlyActuatorInWords_data();
    void readOnlyActuatorInWords();
    void lostAnswerIsReadBack();
    void yesWithoutEffectIsNoSuccess();
    void manyBreakersAreCheap();
};

void InstanceBreakersTest::joinsAllPods()
{
    SourceWorld world;
    world.actuator.pods[QStringLiteral("gc-2")].states[redisPool] = QStringLiteral("OPEN");
    world.source->poll(HttpLane::Poll);
    const BreakerPtr breaker = world.seen();
    QVERIFY(breaker);
    QCOMPARE(breaker->to, QStringLiteral("redis"));
    QCOMPARE(breaker->state, BreakerState::Open);
    QVERIFY(breaker->isMixed);
    QCOMPARE(breaker->pods.size(), 3);
    QCOMPARE(breaker->failureRatio, 0.5);
    QVERIFY(!breaker->slowRatio); // -1 % stands for too few calls
    QCOMPARE(breaker->opensAtFailureRatio, 0.6);
    QCOMPARE(breaker->fallback, QStringLiteral("local session cache"));
    QCOMPARE(world.status().state, SourceStatus::State::Ok);
}

void InstanceBreakersTest::remembersChangesAndRates()
{
    SourceWorld world;
    world.source->poll(HttpLane::Poll);
    QVERIFY(!world.seen()->rejectedPerSecond);
    world.clock.pass(std::chrono::seconds(10));
    world.actuator.pods[QStringLiteral("gc-1")].states[redisPool] = QStringLiteral("OPEN");
    world.source->poll(HttpLane::Poll);
    QCOMPARE(world.seen()->rejectedPerSecond, 0.0);
    QCOMPARE(world.seen()->transitions.size(), 1);
    QCOMPARE(world.seen()->transitions.first().to, BreakerState::Open);
    QCOMPARE(world.seen()->changedAt, world.clock.now());
}

void InstanceBreakersTest::onePodAwayIsPartial()
{
    SourceWorld world(10);
    world.actuator.pods[QStringLiteral("gc-3")].unreachable = true;
    world.source->poll(HttpLane::Poll);
    QCOMPARE(world.status().state, SourceStatus::State::Partial);
    const QList<PodOutcome> outcomes = world.apply(redisPool, BreakerMode::ForceOpen);
    QCOMPARE(outcomes.size(), 10);
    for (const PodOutcome &one : outcomes)
        QCOMPARE(one.kind, one.pod == u"gc-3" ? PodOutcome::Kind::Refused : PodOutcome::Kind::Done);
    QCOMPARE(world.actuator.pods[QStringLiteral("gc-3")].posts, 0);
}

void InstanceBreakersTest::readsTheOlderShape()
{
    SourceWorld world(1);
    world.actuator.pods[QStringLiteral("gc-1")].isOlder = true;
    world.actuator.pods[QStringLiteral("gc-1")].states[redisPool] = QStringLiteral("HALF_OPEN");
    world.source->poll(HttpLane::Poll);
    QCOMPARE(world.seen()->state, BreakerState::HalfOpen);
    QCOMPARE(world.apply(redisPool, BreakerMode::ForceOpen).first().kind, PodOutcome::Kind::Done);
}

void InstanceBreakersTest::setsEachPodOnceAndReadsBack()
{
    SourceWorld world(20);
    const QList<PodOutcome> outcomes = world.apply(redisPool, BreakerMode::ForceOpen);
    for (const PodOutcome &one : outcomes) {
        QCOMPARE(one.kind, PodOutcome::Kind::Done);
        QCOMPARE(one.before, BreakerState::Closed);
        QCOMPARE(one.after, BreakerState::ForcedOpen);
        QCOMPARE(world.actuator.pods[one.pod].posts, 1);
        QCOMPARE(world.actuator.pods[one.pod].states.size(), 1); // the name with '/' and a blank came whole
    }
}

void InstanceBreakersTest::makesNoPhantom()
{
    SourceWorld world;
    const QList<PodOutcome> outcomes = world.apply(QStringLiteral("redsi"), BreakerMode::ForceOpen);
    for (const PodOutcome &one : outcomes) {
        QCOMPARE(one.kind, PodOutcome::Kind::Refused);
        QCOMPARE(one.error.kind, Error::Kind::NotFound);
        QCOMPARE(world.actuator.pods[one.pod].posts, 0);
    }
}

void InstanceBreakersTest::readOnlyActuatorInWords_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("405") << 405;
    QTest::newRow("403") << 403;
    QTest::newRow("404") << 404;
}

void InstanceBreakersTest::readOnlyActuatorInWords()
{
    QFETCH(int, status);
    SourceWorld world(1);
    world.actuator.pods[QStringLiteral("gc-1")].refuses = status;
    const PodOutcome outcome = world.apply(redisPool, BreakerMode::ForceOpen).first();
    QCOMPARE(outcome.kind, PodOutcome::Kind::Refused);
    QVERIFY(outcome.error.what.contains(QString::number(status)));
    QVERIFY(!outcome.error.next.isEmpty());
    world.source->poll(HttpLane::Poll);
    QVERIFY(world.seen()->readOnlyReason.contains(QString::number(status)));
}

void InstanceBreakersTest::lostAnswerIsReadBack()
{
    SourceWorld world(1);
    world.actuator.pods[QStringLiteral("gc-1")].loseAnswer = true;
    QCOMPARE(world.apply(redisPool, BreakerMode::ForceOpen).first().kind, PodOutcome::Kind::Done);
    QCOMPARE(world.actuator.pods[QStringLiteral("gc-1")].posts, 1);
}

void InstanceBreakersTest::yesWithoutEffectIsNoSuccess()
{
    SourceWorld world(1);
    world.actuator.pods[QStringLiteral("gc-1")].ignores = true;
    const PodOutcome outcome = world.apply(redisPool, BreakerMode::ForceOpen).first();
    QCOMPARE(outcome.kind, PodOutcome::Kind::Refused);
    QCOMPARE(outcome.after, BreakerState::Closed);
}

/// 200 services of 10 breakers and 5 pods: 250 ms CPU a refresh (issue 5), parsing and joining.
void InstanceBreakersTest::manyBreakersAreCheap()
{
    SourceWorld world(5);
    for (const QString &pod : world.names) {
        for (int i = 0; i < 9; ++i)
            world.actuator.pods[pod].states.insert(QStringLiteral("breaker-%1").arg(i), QStringLiteral("CLOSED"));
    }
    world.source->poll(HttpLane::Poll);
    const std::clock_t begin = std::clock();
    constexpr int services = 200;
    for (int i = 0; i < services; ++i)
        world.source->poll(HttpLane::Poll);
    const double ms = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    qInfo("refresh of 200 services: %.0f ms CPU", ms);
    world.updates.clear();
    QVERIFY(ms < 2500); // a debug build with a fake server inside; the floor itself is the bench's
}

QTEST_GUILESS_MAIN(InstanceBreakersTest)
#include "tst_instance_breakers.moc"
