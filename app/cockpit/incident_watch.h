// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_book.h"
#include "app/cockpit/incident_facts.h"
#include "models/items/runbook_store.h"

#include <QTimer>

#include <functional>

namespace cockpit {

/// What follows from an incident and the moment: upgrades by rule, reminders for the person at the screen, the scene
/// around the current incident, its status draft and its postmortem draft. Owner's thread; postmortems are drafted on a
/// worker.
class IncidentWatch : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        IncidentArchive &archive;
        IncidentBook &book;
        IncidentStore &store;
        const RunbookStore &runbooks;
        std::function<IncidentScene()> scene;
    };
    explicit IncidentWatch(Parts parts, QObject *parent = nullptr);
    ~IncidentWatch() override;

    /// A person sits before this process: rules upgrade and reminders come. A command that ends in a moment does
    /// neither.
    void runOn();
    /// Once a second.
    void tick(Instant now);
    /// The process slept so long: it does not count as awake.
    void woke(Duration missed) { m_asleep += std::max(missed, Duration(0)); }
    /// Fleet or incidents changed: drafts follow, once for many changes.
    void refreshSoon();
    /// Scene and status draft of now.
    void refresh();

    /// Of one incident, from what is known now.
    std::optional<Instant> provenSince(const Incident &incident) const;
    std::optional<Duration> runbookGoal(const Incident &incident) const;
    QString ownerTeam(const Incident &incident) const;
    QString statusUpdate(const Incident &incident) const;

Q_SIGNALS:
    void noticed(const QString &words);

private:
    void watchHealth();
    void upgrade(const Incident &incident, Instant now);
    void remind(Instant now);
    QList<IncidentReminder> dueReminders(const Incident &incident, Instant now) const;
    void draft(const IncidentPtr &incident);
    QStringList regionsOf(const Incident &incident) const;

    Parts m_parts;
    bool m_runsOn = false;
    Instant m_startedAt;
    Duration m_asleep{0};
    QHash<ServiceId, Instant> m_lastUnwell; ///< when a service was last seen not healthy by this process
    QHash<QString, bool> m_claims;          ///< by reminder: whether it is ours to tell; absent = not asked
    QTimer m_soon;
    QHash<IncidentId, IncidentPtr> m_undrafted;
    bool m_drafting = false;
    QThreadPool m_pool; ///< one at a time: postmortems
};

} // namespace cockpit
