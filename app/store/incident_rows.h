// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/incident.h"

#include <QByteArray>
#include <QList>

#include <vector>

namespace cockpit {

/// Whose incidents are meant: this file also keeps the copy of a team's archive.
struct IncidentScope {
    QString archive{}; ///< empty = this laptop's own; else the place of the team's
    QString environment{};
};

/// One entry as it is stored: its record is the JSON of app/formats/incident_codec.h.
struct IncidentRow {
    EntryId id{};
    IncidentId incident{};
    QByteArray record{};
    bool operator==(const IncidentRow &) const = default;
};

/// Heads and entries that go together: what waits for the team's archive, what it told, what somebody else wrote.
struct IncidentBatch {
    QList<IncidentHead> heads{};
    std::vector<IncidentRow> rows{};
    bool isEmpty() const { return heads.isEmpty() && rows.empty(); }
};

/// How far somebody has read: everything up to these.
struct IncidentMark {
    qint64 position = 0;
    qint64 revision = 0;
    bool operator==(const IncidentMark &) const = default;
};

/// The tables of incidents: heads, append-only entries, claimed reminders, and the outbox of a team's archive (entries
/// with sent = 0 and heads without a number). Errors: Storage.
class IncidentRows {
public:
    /// `connection` outlives it.
    explicit IncidentRows(SqliteConnection &connection)
        : m_connection(connection)
    {}

    /// A new incident and its first entries in one transaction. This laptop's archive numbers it there; for a team's it
    /// gets a local number. An id that is known comes back as it is, its new entries are kept.
    Result<IncidentHead> open(const IncidentScope &scope, IncidentHead head, const std::vector<IncidentRow> &rows);
    /// In one transaction; an id that is known counts once. Errors: NotFound for an incident that nobody opened.
    Result<Done> append(const IncidentScope &scope, const std::vector<IncidentRow> &rows);
    /// Newest first, `limit` at most.
    Result<QList<IncidentHead>> heads(const IncidentScope &scope, int limit);
    /// In the order of writing.
    Result<std::vector<IncidentRow>> rows(const IncidentId &incident);
    /// True for the first who asks for `id`, on whichever process.
    Result<bool> claim(const IncidentScope &scope, const QString &id, const QString &owner, Instant now);

    /// Changes with each commit of another connection; cheap.
    Result<qint64> dataVersion();
    Result<IncidentMark> mark();
    /// What was written after `mark`, which then moves on.
    Result<IncidentBatch> changesSince(const IncidentScope &scope, IncidentMark &mark);

    /// What the team's archive does not have yet, in the order of writing; `limit` entries at most.
    Result<IncidentBatch> waiting(const IncidentScope &scope, int limit);
    Result<int> waitingCount(const IncidentScope &scope);
    /// The team's archive has these: heads with the numbers that it gave, entries by their ids.
    Result<Done> settle(const IncidentBatch &sent);
    /// What the team's archive told, and how far that was.
    Result<Done> take(const IncidentScope &scope, const IncidentBatch &told, qint64 position);
    Result<qint64> cursor(const IncidentScope &scope);

private:
    Result<IncidentHead> find(const IncidentScope &scope, const IncidentId &id, bool &isKnown);
    Result<Done> insertHead(const IncidentScope &scope, const IncidentHead &head);
    Result<Done> insertRows(const std::vector<IncidentRow> &rows, bool isSent);
    Result<qint64> number(const char *sql, const QVariantList &values = {});
    Result<Done> numbered(const IncidentScope &scope, const IncidentHead &head);

    SqliteConnection &m_connection;
};

} // namespace cockpit
