// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/breaker/override_checks.h"
#include "app/cockpit/breaker_sources.h"
#include "models/override.h"

#include <algorithm>

namespace cockpit {

void Breakers::take(const BreakersUpdate &update)
{
    m_parts.store.apply(update);
    m_past.look();
    Source *source = find(update.source);
    if (!source || !m_overrides || !update.breakers)
        return;
    for (const Lease &lease : m_overrides->leases()) {
        if (lease.kind != QLatin1String(OverrideBreaker::wireName) || m_parts.clock.now() >= lease.endsAt)
            continue;
        for (const BreakerPtr &breaker : *update.breakers) {
            if (lease.target == overrideSubject(ResetBreaker{breaker->key, {}}))
                uphold(*source, lease, *breaker);
        }
    }
}

/// A pod that came later, or whose process restarted, does not know of the override; any other that is not as it was
/// set was changed by somebody.
void Breakers::uphold(Source &source, const Lease &lease, const Breaker &breaker)
{
    const BreakerHold hold = decodeBreakerHold(lease.detail);
    QStringList fresh;
    QStringList changed;
    for (const BreakerPod &pod : breaker.pods) {
        if (!pod.problem.isEmpty() || isAsWanted(hold.mode, pod.state))
            continue;
        const auto restarted = source.restartedAt.constFind(pod.pod);
        const bool lost = restarted != source.restartedAt.constEnd() && *restarted >= lease.startsAt;
        if (!hold.before.contains(pod.pod) || lost)
            fresh.append(pod.pod);
        else
            changed.append(pod.pod);
    }
    if (!fresh.isEmpty())
        assertOn(source, lease, breaker, fresh);
    // Right after it was made the poll may be older than the order.
    const bool settled = breaker.sampledAt > lease.startsAt + Duration(source.config.interval);
    const QString trouble = changed.isEmpty() || !settled
                                ? QString()
                                : tr("Somebody changed it on %1: it is %2 there.")
                                      .arg(changed.join(QStringLiteral(", ")), breakerStateText(breaker.state));
    if (fresh.isEmpty() && settled && trouble != lease.trouble) {
        Lease told = lease;
        told.trouble = trouble;
        m_overrides->keeper().update(told);
    }
}

void Breakers::assertOn(Source &source, Lease lease, const Breaker &breaker, const QStringList &pods)
{
    if (source.asserting.contains(lease.id) || !source.breakers)
        return;
    source.asserting.append(lease.id);
    BreakerHold hold = decodeBreakerHold(lease.detail);
    BreakerOrder order{breaker.key.name, {}, {lease.actor, lease.reason, lease.endsAt - m_parts.clock.now()}};
    for (const QString &pod : pods) {
        order.modes.insert(pod, hold.mode);
        hold.before.insert(pod, BreakerState::Closed);
    }
    lease.detail = encodeBreakerHold(hold);
    // On disk first: what is set has its end there.
    m_overrides->keeper().update(lease);
    source.breakers->apply(
        order, [this, raw = &source, lease, title = breakerTitle(breaker)](const QList<PodOutcome> &outcomes) {
            raw->asserting.removeAll(lease.id);
            for (const PodOutcome &one : outcomes) {
                if (one.kind == PodOutcome::Kind::Done)
                    raw->restartedAt.remove(one.pod);
            }
            Q_EMIT noticed(
                tr("%1 was %2 again on pods that came later: %3").arg(title, lease.newValue, podsText(outcomes)));
            poll(*raw, HttpLane::Interactive);
        });
}

void Breakers::readNotes(Source &source)
{
    const auto place = placeOf({source.identity.id, source.config.service, {}});
    if (!place) {
        source.notesRead = true;
        return;
    }
    m_notes->read(*place, [this, raw = &source](const Result<QList<LeaseNote>> &notes) {
        raw->notesRead = true;
        if (m_overrides)
            showNotes(*raw, notes ? *notes : QList<LeaseNote>());
    });
}

bool Breakers::notesRead() const
{
    return std::all_of(m_sources.begin(), m_sources.end(), [](const auto &source) { return source->notesRead; });
}

void Breakers::showNotes(Source &source, const QList<LeaseNote> &notes)
{
    QList<Override> seen;
    for (const LeaseNote &note : notes) {
        if (note.subject.isEmpty())
            continue; // of the workload itself: capacity
        const BreakerKey key{source.identity.id, source.config.service, note.subject};
        Override one;
        one.id = note.id;
        one.kind = QLatin1String(OverrideBreaker::wireName);
        one.target = note.title;
        one.was = note.was;
        one.is = note.is;
        one.actor = note.actor;
        one.reason = note.reason;
        one.service = source.config.service;
        one.startsAt = note.startsAt;
        one.until = note.until;
        one.revert = ResetBreaker{key, note.id}; // never what the annotation says: anyone may have written there
        seen.append(one);
    }
    m_overrides->setSeen(source.identity.id.toString(), seen);
}

} // namespace cockpit
