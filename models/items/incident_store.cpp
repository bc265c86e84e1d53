// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/incident_store.h"

#include <algorithm>

namespace cockpit {

IncidentPtr IncidentStore::incident(const IncidentId &id) const
{
    const auto found = std::find_if(m_incidents.begin(), m_incidents.end(),
                                    [&](const IncidentPtr &one) { return one->head.id == id; });
    return found == m_incidents.end() ? nullptr : *found;
}

IncidentPtr IncidentStore::current() const
{
    if (const IncidentPtr chosen = incident(m_chosen))
        return chosen;
    IncidentPtr gravest;
    for (const IncidentPtr &one : m_incidents) {
        if (one->isOpen() && (!gravest || one->level < gravest->level))
            gravest = one;
    }
    if (gravest || m_incidents.isEmpty())
        return gravest;
    return m_incidents.first();
}

const Postmortem *IncidentStore::postmortem(const IncidentId &id) const { return m_postmortems.value(id).get(); }

void IncidentStore::setIncidents(QList<IncidentPtr> incidents)
{
    m_incidents = std::move(incidents);
    Q_EMIT incidentsChanged();
    Q_EMIT currentChanged();
}

void IncidentStore::setIncident(const IncidentPtr &incident)
{
    const auto found = std::find_if(m_incidents.begin(), m_incidents.end(),
                                    [&](const IncidentPtr &one) { return one->head.id == incident->head.id; });
    const bool isNew = found == m_incidents.end();
    if (isNew) {
        const auto place = std::find_if(m_incidents.begin(), m_incidents.end(), [&](const IncidentPtr &one) {
            return one->openedAt < incident->openedAt;
        });
        m_incidents.insert(place, incident);
    } else {
        *found = incident;
    }
    if (isNew)
        Q_EMIT incidentsChanged();
    Q_EMIT incidentChanged(incident->head.id);
    Q_EMIT currentChanged();
}

void IncidentStore::choose(const IncidentId &id)
{
    if (m_chosen == id)
        return;
    m_chosen = id;
    Q_EMIT currentChanged();
}

void IncidentStore::setArchive(const ArchiveCondition &condition)
{
    if (m_archive == condition)
        return;
    m_archive = condition;
    Q_EMIT archiveChanged();
}

void IncidentStore::setPaging(const PagingUpdate &update)
{
    m_paging = update;
    Q_EMIT pagingChanged();
}

void IncidentStore::setConfigured(bool paging, bool chat, const QString &channel, const ResponseTargets &targets)
{
    m_hasPaging = paging;
    m_hasChat = chat;
    m_chatChannel = channel;
    m_targets = targets;
    Q_EMIT pagingChanged();
}

void IncidentStore::setOutgoing(QList<OutgoingMessage> outgoing)
{
    if (m_outgoing == outgoing)
        return;
    m_outgoing = std::move(outgoing);
    Q_EMIT outgoingChanged();
}

void IncidentStore::setPostmortem(const IncidentId &id, std::shared_ptr<const Postmortem> postmortem)
{
    m_postmortems.insert(id, std::move(postmortem));
    Q_EMIT postmortemChanged(id);
}

void IncidentStore::setProposal(std::optional<IncidentProposal> proposal)
{
    m_proposal = std::move(proposal);
    Q_EMIT proposalChanged();
}

void IncidentStore::setStatusDraft(const QString &text, Instant at)
{
    m_statusDraft = text;
    m_statusDraftAt = at;
    Q_EMIT statusDraftChanged();
}

void IncidentStore::setReminders(QList<IncidentReminder> reminders)
{
    if (m_reminders == reminders)
        return;
    m_reminders = std::move(reminders);
    Q_EMIT remindersChanged();
}

void IncidentStore::setScene(std::optional<Duration> runbookGoal, std::optional<Instant> provenSince,
                             const QString &ownerTeam)
{
    if (m_runbookGoal == runbookGoal && m_provenSince == provenSince && m_ownerTeam == ownerTeam)
        return;
    m_runbookGoal = runbookGoal;
    m_provenSince = provenSince;
    m_ownerTeam = ownerTeam;
    Q_EMIT sceneChanged();
}

} // namespace cockpit
