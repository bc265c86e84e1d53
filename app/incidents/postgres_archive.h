// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incidents/incident_archive.h"
#include "app/incidents/local_incidents.h"
#include "app/incidents/postgres_link.h"

#include <QHash>
#include <QThread>
#include <QTimer>

#include <atomic>

namespace cockpit {

/// Incidents that a team shares in PostgreSQL. Everything is written to this laptop's store first, and read from its
/// copy: a dead server stops nobody. What waits is sent in order when the link stands, and merged by entry id; an
/// incident that was opened offline gets its number then.
class PostgresArchive final : public IncidentArchive {
    Q_OBJECT
public:
    /// A call to the server that lasts longer is cut; a new incident waits so long for its number.
    static constexpr std::chrono::seconds kHungAfter{8};
    static constexpr std::chrono::seconds kNumberWithin{2};

    /// `store` and `clock` outlive it; `store` posts its answers on this thread.
    PostgresArchive(StoreThread &store, PostgresLink::Options options, const Clock &clock, QObject *parent = nullptr);
    /// Cuts what still runs; what was not sent waits on disk for the next start.
    ~PostgresArchive() override;

    void start() override;
    void open(IncidentHead head, std::vector<IncidentEntry> first,
              std::function<void(Result<IncidentHead>)> done) override;
    void append(std::vector<IncidentEntry> entries, Finished done) override;
    void list(int limit, std::function<void(Result<QList<IncidentHead>>)> done) override;
    void entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done) override;
    void claimReminder(const QString &id, std::function<void(Result<bool>)> done) override;

private:
    using Opened = std::function<void(Result<IncidentHead>)>;

    void listen();
    void linkIs(const LinkState &state);
    void linkTold(const IncidentBatch &batch, qint64 position);
    void linkSent(const IncidentBatch &batch);
    void linkClaimed(const QString &reminder, bool isFirst, const QString &problem);
    void tell(const IncidentChanges &changes);
    void waitForNumber(const IncidentHead &head, Opened done);
    void numberCame(const IncidentHead &head);
    void answerWithoutNumber();
    void pump();
    void countWaiting();
    void tellCondition();
    /// The error of a write to an archive that can only be read.
    Error readOnlyError() const;

    const Clock &m_clock;
    QString m_place;
    LocalIncidents m_local;
    StoreCondition m_storeCondition{};
    LinkState m_link{};
    bool m_isOpening = true;
    bool m_isSending = false;
    int m_waiting = 0;
    qint64 m_kept = 0; ///< how far the local copy goes
    ArchiveCondition m_told{};
    QHash<IncidentId, std::pair<IncidentHead, Opened>> m_unnumbered{};
    QHash<QString, std::function<void(Result<bool>)>> m_claims{};
    QTimer m_watchdog{};
    std::atomic_bool m_ending{false};
    HungGuard m_guard{};
    PostgresLink *m_postgres = nullptr; ///< lives on m_thread, which deletes it
    QThread m_thread{};
};

} // namespace cockpit
