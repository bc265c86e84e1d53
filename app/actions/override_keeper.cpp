// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/override_keeper.h"

#include "app/actions/uuid7.h"
#include "app/formats/lease_codec.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int ticksBetweenReads = 5;
constexpr std::chrono::seconds beatHolds{30};   ///< a beat comes with each read
constexpr std::chrono::seconds claimHolds{120}; ///< longer than any way back takes

struct KeeperWords {
    Q_DECLARE_TR_FUNCTIONS(OverrideKeeper)
};

Duration worldTime(std::chrono::seconds real, const Clock &clock)
{
    return Duration(static_cast<qint64>(static_cast<double>(Duration(real).count()) * clock.speed()));
}

/// Nothing was changed by it, for certain: it was refused or cancelled, or it failed and no reading found any of it.
bool cameToNothing(const ActionRecord &record)
{
    if (record.state == ActionState::Refused || record.state == ActionState::Cancelled)
        return true;
    const bool anyTook = std::any_of(record.proof.cbegin(), record.proof.cend(),
                                     [](const Evidence &one) { return one.verdict == Evidence::Verdict::Good; });
    return record.state == ActionState::Failed && record.serverReference.isEmpty() && !record.resumed && !anyTook;
}

} // namespace

OverrideKeeper::OverrideKeeper(Parts parts)
    : m_parts(std::move(parts))
{}

void OverrideKeeper::tick()
{
    const Instant now = m_parts.clock.now();
    if (m_ticks++ % ticksBetweenReads == 0)
        reload();
    for (const Lease &lease : QList<Lease>(m_leases))
        look(lease, now);
}

void OverrideKeeper::reload()
{
    if (m_runsOn) {
        m_parts.store.ask<Done>([environment = m_parts.environment, now = m_parts.clock.now()](
                                    Store &store) { return store.leases().beat(environment, now); },
                                [](const Result<Done> &) {});
    }
    withOpenLeases([this](const QList<Lease> &leases) { take(leases); });
}

void OverrideKeeper::withOpenLeases(std::function<void(const QList<Lease> &)> work)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<QList<Lease>>(
        [environment = m_parts.environment](Store &store) { return store.leases().open(environment); },
        [this, alive, work = std::move(work)](const Result<QList<Lease>> &leases) {
            if (alive.expired())
                return;
            if (!leases)
                return m_parts.problem(leases.error());
            QList<Lease> overrides;
            for (const Lease &lease : *leases) {
                if (!lease.revert.isEmpty())
                    overrides.append(lease);
            }
            work(overrides);
        });
}

void OverrideKeeper::take(const QList<Lease> &leases)
{
    m_leases = leases;
    QList<Override> overrides;
    for (const Lease &lease : leases)
        overrides.append(shown(lease, m_parts.clock.now()));
    m_parts.show(leases, overrides);
}

Override OverrideKeeper::shown(const Lease &lease, Instant now) const
{
    Override one;
    one.id = lease.id;
    one.kind = lease.kind;
    one.target = lease.title;
    one.was = lease.previousValue;
    one.is = lease.newValue;
    one.actor = lease.actor;
    one.reason = lease.reason;
    one.service = ServiceId(lease.service);
    one.startsAt = lease.startsAt;
    one.until = lease.endsAt;
    one.trouble = lease.trouble;
    if (one.isOverdue(now)) {
        const QString why = lease.trouble.isEmpty() ? KeeperWords::tr("it is being ended now.") : lease.trouble;
        one.trouble = KeeperWords::tr("It should have ended %1 ago: %2").arg(durationText(now - lease.endsAt), why);
    }
    if (auto revert = decodeIntent(lease.revert))
        one.revert = *revert;
    else
        one.trouble = revert.error().text();
    return one;
}

void OverrideKeeper::look(const Lease &lease, Instant now)
{
    const auto retry = m_retries.constFind(lease.id);
    const bool early = retry != m_retries.constEnd() && m_parts.clock.monotonic() < retry->at;
    if (now < lease.endsAt || early)
        return;
    for (const ActionRecord &open : m_parts.engine.openActions()) {
        if (leaseEndedBy(open.request.intent) == lease.id || open.request.id.toString() == lease.id)
            return; // it is being ended, by hand or after a restart; or it is still being made
    }
    if (std::find(m_ending.cbegin(), m_ending.cend(), lease.id) != m_ending.cend())
        return;
    m_retries[lease.id].at = m_parts.clock.monotonic() + m_retries[lease.id].pause;
    const std::weak_ptr<bool> alive = m_alive;
    const Duration holds = worldTime(claimHolds, m_parts.clock);
    m_parts.store.ask<bool>([id = lease.id, now, holds](Store &store) { return store.leases().claim(id, now, holds); },
                            [this, alive, lease](const Result<bool> &claimed) {
                                if (alive.expired())
                                    return;
                                if (!claimed)
                                    return m_parts.problem(claimed.error());
                                if (*claimed)
                                    begin(lease);
                            });
}

