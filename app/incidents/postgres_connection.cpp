// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/postgres_connection.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

#include <libpq-fe.h>

namespace cockpit {

namespace {

/// libpq's socket of the driver's connection; -1 where it has none.
int socketOf(const QSqlDriver *driver)
{
    const QVariant handle = driver->handle();
    // moc's name of it follows the typedef or the struct, by the version of Qt.
    const QByteArray type = handle.typeName();
    if (type != "PGconn*" && type != "pg_conn*")
        return -1;
    auto *const connection = *static_cast<PGconn *const *>(handle.constData());
    return connection ? PQsocket(connection) : -1;
}

/// The driver splits these at ';' and hands them to libpq.
QString connectOptions(const PostgresConfig &config)
{
    QStringList options{QStringLiteral("connect_timeout=3"),
                        QStringLiteral("tcp_user_timeout=5000"),
                        QStringLiteral("keepalives_idle=5"),
                        QStringLiteral("application_name=dt-cockpit"),
                        QStringLiteral("options='-c statement_timeout=5000 -c lock_timeout=3000'"),
                        QStringLiteral("sslmode=") + config.sslMode};
    // libpq 15 does not know the system's authorities by itself.
    const QString system = QStringLiteral("/etc/ssl/certs/ca-certificates.crt");
    const bool hasOwn = QFileInfo::exists(QDir::homePath() + QStringLiteral("/.postgresql/root.crt"));
    if (config.sslMode.startsWith(QStringLiteral("verify")) && !hasOwn &&
        qEnvironmentVariableIsEmpty("PGSSLROOTCERT") && QFileInfo::exists(system))
        options.append(QStringLiteral("sslrootcert=") + system);
    return options.join(u';');
}

/// What the server said, on one line, without the driver's "Unable to connect".
QString serverWords(const QSqlError &problem)
{
    const QString text = problem.databaseText().isEmpty() ? problem.driverText() : problem.databaseText();
    return text.simplified();
}

} // namespace

QString postgresPlace(const PostgresConfig &config)
{
    return QStringLiteral("PostgreSQL ") + config.database + u'@' + config.host + u':' + QString::number(config.port);
}

PostgresConnection::PostgresConnection(HungGuard &guard, const Clock &clock)
    : m_guard(guard)
    , m_clock(clock)
    , m_name(QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

PostgresConnection::~PostgresConnection() { close(); }

bool PostgresConnection::hasDriver() { return QSqlDatabase::isDriverAvailable(QStringLiteral("QPSQL")); }

Result<Done> PostgresConnection::open(const PostgresConfig &config, const QByteArray &password)
{
    close();
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name);
    database.setHostName(config.host);
    database.setPort(config.port);
    database.setDatabaseName(config.database);
    database.setUserName(config.user);
    database.setPassword(QString::fromUtf8(password));
    database.setConnectOptions(connectOptions(config));
    if (!database.open()) {
        Error refused = failure(database.lastError());
        refused.kind = Error::Kind::Network;
        return refused;
    }
    m_guard.setSocket(socketOf(database.driver()));
    return Done{};
}

void PostgresConnection::close()
{
    m_guard.setSocket(-1);
    if (!QSqlDatabase::contains(m_name))
        return;
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

bool PostgresConnection::isOpen() const
{
    return QSqlDatabase::contains(m_name) && QSqlDatabase::database(m_name, false).isOpen();
}

QSqlDriver *PostgresConnection::driver() const { return QSqlDatabase::database(m_name, false).driver(); }

Result<QSqlQuery> PostgresConnection::run(const char *sql, const QVariantList &values)
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    m_guard.begin(m_clock.monotonic());
    bool done = false;
    if (values.isEmpty()) {
        done = query.exec(QString::fromLatin1(sql));
    } else if (query.prepare(QString::fromLatin1(sql))) {
        for (const QVariant &value : values) {
            const bool nullText = value.typeId() == QMetaType::QString && value.toString().isNull();
            query.addBindValue(nullText ? QVariant(QStringLiteral("")) : value);
        }
        done = query.exec();
    }
    m_guard.end();
    if (!done)
        return failure(query.lastError());
    return query;
}

Result<Done> PostgresConnection::transaction(const std::function<Result<Done>()> &work)
{
    if (auto begun = run("BEGIN"); !begun)
        return begun.error();
    Result<Done> outcome = work();
    if (outcome) {
        auto committed = run("COMMIT");
        if (committed)
            return outcome;
        outcome = committed.error();
    }
    (void)run("ROLLBACK").has_value();
    return outcome;
}

Error PostgresConnection::failure(const QSqlError &problem) const
{
    // Class 57P (shutdown) and 08 (connection), or no code at all: the link, not the statement.
    const QString code = problem.nativeErrorCode();
    const bool isLink =
        code.isEmpty() || code.startsWith(QStringLiteral("57P")) || code.startsWith(QStringLiteral("08")) || !isOpen();
    const QString words = serverWords(problem);
    return Error{isLink ? Error::Kind::Network : Error::Kind::Storage,
                 words.isEmpty()
                     ? QCoreApplication::translate("Incidents", "The connection to the team's archive broke.")
                     : QCoreApplication::translate("Incidents", "The team's archive said: %1").arg(words),
                 QCoreApplication::translate("Incidents", "What you write is kept on this laptop."),
                 QCoreApplication::translate("Incidents", "It is sent by itself when the archive answers again.")};
}

} // namespace cockpit
