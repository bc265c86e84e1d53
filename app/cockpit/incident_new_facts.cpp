// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_facts.h"

#include "models/flag_changes.h"
#include "models/incident_proposal.h"
#include "models/rollout_changes.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t mostFacts = 500;
/// Two cockpits that look at the same breaker see it change this far apart at most.
constexpr Duration sameSight{std::chrono::minutes(2)};

struct NewFactWords {
    Q_DECLARE_TR_FUNCTIONS(IncidentFacts)
};

/// Gathers what the timeline does not hold yet.
class FactGatherer {
public:
    FactGatherer(const Incident &incident, const IncidentScene &scene)
        : m_incident(incident)
        , m_scene(scene)
        , m_since(concernedSince(incident))
        , m_involved(involvedServices(incident))
        , m_concerned(concernedServices(incident, scene.fleet->serviceMap))
    {
        for (const IncidentEntry &entry : incident.timeline)
            m_known.insert(entry.id);
    }

    std::vector<IncidentEntry> gather()
    {
        gatherAlerts();
        gatherRollouts();
        gatherBreakers();
        gatherFlags();
        gatherOverrides();
        gatherPages();
        return std::move(m_facts);
    }

private:
    void add(IncidentEntry entry)
    {
        if (m_facts.size() >= mostFacts || m_known.contains(entry.id))
            return;
        m_known.insert(entry.id);
        m_facts.push_back(std::move(entry));
    }

    void addChange(const QString &source, const QString &event, Instant at, const QString &origin,
                   IncidentChange change)
    {
        if (at < m_since || at > m_scene.now)
            return;
        add({.id = factId(m_incident.head.id, source, event),
             .incident = m_incident.head.id,
             .at = at,
             .recordedAt = m_scene.now,
             .actor = cockpitActor(),
             .origin = origin,
             .body = std::move(change)});
    }

    void gatherAlerts()
    {
        const QList<AlertKey> joining = alertsToAttach(*m_scene.fleet, m_incident);
        for (const Alert &alert : m_scene.fleet->alerts) {
            const auto attached = std::find_if(m_incident.alerts.begin(), m_incident.alerts.end(),
                                               [&alert](const AttachedAlert &one) { return one.key == alert.key; });
            const bool isAttached = attached != m_incident.alerts.end();
            const bool fires = alert.state != AlertState::Resolved && alert.state != AlertState::Pending;
            if (fires && (isAttached || joining.contains(alert.key)))
                add(alertFact(m_incident.head.id, alert, m_scene.now));
            else if (isAttached && alert.state == AlertState::Resolved && alert.resolvedAt && !attached->endedAt &&
                     *alert.resolvedAt > attached->startsAt)
                addEnd(*attached, *alert.resolvedAt);
        }
        for (const AttachedAlert &attached : m_incident.alerts) {
            if (const auto endedAt = endedUnseen(*m_scene.fleet, attached))
                addEnd(attached, *endedAt);
        }
    }

    void addEnd(const AttachedAlert &alert, Instant endedAt)
    {
        const QString event = alert.key.cluster + u'/' + alert.key.fingerprint +
                              QStringLiteral("/%1/ended").arg(toEpochMs(alert.startsAt));
        add({.id = factId(m_incident.head.id, QStringLiteral("alert"), event),
             .incident = m_incident.head.id,
             .at = endedAt,
             .recordedAt = m_scene.now,
             .actor = cockpitActor(),
             .origin = NewFactWords::tr("Alertmanager ") + alert.key.cluster,
             .body = IncidentAlert{.key = alert.key,
                                   .name = alert.name,
                                   .service = alert.service,
                                   .severity = alert.severity,
                                   .fired = false,
                                   .startsAt = alert.startsAt,
                                   .summary = {}}});
    }

    /// One of these services, or everything where the incident names none.
    bool isConcerned(const ServiceId &service) const { return m_concerned.isEmpty() || m_concerned.contains(service); }

