// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/demo_process.h"

#include <QCoreApplication>

namespace cockpit {

using namespace std::chrono_literals;

DemoProcess::DemoProcess(QObject *parent) : QObject(parent)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        answer(Error{.kind = Error::Kind::Timeout, .what = tr("The demo world did not start in 20 s.")});
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoProcess::readLine);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            answer(Error{.kind = Error::Kind::NotFound,
                         .what = tr("The demo world could not be started: ") + m_process.errorString() + u'.',
                         .next = tr("dt-cockpit-sim must lie beside dt-cockpit.")});
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        const QString words = QString::fromUtf8(m_process.readAllStandardError()).right(400).trimmed();
        answer(Error{.kind = Error::Kind::Unavailable, .what = tr("The demo world ended. ") + words});
        Q_EMIT ended(words);
    });
}

DemoProcess::~DemoProcess()
{
    m_process.disconnect(this);
    m_process.closeWriteChannel();
    m_process.terminate();
    if (!m_process.waitForFinished(500))
        m_process.kill();
    m_process.waitForFinished(500);
}

void DemoProcess::start(const Options &options, std::function<void(Result<QString>)> ready)
{
    m_ready = std::move(ready);
    QStringList arguments{QStringLiteral("--scenario"),      options.scenario,
                          QStringLiteral("--speed"),         QString::number(options.speed),
                          QStringLiteral("--write-config"),  m_folder.filePath(QStringLiteral("cockpit.yaml")),
                          QStringLiteral("--exit-with-parent")};
    if (!options.seed.isEmpty())
        arguments << QStringLiteral("--seed") << options.seed;
    for (const QString &fault : options.faults)
        arguments << QStringLiteral("--fault") << fault;
    m_limit.start(20s);
    m_process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/dt-cockpit-sim"), arguments);
}

void DemoProcess::readLine()
{
    while (m_process.canReadLine()) {
        if (m_process.readLine().startsWith("{\"ready\":true"))
            answer(m_folder.filePath(QStringLiteral("cockpit.yaml")));
    }
}

void DemoProcess::answer(Result<QString> result)
{
    if (!m_ready)
        return;
    m_limit.stop();
    // Taken out first: what it calls may start or end things here.
    const auto ready = std::exchange(m_ready, nullptr);
    ready(std::move(result));
}

} // namespace cockpit
