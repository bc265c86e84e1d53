// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_source.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

/// So often in a row a tree may be under rewrite; then a lock that git left behind is taken for one.
constexpr int mostUnsettledLooks = 20;
constexpr qsizetype mostToldProblems = 5;

} // namespace

RunbookFolderSource::RunbookFolderSource(QString name, RunbookConfig config, RunbookReader reader, const Clock &clock,
                                         const std::atomic_bool *stop)
    : m_name(std::move(name))
    , m_config(std::move(config))
    , m_reader(std::move(reader))
    , m_clock(clock)
    , m_stop(stop)
    , m_folder(m_config.path, m_config.include)
{}

void RunbookFolderSource::askGit()
{
    if (!m_gitSought) {
        auto found = GitCheckout::find(m_folder.root(), m_stop);
        m_gitSought = true;
        m_gitProblem = found ? QString() : found.error().text();
        m_git = found ? *found : std::nullopt;
        if (m_git)
            m_folder.setTreeState([git = *m_git] { return git.treeState(); });
    }
    if (!m_git)
        return;
    const QByteArray tree = m_git->treeState();
    if (tree == m_stateOf)
        return;
    const auto state = m_git->state();
    m_gitProblem = state ? QString() : state.error().text();
    if (!state)
        return;
    m_state = *state;
    m_stateOf = tree;
    if (m_state.revision != m_changesOf) {
        if (const auto changes = m_git->lastChanges(m_folder.root())) {
            m_changes = *changes;
            m_changesOf = m_state.revision;
        }
    }
}

void RunbookFolderSource::setFetchProblem(const QString &words)
{
    m_fetchProblem = words;
    m_stateOf.clear(); // what was fetched, and when, is asked again
}

Result<RunbookSourceRead> RunbookFolderSource::look()
{
    askGit();
    auto folder = m_folder.read();
    if (!folder) {
        m_git.reset(); // when the folder comes back it may be another one
        m_gitSought = false;
        m_stateOf.clear();
        return folder.error();
    }
    RunbookSourceRead read;
    const bool isRewritten = !folder->isSettled || (m_git && m_git->isBeingRewritten());
    m_unsettled = isRewritten ? m_unsettled + 1 : 0;
    read.isSettled = !isRewritten || m_unsettled > mostUnsettledLooks;
    if (!read.isSettled)
        return read;
    readChanged(*folder, read);
    RunbookSourceState &state = read.state;
    state = {.name = m_name,
             .kind = m_git ? RunbookSourceState::Kind::Git : RunbookSourceState::Kind::Folder,
             .root = folder->root,
             .urls = m_config.urls + (m_git ? m_state.urls : QStringList()),
             .revision = m_git ? m_state.revision : QString(),
             .changedAt = m_git ? m_state.changedAt : std::nullopt,
             .problem = problemWords(*folder)};
    if (!state.changedAt) {
        for (const RunbookFilePtr &file : folder->files)
            state.changedAt = std::max(state.changedAt.value_or(file->modifiedAt), file->modifiedAt);
    }
    read.isChanged = read.isChanged || !(state == m_last);
    m_last = state;
    state.readAt = m_clock.now();
    return read;
}

void RunbookFolderSource::readChanged(const RunbookFolderRead &folder, RunbookSourceRead &into)
{
    const auto inSource = [this](const QString &path) { return m_folder.holds(path); };
    QHash<QString, Known> known;
    for (const RunbookFilePtr &file : folder.files) {
        const auto change = m_changes.constFind(file->path);
        const std::optional<Instant> lastChange =
            m_git && change != m_changes.constEnd() ? std::optional(*change) : std::nullopt;
        Known one = m_known.value(file->path);
        if (!one.runbook || one.hash != file->hash || one.lastChange != lastChange) {
            one = {file->hash, lastChange, m_reader({m_name, file->path}, *file, lastChange, inSource)};
            into.changed.append({file, one.runbook});
        }
        into.paths.append(file->path);
        into.runbooks.append(one.runbook);
        known.insert(file->path, one);
    }
    into.isChanged = !into.changed.isEmpty() || known.size() != m_known.size();
    m_known = std::move(known);
}

QString RunbookFolderSource::problemWords(const RunbookFolderRead &folder) const
{
    QStringList words = folder.problems.mid(0, mostToldProblems);
    if (folder.problems.size() > words.size())
        words.append(QCoreApplication::translate("RunbookFolder", "%1 more files are left out.")
                         .arg(folder.problems.size() - words.size()));
    for (const QString &problem : {m_gitProblem, m_fetchProblem}) {
        if (!problem.isEmpty())
            words.append(problem);
    }
    return words.join(u' ');
}

Result<Done> fetchRunbooks(const RunbookConfig &config, const std::atomic_bool *stop)
{
    const auto checkout = GitCheckout::find(config.path, stop);
    if (!checkout)
        return checkout.error();
    if (!*checkout)
        return Done{};
    auto done = (*checkout)->fetch();
    return done && config.pull ? (*checkout)->pull() : done;
}

QStringList runbookSourceNames(const QList<RunbookConfig> &configs)
{
    QStringList names;
    for (const RunbookConfig &config : configs) {
        QString name = config.path.isEmpty() ? QUrl(config.endpoint.url).host() : QFileInfo(config.path).fileName();
        if (name.isEmpty())
            name = QStringLiteral("runbooks");
        const QString base = name;
        for (int count = 2; names.contains(name); ++count)
            name = base + QStringLiteral(" (") + QString::number(count) + u')';
        names.append(name);
    }
    return names;
}

} // namespace cockpit