void OverrideKeeper::begin(const Lease &lease)
{
    const auto revert = decodeIntent(lease.revert);
    if (!revert)
        return m_parts.problem(revert.error());
    const Instant now = m_parts.clock.now();
    ActionRequest request;
    request.id = newActionId(now);
    request.environment = lease.environment;
    request.target = lease.title;
    request.service = ServiceId(lease.service);
    request.intent = *revert;
    request.actor = lease.actor;
    request.reason = KeeperWords::tr("The time of the override is over (%1).").arg(lease.reason);
    request.requestedAt = now;
    m_ending.insert(request.id, lease.id);
    m_parts.engine.plan(request);
}

void OverrideKeeper::observe(const ActionRecord &record)
{
    const auto ending = m_ending.constFind(record.request.id);
    if (ending != m_ending.constEnd() && record.state == ActionState::Planned)
        return m_parts.engine.confirm(record.request.id, {}); // the person asked for the end with the override
    if (!isFinal(record.state) && record.state != ActionState::Verifying)
        return;
    const QString ends = leaseEndedBy(record.request.intent);
    if (!ends.isEmpty())
        return observeEnding(record, ends);
    if (!overrideSubject(record.request.intent).isEmpty())
        observeMaker(record);
}

void OverrideKeeper::observeEnding(const ActionRecord &record, const QString &leaseId)
{
    if (!isFinal(record.state))
        return;
    const bool isOurs = m_ending.remove(record.request.id) > 0;
    if (record.state == ActionState::Succeeded) {
        m_retries.remove(leaseId);
        return endLeases([leaseId](const Lease &lease) { return lease.id == leaseId; }, record.message);
    }
    if (!isOurs)
        return;
    Retry &retry = m_retries[leaseId];
    retry.at = m_parts.clock.monotonic() + retry.pause;
    retry.pause = std::min(retry.pause * 2, kLongestPause);
    withOpenLeases([this, leaseId, message = record.message](const QList<Lease> &leases) {
        for (Lease lease : leases) {
            if (lease.id != leaseId)
                continue;
            lease.trouble = message;
            write(lease);
        }
    });
}

void OverrideKeeper::observeMaker(const ActionRecord &record)
{
    const QString id = record.request.id.toString();
    const QString subject = overrideSubject(record.request.intent);
    const QString actor = record.request.actor;
    if (isFinal(record.state) && cameToNothing(record))
        return endLeases([id](const Lease &lease) { return lease.id == id; }, record.message);
    if (record.state != ActionState::Succeeded)
        return reload();
    const auto *retried = std::get_if<OverrideBreaker>(&record.request.intent);
    if (retried && !retried->pods.isEmpty())
        return reload(); // it completes the one before, which stays
    // A later wish for the same thing takes the place of those before.
    endLeases([id, subject](const Lease &lease) { return lease.target == subject && lease.id != id; },
              KeeperWords::tr("%1 changed it.").arg(actor));
}

void OverrideKeeper::endLeases(const std::function<bool(const Lease &)> &which, const QString &outcome)
{
    withOpenLeases([this, which, outcome](const QList<Lease> &leases) {
        for (const Lease &lease : leases) {
            if (which(lease))
                end(lease, outcome);
        }
        reload();
    });
}

void OverrideKeeper::end(Lease lease, const QString &outcome)
{
    lease.endedAt = m_parts.clock.now();
    lease.outcome = outcome;
    write(lease);
}

void OverrideKeeper::update(const Lease &lease) { write(lease); }

void OverrideKeeper::write(const Lease &lease)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<Done>([lease](Store &store) { return store.leases().write(lease); },
                            [this, alive](const Result<Done> &done) {
                                if (alive.expired())
                                    return;
                                if (!done)
                                    return m_parts.problem(done.error());
                                reload();
                            });
}

void OverrideKeeper::isKeptElsewhere(std::function<void(bool)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<bool>(
        [environment = m_parts.environment, now = m_parts.clock.now(), within = worldTime(beatHolds, m_parts.clock)](
            Store &store) { return store.leases().isKeptElsewhere(environment, now, within); },
        [alive, done = std::move(done)](const Result<bool> &kept) {
            if (!alive.expired())
                done(kept && *kept);
        });
}

} // namespace cockpit
