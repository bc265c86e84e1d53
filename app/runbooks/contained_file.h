// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <utility>

namespace cockpit {

/// An open file descriptor, closed with its owner.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor)
        : m_descriptor(descriptor)
    {}
    ~FileHandle();
    FileHandle(FileHandle &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    {}
    FileHandle &operator=(FileHandle &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// A regular file that was opened for reading, and what it was then.
struct ContainedFile {
    FileHandle handle{};
    QString path{}; ///< as asked
    qint64 size = 0;
    qint64 modifiedNs = 0;
    qint64 changedNs = 0;
    quint64 inode = 0;
};

/// Whether an absolute path without links lies in (or is) this root, which has none either.
bool isInside(const QString &root, const QString &real);

/// Opens a file below `root` (absolute, links resolved) by a relative path whose links may lead about inside of it.
/// A link that is put in between is never followed, and a pipe or device is never waited for.
/// Errors: NotFound, Invalid (leads out, no regular file), Storage.
Result<ContainedFile> openContained(const QString &root, const QString &path);

/// At most `mostBytes` from its beginning. Errors: Storage, Conflict (it was rewritten meanwhile).
Result<QByteArray> readContained(const ContainedFile &file, qint64 mostBytes);

} // namespace cockpit
