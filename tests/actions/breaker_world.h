// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/breaker/override_breaker.h"
#include "app/actions/breaker/reset_breaker.h"
#include "app/actions/override_keeper.h"
#include "tests/actions/engine_fixture.h"

#include <QFile>
#include <QTest>

namespace cockpit::testing {

inline const BreakerKey redisKey{SourceId(QStringLiteral("breakers/gc")), ServiceId(QStringLiteral("gc-service")),
                                 QStringLiteral("redis")};

/// Pods in memory that a test reaches into.
class FakeBreakers final : public BreakerSource {
public:
    void poll(HttpLane) override {}
    void look(std::function<void(Result<BreakerLook>)> done) override
    {
        if (isDown)
            return done(Error{Error::Kind::Timeout, QStringLiteral("It did not answer in 5 s."), {}, {}});
        Breaker breaker;
        breaker.key = redisKey;
        breaker.to = QStringLiteral("redis");
        breaker.kind = QStringLiteral("resilience4j");
        breaker.possible = {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Disable, BreakerMode::Reset};
        breaker.readOnlyReason = readOnlyReason;
        for (auto pod = pods.constBegin(); pod != pods.constEnd(); ++pod) {
            const bool isAway = away.contains(pod.key());
            breaker.pods.append({.pod = pod.key(),
                                 .state = isAway ? BreakerState::Unknown : pod.value(),
                                 .problem = isAway ? QStringLiteral("no answer") : QString()});
            const bool isFirst = breaker.state == BreakerState::Unknown;
            if (!isAway && (isFirst || attentionRank(pod.value()) > attentionRank(breaker.state)))
                breaker.state = pod.value();
        }
        done(BreakerLook{{std::make_shared<const Breaker>(breaker)}, clockAhead});
    }
    void apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done) override
    {
        ++orders;
        if (beforeOrder)
            beforeOrder();
        QList<PodOutcome> outcomes;
        for (auto one = order.modes.constBegin(); one != order.modes.constEnd(); ++one) {
            PodOutcome outcome{one.key(), PodOutcome::Kind::Done, pods.value(one.key()), BreakerState::Unknown, {}};
            if (away.contains(one.key())) {
                outcome.kind = PodOutcome::Kind::Refused;
                outcome.error = {Error::Kind::Timeout, QStringLiteral("no answer"), {}, {}};
            } else {
                pods[one.key()] = one.value() == BreakerMode::ForceOpen ? BreakerState::ForcedOpen
                                  : one.value() == BreakerMode::Reset   ? BreakerState::Closed
                                                                        : BreakerState::Disabled;
            }
            outcome.after = pods.value(one.key());
            outcomes.append(outcome);
        }
        if (afterOrder)
            afterOrder();
        done(outcomes);
    }
    /// Another process sees the same pods.
    void save(const QString &path) const
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return;
        for (auto pod = pods.constBegin(); pod != pods.constEnd(); ++pod)
            file.write((pod.key() + u' ' + toWireName(pod.value()) + u'\n').toUtf8());
    }
    void load(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts))
            pods.insert(line.section(u' ', 0, 0), *breakerStateFromWireName(line.section(u' ', 1)));
    }

    std::function<void()> beforeOrder{};
    std::function<void()> afterOrder{};
    QMap<QString, BreakerState> pods{{QStringLiteral("gc-1"), BreakerState::Closed},
                                     {QStringLiteral("gc-2"), BreakerState::Closed}};
    QStringList away{};
    bool isDown = false;
    QString readOnlyReason{};
    std::optional<Duration> clockAhead{};
    int orders = 0;
};

/// An engine with the actions on breakers and a keeper of their overrides.
struct BreakerWorld {
    explicit BreakerWorld(FakeBreakers &theSource, const QString &path)
        : source(theSource)
        , world(path)
    {
        const BreakerActionParts parts{.clock = world.clock,
                                       .leases = leaseStore(world.store),
                                       .source = [this](const SourceId &) { return &source; },
                                       .overrides = [this] { return overrides; },
                                       .fleet = [this] { return world.fleet; },
                                       .board = {.isSeen = [this](const BreakerKey &) { return isSeen; },
                                                 .post =
                                                     [this](const BreakerKey &, const Lease &lease, bool take,
                                                            std::function<void(Result<Done>)> done) {
                                                         posted.append((take ? u'-' : u'+') + lease.reason);
                                                         done(boardError ? Result<Done>(*boardError)
                                                                         : Result<Done>(Done{}));
                                                     }}};
        overrideHandler = std::make_unique<OverrideBreakerHandler>(parts);
        resetHandler = std::make_unique<ResetBreakerHandler>(parts);
        ActionEngineParts engineParts = world.parts();
        engineParts.overrideBreaker = overrideHandler.get();
        engineParts.resetBreaker = resetHandler.get();
        engine = std::make_unique<ActionEngine>(engineParts);
        keeper = std::make_unique<OverrideKeeper>(
            OverrideKeeper::Parts{.engine = *engine,
                                  .store = world.store,
                                  .clock = world.clock,
                                  .environment = QStringLiteral("prod"),
                                  .show = [this](const QList<Lease> &, const QList<Override> &all) { overrides = all; },
                                  .problem = [this](const Error &) { ++problems; }});
        world.onReport = [this](const ActionRecord &record) { keeper->observe(record); };
    }
    OverrideBreaker forceOpen(Duration length = std::chrono::minutes(15)) const
    {
        return {redisKey, BreakerMode::ForceOpen, world.clock.now() + length, {}};
    }
    const ActionRecord &record(const ActionId &id) const { return *engine->find(id); }
    ActionId run(const ActionIntent &intent, const QStringList &accept = {})
    {
        ActionRequest request = world.request(intent);
        request.requestedAt = world.clock.now();
        const ActionId id = engine->plan(request);
        [&] { QTRY_VERIFY(record(id).state == ActionState::Planned || isFinal(record(id).state)); }();
        engine->confirm(id, accept);
        [&] { QTRY_VERIFY(isFinal(record(id).state)); }();
        settle();
        return id;
    }
    /// The store has answered everything that was asked so far.
    void settle()
    {
        for (int round = 0; round < 4; ++round) {
            bool answered = false;
            world.store.ask<Done>([](Store &) -> Result<Done> { return Done{}; },
                                  [&](const Result<Done> &) { answered = true; });
            [&] { QTRY_VERIFY(answered); }();
        }
    }
    /// Ticks until nothing is under way.
    void tick()
    {
        keeper->reload();
        settle();
        keeper->tick();
        settle();
        [&] { QTRY_VERIFY(engine->isIdle()); }();
        settle();
        keeper->reload();
        settle();
    }
    void pass(Duration time) { world.clock.set(world.clock.now() + time); }

    FakeBreakers &source;
    EngineWorld world;
    QList<Override> overrides{};
    bool isSeen = true;
    std::optional<Error> boardError{};
    QStringList posted{};
    int problems = 0;
    std::unique_ptr<OverrideBreakerHandler> overrideHandler;
    std::unique_ptr<ResetBreakerHandler> resetHandler;
    std::unique_ptr<ActionEngine> engine;
    std::unique_ptr<OverrideKeeper> keeper;
};

} // namespace cockpit::testing
