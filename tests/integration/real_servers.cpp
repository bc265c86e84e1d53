// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/real_servers.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <csignal>

namespace cockpit::test {

Finished runToEnd(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    Finished finished;
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished(2000);
    }
    finished.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    finished.out = process.readAllStandardOutput();
    finished.err = process.readAllStandardError();
    return finished;
}

int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

bool eventually(const std::function<bool()> &condition, int deadlineMs)
{
    const QDeadlineTimer deadline(deadlineMs);
    while (!deadline.hasExpired()) {
        if (condition())
            return true;
        QTest::qWait(200);
    }
    return condition();
}

QByteArray fetch(const QString &url)
{
    const QUrl address(url);
    QTcpSocket socket;
    socket.connectToHost(address.host(), quint16(address.port()));
    if (!socket.waitForConnected(2000))
        return {};
    socket.write("GET " + address.path(QUrl::FullyEncoded).toUtf8()
                 + (address.hasQuery() ? '?' + address.query(QUrl::FullyEncoded).toUtf8() : QByteArray())
                 + " HTTP/1.0\r\nHost: " + address.host().toUtf8() + "\r\n\r\n");
    QByteArray answer;
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(3000))
        answer += socket.readAll();
    answer += socket.readAll();
    return answer.startsWith("HTTP/1.0 200") || answer.startsWith("HTTP/1.1 200")
               ? answer.mid(answer.indexOf("\r\n\r\n") + 4)
               : QByteArray();
}

Server::Server(QString program, QStringList arguments, QString logFile)
    : m_program(std::move(program)), m_arguments(std::move(arguments)), m_logFile(std::move(logFile))
{
}

Server::~Server() { kill(); }

bool Server::start()
{
    m_process = std::make_unique<QProcess>();
    m_process->setStandardErrorFile(m_logFile, QIODevice::Append);
    m_process->start(m_program, m_arguments);
    return m_process->waitForStarted(5000);
}

void Server::kill()
{
    if (!m_process)
        return;
    resume();
    m_process->kill();
    m_process->waitForFinished(5000);
    m_process.reset();
}

void Server::suspend() { ::kill(pid_t(m_process->processId()), SIGSTOP); }

void Server::resume() { ::kill(pid_t(m_process->processId()), SIGCONT); }

RealChain::RealChain(Options options) : m_options(std::move(options)) {}

RealChain::~RealChain() = default;

QString RealChain::missing() const
{
    for (const char *program : {"prometheus", "prometheus-alertmanager", "amtool", "promtool"}) {
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            return QStringLiteral("not run: %1 is not installed").arg(QLatin1String(program));
    }
    return {};
}

QString RealChain::prometheusUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_prometheusPort); }

QString RealChain::alertmanagerUrl() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_alertmanagerPort); }

bool RealChain::startSim()
{
    m_sim = std::make_unique<Server>(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit-sim"),
                                     QStringList{QStringLiteral("--scenario"), m_options.scenario,
                                                 QStringLiteral("--start"), QStringLiteral("now"),
                                                 QStringLiteral("--speed"), QStringLiteral("1")}
                                         + m_options.simArguments,
                                     m_folder.filePath(QStringLiteral("sim.log")));
    if (!m_sim->start())
        return false;
    QProcess &process = m_sim->process();
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(10'000))
            return false;
    }
    m_metricsUrl = QJsonDocument::fromJson(process.readLine()).object().value(QStringLiteral("metrics")).toString();
    return !m_metricsUrl.isEmpty();
}

/// Rules are shipped for real life; a test cannot wait five minutes for a `for:`.
QString RealChain::shortened(const QString &ruleFile) const
{
    QFile file(ruleFile);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = QString::fromUtf8(file.readAll());
    text.replace(QRegularExpression(QStringLiteral("(?m)^(\\s*)for: .*$")), QStringLiteral("\\1for: 2s"));
    text.replace(QRegularExpression(QStringLiteral("(?m)^(\\s*)interval: .*$")), QStringLiteral("\\1interval: 1s"));
    if (m_options.shortenWindows)
        text.replace(QRegularExpression(QStringLiteral("\\[\\d+[mh]\\]")), QStringLiteral("[10s]"));
    const QString copy = m_folder.filePath(QFileInfo(ruleFile).fileName());
    QFile target(copy);
    if (!target.open(QIODevice::WriteOnly) || target.write(text.toUtf8()) < 0)
        return {};
    return copy;
}

