// SPDX-License-Identifier: GPL-3.0-or-later
// The half of PostgresLink that writes.
#include "app/incidents/postgres_link.h"

#include <QSet>

namespace cockpit {

void PostgresLink::send(const IncidentBatch &batch)
{
    if (m_state.state != LinkState::State::Up) {
        Q_EMIT notSent(m_state.words);
        return;
    }
    IncidentBatch written;
    auto done = m_connection.transaction([&] {
        written = batch;
        return write(written);
    });
    if (done) {
        Q_EMIT sent(written);
        return;
    }
    Q_EMIT notSent(done.error().what);
    if (done.error().kind == Error::Kind::Network || !m_connection.isOpen())
        lose(done.error().what);
}

/// Whatever was sent before (its answer may have been lost) is found by its id and not written twice.
Result<Done> PostgresLink::write(IncidentBatch &batch)
{
    auto counter = m_connection.run("SELECT position, number FROM incident_counter FOR UPDATE");
    if (!counter)
        return counter.error();
    counter->next();
    qint64 position = counter->value(0).toLongLong();
    qint64 number = counter->value(1).toLongLong();
    const qint64 before = position;
    QSet<QString> touched;
    for (IncidentHead &head : batch.heads) {
        if (auto done = writeHead(head, position, number); !done)
            return done;
        touched.insert(head.id.toString());
    }
    for (const IncidentRow &row : batch.rows) {
        auto isNew = writeRow(row, position);
        if (!isNew)
            return isNew.error();
        if (*isNew)
            touched.insert(row.incident.toString());
    }
    if (position == before)
        return Done{};
    auto moved = m_connection.run("UPDATE incident_counter SET position = ?, number = ?", {position, number});
    if (!moved)
        return moved.error();
    for (const QString &incident : std::as_const(touched)) {
        if (auto told = m_connection.run("SELECT pg_notify('dt_cockpit_incidents', ?)", {incident}); !told)
            return told.error();
    }
    return Done{};
}

Result<Done> PostgresLink::writeHead(IncidentHead &head, qint64 &position, qint64 &number)
{
    auto known = m_connection.run("SELECT number FROM incidents WHERE id = ?", {head.id.toString()});
    if (!known)
        return known.error();
    if (known->next()) {
        head.number = known->value(0).toLongLong();
        return Done{};
    }
    auto made =
        m_connection.run("INSERT INTO incidents (id, environment, number, opened_at, position) VALUES (?, ?, ?, ?, ?)",
                         {head.id.toString(), head.environment, number + 1, toEpochMs(head.openedAt), position + 1});
    if (!made)
        return made.error();
    head.number = ++number;
    ++position;
    return Done{};
}

Result<bool> PostgresLink::writeRow(const IncidentRow &row, qint64 &position)
{
    auto made =
        m_connection.run("INSERT INTO incident_entries (position, id, incident, record) VALUES (?, ?, ?, ?)"
                         " ON CONFLICT (id) DO NOTHING",
                         {position + 1, row.id.toString(), row.incident.toString(), QString::fromUtf8(row.record)});
    if (!made)
        return made.error();
    const bool isNew = made->numRowsAffected() == 1;
    position += isNew ? 1 : 0;
    return isNew;
}

void PostgresLink::claim(const QString &reminder, Instant now)
{
    if (m_state.state != LinkState::State::Up) {
        Q_EMIT claimed(reminder, false, m_state.words);
        return;
    }
    auto made = m_connection.run("INSERT INTO incident_reminders (id, claimed_by, claimed_at) VALUES (?, ?, ?)"
                                 " ON CONFLICT (id) DO NOTHING",
                                 {reminder, m_options.owner, toEpochMs(now)});
    if (made) {
        Q_EMIT claimed(reminder, made->numRowsAffected() == 1, QString());
        return;
    }
    Q_EMIT claimed(reminder, false, made.error().what);
    if (made.error().kind == Error::Kind::Network)
        lose(made.error().what);
}

} // namespace cockpit
