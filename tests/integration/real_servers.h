// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <vector>

namespace cockpit::test {

/// What a finished program said.
struct Finished {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

/// Runs a program to its end (60 s at most).
Finished runToEnd(const QString &program, const QStringList &arguments);
/// A TCP port of loopback that nobody listens on now.
int freePort();
/// True once `condition` holds; asks again every 200 ms until the deadline. Servers need their own time.
bool eventually(const std::function<bool()> &condition, int deadlineMs = 60'000);
/// GETs an address with the cockpit's own rules left out: a bare client for checks.
QByteArray fetch(const QString &url);

/// A server of the chain: started on loopback with its own folder, killed at the end.
class Server {
public:
    Server(QString program, QStringList arguments, QString logFile);
    ~Server();
    bool start();
    void kill();
    void suspend();
    void resume();
    QProcess &process() { return *m_process; }

private:
    QString m_program;
    QStringList m_arguments;
    QString m_logFile;
    std::unique_ptr<QProcess> m_process;
};

/// dt-cockpit-sim /metrics → real Prometheus (1 s scrape, the shipped rules with short `for:`) → real Alertmanager.
class RealChain {
public:
    struct Options {
        QString scenario{QStringLiteral("bad-canary")};
        QStringList simArguments{};
        QStringList ruleFiles{};   ///< absolute; `for:` and long rate windows are shortened into copies
        QString preset{QStringLiteral("recorded")};
        bool shortenWindows = true;
    };
    explicit RealChain(Options options);
    ~RealChain();

    /// Empty when everything runs; else why the chain cannot be made here (a program is missing).
    QString missing() const;
    bool start();
    QString configPath() const { return m_folder.filePath(QStringLiteral("cockpit.yaml")); }
    QString prometheusUrl() const;
    QString alertmanagerUrl() const;
    Finished cockpit(const QStringList &arguments) const;
    /// `status --json` of the cockpit, parsed.
    QJsonObject status() const;
    Server &prometheus() { return *m_prometheus; }
    Server &alertmanager() { return *m_alertmanager; }
    QString folder() const { return m_folder.path(); }

private:
    bool startSim();
    bool writeFiles();
    QString shortened(const QString &ruleFile) const;

    Options m_options;
    QTemporaryDir m_folder;
    int m_prometheusPort = 0;
    int m_alertmanagerPort = 0;
    QString m_metricsUrl;
    std::unique_ptr<Server> m_sim;
    std::unique_ptr<Server> m_prometheus;
    std::unique_ptr<Server> m_alertmanager;
};

} // namespace cockpit::test
