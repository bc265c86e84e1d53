// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/breakers_world.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

using namespace std::chrono_literals;

const SourceId breakerSource(QStringLiteral("breakers/resilience4j"));
const SourceId flagSource(QStringLiteral("flags/unleash"));

struct Figures {
    double failed = 0;
    double slow = 0;
    double rejected = 0;
};

std::shared_ptr<Breaker> made(const char *from, const char *to, BreakerState state, Figures figures, Duration age,
                              Instant at)
{
    auto one = std::make_shared<Breaker>();
    one->key = worldBreaker(from, to);
    one->to = QString::fromLatin1(to);
    one->kind = QStringLiteral("resilience4j");
    one->state = state;
    one->failureRatio = figures.failed;
    one->slowRatio = figures.slow;
    one->rejectedPerSecond = figures.rejected;
    one->opensAtFailureRatio = 0.5;
    one->changedAt = worldNow() - age;
    one->possible = {BreakerMode::ForceOpen, BreakerMode::ForceClosed, BreakerMode::Disable, BreakerMode::Reset};
    one->sampledAt = at;
    return one;
}

std::shared_ptr<Breaker> halfOpen(Instant at, BreakerState state, Figures figures)
{
    auto one = made("gc-service", "mc-service", state, figures, 3min + 30s, at);
    one->trialsAllowed = 5;
    one->trialsDone = 1;
    one->trialsFailed = 1;
    one->fallback = QStringLiteral("queued join, waits 4 s longer");
    one->fallbackPerSecond = 171;
    const Instant now = worldNow();
    one->transitions = {{now - 9s, BreakerState::HalfOpen, BreakerState::HalfOpen, QStringLiteral("trial call failed")},
                        {now - 3min - 30s, BreakerState::Open, BreakerState::HalfOpen, QStringLiteral("after 5:30")},
                        {now - 9min, BreakerState::Closed, BreakerState::Open, QStringLiteral("52 % failed")},
                        {now - 9 * 24h, BreakerState::HalfOpen, BreakerState::Closed, QStringLiteral("held 9 d")}};
    for (const char *pod : {"gc-service-7d9f-2xkqp", "gc-service-7d9f-8bvcm", "gc-service-7d9f-ptt4w"})
        one->pods.append({QString::fromLatin1(pod), state, figures.failed, figures.slow, 100, 4000.0, {}});
    return one;
}

/// What was seen at `at`: closed until 03:03:40, open until 03:09:10, half-open since.
std::shared_ptr<Breaker> gcToMc(Instant at)
{
    const Instant now = worldNow();
    if (at < now - 9min) {
        const double rise = std::clamp(double((at - (now - 17min)).count()) / double(Duration(8min).count()), 0.0, 1.0);
        return halfOpen(at, BreakerState::Closed, {0.005 + 0.5 * rise, 0.01 + 0.33 * rise, 0});
    }
    if (at < now - 3min - 30s) {
        auto open = halfOpen(at, BreakerState::Open, {0, 0, 174 + 6 * std::sin(double(toEpochMs(at)) / 40000.0)});
        open->failureRatio.reset();
        open->slowRatio.reset();
        return open;
    }
    return halfOpen(at, BreakerState::HalfOpen, {at < now - 2min ? 0.4 : 0.2, 0.31, 171});
}

void fillMatrix(PagesWorld &world, Instant at)
{
    BreakersUpdate update{breakerSource, at, {}, 12, 12};
    std::vector<BreakerPtr> all{gcToMc(at),
                                made("gc-service", "ac-service", BreakerState::Closed, {0, 0.004, 0}, 9 * 24h, at),
                                made("gc-service", "postgresql", BreakerState::Closed, {0, 0.001, 0}, 31 * 24h, at),
                                made("mc-service", "gc-service", BreakerState::Closed, {0.121, 0.086, 0}, 9 * 24h, at),
                                made("mc-service", "mh-service", BreakerState::Closed, {0.001, 0.002, 0}, 2 * 24h, at),
                                made("mc-service", "redis", BreakerState::Closed, {0, 0.001, 0}, 31 * 24h, at),
                                made("ac-service", "postgresql", BreakerState::Closed, {0, 0.002, 0}, 31 * 24h, at),
                                made("ac-service", "redis", BreakerState::Closed, {0, 0, 0}, 31 * 24h, at),
                                made("mh-service", "mc-service", BreakerState::Closed, {0.002, 0.003, 0}, 6 * 24h, at)};
    auto cached = std::make_shared<Breaker>(*all[5]);
    cached->fallback = QStringLiteral("local session cache");
    cached->fallbackPerSecond = 0;
    all[5] = cached;
    update.breakers = std::make_shared<const std::vector<BreakerPtr>>(std::move(all));
    world.breakers.apply(update);
}

