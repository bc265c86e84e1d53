// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration.h"
#include "app/incidents/hung_guard.h"
#include "models/result.h"

#include <QSqlDriver>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <functional>

namespace cockpit {

/// One connection to the team's PostgreSQL, bound to the thread that opened it. Each call is bounded: by the server
/// (statement_timeout), by TCP (tcp_user_timeout) and, when the server hangs, by the guard. No password is ever in an
/// error.
class PostgresConnection {
public:
    /// Both outlive it.
    PostgresConnection(HungGuard &guard, const Clock &clock);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection &) = delete;
    PostgresConnection &operator=(const PostgresConnection &) = delete;

    /// False where Qt's driver for PostgreSQL is not installed.
    static bool hasDriver();
    /// Blocks 3 s at most. Errors: Network (with the server's words), Unauthorized.
    Result<Done> open(const PostgresConfig &config, const QByteArray &password);
    void close();
    /// As far as the socket tells: false soon after the server went away.
    bool isOpen() const;
    QSqlDriver *driver() const;

    /// Runs one statement with its values bound in order. Errors: Network (the link is gone), Storage (anything else).
    Result<QSqlQuery> run(const char *sql, const QVariantList &values = {});
    /// Runs `work` between BEGIN and COMMIT; rolls back on an error.
    Result<Done> transaction(const std::function<Result<Done>()> &work);

private:
    Error failure(const QSqlError &problem) const;

    HungGuard &m_guard;
    const Clock &m_clock;
    QString m_name;
};

/// "PostgreSQL incidents@db.example:5432": who and where, without a secret.
QString postgresPlace(const PostgresConfig &config);

} // namespace cockpit
