// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/activity.h"

#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

/// What a look over the hash chain found.
struct ChainReport {
    qint64 entries = 0;
    std::optional<qint64> firstBroken{}; ///< sequence of the first entry that is not as it was written
    QString words{};                     ///< the finding as a sentence
    bool isIntact() const { return !firstBroken.has_value(); }
};

/// Actions that an ended process left open, now owned by this one.
struct OpenActions {
    std::vector<ActionRecord> records{};
    QList<Error> unreadable{}; ///< entries that could not be decoded, in words
};

/// Where actions and the activity log are kept: nothing is sent before it stands here.
/// The log has no bound: an entry is about 400 bytes, a busy team of 100 actions a day fills 60 MB a year, and a
/// chain that loses its beginning proves less. Records of ended actions go after 90 days; their entries stay.
class Journal {
public:
    static constexpr std::chrono::days kRecordsKept{90};

    /// `owner` is this process (thisProcessIdentity()). The connection outlives the journal.
    Journal(SqliteConnection &connection, QString owner);
    /// Gives the open actions of this process free, so that a later one may adopt them.
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    /// Keeps the record and appends its new steps to the log, in one durable transaction.
    Result<Done> writeAction(const ActionRecord &record);
    /// Nothing when there is no such action.
    Result<std::optional<ActionRecord>> findAction(const ActionId &id);
    /// Appends an entry that belongs to no action of the engine: its sequence is given here. REQUIRES: inside a
    /// transaction of this connection.
    Result<Done> appendNote(ActivityEntry entry);
    /// Takes over the open actions of this environment whose process has ended. No two processes get the same one.
    Result<OpenActions> claimOpenActions(const QString &environment);
    /// The open actions of this environment that a living process runs, this one too, and those that ended since then,
    /// oldest first. Takes nothing over; what cannot be decoded is left out.
    Result<std::vector<ActionRecord>> recentActions(const QString &environment, Instant since);
    /// The newest entries first; those before `before` when it is not 0. An empty environment means all.
    Result<QList<ActivityEntry>> activity(const QString &environment, int limit, qint64 before = 0);
    /// Recomputes every hash of the log. Detects a changed, removed, inserted or reordered entry and a cut end. It
    /// cannot detect that somebody wrote a whole new chain: for that the last hash has to be kept elsewhere.
    Result<ChainReport> verifyChain();
    /// Hash of the newest entry, in hex, to be kept elsewhere; empty for an empty log.
    Result<QString> chainHead();
    /// Removes old records of ended actions.
    Result<Done> prune(Instant now);

private:
    Result<Done> writeActionOnce(const ActionRecord &record);
    Result<Done> append(const ActionRecord &record, qsizetype firstStep);
    struct ChainEnd;
    Result<ChainEnd> chainEnd();
    Result<Done> appendEntry(ChainEnd &end, const ActivityEntry &entry);
    Result<Done> moveEnd(const ChainEnd &end);
    Result<Done> claim(const QString &id, const QString &previousOwner, OpenActions &into);

    SqliteConnection &m_connection;
    QString m_owner;
};

} // namespace cockpit
