// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/leases.h"

#include "app/store/process_identity.h"

namespace cockpit {

namespace {

constexpr const char *kLeaseColumns =
    "SELECT id, kind, target, previous_value, new_value, actor, reason, starts_at, ends_at, outcome, environment,"
    " ended_at, title, service, revert, detail, trouble FROM leases";

Lease storedLease(const QSqlQuery &row)
{
    Lease lease;
    lease.id = row.value(0).toString();
    lease.kind = row.value(1).toString();
    lease.target = row.value(2).toString();
    lease.previousValue = row.value(3).toString();
    lease.newValue = row.value(4).toString();
    lease.actor = row.value(5).toString();
    lease.reason = row.value(6).toString();
    lease.startsAt = fromEpochMs(row.value(7).toLongLong());
    lease.endsAt = fromEpochMs(row.value(8).toLongLong());
    lease.outcome = row.value(9).toString();
    lease.environment = row.value(10).toString();
    if (!row.value(11).isNull())
        lease.endedAt = fromEpochMs(row.value(11).toLongLong());
    lease.title = row.value(12).toString();
    lease.service = row.value(13).toString();
    lease.revert = row.value(14).toByteArray();
    lease.detail = row.value(15).toByteArray();
    lease.trouble = row.value(16).toString();
    return lease;
}

/// SQLite tells an empty blob from NULL, QByteArray does not.
QByteArray notNull(const QByteArray &bytes) { return bytes.isNull() ? QByteArray("") : bytes; }

} // namespace

Result<Done> Leases::write(const Lease &lease)
{
    const QVariant ended = lease.endedAt ? QVariant(toEpochMs(*lease.endedAt)) : QVariant();
    // Whoever tells an outcome or a trouble has done what it claimed the lease for.
    auto done = m_connection.run(
        "INSERT INTO leases (id, environment, kind, target, previous_value, new_value, actor, reason, starts_at,"
        " ends_at, ended_at, outcome, title, service, revert, detail, trouble)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET target = excluded.target, new_value = excluded.new_value,"
        " ends_at = excluded.ends_at, ended_at = COALESCE(leases.ended_at, excluded.ended_at),"
        " outcome = CASE WHEN leases.ended_at IS NULL THEN excluded.outcome ELSE leases.outcome END,"
        " detail = excluded.detail, trouble = excluded.trouble, claimed_by = '', claimed_at = 0",
        {lease.id, lease.environment, lease.kind, lease.target, lease.previousValue, lease.newValue, lease.actor,
         lease.reason, toEpochMs(lease.startsAt), toEpochMs(lease.endsAt), ended, lease.outcome, lease.title,
         lease.service, notNull(lease.revert), notNull(lease.detail), lease.trouble});
    if (!done)
        return done.error();
    return Done{};
}

Result<QList<Lease>> Leases::open(const QString &environment)
{
    const QByteArray sql =
        QByteArray(kLeaseColumns) + " WHERE environment = ? AND ended_at IS NULL ORDER BY ends_at, id";
    auto query = m_connection.run(sql.constData(), {environment});
    if (!query)
        return query.error();
    QList<Lease> leases;
    while (query->next())
        leases.append(storedLease(*query));
    return leases;
}

Result<std::optional<Lease>> Leases::find(const QString &id)
{
    auto query = m_connection.run((QByteArray(kLeaseColumns) + " WHERE id = ?").constData(), {id});
    if (!query)
        return query.error();
    return query->next() ? std::optional<Lease>(storedLease(*query)) : std::optional<Lease>();
}

Result<bool> Leases::claim(const QString &id, Instant now, Duration holds)
{
    return m_connection.transaction<bool>([&]() -> Result<bool> {
        auto query = m_connection.run(
            "SELECT claimed_by, claimed_at FROM leases WHERE id = ? AND ended_at IS NULL", {id});
        if (!query)
            return query.error();
        if (!query->next())
            return false;
        const QString holder = query->value(0).toString();
        const bool fresh = now - fromEpochMs(query->value(1).toLongLong()) < holds;
        query->finish();
        if (holder != m_owner && fresh && isProcessAlive(holder))
            return false;
        auto taken = m_connection.run("UPDATE leases SET claimed_by = ?, claimed_at = ? WHERE id = ?",
                                      {m_owner, toEpochMs(now), id});
        if (!taken)
            return taken.error();
        return true;
    });
}

Result<Done> Leases::beat(const QString &environment, Instant now)
{
    auto done = m_connection.run("INSERT INTO lease_keepers VALUES (?, ?, ?) ON CONFLICT (environment, owner)"
                                 " DO UPDATE SET seen_at = excluded.seen_at",
                                 {environment, m_owner, toEpochMs(now)});
    if (!done)
        return done.error();
    return Done{};
}

Result<bool> Leases::isKeptElsewhere(const QString &environment, Instant now, Duration within)
{
    auto query = m_connection.run(
        "SELECT owner FROM lease_keepers WHERE environment = ? AND owner <> ? AND seen_at >= ?",
        {environment, m_owner, toEpochMs(now - within)});
    if (!query)
        return query.error();
    bool kept = false;
    while (query->next())
        kept = kept || isProcessAlive(query->value(0).toString());
    return kept;
}

} // namespace cockpit
