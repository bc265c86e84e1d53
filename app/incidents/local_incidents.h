// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/incidents/incident_records.h"
#include "app/store/store_thread.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace cockpit {

/// Incidents in this laptop's store, asked from the owner's thread: a laptop's own archive, or the outbox and copy of a
/// team's. Encoding, decoding and the disk are the store's thread's. Answers are posted.
class LocalIncidents : public QObject {
    Q_OBJECT
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    static constexpr std::chrono::milliseconds kWatchEvery{400};

    /// `store` and `clock` outlive it; `store` posts its answers on this thread.
    LocalIncidents(StoreThread &store, IncidentScope scope, const Clock &clock, QObject *parent = nullptr);

    void open(const IncidentHead &head, std::vector<IncidentEntry> first, Answer<IncidentHead> done);
    void append(std::vector<IncidentEntry> entries, Answer<Done> done);
    void list(int limit, Answer<QList<IncidentHead>> done);
    void entries(const IncidentId &id, Answer<std::vector<IncidentEntry>> done);
    void claim(const QString &reminder, Answer<bool> done);
    void condition(std::function<void(StoreCondition)> done);

    // The outbox of a team's archive.
    void waiting(int limit, Answer<IncidentBatch> done);
    void waitingCount(Answer<int> done);
    void settle(IncidentBatch sent, Answer<Done> done);
    void take(IncidentBatch told, qint64 position, Answer<IncidentChanges> done);
    void cursor(Answer<qint64> done);

    /// From now on tells what other processes write, within a second.
    void watch();

Q_SIGNALS:
    /// Another process on this laptop wrote these.
    void changed(const cockpit::IncidentChanges &changes);

private:
    /// What was seen of the file already. Touched on the store's thread alone.
    struct Seen {
        IncidentMark mark{};
        qint64 dataVersion = -1;
        QSet<QString> own{}; ///< ids written here that the next look will meet
        void remember(const std::vector<IncidentRow> &rows, const QList<IncidentHead> &heads);
    };
    static Result<IncidentChanges> look(IncidentRows &rows, const IncidentScope &scope, Seen &seen);
    void tick();

    StoreThread &m_store;
    IncidentScope m_scope;
    const Clock &m_clock;
    std::shared_ptr<Seen> m_seen = std::make_shared<Seen>();
    QTimer m_timer{};
    bool m_isLooking = false;
};

} // namespace cockpit