FlagPtr flag(const char *name, std::optional<bool> staging, std::optional<bool> production, Duration age,
             const char *by)
{
    auto one = std::make_shared<FeatureFlag>();
    one->key = {flagSource, QStringLiteral("default"), QString::fromLatin1(name)};
    one->here = QStringLiteral("production");
    one->service = ServiceId(QStringLiteral("gc-service"));
    one->states = {{QStringLiteral("staging"), false, staging, {}, false, {}},
                   {QStringLiteral("production"), true, production, {}, false, {}}};
    one->changedAt = worldNow() - age;
    one->changedBy = QString::fromLatin1(by);
    return one;
}

void fillFlags(PagesWorld &world)
{
    FlagsUpdate update{flagSource, worldNow(), {}, {}};
    update.flags = std::make_shared<const std::vector<FlagPtr>>(std::vector<FlagPtr>{
        flag("fast-join", true, true, 17min + 40s, "gc-owner"), flag("simulcast-v2", true, true, 11 * 24h, "mh-owner"),
        flag("redis-lua-lock", true, false, 3 * 24h, "platform"), flag("join-captcha", false, false, 51 * 24h, "comms"),
        flag("mh-av1", true, false, 54 * 24h, "mh-owner"), flag("jwks-prefetch", true, true, 62 * 24h, "platform"),
        flag("late-flag", true, std::nullopt, 70 * 24h, "platform")});
    update.events = std::make_shared<const std::vector<FlagEvent>>(
        std::vector<FlagEvent>{{{flagSource, QStringLiteral("default"), QStringLiteral("fast-join")},
                                QStringLiteral("production"),
                                QStringLiteral("on"),
                                true,
                                worldNow() - 17min - 40s,
                                QStringLiteral("gc-owner")}});
    world.breakers.apply(update);
}

CapacityPtr capacity(const char *name, int now, int least, int most, double saturation, bool atMaximum)
{
    auto one = std::make_shared<Capacity>();
    one->workload = {QStringLiteral("demo"),    QStringLiteral("eu-west-1"), QStringLiteral("dark-tower"),
                     QStringLiteral("Rollout"), QString::fromLatin1(name),   {}};
    one->autoscaler = one->workload;
    one->autoscaler.kind = QStringLiteral("HorizontalPodAutoscaler");
    one->service = ServiceId(QString::fromLatin1(name));
    one->current = now;
    one->desired = now;
    one->minimum = least;
    one->maximum = most;
    one->saturation = saturation;
    one->atMaximum = atMaximum;
    if (atMaximum)
        one->atMaximumSince = worldNow() - 12min;
    one->costPerHour = 0.12 * now;
    return one;
}

} // namespace

BreakerKey worldBreaker(const char *from, const char *to)
{
    return {breakerSource, ServiceId(QString::fromLatin1(from)), QString::fromLatin1(to)};
}

Override heldBreaker(const QString &actor, Instant until)
{
    Override one;
    one.id = QStringLiteral("lease-1");
    one.kind = QStringLiteral("breaker.override");
    one.target = QStringLiteral("gc-service → mc-service");
    one.was = QStringLiteral("half-open");
    one.is = QStringLiteral("forced open");
    one.actor = actor;
    one.reason = QStringLiteral("Stop join timeouts, INC-42");
    one.startsAt = worldNow() - 28s;
    one.until = until;
    one.revert = ResetBreaker{worldBreaker("gc-service", "mc-service"), one.id};
    return one;
}

void fillBreakers(PagesWorld &world)
{
    world.breakers.setConfigured(true, true);
    for (Duration back = 35min; back >= 0s; back -= 15s)
        fillMatrix(world, worldNow() - back);
    fillFlags(world);
    world.breakers.setCapacities({capacity("gc-service", 8, 4, 12, 0.62, false),
                                  capacity("mc-service", 8, 4, 8, 0.96, true),
                                  capacity("mh-service", 4, 2, 6, 0.41, false)});
}

} // namespace cockpit
