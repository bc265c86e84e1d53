// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/lease_keeper.h"

#include "app/actions/silence_request.h"
#include "app/actions/uuid7.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct LeaseWords {
    Q_DECLARE_TR_FUNCTIONS(LeaseKeeper)
};

QString leaseTarget(const QString &cluster, const QString &silenceId) { return cluster + u'/' + silenceId; }
QString leaseCluster(const Lease &lease) { return lease.target.section(u'/', 0, -2); }
QString leaseSilence(const Lease &lease) { return lease.target.section(u'/', -1); }

} // namespace

LeaseKeeper::LeaseKeeper(ActionEngine &engine, ActionEngineParts parts, QString environment,
                         std::function<void(const Error &)> problem)
    : m_engine(engine)
    , m_parts(std::move(parts))
    , m_environment(std::move(environment))
    , m_problem(std::move(problem))
{}

void LeaseKeeper::observe(const ActionRecord &record)
{
    if (m_lengthening.contains(record.request.id))
        observeLengthening(record);
    else if (const auto *acknowledge = std::get_if<AcknowledgeAlert>(&record.request.intent))
        observeAcknowledgement(record, *acknowledge);
    else if (const auto *expire = std::get_if<ExpireSilence>(&record.request.intent))
        observeExpiry(record, *expire);
}

void LeaseKeeper::observeAcknowledgement(const ActionRecord &record, const AcknowledgeAlert &intent)
{
    const auto confirmed = sentAt(record);
    if (!confirmed || record.state == ActionState::Executing)
        return;
    const Instant start = *confirmed;
    const Lease lease{record.request.id.toString(),
                      record.request.environment,
                      QString::fromLatin1(AcknowledgeAlert::wireName),
                      leaseTarget(intent.alert.cluster, record.serverReference),
                      QString(),
                      toRfc3339(start + intent.length),
                      record.request.actor,
                      record.request.reason,
                      start,
                      start + intent.length,
                      std::nullopt,
                      QString()};
    if (record.state == ActionState::Armed || !record.serverReference.isEmpty())
        keep(lease);
    else if (isFinal(record.state) && record.state != ActionState::Unknown)
        end(lease, record.message); // it came to nothing
}

void LeaseKeeper::observeLengthening(const ActionRecord &record)
{
    const ActionId id = record.request.id;
    if (record.state == ActionState::Planned) // nobody has to press: the person asked for it by acknowledging
        return m_engine.confirm(id, {});
    if (!isFinal(record.state))
        return;
    Lease lease = m_lengthening.take(id);
    if (record.state != ActionState::Succeeded)
        return; // it ends on time; the record says why
    lease.target = leaseTarget(leaseCluster(lease), record.serverReference);
    lease.endsAt = std::get<SilenceAlerts>(record.request.intent).endsAt;
    lease.newValue = toRfc3339(lease.endsAt);
    keep(lease);
}

void LeaseKeeper::observeExpiry(const ActionRecord &record, const ExpireSilence &intent)
{
    if (record.state != ActionState::Succeeded)
        return;
    const QString target = leaseTarget(intent.cluster, intent.silenceId);
    withOpenLeases([this, target, actor = record.request.actor](const QList<Lease> &leases) {
        for (const Lease &lease : leases) {
            if (lease.target == target)
                end(lease, LeaseWords::tr("%1 ended it.").arg(actor));
        }
    });
}

void LeaseKeeper::keep(const Lease &lease)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<Done>([lease](Store &store) { return store.leases().write(lease); },
                            [this, alive](const Result<Done> &done) {
                                if (!alive.expired() && !done)
                                    m_problem(done.error());
                            });
}

void LeaseKeeper::end(Lease lease, const QString &outcome)
{
    lease.endedAt = m_parts.clock.now();
    lease.outcome = outcome;
    keep(lease);
}

void LeaseKeeper::withOpenLeases(std::function<void(const QList<Lease> &)> work)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<QList<Lease>>(
        [environment = m_environment](Store &store) { return store.leases().open(environment); },
        [this, alive, work = std::move(work)](const Result<QList<Lease>> &leases) {
            if (alive.expired())
                return;
            if (!leases)
                return m_problem(leases.error());
            QList<Lease> acknowledgements; // the others are the OverrideKeeper's
            for (const Lease &lease : *leases) {
                if (lease.kind == QLatin1String(AcknowledgeAlert::wireName))
                    acknowledgements.append(lease);
            }
            work(acknowledgements);
        });
}

void LeaseKeeper::tick()
{
    withOpenLeases([this](const QList<Lease> &leases) {
        for (const Lease &lease : leases)
            look(lease);
    });
}

void LeaseKeeper::look(const Lease &lease)
{
    const Instant now = m_parts.clock.now();
    if (now >= lease.endsAt)
        return end(lease, LeaseWords::tr("It ran out."));
    const bool underWay =
        std::any_of(m_lengthening.cbegin(), m_lengthening.cend(), [&](const Lease &one) { return one.id == lease.id; });
    const auto fleet = m_parts.fleet();
    if (underWay || !fleet || lease.endsAt - now > kLengthenBefore || lease.endsAt >= lease.startsAt + kLongest)
        return;
    if (const Silence *silence = heldSilence(*fleet, lease))
        lengthen(lease, *silence);
}

const Silence *LeaseKeeper::heldSilence(const Fleet &fleet, const Lease &lease) const
{
    const QString id = leaseSilence(lease);
    const auto held = std::find_if(fleet.silences.cbegin(), fleet.silences.cend(), [&](const Silence &silence) {
        const auto moved = silence.endsAt - lease.endsAt; // the server's clock and ours differ a little
        return silence.id == id && silence.state == Silence::State::Active && silence.createdBy == lease.actor &&
               std::chrono::abs(moved) < std::chrono::minutes(1);
    });
    const bool fires = std::any_of(fleet.alerts.cbegin(), fleet.alerts.cend(), [&](const Alert &alert) {
        return alert.silenceIds.contains(id) && alert.state == AlertState::Acknowledged;
    });
    return held == fleet.silences.cend() || !fires ? nullptr : &*held;
}

void LeaseKeeper::lengthen(const Lease &lease, const Silence &silence)
{
    const Instant now = m_parts.clock.now();
    const Instant until = std::min(lease.endsAt + kLengthenBy, lease.startsAt + kLongest);
    ActionRequest request;
    request.id = newActionId(now);
    request.environment = lease.environment;
    request.target = LeaseWords::tr("the acknowledgement of %1").arg(lease.actor);
    request.intent = SilenceAlerts{
        leaseCluster(lease), silence.matchers, silence.startsAt, until, withoutSilenceMark(silence.comment),
        silence.id};
    request.actor = lease.actor;
    request.reason = LeaseWords::tr("The alert still fires.");
    request.requestedAt = now;
    m_lengthening.insert(request.id, lease);
    m_engine.plan(request);
}

} // namespace cockpit
