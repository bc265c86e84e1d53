// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/contained_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

namespace {

QString fileWords(const char *text) { return QCoreApplication::translate("RunbookFolder", text); }

Error leadsOut(const QString &path)
{
    return {.kind = Error::Kind::Invalid,
            .what = fileWords("%1 leads out of the folder of the runbooks.").arg(path.left(300)),
            .meaning = fileWords("It is not read."),
            .next = {}};
}

Error cannotRead(const QString &path, int number)
{
    return {.kind = number == ENOENT ? Error::Kind::NotFound : Error::Kind::Storage,
            .what = fileWords("%1 cannot be read: %2.").arg(path.left(300), qt_error_string(number)),
            .meaning = {},
            .next = {}};
}

qint64 nanoseconds(const timespec &time) { return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec; }

/// Walks down folder by folder; no step follows a link, for `inside` has none unless one was put in meanwhile.
Result<FileHandle> openStepByStep(const QString &root, const QString &inside, const QString &asked)
{
    FileHandle folder(::open(QFile::encodeName(root).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen())
        return cannotRead(asked, errno);
    const QStringList steps = inside.split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const bool isLast = i + 1 == steps.size();
        const int flags = isLast ? O_RDONLY | O_NONBLOCK | O_NOCTTY : O_PATH | O_DIRECTORY;
        FileHandle next(
            ::openat(folder.descriptor(), QFile::encodeName(steps.at(i)).constData(), flags | O_NOFOLLOW | O_CLOEXEC));
        if (!next.isOpen())
            return errno == ELOOP || errno == ENOTDIR ? leadsOut(asked) : cannotRead(asked, errno);
        folder = std::move(next);
    }
    return folder;
}

} // namespace

FileHandle::~FileHandle()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool isInside(const QString &root, const QString &real)
{
    return real == root || real.startsWith(root.endsWith(u'/') ? root : root + u'/');
}

Result<ContainedFile> openContained(const QString &root, const QString &path)
{
    if (path.contains(QChar(0)) || path.startsWith(u'/'))
        return leadsOut(path);
    const QString whole = QDir::cleanPath(root + u'/' + path);
    if (!isInside(root, whole))
        return leadsOut(path);
    const QString real = QFileInfo(whole).canonicalFilePath();
    if (real.isEmpty())
        return cannotRead(path, ENOENT);
    if (!isInside(root, real))
        return leadsOut(path);
    auto handle = openStepByStep(root, real.mid(root.size()), path);
    if (!handle)
        return handle.error();
    struct stat status {};
    if (::fstat(handle->descriptor(), &status) != 0)
        return cannotRead(path, errno);
    if (!S_ISREG(status.st_mode))
        return Error{.kind = Error::Kind::Invalid,
                     .what = fileWords("%1 is no regular file.").arg(path.left(300)),
                     .meaning = fileWords("It is not read."),
                     .next = {}};
    return ContainedFile{std::move(*handle),          path,         status.st_size, nanoseconds(status.st_mtim),
                         nanoseconds(status.st_ctim), status.st_ino};
}

Result<QByteArray> readContained(const ContainedFile &file, qint64 mostBytes)
{
    QByteArray bytes(std::min(file.size, mostBytes), Qt::Uninitialized);
    qint64 filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::pread(file.handle.descriptor(), bytes.data() + filled,
                                      static_cast<size_t>(bytes.size() - filled), filled);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return cannotRead(file.path, errno);
        if (count == 0)
            break;
        filled += count;
    }
    struct stat status {};
    const bool isSame = ::fstat(file.handle.descriptor(), &status) == 0 && status.st_size == file.size &&
                        nanoseconds(status.st_mtim) == file.modifiedNs;
    if (!isSame || filled < bytes.size())
        return Error{.kind = Error::Kind::Conflict,
                     .what = fileWords("%1 was written to while it was read.").arg(file.path.left(300)),
                     .meaning = fileWords("Half of it would be shown: it is left out until it is whole."),
                     .next = fileWords("It is read again in a moment.")};
    return bytes;
}

} // namespace cockpit
