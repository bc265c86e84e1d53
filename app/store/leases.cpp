// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/leases.h"

namespace cockpit {

Result<Done> Leases::write(const Lease &lease)
{
    const QVariant ended = lease.endedAt ? QVariant(toEpochMs(*lease.endedAt)) : QVariant();
    auto done = m_connection.run(
        "INSERT INTO leases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id)"
        " DO UPDATE SET target = excluded.target, new_value = excluded.new_value,"
        " ends_at = excluded.ends_at, ended_at = excluded.ended_at, outcome = excluded.outcome",
        {lease.id, lease.environment, lease.kind, lease.target, lease.previousValue, lease.newValue, lease.actor,
         lease.reason, toEpochMs(lease.startsAt), toEpochMs(lease.endsAt), ended, lease.outcome});
    if (!done)
        return done.error();
    return Done{};
}

Result<QList<Lease>> Leases::open(const QString &environment)
{
    auto query =
        m_connection.run("SELECT id, kind, target, previous_value, new_value, actor, reason, starts_at, ends_at,"
                         " outcome FROM leases WHERE environment = ? AND ended_at IS NULL ORDER BY ends_at, id",
                         {environment});
    if (!query)
        return query.error();
    QList<Lease> leases;
    while (query->next()) {
        leases.append(Lease{query->value(0).toString(), environment, query->value(1).toString(),
                            query->value(2).toString(), query->value(3).toString(), query->value(4).toString(),
                            query->value(5).toString(), query->value(6).toString(),
                            fromEpochMs(query->value(7).toLongLong()), fromEpochMs(query->value(8).toLongLong()),
                            std::nullopt, query->value(9).toString()});
    }
    return leases;
}

} // namespace cockpit
