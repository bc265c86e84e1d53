// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/disk_reserve.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>

namespace cockpit {

bool DiskReserve::isFilled() const { return QFileInfo(m_path).size() >= kBytes; }

bool DiskReserve::fill() const
{
    if (isFilled())
        return true;
    QFile file(m_path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (posix_fallocate(file.handle(), 0, kBytes) == 0)
        return true;
    file.remove(); // half a reserve would only take the room that others need
    return false;
}

bool DiskReserve::release() const { return QFile::remove(m_path); }

} // namespace cockpit
