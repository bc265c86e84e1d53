// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/path_globs.h"
#include "models/instant.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace cockpit {

/// How much of a folder is read. What a bound leaves out is told in RunbookFolderRead::problems.
struct RunbookFolderLimits {
    int mostFiles = 5000;
    int mostEntries = 200'000; ///< files and folders looked at
    int mostDepth = 40;
    qint64 mostFileBytes = 8 * 1024 * 1024; ///< the rest of a larger file is left out; RunbookFile::size tells
    qint64 mostBytes = 256LL * 1024 * 1024; ///< of all files together
};

/// One file as it was read. Immutable, shared from one read to the next while it does not change.
struct RunbookFile {
    QString path{};     ///< below the root, with '/'
    QByteArray bytes{}; ///< at most mostFileBytes
    qint64 size = 0;    ///< of the whole file
    Instant modifiedAt{};
    QByteArray hash{}; ///< SHA-256 of `bytes`
};
using RunbookFilePtr = std::shared_ptr<const RunbookFile>;

/// One look at a folder.
struct RunbookFolderRead {
    QString root{};                ///< absolute, with every link resolved
    QList<RunbookFilePtr> files{}; ///< by path
    QStringList problems{};        ///< in words: what was refused, left out or cannot be read
    bool isChanged = false;        ///< against the last read of this object
    bool isSettled = true;         ///< false: the tree was rewritten all the while, so this is no whole library
};

/// A folder of runbooks on disk. Nothing outside of its root is ever read: a link is followed only when it leads to a
/// place inside, and each file is opened step by step without following links. Blocks; one thread at a time.
class RunbookFolder {
public:
    /// `include` are globs below `root`, for example "docs/runbooks/**/*.md". Folders named ".git" are never entered.
    RunbookFolder(QString root, const QStringList &include, RunbookFolderLimits limits = {});

    /// A text that differs when the tree was rewritten meanwhile (GitCheckout::treeState); a read that saw two of them
    /// begins again.
    void setTreeState(std::function<QByteArray()> treeState) { m_treeState = std::move(treeState); }

    /// Looks at everything, reads what is new or changed (time, size, inode). Errors: NotFound (no such folder),
    /// Storage (it may not be read).
    Result<RunbookFolderRead> read();

    /// Whether a relative path (with '/', perhaps with "..") is a file or folder that lies inside, links resolved.
    bool holds(const QString &path) const;
    /// One file, also outside of the globs. Errors: Invalid (it leads out, or is no regular file), NotFound, Storage.
    Result<RunbookFilePtr> readOne(const QString &path) const;
    const QString &root() const { return m_root; }
    const PathGlobs &globs() const { return m_globs; }

private:
    struct Seen {
        qint64 modifiedNs = 0;
        qint64 changedNs = 0;
        qint64 size = 0;
        quint64 inode = 0;
        bool operator==(const Seen &) const = default;
    };
    struct Known {
        Seen seen{};
        RunbookFilePtr file{};
    };
    struct Walk;
    Result<RunbookFolderRead> readOnce();
    void enter(Walk &walk, const QString &folder, int depth) const;
    void look(Walk &walk, const QString &path, int depth) const;
    void take(Walk &walk, const QString &path);
    static void keep(Walk &walk, const Known &known);

    QString m_root;
    PathGlobs m_globs;
    RunbookFolderLimits m_limits;
    std::function<QByteArray()> m_treeState{};
    QHash<QString, Known> m_known{};
    QStringList m_lastProblems{};
};

} // namespace cockpit
