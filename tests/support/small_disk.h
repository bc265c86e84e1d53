// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>

namespace cockpit::testing {

/// A file system of a few MiB, so that it can be full. Mounting it needs root: isMounted() says whether it worked.
class SmallDisk {
public:
    explicit SmallDisk(const QString &folder)
        : m_folder(folder)
    {
        m_mounted = QProcess::execute(QStringLiteral("mount"),
                                      {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                                       QStringLiteral("size=8m"), QStringLiteral("tmpfs"), folder}) == 0;
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    ~SmallDisk()
    {
        if (m_mounted)
            QProcess::execute(QStringLiteral("umount"), {QStringLiteral("-l"), m_folder});
    }
    bool isMounted() const { return m_mounted; }
    /// Writes until nothing more fits.
    void fill() const
    {
        QFile filler(m_folder + QStringLiteral("/filler"));
        if (!filler.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            return;
        for (const qsizetype size : {65536, 4096, 512}) {
            while (filler.write(QByteArray(size, 'x')) == size)
                continue;
        }
    }
    /// Makes room again.
    bool empty() const { return QFile::remove(m_folder + QStringLiteral("/filler")); }

private:
    QString m_folder;
    bool m_mounted = false;
};

} // namespace cockpit::testing
