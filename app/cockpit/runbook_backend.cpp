// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_backend.h"

#include <future>

namespace cockpit {

RunbookBackend::RunbookBackend(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_shelf(std::make_unique<RunbookShelf>(m_parts.sources, m_parts.reader, m_parts.clock, &m_stop))
    , m_reader(std::make_unique<TaskThread>(m_parts.clock))
    , m_keeper(std::make_unique<TaskThread>(m_parts.clock))
{}

RunbookBackend::~RunbookBackend()
{
    m_stop = true; // a git that runs ends at once
    if (m_fetcher)
        m_fetcher->stop();
    m_reader->stop();
    // What was read is kept before the end, and the connection closes on its own thread.
    std::promise<void> closed;
    m_keeper->post([this, &closed] {
        m_cache.reset();
        closed.set_value();
    });
    closed.get_future().wait();
    m_keeper->stop();
}

void RunbookBackend::start()
{
    m_keeper->post([this] {
        auto opened = RunbookCache::open(m_parts.cachePath);
        m_cache = std::move(opened.cache);
        if (opened.problem)
            reportCache(*opened.problem);
    });
    scheduleLook(std::chrono::milliseconds(0));
    for (qsizetype i = 0; i < m_parts.sources.size(); ++i) {
        if (m_parts.sources.at(i).fetch.count() <= 0 || m_parts.sources.at(i).path.isEmpty())
            continue;
        if (!m_fetcher)
            m_fetcher = std::make_unique<TaskThread>(m_parts.clock);
        scheduleFetch(i, std::chrono::milliseconds(0));
    }
}

void RunbookBackend::scheduleLook(std::chrono::milliseconds wait)
{
    m_reader->after(wait, [this] { scheduleLook(lookOnReader() ? m_parts.lookEvery : m_parts.lookAgain); });
}

void RunbookBackend::lookNow()
{
    m_reader->post([this] { lookOnReader(); });
}

bool RunbookBackend::lookOnReader()
{
    const RunbookShelf::Look look = m_shelf->look();
    for (const RunbookSourceRead &read : look.changed)
        keep(read.state, read.changed, read.paths);
    if (look.library)
        onOwner([library = look.library](RunbookBackend &self) { Q_EMIT self.libraryChanged(library); });
    m_copiesMissing += int(look.wanted.size());
    for (const QString &source : look.wanted)
        askCopy(source);
    if (look.isSettled && !std::exchange(m_lookedOnce, true) && m_copiesMissing == 0)
        tellWhenRead();
    return look.isSettled;
}

void RunbookBackend::tellWhenRead()
{
    onOwner([](RunbookBackend &self) { Q_EMIT self.libraryRead(); });
}

void RunbookBackend::askCopy(const QString &source)
{
    m_keeper->post([this, source] {
        const auto copy = m_cache ? m_cache->source(source) : std::optional<RunbookSourceCopy>();
        m_reader->post([this, source, copy = copy ? *copy : std::nullopt] {
            m_shelf->takeCopy(source, copy);
            onOwner([library = m_shelf->library()](RunbookBackend &self) { Q_EMIT self.libraryChanged(library); });
            if (--m_copiesMissing == 0)
                tellWhenRead();
        });
    });
}

void RunbookBackend::scheduleFetch(qsizetype index, std::chrono::milliseconds wait)
{
    m_fetcher->after(wait, [this, index] {
        const RunbookConfig &config = m_parts.sources.at(index);
        const auto done = fetchRunbooks(config, &m_stop);
        const QString problem = done ? QString() : done.error().text();
        m_reader->post([this, index, problem] {
            m_shelf->setFetchProblem(runbookSourceNames(m_parts.sources).at(index), problem);
            lookOnReader();
        });
        scheduleFetch(index, config.fetch);
    });
}

void RunbookBackend::withCache(std::function<void(RunbookCache &)> task)
{
    m_keeper->post([this, task = std::move(task)] {
        if (m_cache)
            task(*m_cache);
    });
}

void RunbookBackend::keep(const RunbookSourceState &state, const QList<RunbookCache::Kept> &changed,
                          const QStringList &paths)
{
    auto read = std::make_shared<RunbookSourceRead>();
    read->state = state;
    read->changed = changed;
    read->paths = paths;
    withCache([this, read](RunbookCache &cache) {
        ++m_keeping;
        keepOnKeeper(cache, read, 0);
    });
}

/// A few at a time: a search that comes meanwhile waits for those alone.
void RunbookBackend::keepOnKeeper(RunbookCache &cache, const std::shared_ptr<const RunbookSourceRead> &read,
                                  qsizetype from)
{
    const Instant now = m_parts.clock.now();
    if (from < read->changed.size()) {
        const auto kept = cache.keep(read->state.name, read->changed.mid(from, RunbookCache::mostAtOnce), now);
        if (!kept) {
            --m_keeping;
            return reportCache(kept.error());
        }
        if (!m_stop)
            return withCache([this, read, from](RunbookCache &again) {
                keepOnKeeper(again, read, from + RunbookCache::mostAtOnce);
            });
        return keepOnKeeper(cache, read, from + RunbookCache::mostAtOnce);
    }
    --m_keeping;
    if (const auto kept = cache.keepSource(read->state, read->paths, now); !kept)
        return reportCache(kept.error());
    m_cacheToldOf = false;
    if (!read->changed.isEmpty())
        onOwner([](RunbookBackend &self) { Q_EMIT self.indexChanged(); });
}

void RunbookBackend::reportCache(const Error &error)
{
    if (std::exchange(m_cacheToldOf, true))
        return; // once is enough for each trouble
    onOwner([words = error.text()](RunbookBackend &self) { Q_EMIT self.noticed(words); });
}

void RunbookBackend::search(const QString &words, const QStringList &sources)
{
    const int number = ++m_searches;
    withCache([this, number, words, sources](RunbookCache &cache) {
        if (number != m_searches)
            return;
        const auto hits = cache.index().search(words, sources);
        if (!hits)
            reportCache(hits.error());
        onOwner([number, words, hits = hits ? *hits : QList<RunbookHit>()](RunbookBackend &self) {
            if (number == self.m_searches)
                Q_EMIT self.found(words, hits);
        });
    });
}

} // namespace cockpit
