// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/incident_rows.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

IncidentHead incidentHeadOf(const QSqlQuery &query)
{
    IncidentHead head;
    head.id = IncidentId(query.value(0).toString());
    head.environment = query.value(1).toString();
    if (!query.value(2).isNull())
        head.number = query.value(2).toLongLong();
    head.localNumber = query.value(3).toLongLong();
    head.openedAt = fromEpochMs(query.value(4).toLongLong());
    return head;
}

Result<QList<IncidentHead>> incidentHeadsOf(Result<QSqlQuery> query)
{
    if (!query)
        return query.error();
    QList<IncidentHead> heads;
    while (query->next())
        heads.append(incidentHeadOf(*query));
    return heads;
}

Result<std::vector<IncidentRow>> incidentRowsOf(Result<QSqlQuery> query)
{
    if (!query)
        return query.error();
    std::vector<IncidentRow> rows;
    while (query->next()) {
        rows.push_back({EntryId(query->value(0).toString()), IncidentId(query->value(1).toString()),
                        query->value(2).toByteArray()});
    }
    return rows;
}

Error unknownIncident()
{
    return Error{Error::Kind::NotFound,
                 QCoreApplication::translate("Incidents", "There is no such incident in this archive."),
                 QCoreApplication::translate("Incidents", "Nothing was written."),
                 QCoreApplication::translate("Incidents", "Open the incident first.")};
}

} // namespace

Result<qint64> IncidentRows::number(const char *sql, const QVariantList &values)
{
    auto query = m_connection.run(sql, values);
    if (!query)
        return query.error();
    return query->next() ? query->value(0).toLongLong() : 0;
}

Result<IncidentHead> IncidentRows::find(const IncidentScope &scope, const IncidentId &id, bool &isKnown)
{
    auto heads =
        incidentHeadsOf(m_connection.run("SELECT id, environment, number, local_number, opened_at FROM incidents"
                                         " WHERE archive = ? AND id = ?",
                                         {scope.archive, id.toString()}));
    if (!heads)
        return heads.error();
    isKnown = !heads->isEmpty();
    return isKnown ? heads->first() : IncidentHead{};
}

Result<Done> IncidentRows::insertHead(const IncidentScope &scope, const IncidentHead &head)
{
    auto written = m_connection.run(
        "INSERT INTO incidents (id, archive, environment, number, local_number, opened_at, revision)"
        " SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(revision), 0) + 1 FROM incidents",
        {head.id.toString(), scope.archive, head.environment, head.number ? QVariant(*head.number) : QVariant(),
         head.localNumber, toEpochMs(head.openedAt)});
    if (!written)
        return written.error();
    return Done{};
}

Result<Done> IncidentRows::insertRows(const std::vector<IncidentRow> &rows, bool isSent)
{
    for (const IncidentRow &row : rows) {
        // What the team's archive tells is thereby sent, also when it is our own.
        auto written = m_connection.run("INSERT INTO incident_entries (id, incident, sent, record) VALUES (?, ?, ?, ?)"
                                        " ON CONFLICT (id) DO UPDATE SET sent = 1 WHERE sent < excluded.sent",
                                        {row.id.toString(), row.incident.toString(), isSent ? 1 : 0, row.record});
        if (!written)
            return written.error();
    }
    return Done{};
}

Result<IncidentHead> IncidentRows::open(const IncidentScope &scope, IncidentHead head,
                                        const std::vector<IncidentRow> &rows)
{
    return m_connection.transaction<IncidentHead>([&]() -> Result<IncidentHead> {
        bool isKnown = false;
        auto known = find(scope, head.id, isKnown);
        if (!known)
            return known.error();
        if (isKnown) {
            head = *known;
        } else {
            const bool isOwn = scope.archive.isEmpty();
            auto next = number(isOwn ? "SELECT COALESCE(MAX(number), 0) + 1 FROM incidents WHERE archive = ?"
                                     : "SELECT COALESCE(MAX(local_number), 0) + 1 FROM incidents WHERE archive = ?",
                               {scope.archive});
            if (!next)
                return next.error();
            head.environment = scope.environment;
            head.number = isOwn ? std::optional<qint64>(*next) : std::nullopt;
            head.localNumber = isOwn ? 0 : *next;
            if (auto written = insertHead(scope, head); !written)
                return written.error();
        }
        if (auto written = insertRows(rows, scope.archive.isEmpty()); !written)
            return written.error();
        return head;
    });
}

Result<Done> IncidentRows::append(const IncidentScope &scope, const std::vector<IncidentRow> &rows)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        IncidentId checked;
        for (const IncidentRow &row : rows) {
            if (row.incident == checked)
                continue;
            bool isKnown = false;
            if (auto known = find(scope, row.incident, isKnown); !known)
                return known.error();
            if (!isKnown)
                return unknownIncident();
            checked = row.incident;
        }
        return insertRows(rows, scope.archive.isEmpty());
    });
}

Result<QList<IncidentHead>> IncidentRows::heads(const IncidentScope &scope, int limit)
{
    return incidentHeadsOf(
        m_connection.run("SELECT id, environment, number, local_number, opened_at FROM incidents"
                         " WHERE archive = ? AND environment = ? ORDER BY opened_at DESC, id DESC LIMIT ?",
                         {scope.archive, scope.environment, limit}));
}

Result<std::vector<IncidentRow>> IncidentRows::rows(const IncidentId &incident)
{
    return incidentRowsOf(
        m_connection.run("SELECT id, incident, record FROM incident_entries WHERE incident = ? ORDER BY position",
                         {incident.toString()}));
}

Result<bool> IncidentRows::claim(const IncidentScope &scope, const QString &id, const QString &owner, Instant now)
{
    auto written = m_connection.run("INSERT INTO incident_reminders (archive, id, claimed_by, claimed_at)"
                                    " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                    {scope.archive, id, owner, toEpochMs(now)});
    if (!written)
        return written.error();
    return written->numRowsAffected() == 1;
}

Result<qint64> IncidentRows::dataVersion() { return number("PRAGMA data_version"); }

Result<IncidentMark> IncidentRows::mark()
{
    auto position = number("SELECT COALESCE(MAX(position), 0) FROM incident_entries");
    if (!position)
        return position.error();
    auto revision = number("SELECT COALESCE(MAX(revision), 0) FROM incidents");
    if (!revision)
        return revision.error();
    return IncidentMark{*position, *revision};
}

Result<IncidentBatch> IncidentRows::changesSince(const IncidentScope &scope, IncidentMark &mark)
{
    auto now = this->mark();
    if (!now || *now == mark)
        return now ? Result<IncidentBatch>(IncidentBatch{}) : Result<IncidentBatch>(now.error());
    auto heads = incidentHeadsOf(m_connection.run(
        "SELECT id, environment, number, local_number, opened_at FROM incidents WHERE revision > ? AND revision <= ?"
        " AND archive = ? AND environment = ? ORDER BY revision",
        {mark.revision, now->revision, scope.archive, scope.environment}));
    if (!heads)
        return heads.error();
    auto rows = incidentRowsOf(m_connection.run(
        "SELECT e.id, e.incident, e.record FROM incident_entries e JOIN incidents i ON i.id = e.incident"
        " WHERE e.position > ? AND e.position <= ? AND i.archive = ? AND i.environment = ? ORDER BY e.position",
        {mark.position, now->position, scope.archive, scope.environment}));
    if (!rows)
        return rows.error();
    mark = *now;
    return IncidentBatch{std::move(*heads), std::move(*rows)};
}

} // namespace cockpit
