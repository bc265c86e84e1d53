// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/task_thread.h"
#include "app/runbooks/runbook_cache.h"
#include "app/runbooks/runbook_shelf.h"
#include "app/runbooks/runbook_writer.h"
#include "app/store/store_thread.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <memory>

namespace cockpit {

/// Reads all sources of runbooks, keeps a copy of each and searches them, on threads of its own: one reads (disk and
/// git), one holds the cache, so that a search never waits for a look, one asks remotes. Owner's thread; never waits,
/// but for its end.
class RunbookBackend : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        Post post;
        QList<RunbookConfig> sources{};
        RunbookReader reader{};
        QString cachePath{};
        QStringList editor{};
        std::chrono::milliseconds lookEvery{10'000};
        std::chrono::milliseconds lookAgain{1000}; ///< while git rewrites a tree
    };
    explicit RunbookBackend(Parts parts, QObject *parent = nullptr);
    ~RunbookBackend() override;

    /// Begins to read; libraryRead() follows.
    void start();
    /// At once, beside the regular looks.
    void lookNow();
    /// The newest search wins: an older one that waits is dropped.
    void search(const QString &words, const QStringList &sources);

    /// Opens it in the editor; told() says what became of it. So with the one below.
    void edit(const RunbookKey &key, int line);
    /// Puts a stub for what was learned into the file and opens it there.
    void lesson(const RunbookPtr &runbook);
    /// A new file for an alert in the first folder, where it is looked for. Not opened.
    void writeNew(const QString &alertName, const QByteArray &text, std::function<void(Result<RunbookPlace>)> done);
    /// Opens a file that was just written; `words` (with %1 for the file) tell it.
    void open(const RunbookPlace &place, const QString &words);
    /// Pages that were asked for; takes them into the library and keeps what is new.
    void takePages(const RunbookPageSet &pages);
    /// What is kept of a source; nothing inside when it was never read, or cannot be had.
    void copyOf(const QString &source, std::function<void(std::optional<RunbookSourceCopy>)> done);
    /// The newest kept text of a runbook that is no longer in its source; null when it was never seen.
    void keptText(const RunbookKey &key, std::function<void(RunbookPtr)> done);
    /// Called when everything that was read so far is kept and can be found.
    void whenKept(std::function<void()> done);
    /// Whether the cache works. Errors: Storage.
    void check(std::function<void(Result<Done>)> done);

Q_SIGNALS:
    void libraryChanged(const cockpit::RunbookLibraryPtr &library);
    /// Every folder was looked at once, and copies were asked for where that failed.
    void libraryRead();
    /// The index holds something new.
    void indexChanged();
    void found(const QString &words, const QList<cockpit::RunbookHit> &hits);
    /// What a person asked for was done, or not; for them.
    void told(const QString &words);
    /// Something goes wrong on its own: the cache cannot be written.
    void noticed(const QString &words);

private:
    /// Runs `call` on the owner's thread, if this still lives then.
    template <typename Call> void onOwner(Call call)
    {
        m_parts.post([self = QPointer<RunbookBackend>(this), call = std::move(call)] {
            if (self)
                call(*self);
        });
    }
    /// False while git rewrites a tree: look again soon.
    bool lookOnReader();
    void scheduleLook(std::chrono::milliseconds wait);
    void scheduleFetch(qsizetype index, std::chrono::milliseconds wait);
    void askCopy(const QString &source);
    void tellWhenRead();
    /// On the keeper's thread; runs only while there is a cache.
    void withCache(std::function<void(RunbookCache &)> task);
    void keep(const RunbookSourceState &state, const QList<RunbookCache::Kept> &changed, const QStringList &paths);
    void keepOnKeeper(RunbookCache &cache, const std::shared_ptr<const RunbookSourceRead> &read, qsizetype from);
    void reportCache(const Error &error);
    void whenKeptOnKeeper(const std::function<void()> &done);
    void openPlace(const Result<RunbookPlace> &place, const QString &doneWords);

    Parts m_parts;
    std::atomic_bool m_stop = false;
    std::atomic<int> m_searches = 0;
    std::unique_ptr<RunbookShelf> m_shelf; ///< the reader's thread alone
    int m_copiesMissing = 0;               ///< the reader's thread alone
    bool m_lookedOnce = false;             ///< the reader's thread alone
    std::unique_ptr<RunbookCache> m_cache; ///< the keeper's thread alone
    int m_keeping = 0;                     ///< the keeper's thread alone: sources that are being kept
    bool m_cacheToldOf = false;            ///< the keeper's thread alone
    std::unique_ptr<TaskThread> m_reader;
    std::unique_ptr<TaskThread> m_keeper;
    std::unique_ptr<TaskThread> m_fetcher; ///< null where nothing is fetched
};

} // namespace cockpit
