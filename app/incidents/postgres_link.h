// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/config/secret_resolver.h"
#include "app/incidents/postgres_connection.h"
#include "app/store/incident_rows.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace cockpit {

/// How the link to the team's archive is.
struct LinkState {
    enum class State { Down, Up, ReadOnly, Failed };
    State state = State::Down;
    QString words{}; ///< why it is not up
    bool operator==(const LinkState &) const = default;
};

/// The cockpit's half of the team's archive: sends what waits, tells what others wrote. Lives on a thread with an event
/// loop that may block on the server; everything is asked by queued calls and answered by signals. Connects again by
/// itself, after 1 s and at most 10 s.
class PostgresLink : public QObject {
    Q_OBJECT
public:
    struct Options {
        PostgresConfig config{};
        SecretSources secrets{};
        QString environment{};
        QString owner{}; ///< who claims reminders
    };
    static constexpr std::chrono::milliseconds kReadAfterNotice{30};
    static constexpr int kMostAtOnce = 500;

    /// `guard` and `clock` outlive it.
    PostgresLink(Options options, HungGuard &guard, const Clock &clock);

    /// Connects and tells everything after `cursor`.
    void start(qint64 cursor);
    /// Sends in one transaction what the archive does not have; answered by sent() or notSent().
    void send(const IncidentBatch &batch);
    /// Tells everything after `cursor` once more: it could not be kept.
    void rewind(qint64 cursor);
    /// Answered by claimed(): true for the first cockpit of all.
    void claim(const QString &reminder, Instant now);

Q_SIGNALS:
    void stateChanged(const cockpit::LinkState &state);
    /// What was written to the archive up to `position`, by whomever.
    void told(const cockpit::IncidentBatch &batch, qint64 position);
    /// The heads have their numbers.
    void sent(const cockpit::IncidentBatch &batch);
    void notSent(const QString &words);
    void claimed(const QString &reminder, bool isFirst, const QString &problem);

private:
    void connectNow();
    Result<Done> openAll();
    void check();
    void lose(const QString &words);
    void readChanges();
    Result<IncidentBatch> changes(qint64 &upTo, bool &isMore);
    Result<Done> write(IncidentBatch &batch);
    Result<Done> writeHead(IncidentHead &head, qint64 &position, qint64 &number);
    Result<bool> writeRow(const IncidentRow &row, qint64 &position);
    void setState(LinkState state);

    Options m_options;
    HungGuard &m_guard;
    const Clock &m_clock;
    PostgresConnection m_connection;
    LinkState m_state{};
    qint64 m_cursor = 0;
    int m_checks = 0;
    std::chrono::milliseconds m_retry{1000};
    QTimer m_reconnect{this};
    QTimer m_check{this};
    QTimer m_readSoon{this};
};

} // namespace cockpit
