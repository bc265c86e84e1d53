// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>

namespace cockpit {

/// The embedded demo world: dt-cockpit-sim as a child on free ports. It ends with this process, also after a kill -9
/// (the child watches its standard input).
class DemoProcess : public QObject {
    Q_OBJECT
public:
    struct Options {
        QString scenario{QStringLiteral("bad-canary")};
        double speed = 1.0;
        QString seed{};
        QStringList faults{};
    };

    explicit DemoProcess(QObject *parent = nullptr);
    ~DemoProcess() override;

    /// `ready` is called once: with the path of the configuration that the world wrote, or with why it did not start.
    void start(const Options &options, std::function<void(Result<QString>)> ready);
    /// A folder that goes with this process, for the demo's own store.
    QString folder() const { return m_folder.path(); }

Q_SIGNALS:
    /// The world ended by itself.
    void ended(const QString &words);

private:
    void readLine();
    void answer(Result<QString> result);

    QTemporaryDir m_folder;
    QProcess m_process;
    QTimer m_limit;
    std::function<void(Result<QString>)> m_ready;
};

} // namespace cockpit
