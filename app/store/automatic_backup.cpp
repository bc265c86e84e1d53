// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store_backup.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

namespace {

qint64 backupNumber(const QString &backup) { return backup.section(QStringLiteral(".backup-"), -1).toLongLong(); }

QByteArray backupDigest(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return hash.result();
}

/// The write-ahead log is written too: what is newest of the two tells when the store last changed.
QDateTime lastChange(const QString &path)
{
    return std::max(QFileInfo(path).lastModified(), QFileInfo(path + QStringLiteral("-wal")).lastModified());
}

} // namespace

QStringList automaticBackups(const QString &path)
{
    const QFileInfo info(path);
    QStringList found;
    const QStringList names =
        info.absoluteDir().entryList({info.fileName() + QStringLiteral(".backup-*")}, QDir::Files);
    for (const QString &name : names) {
        if (backupNumber(name) > 0)
            found.append(info.absoluteDir().filePath(name));
    }
    std::sort(found.begin(), found.end(),
              [](const QString &a, const QString &b) { return backupNumber(a) > backupNumber(b); });
    return found;
}

AutomaticBackup::AutomaticBackup(QString path, BackupPlan plan)
    : m_path(std::move(path))
    , m_plan(plan)
    , m_thread([this] { work(); })
{}

AutomaticBackup::~AutomaticBackup()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void AutomaticBackup::work()
{
    std::chrono::milliseconds wait = m_plan.firstAfter;
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, wait, [this] { return m_ending; })) {
        lock.unlock();
        backUp();
        lock.lock();
        wait = m_plan.every;
    }
}

void AutomaticBackup::backUp() const
{
    const QStringList before = automaticBackups(m_path);
    if (!before.isEmpty() && QFileInfo(before.first()).lastModified() > lastChange(m_path))
        return;
    const QString unfinished = m_path + QStringLiteral(".backup-unfinished");
    QFile::remove(unfinished); // of a process that died; two at once: the later one fails and comes again
    if (!backupStore(m_path, unfinished)) {
        QFile::remove(unfinished);
        return;
    }
    if (!before.isEmpty() && backupDigest(before.first()) == backupDigest(unfinished)) {
        QFile::remove(unfinished);
        return;
    }
    const qint64 next = before.isEmpty() ? 1 : backupNumber(before.first()) + 1;
    if (!QFile::rename(unfinished, m_path + QStringLiteral(".backup-%1").arg(next)))
        return;
    for (qsizetype old = std::max(m_plan.kept - 1, 0); old < before.size(); ++old)
        QFile::remove(before.at(old));
}

} // namespace cockpit
