// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/runbook_source.h"

#include <memory>
#include <vector>

namespace cockpit {

/// A page of a host as it came, or as it is kept.
struct RunbookPageSet {
    RunbookSourceState state{};
    QList<RunbookFilePtr> pages{}; ///< RunbookFile::path is the whole address
};

/// All configured sources together: looks at them, and holds what is known of each: read, or the cockpit's own copy
/// where it cannot be read. Blocks; one thread at a time.
class RunbookShelf {
public:
    /// `clock` and `stop` outlive the shelf.
    RunbookShelf(const QList<RunbookConfig> &configs, RunbookReader reader, const Clock &clock,
                 const std::atomic_bool *stop);

    /// What a look leaves to be done.
    struct Look {
        RunbookLibraryPtr library{};        ///< null when nothing changed
        QList<RunbookSourceRead> changed{}; ///< to be kept in the cache
        QStringList wanted{};               ///< cannot be read, and no copy is known: ask the cache
        bool isSettled = true;              ///< false: look again soon
    };
    Look look();
    /// What became of asking a source's remote; empty = all is well.
    void setFetchProblem(const QString &source, const QString &words);

    /// The cockpit's own copy of a source that cannot be read (nothing: there is none). Changes the library.
    void takeCopy(const QString &source, const std::optional<RunbookSourceCopy> &copy);
    /// Pages of a host. The changed ones come back, to be kept.
    QList<RunbookCache::Kept> takePages(const RunbookPageSet &pages);
    /// All of it as one value.
    RunbookLibraryPtr library() const;

    /// Null for a source that is no folder, or is not there.
    const RunbookFolderSource *folderSource(const QString &name) const;
    /// The first folder that may be written to, for a runbook that is to be made; null when there is none.
    const RunbookFolderSource *firstFolder() const;
    /// Of a folder's file, as it was read: empty when it is shown from the copy.
    QByteArray hashOf(const RunbookKey &key) const;

private:
    struct Shown {
        std::unique_ptr<RunbookFolderSource> folder{}; ///< null = pages
        RunbookSourceState state{};
        QList<RunbookPtr> runbooks{};
        QHash<QString, QByteArray> hashes{};
        bool isKnown = false;
        bool copyAsked = false;
    };
    Shown *find(const QString &name);
    bool lookAt(Shown &shown, Look &look);

    RunbookReader m_reader;
    const Clock &m_clock;
    std::vector<Shown> m_shown{};
    bool m_isNew = true;
};

} // namespace cockpit
