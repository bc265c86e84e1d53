// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/policy_watch.h"

#include "app/formats/policy_yaml.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QSet>

#include <utility>

namespace cockpit {

/// What one look found, and what the last one had, so that only changed files are parsed.
struct PolicyWatch::Read {
    QList<PolicyConfig> files{};
    QHash<QString, QByteArray> bytes{};
    QHash<QString, std::shared_ptr<const DeploymentPolicy>> policies{}; ///< by file; the good ones
    QHash<QString, QList<Finding>> problems{};                          ///< by file
    QSet<QString> unreadable{};
    bool isNew = false;
};

namespace {

constexpr qint64 mostPolicyBytes = 1024 * 1024;

Finding unreadableFile(const QString &path, const QString &why)
{
    return {.rule = QStringLiteral("policy-unreadable"),
            .file = path,
            .message = QCoreApplication::translate("PolicyWatch", "This file cannot be read: %1.").arg(why)};
}

} // namespace

PolicyWatch::PolicyWatch(QList<PolicyConfig> files, QObject *parent)
    : QObject(parent)
{
    auto read = std::make_shared<Read>();
    read->files = std::move(files);
    m_read = std::move(read);
    m_pool.setMaxThreadCount(1);
}

PolicyWatch::~PolicyWatch() { m_pool.waitForDone(); }

void PolicyWatch::look()
{
    if (m_looking || m_read->files.isEmpty())
        return;
    m_looking = true;
    m_pool.start([this, last = m_read] {
        auto read = std::make_shared<Read>(*last);
        read->isNew = false;
        for (const PolicyConfig &config : last->files)
            readFile(config.file, *read);
        // The destructor waits for this job; what is queued after it is dropped with the receiver.
        QMetaObject::invokeMethod(
            this, [this, read] { take(read); }, Qt::QueuedConnection);
    });
}

void PolicyWatch::readFile(const QString &path, Read &into)
{
    QFile file(path);
    QList<Finding> problems;
    QByteArray bytes;
    if (!file.open(QIODevice::ReadOnly))
        problems.append(unreadableFile(path, file.errorString()));
    else
        bytes = file.read(mostPolicyBytes);
    const auto known = into.bytes.constFind(path);
    if (known != into.bytes.constEnd() && *known == bytes && problems.isEmpty() != into.unreadable.contains(path))
        return;
    into.isNew = true;
    into.bytes.insert(path, bytes);
    into.unreadable.remove(path);
    if (!problems.isEmpty())
        into.unreadable.insert(path);
    if (problems.isEmpty()) {
        const DeploymentPolicy policy = parsePolicy(bytes, path, problems);
        if (!hasSeriousFinding(problems))
            into.policies.insert(path, std::make_shared<const DeploymentPolicy>(policy));
    }
    into.problems.insert(path, problems);
}

void PolicyWatch::take(const std::shared_ptr<const Read> &read)
{
    m_looking = false;
    m_read = read;
    if (!read->isNew)
        return;
    m_policies.clear();
    m_problems.clear();
    for (const PolicyConfig &config : read->files) {
        if (const auto policy = read->policies.value(config.file))
            m_policies.emplace_back(config.service, policy);
        m_problems += read->problems.value(config.file);
    }
    Q_EMIT changed();
}

} // namespace cockpit
