// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/store_thread.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace cockpit {

/// Writes what a person exports to the file that they chose: off the GUI thread, whole or not at all.
class FileExport {
public:
    /// `post` delivers on the owner's thread.
    explicit FileExport(Post post);
    ~FileExport();
    /// `done` comes once, on the owner's thread. Errors: Invalid (no absolute path, no such folder), Storage.
    void write(const QString &path, const QByteArray &content, std::function<void(Result<Done>)> done);

private:
    Post m_post;
    QThreadPool m_pool;
};

} // namespace cockpit