    void gatherRollouts()
    {
        const ServiceId service = m_involved.isEmpty() ? ServiceId() : m_involved.first();
        const QList<RankedChange> changes = changesBefore(m_scene.now, m_scene.now - m_since, service, m_scene.rollouts,
                                                          m_scene.events, m_scene.fleet->serviceMap);
        for (const RankedChange &one : changes) {
            if (!isConcerned(one.change.service))
                continue;
            const auto kind = one.change.kind == Change::Kind::Scale     ? IncidentChange::Kind::Capacity
                              : one.change.kind == Change::Kind::Rollout ? IncidentChange::Kind::Rollout
                                                                         : IncidentChange::Kind::Other;
            addChange(QStringLiteral("rollout"),
                      one.object.path() + QStringLiteral("/%1/").arg(toEpochMs(one.change.at)) + one.change.what,
                      one.change.at, QStringLiteral("Kubernetes ") + one.object.context,
                      {.kind = kind,
                       .service = one.change.service,
                       .text = one.change.what,
                       .who = one.change.who,
                       .bad = false});
        }
        for (const RolloutEntry &entry : m_scene.rollouts) {
            if (isConcerned(entry.rollout->service))
                gatherSteps(*entry.rollout);
        }
    }

    /// What a rollout itself tells with its time: where it stands still, and which analysis failed.
    void gatherSteps(const Rollout &rollout)
    {
        const QString origin = QStringLiteral("Kubernetes ") + rollout.key.context;
        for (const PauseReason &pause : rollout.pauses) {
            if (!pause.since)
                continue;
            const QString weight = rollout.desiredWeight
                                       ? NewFactWords::tr(" at %1 % of the traffic").arg(*rollout.desiredWeight)
                                       : QString();
            addChange(QStringLiteral("rollout"),
                      rollout.key.path() + QStringLiteral("/pause/%1").arg(toEpochMs(*pause.since)), *pause.since,
                      origin,
                      {.kind = IncidentChange::Kind::Rollout,
                       .service = rollout.service,
                       .text = NewFactWords::tr("%1 paused").arg(rollout.key.name) + weight,
                       .who = {},
                       .bad = false});
        }
        for (const AnalysisFact &analysis : rollout.analyses) {
            const bool failed = analysis.phase == u"Failed" || analysis.phase == u"Error";
            const std::optional<Instant> at = analysis.completedAt ? analysis.completedAt : analysis.startedAt;
            if (!failed || !at)
                continue;
            const QString why = analysis.message.isEmpty() ? QString() : QStringLiteral(": ") + analysis.message;
            addChange(QStringLiteral("rollout"), rollout.key.path() + QStringLiteral("/analysis/") + analysis.name, *at,
                      origin,
                      {.kind = IncidentChange::Kind::Rollout,
                       .service = rollout.service,
                       .text = NewFactWords::tr("Analysis %1 of %2 failed").arg(analysis.name, rollout.key.name) + why,
                       .who = {},
                       .bad = true});
        }
    }

    /// Cockpits see a breaker change at their own polls: the same words a moment apart are one fact.
    bool wasSeen(IncidentChange::Kind kind, const QString &text, Instant at) const
    {
        return std::any_of(m_incident.timeline.begin(), m_incident.timeline.end(), [&](const IncidentEntry &entry) {
            const auto *change = std::get_if<IncidentChange>(&entry.body);
            return change && change->kind == kind && change->text == text && entry.at < at + sameSight &&
                   at < entry.at + sameSight;
        });
    }