bool RealChain::writeFiles()
{
    const auto write = [this](const QString &name, const QString &text) {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) == text.toUtf8().size();
    };
    const QUrl metrics(m_metricsUrl);
    QString prometheus = QStringLiteral("global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files:\n");
    for (const QString &file : m_options.ruleFiles)
        prometheus += QStringLiteral("  - ") + shortened(file) + u'\n';
    prometheus += QStringLiteral("alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%1']}]}]}\n"
                                 "scrape_configs:\n")
                      .arg(m_alertmanagerPort);
    for (const char *service : {"gc-service", "mc-service", "mh-service", "ac-service", "postgresql", "redis"}) {
        prometheus += QStringLiteral("  - {job_name: %1, metrics_path: %2, params: {service: [%1]}, "
                                     "static_configs: [{targets: ['%3:%4']}]}\n")
                          .arg(QLatin1String(service), metrics.path(), metrics.host())
                          .arg(metrics.port());
    }
    return write(QStringLiteral("prometheus.yml"), prometheus)
           && write(QStringLiteral("alertmanager.yml"),
                    QStringLiteral("route:\n  receiver: team\n  group_by: [alertname]\n  group_wait: 1s\n"
                                   "  routes:\n    - {matchers: ['severity=\"page\"'], receiver: oncall}\n"
                                   "receivers: [{name: team}, {name: oncall}]\n"))
           && write(QStringLiteral("cockpit.yaml"),
                    QStringLiteral("environment: {name: chain, kind: staging}\n"
                                   "prometheus: {url: %1, preset: %3, interval: 1s}\n"
                                   "alertmanagers: [{name: one, url: %2, cluster: eu, interval: 1s}]\n"
                                   "services: [{name: gc-service, match: {job: gc-service}}]\n"
                                   "store: {sqlite: %4}\n")
                        .arg(prometheusUrl(), alertmanagerUrl(), m_options.preset,
                             m_folder.filePath(QStringLiteral("cockpit.sqlite"))));
}

bool RealChain::start()
{
    m_prometheusPort = freePort();
    m_alertmanagerPort = freePort();
    if (!startSim() || !writeFiles())
        return false;
    m_alertmanager = std::make_unique<Server>(
        QStringLiteral("prometheus-alertmanager"),
        QStringList{QStringLiteral("--config.file=") + m_folder.filePath(QStringLiteral("alertmanager.yml")),
                    QStringLiteral("--storage.path=") + m_folder.filePath(QStringLiteral("alertmanager")),
                    QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_alertmanagerPort),
                    QStringLiteral("--cluster.listen-address=")},
        m_folder.filePath(QStringLiteral("alertmanager.log")));
    m_prometheus = std::make_unique<Server>(
        QStringLiteral("prometheus"),
        QStringList{QStringLiteral("--config.file=") + m_folder.filePath(QStringLiteral("prometheus.yml")),
                    QStringLiteral("--storage.tsdb.path=") + m_folder.filePath(QStringLiteral("tsdb")),
                    QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_prometheusPort)},
        m_folder.filePath(QStringLiteral("prometheus.log")));
    return m_alertmanager->start() && m_prometheus->start()
           && eventually([this] { return !fetch(alertmanagerUrl() + QStringLiteral("/-/ready")).isEmpty(); }, 20'000)
           && eventually([this] { return !fetch(prometheusUrl() + QStringLiteral("/-/ready")).isEmpty(); }, 20'000);
}

Finished RealChain::cockpit(const QStringList &arguments) const
{
    return runToEnd(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"),
                    arguments + QStringList{QStringLiteral("--config"), configPath()});
}

QJsonObject RealChain::status() const
{
    return cockpit({QStringLiteral("status"), QStringLiteral("--json")}).json().object();
}

} // namespace cockpit::test
