// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/incidents/incident_archive.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace cockpit {

/// The incidents of this environment between archive and screen: reads, folds, writes, takes in what others wrote, and
/// publishes each change to IncidentStore. Owner's thread; large incidents are folded on a worker.
class IncidentBook : public QObject {
    Q_OBJECT
public:
    using Finished = std::function<void(Result<Done>)>;
    struct Parts {
        const Clock &clock;
        IncidentArchive &archive;
        IncidentStore &store;
        QString environment{};
        QString actor{};
        QString origin{}; ///< "window" or "command line"
    };
    /// Incidents that are read at the start: open ones are always among the newest so many.
    static constexpr int kMostIncidents = 200;
    /// Entries that may wait for the archive at once; more are refused with words.
    static constexpr qsizetype kMostWaiting = 5000;

    explicit IncidentBook(Parts parts, QObject *parent = nullptr);
    ~IncidentBook() override;

    void start();
    /// The archive was read, or said that it cannot be; readError() tells which.
    bool isRead() const { return m_isRead; }
    const std::optional<Error> &readError() const { return m_readError; }
    /// Reads the list of incidents anew, and those that were not known.
    void readAgain(std::function<void()> done);

    QList<IncidentPtr> openIncidents() const;
    /// By id, "INC-42", "42" or "local-3"; null where there is none.
    IncidentPtr named(const QString &words) const;

    /// An entry with id, times, actor and origin of this cockpit; at least a millisecond after the one before.
    IncidentEntry entryOf(const IncidentId &incident, IncidentBody body);
    /// A new incident with these entries, or the one that has this id already; answered when it is durable and shown.
    void open(IncidentHead head, std::vector<IncidentEntry> first, std::function<void(Result<IncidentPtr>)> done);
    /// Answered when they are durable and shown. Entries that are known or on their way are left out.
    void append(std::vector<IncidentEntry> entries, Finished done);
    /// Nothing is on its way to the archive or being folded.
    bool isIdle() const { return m_onTheirWay.isEmpty() && m_busy == 0; }

Q_SIGNALS:
    void read();
    /// It has new entries, or another head.
    void changed(const cockpit::IncidentPtr &incident);
    void becameIdle();
    void noticed(const QString &words);

private:
    struct Kept {
        IncidentHead head{};
        IncidentPtr incident{};
        std::vector<IncidentEntry> waiting{}; ///< to be folded
        std::vector<std::function<void()>> whenShown{};
        bool working = false; ///< its entries are read or folded
    };
    void takeHeads(const QList<IncidentHead> &heads, const std::function<void()> &done);
    void readEntries(const IncidentHead &head, std::function<void()> done);
    void takeHead(const IncidentHead &head);
    void takeEntries(const std::vector<IncidentEntry> &entries);
    void takeOne(const IncidentId &id, std::vector<IncidentEntry> entries, std::function<void()> shown);
    void pump(const IncidentId &id);
    void takeFolded(const IncidentId &id, const Result<Incident> &folded);
    void publish(Kept &kept);
    void finishReading();
    void tellIfIdle();

    Parts m_parts;
    QHash<IncidentId, Kept> m_kept;
    QSet<EntryId> m_onTheirWay;
    Instant m_lastWritten{};
    std::optional<Error> m_readError{};
    bool m_isRead = false;
    int m_busy = 0;
    QThreadPool m_pool; ///< one at a time: folds
};

} // namespace cockpit
