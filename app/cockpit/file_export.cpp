// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/file_export.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace cockpit {

namespace {

QString exportWords(const char *text) { return QCoreApplication::translate("FileExport", text); }

Result<Done> writeWhole(const QString &path, const QByteArray &content)
{
    const QFileInfo target(path);
    if (!target.isAbsolute() || !target.dir().exists()) {
        return Error{.kind = Error::Kind::Invalid,
                     .what = exportWords("There is no folder for %1.").arg(path.left(300)),
                     .meaning = exportWords("Nothing was written."),
                     .next = exportWords("Choose another place.")};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return Error{.kind = Error::Kind::Storage,
                     .what = exportWords("%1 could not be written: %2.").arg(path.left(300), file.errorString()),
                     .meaning = exportWords("What stood there before is unchanged."),
                     .next = exportWords("Choose another place.")};
    }
    return Done{};
}

} // namespace

FileExport::FileExport(Post post) : m_post(std::move(post)) { m_pool.setMaxThreadCount(1); }

FileExport::~FileExport() { m_pool.waitForDone(); }

void FileExport::write(const QString &path, const QByteArray &content, std::function<void(Result<Done>)> done)
{
    m_pool.start([path, content, post = m_post, done = std::move(done)] {
        post([done, written = writeWhole(path, content)] { done(written); });
    });
}

} // namespace cockpit
