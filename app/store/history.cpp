// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/history.h"

#include <limits>

namespace cockpit {

Result<Done> History::setSetting(const QString &environment, const QString &name, const QByteArray &value)
{
    auto done = m_connection.run("INSERT INTO settings VALUES (?, ?, ?) ON CONFLICT (environment, name)"
                                 " DO UPDATE SET value = excluded.value",
                                 {environment, name, value.isNull() ? QByteArray("") : value});
    if (!done)
        return done.error();
    return Done{};
}

Result<std::optional<QByteArray>> History::setting(const QString &environment, const QString &name)
{
    auto query = m_connection.run("SELECT value FROM settings WHERE environment = ? AND name = ?", {environment, name});
    if (!query)
        return query.error();
    return query->next() ? std::optional<QByteArray>(query->value(0).toByteArray()) : std::nullopt;
}

Result<Done> History::markSourcesSeen(const QString &environment, const QHash<SourceId, Instant> &lastSuccess)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (auto [source, at] : lastSuccess.asKeyValueRange()) {
            auto done = m_connection.run("INSERT INTO sources_seen VALUES (?, ?, ?) ON CONFLICT (environment, source)"
                                         " DO UPDATE SET last_success = MAX(last_success, excluded.last_success)",
                                         {environment, source.toString(), toEpochMs(at)});
            if (!done)
                return done.error();
        }
        return Done{};
    });
}

Result<QHash<SourceId, Instant>> History::sourcesSeen(const QString &environment)
{
    auto query = m_connection.run("SELECT source, last_success FROM sources_seen WHERE environment = ?", {environment});
    if (!query)
        return query.error();
    QHash<SourceId, Instant> seen;
    while (query->next())
        seen.insert(SourceId(query->value(0).toString()), fromEpochMs(query->value(1).toLongLong()));
    return seen;
}

Result<Done> History::addResolved(const QString &environment, const QList<ResolvedAlert> &alerts)
{
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        for (const ResolvedAlert &alert : alerts) {
            auto done =
                m_connection.run("INSERT INTO resolved_alerts VALUES (?, ?, ?, ?, ?, ?, ?)"
                                 " ON CONFLICT (environment, cluster, fingerprint, starts_at)"
                                 " DO UPDATE SET resolved_at = MAX(resolved_at, excluded.resolved_at)",
                                 {environment, alert.key.cluster, alert.key.fingerprint, toEpochMs(alert.startsAt),
                                  toEpochMs(alert.resolvedAt), alert.name, alert.service.toString()});
            if (!done)
                return done.error();
        }
        return Done{};
    });
}

Result<QList<ResolvedAlert>> History::resolvedRows(const QString &environment, qint64 sinceMs, int limit)
{
    auto query = m_connection.run("SELECT cluster, fingerprint, name, service, starts_at, resolved_at FROM"
                                  " resolved_alerts WHERE environment = ? AND resolved_at >= ?"
                                  " ORDER BY resolved_at DESC, fingerprint LIMIT ?",
                                  {environment, sinceMs, limit});
    if (!query)
        return query.error();
    QList<ResolvedAlert> alerts;
    while (query->next()) {
        alerts.append(ResolvedAlert{AlertKey{query->value(0).toString(), query->value(1).toString()},
                                    query->value(2).toString(), ServiceId(query->value(3).toString()),
                                    fromEpochMs(query->value(4).toLongLong()),
                                    fromEpochMs(query->value(5).toLongLong())});
    }
    return alerts;
}

Result<QList<ResolvedAlert>> History::resolvedSince(const QString &environment, Instant since)
{
    return resolvedRows(environment, toEpochMs(since), kResolvedLimit);
}

Result<std::optional<ResolvedAlert>> History::lastResolved(const QString &environment)
{
    auto rows = resolvedRows(environment, std::numeric_limits<qint64>::min(), 1);
    if (!rows)
        return rows.error();
    return rows->isEmpty() ? std::nullopt : std::optional<ResolvedAlert>(rows->first());
}

Result<Done> History::prune(Instant now)
{
    auto aged = m_connection.run("DELETE FROM resolved_alerts WHERE resolved_at < ?", {toEpochMs(now - kResolvedKept)});
    if (!aged)
        return aged.error();
    auto bounded = m_connection.run("DELETE FROM resolved_alerts WHERE rowid IN (SELECT rowid FROM (SELECT rowid,"
                                    " ROW_NUMBER() OVER (PARTITION BY environment ORDER BY resolved_at DESC) AS place"
                                    " FROM resolved_alerts) WHERE place > ?)",
                                    {kResolvedLimit});
    if (!bounded)
        return bounded.error();
    return Done{};
}

} // namespace cockpit
