// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/postgres_link.h"

#include "app/incidents/postgres_schema.h"

#include <algorithm>

namespace cockpit {

namespace {

const QString incidentChannel = QStringLiteral("dt_cockpit_incidents");
constexpr int kChecksPerRead = 3; // also without a notice: what hangs is found, what was missed is read

} // namespace

PostgresLink::PostgresLink(Options options, HungGuard &guard, const Clock &clock)
    : m_options(std::move(options))
    , m_guard(guard)
    , m_clock(clock)
    , m_connection(guard, clock)
{
    m_reconnect.setSingleShot(true);
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(kReadAfterNotice);
    m_check.setInterval(std::chrono::seconds(1));
    connect(&m_reconnect, &QTimer::timeout, this, &PostgresLink::connectNow);
    connect(&m_readSoon, &QTimer::timeout, this, &PostgresLink::readChanges);
    connect(&m_check, &QTimer::timeout, this, &PostgresLink::check);
}

void PostgresLink::setState(LinkState state)
{
    if (m_state == state)
        return;
    m_state = std::move(state);
    Q_EMIT stateChanged(m_state);
}

void PostgresLink::start(qint64 cursor)
{
    m_cursor = cursor;
    if (!PostgresConnection::hasDriver()) {
        setState({LinkState::State::Failed,
                  tr("Qt's driver for PostgreSQL is not installed, so the team's archive cannot be reached. What you"
                     " write is kept on this laptop. Install libqt6sql6-psql and start again.")});
        return;
    }
    m_check.start();
    connectNow();
}

void PostgresLink::connectNow()
{
    if (auto opened = openAll(); !opened) {
        lose(opened.error().what);
        return;
    }
    m_retry = std::chrono::milliseconds(1000);
    readChanges();
}

Result<Done> PostgresLink::openAll()
{
    QByteArray password;
    if (m_options.config.password.isSet()) {
        auto secret = readSecret(m_options.config.password, m_options.secrets);
        if (!secret)
            return secret.error();
        password = std::move(*secret);
    }
    if (auto opened = m_connection.open(m_options.config, password); !opened)
        return opened;
    auto version = migratePostgres(m_connection, m_clock.now());
    if (!version)
        return version.error();
    // A new connection is a new driver: nothing is subscribed on it yet.
    connect(m_connection.driver(), &QSqlDriver::notification, this, [this] {
        if (!m_readSoon.isActive())
            m_readSoon.start();
    });
    if (!m_connection.driver()->subscribeToNotification(incidentChannel)) {
        return Error{Error::Kind::Network, tr("The archive does not tell of changes (LISTEN failed)."), QString(),
                     QString()};
    }
    if (*version > postgresSchemaVersion()) {
        setState({LinkState::State::ReadOnly,
                  tr("The team's archive was written by a newer version (schema %1): it is shown, and not written to."
                     " Use the newer version.")
                      .arg(*version)});
    } else {
        setState({LinkState::State::Up, QString()});
    }
    return Done{};
}

void PostgresLink::lose(const QString &words)
{
    m_connection.close();
    m_readSoon.stop();
    setState({LinkState::State::Down, words});
    m_reconnect.start(m_retry);
    m_retry = std::min(m_retry * 2, std::chrono::milliseconds(10'000));
}

void PostgresLink::check()
{
    if (m_state.state != LinkState::State::Up && m_state.state != LinkState::State::ReadOnly)
        return;
    if (!m_connection.isOpen())
        lose(tr("The team's archive closed the connection."));
    else if (++m_checks % kChecksPerRead == 0)
        readChanges();
}

void PostgresLink::rewind(qint64 cursor) { m_cursor = std::min(m_cursor, cursor); }

void PostgresLink::readChanges()
{
    if (!m_connection.isOpen())
        return;
    qint64 upTo = 0;
    bool isMore = false;
    auto batch = changes(upTo, isMore);
    if (!batch) {
        lose(batch.error().what);
        return;
    }
    if (upTo > m_cursor) {
        m_cursor = upTo;
        Q_EMIT told(*batch, upTo);
    }
    if (isMore)
        m_readSoon.start();
}

Result<IncidentBatch> PostgresLink::changes(qint64 &upTo, bool &isMore)
{
    auto last = m_connection.run("SELECT position FROM incident_counter");
    if (!last)
        return last.error();
    upTo = last->next() ? last->value(0).toLongLong() : 0;
    IncidentBatch batch;
    if (upTo <= m_cursor)
        return batch;
    auto rows = m_connection.run("SELECT e.id, e.incident, e.record, e.position FROM incident_entries e"
                                 " JOIN incidents i ON i.id = e.incident WHERE i.environment = ? AND e.position > ?"
                                 " AND e.position <= ? ORDER BY e.position LIMIT ?",
                                 {m_options.environment, m_cursor, upTo, kMostAtOnce});
    if (!rows)
        return rows.error();
    qint64 lastRow = upTo;
    while (rows->next()) {
        batch.rows.push_back({EntryId(rows->value(0).toString()), IncidentId(rows->value(1).toString()),
                              rows->value(2).toString().toUtf8()});
        lastRow = rows->value(3).toLongLong();
    }
    isMore = batch.rows.size() == size_t(kMostAtOnce);
    if (isMore)
        upTo = lastRow;
    auto heads = m_connection.run("SELECT id, environment, number, opened_at FROM incidents WHERE environment = ?"
                                  " AND position > ? AND position <= ? ORDER BY position",
                                  {m_options.environment, m_cursor, upTo});
    if (!heads)
        return heads.error();
    while (heads->next()) {
        batch.heads.append(IncidentHead{IncidentId(heads->value(0).toString()), heads->value(1).toString(),
                                        heads->value(2).toLongLong(), 0, fromEpochMs(heads->value(3).toLongLong())});
    }
    return batch;
}

} // namespace cockpit
