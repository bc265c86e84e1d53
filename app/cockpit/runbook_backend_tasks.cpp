// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_backend.h"

#include "app/runbooks/runbook_editor.h"

namespace cockpit {

void RunbookBackend::openPlace(const Result<RunbookPlace> &place, const QString &doneWords)
{
    QString words = doneWords;
    if (!place) {
        words = place.error().text();
    } else if (const auto opened = openInEditor(m_parts.editor, *place); !opened) {
        words = opened.error().text();
    } else {
        words = doneWords.arg(place->file);
    }
    onOwner([words](RunbookBackend &self) { Q_EMIT self.told(words); });
}

void RunbookBackend::edit(const RunbookKey &key, int line)
{
    m_reader->post([this, key, line] {
        const RunbookFolderSource *source = m_shelf->folderSource(key.source);
        const Error noFolder{.kind = Error::Kind::Invalid,
                             .what = tr("%1 is a page, not a file on this disk.").arg(key.path.left(300)),
                             .meaning = {},
                             .next = tr("Open it in the browser.")};
        openPlace(source ? placeOf(source->folder(), key.path, line) : Result<RunbookPlace>(noFolder),
                  tr("Opened %1."));
    });
}

void RunbookBackend::lesson(const RunbookPtr &runbook)
{
    m_reader->post([this, runbook] {
        const RunbookFolderSource *source = m_shelf->folderSource(runbook->key.source);
        const QByteArray hash = m_shelf->hashOf(runbook->key);
        if (!source || hash.isEmpty()) {
            const Error noFile{.kind = Error::Kind::Invalid,
                               .what = tr("%1 is shown from the cockpit's own copy.").arg(runbook->key.path.left(300)),
                               .meaning = tr("Nothing was written."),
                               .next = tr("Try again when its folder is there.")};
            return openPlace(noFile, {});
        }
        const auto place = appendLesson(source->folder(), *runbook, hash, m_parts.clock.now());
        openPlace(place, tr("A place for what you learned stands in %1."));
        if (place)
            lookOnReader();
    });
}

void RunbookBackend::writeNew(const QString &alertName, const QByteArray &text,
                              std::function<void(Result<RunbookPlace>)> done)
{
    m_reader->post([this, alertName, text, done = std::move(done)] {
        const RunbookFolderSource *source = m_shelf->firstFolder();
        const Error noFolder{.kind = Error::Kind::NotFound,
                             .what = tr("There is no folder of runbooks to write to."),
                             .meaning = tr("Nothing was written."),
                             .next = tr("Name one as `runbooks:` in the configuration.")};
        const auto place = source ? writeNewRunbook(source->folder(), newRunbookPath(source->folder(), alertName), text)
                                  : Result<RunbookPlace>(noFolder);
        onOwner([done, place](RunbookBackend &) { done(place); });
        if (place)
            lookOnReader();
    });
}

void RunbookBackend::open(const RunbookPlace &place, const QString &words)
{
    m_reader->post([this, place, words] { openPlace(place, words); });
}

void RunbookBackend::takePages(const RunbookPageSet &pages)
{
    m_reader->post([this, pages] {
        const QList<RunbookCache::Kept> changed = m_shelf->takePages(pages);
        if (!pages.state.offline) {
            QStringList paths;
            for (const RunbookFilePtr &page : pages.pages)
                paths.append(page->path);
            keep(pages.state, changed, paths);
        }
        onOwner([library = m_shelf->library()](RunbookBackend &self) { Q_EMIT self.libraryChanged(library); });
    });
}

void RunbookBackend::copyOf(const QString &source, std::function<void(std::optional<RunbookSourceCopy>)> done)
{
    m_keeper->post([this, source, done = std::move(done)] {
        const auto copy = m_cache ? m_cache->source(source) : std::optional<RunbookSourceCopy>();
        onOwner([done, copy = copy ? *copy : std::nullopt](RunbookBackend &) { done(copy); });
    });
}

void RunbookBackend::keptText(const RunbookKey &key, std::function<void(RunbookPtr)> done)
{
    m_keeper->post([this, key, done = std::move(done)] {
        const auto file = m_cache ? m_cache->newest(key) : RunbookFilePtr();
        RunbookPtr runbook = file && *file ? m_parts.reader(key, **file, std::nullopt, {}) : RunbookPtr();
        onOwner([done, runbook](RunbookBackend &) { done(runbook); });
    });
}

void RunbookBackend::whenKept(std::function<void()> done)
{
    // Behind what the reader still hands over.
    m_reader->post([this, done = std::move(done)] { whenKeptOnKeeper(done); });
}

void RunbookBackend::whenKeptOnKeeper(const std::function<void()> &done)
{
    m_keeper->post([this, done] {
        if (m_keeping > 0)
            return whenKeptOnKeeper(done); // behind the next few
        onOwner([done](RunbookBackend &) { done(); });
    });
}

void RunbookBackend::check(std::function<void(Result<Done>)> done)
{
    m_keeper->post([this, done = std::move(done)] {
        Result<Done> outcome = Done{};
        if (!m_cache || m_cache->isInMemory())
            outcome = Error{.kind = Error::Kind::Storage,
                            .what = tr("The copy of the runbooks cannot be kept in %1.").arg(m_parts.cachePath),
                            .meaning = tr("Without their folders or a network there will be none."),
                            .next = tr("Make room on the disk, or check the file's owner.")};
        else
            outcome = m_cache->check();
        onOwner([done, outcome](RunbookBackend &) { done(outcome); });
    });
}

} // namespace cockpit
