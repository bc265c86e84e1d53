// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/runbook_folder.h"
#include "app/runbooks/runbook_index.h"
#include "app/store/sqlite_connection.h"
#include "models/runbook.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace cockpit {

/// A source as it was when it was last read.
struct RunbookSourceCopy {
    RunbookSourceState state{};
    QList<RunbookFilePtr> files{}; ///< those that were in it then, by path
};

/// One text that a runbook once had.
struct RunbookVersion {
    QByteArray hash{};
    qint64 size = 0;
    Instant firstSeen{};
    Instant lastSeen{};
};

/// The cockpit's own copy of every runbook that it ever saw, in a SQLite file of its own (mode 0600), and the index to
/// search them. At most 20 versions a runbook and 256 MiB; what is shown now is never dropped for that. Bound to the
/// thread that opened it.
class RunbookCache {
public:
    static constexpr int mostVersions = 20;
    static constexpr qint64 mostBytes = 256LL * 1024 * 1024;
    static constexpr int mostAtOnce = 25; ///< so many runbooks a keep(): a search waits for one of them at most

    /// When the file cannot be used the copies live in memory, and `problem` says so.
    struct Opened {
        std::unique_ptr<RunbookCache> cache{}; ///< never null unless SQLite itself is broken
        std::optional<Error> problem{};
    };
    static Opened open(const QString &path, qint64 byteLimit = mostBytes);

    /// Keeps these texts and makes them found. Errors: Storage: nothing of this call is kept then.
    struct Kept {
        RunbookFilePtr file{};
        RunbookPtr runbook{}; ///< what was read from it
    };
    Result<Done> keep(const QString &source, const QList<Kept> &runbooks, Instant now);
    /// Says what the source holds now: others of its runbooks are no longer found, their versions stay.
    Result<Done> keepSource(const RunbookSourceState &state, const QStringList &paths, Instant now);

    /// Nothing when it was never read.
    Result<std::optional<RunbookSourceCopy>> source(const QString &name);
    /// The newest text of a runbook, also of one that is gone; null when it was never seen.
    Result<RunbookFilePtr> newest(const RunbookKey &key);
    /// The newest first.
    Result<QList<RunbookVersion>> versions(const RunbookKey &key);
    /// An earlier (or the present) text of it; null when there is none with that hash.
    Result<RunbookFilePtr> version(const RunbookKey &key, const QByteArray &hash);

    RunbookIndex &index() { return m_index; }
    bool isInMemory() const { return m_isInMemory; }
    /// Checks the file's own integrity. Errors: Storage.
    Result<Done> check();

private:
    RunbookCache(std::unique_ptr<SqliteConnection> connection, bool isInMemory, qint64 byteLimit);
    Result<Done> prepare();
    Result<qint64> documentId(const RunbookKey &key);
    Result<Done> keepOne(const QString &source, const Kept &kept, Instant now);
    Result<Done> prune(qint64 document);
    Result<Done> bound();
    Result<QList<RunbookFilePtr>> files(const char *where, const QVariantList &values);

    std::unique_ptr<SqliteConnection> m_connection;
    bool m_isInMemory;
    qint64 m_mostBytes;
    RunbookIndex m_index;
};

} // namespace cockpit
