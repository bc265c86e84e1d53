// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident.h"
#include "models/incident_clock.h"
#include "models/incident_proposal.h"
#include "models/paging.h"
#include "models/postmortem.h"

#include <QObject>

#include <memory>
#include <optional>

namespace cockpit {

/// Where incidents are kept, and how that is now.
struct ArchiveCondition {
    enum class State { Opening, Live, Offline, ReadOnly, Failed };
    State state = State::Opening;
    QString place{};   ///< "this laptop" or "PostgreSQL incidents@db"
    QString words{};   ///< what happened, what it means, what to do; empty while it is live
    int waiting = 0;   ///< entries that wait here for the link
    bool operator==(const ArchiveCondition &) const = default;
};

/// A message that is on its way to the chat, in order.
struct OutgoingMessage {
    ActionId action{};
    QString channel{};
    QString text{};
    QString words{}; ///< "waits: Slack answered 429, again at 03:12:50"
    bool operator==(const OutgoingMessage &) const = default;
};

/// What pages show of incidents. One writer: IncidentService (app/).
class IncidentStore : public QObject {
    Q_OBJECT
public:
    explicit IncidentStore(QObject *parent = nullptr) : QObject(parent) {}

    const QList<IncidentPtr> &incidents() const { return m_incidents; } ///< newest first: open ones, and the last 200
    IncidentPtr incident(const IncidentId &id) const;
    /// The one that the frame and the Incident page show: chosen, else the gravest open one, else the newest.
    IncidentPtr current() const;
    const ArchiveCondition &archive() const { return m_archive; }
    const std::optional<PagingUpdate> &paging() const { return m_paging; }
    bool hasPaging() const { return m_hasPaging; }
    bool hasChat() const { return m_hasChat; }
    const QString &chatChannel() const { return m_chatChannel; }
    const QList<OutgoingMessage> &outgoing() const { return m_outgoing; }
    const ResponseTargets &targets() const { return m_targets; }
    const Postmortem *postmortem(const IncidentId &id) const; ///< null while it is being made
    /// What declaring would make; answers Requests::incidentProposalRequested.
    const std::optional<IncidentProposal> &proposal() const { return m_proposal; }
    const QString &statusDraft() const { return m_statusDraft; } ///< of the current incident
    std::optional<Instant> statusDraftAt() const { return m_statusDraftAt; }
    const QList<IncidentReminder> &reminders() const { return m_reminders; }
    std::optional<Duration> runbookGoal() const { return m_runbookGoal; } ///< of the current incident's runbook
    std::optional<Instant> provenSince() const { return m_provenSince; }  ///< recovery of its service holds since
    const QString &ownerTeam() const { return m_ownerTeam; }
    const QString &person() const { return m_person; } ///< as this cockpit signs what is written: shown as "you"

    // The writer's.
    void setIncidents(QList<IncidentPtr> incidents);
    void setIncident(const IncidentPtr &incident);
    void choose(const IncidentId &id);
    void setArchive(const ArchiveCondition &condition);
    void setPaging(const PagingUpdate &update);
    void setConfigured(bool paging, bool chat, const QString &channel, const ResponseTargets &targets);
    void setOutgoing(QList<OutgoingMessage> outgoing);
    void setPostmortem(const IncidentId &id, std::shared_ptr<const Postmortem> postmortem);
    void setProposal(std::optional<IncidentProposal> proposal);
    void setStatusDraft(const QString &text, Instant at);
    void setReminders(QList<IncidentReminder> reminders);
    void setScene(std::optional<Duration> runbookGoal, std::optional<Instant> provenSince, const QString &ownerTeam);
    /// How this cockpit signs; once, before any page is made.
    void setPerson(const QString &person) { m_person = person; }

Q_SIGNALS:
    void incidentsChanged();
    /// One incident has new entries or another state.
    void incidentChanged(const cockpit::IncidentId &id);
    void currentChanged();
    void archiveChanged();
    void pagingChanged();
    void outgoingChanged();
    void postmortemChanged(const cockpit::IncidentId &id);
    void proposalChanged();
    void statusDraftChanged();
    void remindersChanged();
    void sceneChanged();

private:
    QList<IncidentPtr> m_incidents{};
    IncidentId m_chosen{};
    ArchiveCondition m_archive{};
    std::optional<PagingUpdate> m_paging{};
    bool m_hasPaging = false;
    bool m_hasChat = false;
    QString m_chatChannel{};
    QList<OutgoingMessage> m_outgoing{};
    ResponseTargets m_targets{};
    QHash<IncidentId, std::shared_ptr<const Postmortem>> m_postmortems{};
    std::optional<IncidentProposal> m_proposal{};
    QString m_statusDraft{};
    std::optional<Instant> m_statusDraftAt{};
    QList<IncidentReminder> m_reminders{};
    std::optional<Duration> m_runbookGoal{};
    std::optional<Instant> m_provenSince{};
    QString m_ownerTeam{};
    QString m_person{};
};

} // namespace cockpit