    void gatherBreakers()
    {
        for (const BreakerPtr &breaker : m_scene.breakers) {
            if (!isConcerned(breaker->key.from) || (!m_involved.isEmpty() && !m_involved.contains(breaker->key.from) &&
                                                    !m_involved.contains(ServiceId(breaker->to))))
                continue;
            const QString way = breaker->key.from.toString() + QStringLiteral(" → ") +
                                (breaker->to.isEmpty() ? breaker->key.name : breaker->to);
            for (const BreakerTransition &one : breaker->transitions) {
                const QString words = one.words.isEmpty() ? QString() : QStringLiteral(" (") + one.words + u')';
                const QString text =
                    NewFactWords::tr("Breaker %1: %2, was %3").arg(way, toWireName(one.to), toWireName(one.from)) +
                    words;
                if (one.from == BreakerState::Unknown || wasSeen(IncidentChange::Kind::Breaker, text, one.at))
                    continue;
                const QString event = breaker->key.source.toString() + u'/' + breaker->key.from.toString() + u'/' +
                                      breaker->key.name + QStringLiteral("/%1/").arg(toEpochMs(one.at)) +
                                      toWireName(one.to);
                addChange(QStringLiteral("breaker"), event, one.at, breaker->key.source.toString(),
                          {.kind = IncidentChange::Kind::Breaker,
                           .service = breaker->key.from,
                           .text = text,
                           .who = {},
                           .bad = one.to == BreakerState::Open});
            }
        }
    }

    void gatherFlags()
    {
        const ServiceId service = m_involved.isEmpty() ? ServiceId() : m_involved.first();
        const QList<RankedChange> changes = flagChangesBefore(
            m_scene.now, m_scene.now - m_since, service, m_scene.flags, m_scene.flagEvents, m_scene.fleet->serviceMap);
        for (const RankedChange &one : changes) {
            if (!isConcerned(one.change.service))
                continue;
            addChange(QStringLiteral("flag"),
                      one.object.path() + QStringLiteral("/%1/").arg(toEpochMs(one.change.at)) + one.change.what,
                      one.change.at, one.object.context,
                      {.kind = IncidentChange::Kind::Flag,
                       .service = one.change.service,
                       .text = one.change.what,
                       .who = one.change.who,
                       .bad = false});
        }
    }

    /// Our own stand in the timeline as actions.
    void gatherOverrides()
    {
        for (const Override &one : m_scene.overrides) {
            if (one.isOurs || one.service.isEmpty() || !isConcerned(one.service))
                continue;
            addChange(QStringLiteral("override"), one.id.isEmpty() ? one.target + u'/' + one.is : one.id, one.startsAt,
                      NewFactWords::tr("another cockpit"),
                      {.kind = IncidentChange::Kind::Override,
                       .service = one.service,
                       .text = NewFactWords::tr("%1: %2, was %3").arg(one.target, one.is, one.was),
                       .who = one.actor,
                       .bad = false});
        }
    }

    void gatherPages()
    {
        if (!m_scene.paging || !m_scene.paging->pages)
            return;
        QSet<QString> ours;
        for (const IncidentEntry &entry : m_incident.timeline) {
            if (const auto *page = std::get_if<IncidentPage>(&entry.body))
                ours.insert(page->page);
        }
        QList<AlertKey> alerts;
        for (const AttachedAlert &alert : m_incident.alerts)
            alerts.append(alert.key);
        const IncidentProposal same =
            alerts.isEmpty() ? IncidentProposal()
                             : proposeIncident(*m_scene.fleet, alerts, {}, *m_scene.paging->pages, m_scene.now);
        for (const Page &page : *m_scene.paging->pages) {
            const bool isOurs = ours.contains(page.id) || page.dedupKey.contains(m_incident.head.id.toString()) ||
                                same.openPages.contains(page.id);
            if (!isOurs || page.createdAt < m_since)
                continue;
            for (IncidentEntry &fact : pageFacts(m_incident.head.id, m_scene.paging->source, page, m_scene.now))
                add(std::move(fact));
        }
    }

    const Incident &m_incident;
    const IncidentScene &m_scene;
    Instant m_since;
    QList<ServiceId> m_involved;
    QList<ServiceId> m_concerned;
    QSet<EntryId> m_known{};
    std::vector<IncidentEntry> m_facts{};
};

} // namespace

std::vector<IncidentEntry> newFacts(const Incident &incident, const IncidentScene &scene)
{
    return FactGatherer(incident, scene).gather();
}

} // namespace cockpit
