// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/incidents/real_postgres.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>

#include <csignal>
#include <pwd.h>
#include <unistd.h>

namespace cockpit::testing {

namespace {

QString postgresPrograms()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    return found.isEmpty() ? QString() : versions.filePath(found.last() + QStringLiteral("/bin"));
}

} // namespace

RealPostgres::RealPostgres()
    : m_programs(postgresPrograms())
{}

RealPostgres::~RealPostgres()
{
    if (m_isRunning)
        resume();
    stop();
}

bool RealPostgres::isInstalled() { return QFile::exists(postgresPrograms() + QStringLiteral("/initdb")); }

QStringList RealPostgres::asOwner(const QString &program, const QStringList &arguments) const
{
    QStringList all{m_programs + u'/' + program};
    if (geteuid() == 0)
        all = QStringList{QStringLiteral("runuser"), QStringLiteral("-u"), QStringLiteral("nobody"),
                          QStringLiteral("--")} +
              all;
    return all + arguments;
}

bool RealPostgres::run(const QString &program, const QStringList &arguments) const
{
    QStringList command = asOwner(program, arguments);
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_folder.filePath(QStringLiteral("errors")), QIODevice::Append);
    const QString first = command.takeFirst();
    process.start(first, command);
    return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool RealPostgres::make()
{
    QFile secret(passwordFile());
    if (!secret.open(QIODevice::WriteOnly))
        return false;
    secret.write(password().toUtf8());
    secret.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    secret.close();
    const QString data = m_folder.filePath(QStringLiteral("pg"));
    QDir().mkpath(data);
    if (geteuid() == 0) {
        const passwd *const nobody = getpwnam("nobody");
        if (!nobody || chown(QFile::encodeName(data).constData(), nobody->pw_uid, nobody->pw_gid) != 0)
            return false;
        QFile::setPermissions(m_folder.path(),
                              QFile::permissions(m_folder.path()) | QFileDevice::ExeOther | QFileDevice::ExeGroup);
    }
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        return false;
    m_port = probe.serverPort();
    probe.close();
    return run(QStringLiteral("initdb"),
               {QStringLiteral("-D"), data + QStringLiteral("/data"), QStringLiteral("-U"), QStringLiteral("admin"),
                QStringLiteral("-N"), QStringLiteral("--auth-local=trust"), QStringLiteral("--auth-host=scram-sha-256"),
                QStringLiteral("-E"), QStringLiteral("UTF8")}) &&
           start() && sql(QStringLiteral("CREATE ROLE cockpit LOGIN PASSWORD '%1'").arg(password())) &&
           sql(QStringLiteral("CREATE DATABASE incidents OWNER cockpit"));
}

bool RealPostgres::start()
{
    const QString data = m_folder.filePath(QStringLiteral("pg"));
    m_isRunning = run(QStringLiteral("pg_ctl"),
                      {QStringLiteral("-D"), data + QStringLiteral("/data"), QStringLiteral("-l"),
                       data + QStringLiteral("/log"), QStringLiteral("-w"), QStringLiteral("-o"),
                       QStringLiteral("-k %1 -p %2 -c listen_addresses=127.0.0.1").arg(data, QString::number(m_port)),
                       QStringLiteral("start")});
    return m_isRunning;
}

void RealPostgres::stop()
{
    if (m_isRunning) {
        run(QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("pg/data")), QStringLiteral("-m"),
             QStringLiteral("fast"), QStringLiteral("-w"), QStringLiteral("stop")});
    }
    m_isRunning = false;
}

void RealPostgres::signalAll(int signal) const
{
    QFile file(m_folder.filePath(QStringLiteral("pg/data/postmaster.pid")));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray postmaster = file.readLine().trimmed();
    QProcess children;
    children.start(QStringLiteral("ps"), {QStringLiteral("-o"), QStringLiteral("pid="), QStringLiteral("--ppid"),
                                          QString::fromLatin1(postmaster)});
    children.waitForFinished();
    const QList<QByteArray> found = QByteArray(postmaster + '\n' + children.readAllStandardOutput()).split('\n');
    for (const QByteArray &line : found) {
        if (const int pid = line.trimmed().toInt(); pid > 1)
            ::kill(pid, signal);
    }
}

void RealPostgres::suspend() { signalAll(SIGSTOP); }
void RealPostgres::resume() { signalAll(SIGCONT); }

bool RealPostgres::sql(const QString &statement) const
{
    return run(
        QStringLiteral("psql"),
        {QStringLiteral("-h"), m_folder.filePath(QStringLiteral("pg")), QStringLiteral("-p"), QString::number(m_port),
         QStringLiteral("-U"), QStringLiteral("admin"), QStringLiteral("-d"),
         statement.startsWith(QStringLiteral("CREATE ")) ? QStringLiteral("postgres") : QStringLiteral("incidents"),
         QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"), QStringLiteral("-c"), statement});
}

PostgresConfig RealPostgres::config() const
{
    PostgresConfig config;
    config.host = QStringLiteral("127.0.0.1");
    config.port = m_port;
    config.database = QStringLiteral("incidents");
    config.user = QStringLiteral("cockpit");
    config.sslMode = QStringLiteral("disable");
    config.password.kind = SecretRef::Kind::File;
    config.password.name = passwordFile();
    return config;
}

} // namespace cockpit::testing
