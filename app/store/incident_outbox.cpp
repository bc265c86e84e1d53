// SPDX-License-Identifier: GPL-3.0-or-later
// The half of IncidentRows that a team's archive needs: what waits here for it, and the copy of what it has.
#include "app/store/incident_rows.h"

namespace cockpit {

Result<IncidentBatch> IncidentRows::waiting(const IncidentScope &scope, int limit)
{
    IncidentBatch batch;
    auto heads = m_connection.run("SELECT id, environment, local_number, opened_at FROM incidents"
                                  " WHERE archive = ? AND environment = ? AND number IS NULL"
                                  " ORDER BY local_number LIMIT ?",
                                  {scope.archive, scope.environment, limit});
    if (!heads)
        return heads.error();
    while (heads->next()) {
        batch.heads.append(IncidentHead{IncidentId(heads->value(0).toString()), heads->value(1).toString(),
                                        std::nullopt, heads->value(2).toLongLong(),
                                        fromEpochMs(heads->value(3).toLongLong())});
    }
    auto rows = m_connection.run("SELECT e.id, e.incident, e.record FROM incident_entries e"
                                 " JOIN incidents i ON i.id = e.incident WHERE e.sent = 0 AND i.archive = ?"
                                 " AND i.environment = ? ORDER BY e.position LIMIT ?",
                                 {scope.archive, scope.environment, limit});
    if (!rows)
        return rows.error();
    while (rows->next()) {
        batch.rows.push_back(
            {EntryId(rows->value(0).toString()), IncidentId(rows->value(1).toString()), rows->value(2).toByteArray()});
    }
    return batch;
}

Result<int> IncidentRows::waitingCount(const IncidentScope &scope)
{
    auto count = number("SELECT COUNT(*) FROM incident_entries e JOIN incidents i ON i.id = e.incident"
                        " WHERE e.sent = 0 AND i.archive = ? AND i.environment = ?",
                        {scope.archive, scope.environment});
    if (!count)
        return count.error();
    return static_cast<int>(*count);
}

Result<Done> IncidentRows::settle(const IncidentBatch &sent)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (const IncidentHead &head : sent.heads) {
            auto noted = m_connection.run("UPDATE incidents SET number = ?, revision ="
                                          " (SELECT MAX(revision) + 1 FROM incidents) WHERE id = ? AND number IS NULL",
                                          {head.number ? QVariant(*head.number) : QVariant(), head.id.toString()});
            if (!noted)
                return noted.error();
        }
        for (const IncidentRow &row : sent.rows) {
            auto noted = m_connection.run("UPDATE incident_entries SET sent = 1 WHERE id = ?", {row.id.toString()});
            if (!noted)
                return noted.error();
        }
        return Done{};
    });
}

Result<Done> IncidentRows::numbered(const IncidentScope &scope, const IncidentHead &head)
{
    bool isKnown = false;
    auto known = find(scope, head.id, isKnown);
    if (!known)
        return known.error();
    if (!isKnown)
        return insertHead(scope, head);
    auto noted = m_connection.run("UPDATE incidents SET number = ?, revision ="
                                  " (SELECT MAX(revision) + 1 FROM incidents) WHERE id = ? AND number IS NULL",
                                  {head.number ? QVariant(*head.number) : QVariant(), head.id.toString()});
    if (!noted)
        return noted.error();
    return Done{};
}

Result<Done> IncidentRows::take(const IncidentScope &scope, const IncidentBatch &told, qint64 position)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (const IncidentHead &head : told.heads) {
            if (auto done = numbered(scope, head); !done)
                return done;
        }
        if (auto done = insertRows(told.rows, true); !done)
            return done;
        auto noted = m_connection.run("INSERT INTO incident_cursors (archive, environment, position) VALUES (?, ?, ?)"
                                      " ON CONFLICT (archive, environment)"
                                      " DO UPDATE SET position = MAX(position, excluded.position)",
                                      {scope.archive, scope.environment, position});
        if (!noted)
            return noted.error();
        return Done{};
    });
}

Result<qint64> IncidentRows::cursor(const IncidentScope &scope)
{
    return number("SELECT position FROM incident_cursors WHERE archive = ? AND environment = ?",
                  {scope.archive, scope.environment});
}

} // namespace cockpit
