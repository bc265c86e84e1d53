// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/process_identity.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

namespace cockpit {

namespace {

QByteArray readProcFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Field 22 of /proc/PID/stat (proc(5)); the name in parentheses may hold blanks, so it counts from the last ')'.
QString startTimeOf(const QString &pid)
{
    const QByteArray stat = readProcFile(QStringLiteral("/proc/%1/stat").arg(pid));
    const auto end = stat.lastIndexOf(')');
    const QList<QByteArray> fields = stat.mid(end + 2).split(' ');
    const bool gone = fields.isEmpty() || fields.first() == "Z" || fields.first() == "X";
    return end < 0 || gone || fields.size() < 20 ? QString() : QString::fromLatin1(fields.at(19));
}

QString bootId()
{
    return QString::fromLatin1(readProcFile(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed());
}

} // namespace

QString thisProcessIdentity()
{
    const QString pid = QString::number(QCoreApplication::applicationPid());
    return bootId() + u'/' + pid + u'/' + startTimeOf(pid);
}

bool isProcessAlive(const QString &identity)
{
    const QStringList parts = identity.split(u'/');
    if (parts.size() != 3 || parts.at(0) != bootId())
        return false;
    const QString start = startTimeOf(parts.at(1));
    return !start.isEmpty() && start == parts.at(2);
}

} // namespace cockpit
