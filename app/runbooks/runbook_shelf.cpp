// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_shelf.h"

#include <algorithm>

namespace cockpit {

RunbookShelf::RunbookShelf(const QList<RunbookConfig> &configs, RunbookReader reader, const Clock &clock,
                           const std::atomic_bool *stop)
    : m_reader(std::move(reader))
    , m_clock(clock)
{
    const QStringList names = runbookSourceNames(configs);
    for (qsizetype i = 0; i < configs.size(); ++i) {
        Shown shown;
        shown.state.name = names.at(i);
        if (configs.at(i).path.isEmpty()) {
            shown.state.kind = RunbookSourceState::Kind::Web;
            shown.state.root = configs.at(i).endpoint.url;
        } else {
            shown.state.root = configs.at(i).path;
            shown.folder = std::make_unique<RunbookFolderSource>(names.at(i), configs.at(i), m_reader, clock, stop);
        }
        m_shown.push_back(std::move(shown));
    }
}

RunbookShelf::Shown *RunbookShelf::find(const QString &name)
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [&name](const Shown &shown) { return shown.state.name == name; });
    return found == m_shown.end() ? nullptr : &*found;
}

RunbookShelf::Look RunbookShelf::look()
{
    Look look;
    bool isChanged = std::exchange(m_isNew, false);
    for (Shown &shown : m_shown) {
        if (shown.folder)
            isChanged = lookAt(shown, look) || isChanged;
    }
    if (isChanged)
        look.library = library();
    return look;
}

/// True when what is shown of it is another now.
bool RunbookShelf::lookAt(Shown &shown, Look &look)
{
    auto read = shown.folder->look();
    if (!read) {
        const bool isNews = !shown.isKnown || !shown.state.offline || shown.state.problem != read.error().text();
        shown.isKnown = true;
        shown.state.offline = true;
        shown.state.problem = read.error().text();
        if (shown.runbooks.isEmpty() && !std::exchange(shown.copyAsked, true))
            look.wanted.append(shown.state.name);
        return isNews;
    }
    look.isSettled = look.isSettled && read->isSettled;
    if (!read->isSettled)
        return false;
    const bool wasOffline = !shown.isKnown || shown.state.offline;
    shown.isKnown = true;
    shown.copyAsked = false;
    const bool isChanged = read->isChanged || wasOffline;
    shown.state = read->state;
    if (!isChanged)
        return false;
    shown.runbooks = read->runbooks;
    for (const RunbookCache::Kept &kept : std::as_const(read->changed))
        shown.hashes.insert(kept.file->path, kept.file->hash);
    look.changed.append(std::move(*read));
    return true;
}

void RunbookShelf::setFetchProblem(const QString &source, const QString &words)
{
    if (Shown *shown = find(source); shown && shown->folder)
        shown->folder->setFetchProblem(words);
}

void RunbookShelf::takeCopy(const QString &source, const std::optional<RunbookSourceCopy> &copy)
{
    Shown *shown = find(source);
    if (!shown || !copy || !shown->runbooks.isEmpty() || (shown->isKnown && !shown->state.offline))
        return; // it was read meanwhile
    const QString problem = shown->state.problem;
    const QString root = shown->state.root;
    shown->state = copy->state;
    shown->state.offline = true;
    shown->state.problem = problem;
    shown->state.root = root;
    for (const RunbookFilePtr &file : copy->files)
        shown->runbooks.append(m_reader({source, file->path}, *file, std::nullopt, {}));
}

QList<RunbookCache::Kept> RunbookShelf::takePages(const RunbookPageSet &pages)
{
    Shown *shown = find(pages.state.name);
    QList<RunbookCache::Kept> changed;
    if (!shown)
        return changed;
    shown->state = pages.state;
    shown->isKnown = true;
    QHash<QString, RunbookPtr> known;
    for (const RunbookPtr &runbook : std::as_const(shown->runbooks))
        known.insert(runbook->key.path, runbook);
    shown->runbooks.clear();
    for (const RunbookFilePtr &page : pages.pages) {
        RunbookPtr runbook = known.value(page->path);
        if (!runbook || shown->hashes.value(page->path) != page->hash) {
            runbook = m_reader({pages.state.name, page->path}, *page, std::nullopt, {});
            shown->hashes.insert(page->path, page->hash);
            changed.append({page, runbook});
        }
        shown->runbooks.append(runbook);
    }
    return changed;
}

RunbookLibraryPtr RunbookShelf::library() const
{
    auto library = std::make_shared<RunbookLibrary>();
    library->at = m_clock.now();
    for (const Shown &shown : m_shown) {
        library->sources.append(shown.state);
        library->runbooks += shown.runbooks;
    }
    std::sort(library->runbooks.begin(), library->runbooks.end(),
              [](const RunbookPtr &a, const RunbookPtr &b) { return a->key < b->key; });
    return library;
}

const RunbookFolderSource *RunbookShelf::folderSource(const QString &name) const
{
    for (const Shown &shown : m_shown) {
        if (shown.state.name == name)
            return shown.folder.get();
    }
    return nullptr;
}

const RunbookFolderSource *RunbookShelf::firstFolder() const
{
    for (const Shown &shown : m_shown) {
        if (shown.folder && !shown.state.offline)
            return shown.folder.get();
    }
    return nullptr;
}

QByteArray RunbookShelf::hashOf(const RunbookKey &key) const
{
    for (const Shown &shown : m_shown) {
        if (shown.state.name == key.source && !shown.state.offline)
            return shown.hashes.value(key.path);
    }
    return {};
}

} // namespace cockpit
