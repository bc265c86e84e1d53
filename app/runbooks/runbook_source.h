// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/config/configuration.h"
#include "app/runbooks/git_checkout.h"
#include "app/runbooks/runbook_cache.h"
#include "app/runbooks/runbook_folder.h"

#include <atomic>
#include <functional>

namespace cockpit {

/// Makes a runbook of a file; `lastChange` is git's, where it is known; `pathInSource` tells whether a path is there,
/// and is empty where nobody knows. Any thread.
using RunbookReader =
    std::function<RunbookPtr(const RunbookKey &key, const RunbookFile &file, const std::optional<Instant> &lastChange,
                             const std::function<bool(const QString &path)> &pathInSource)>;

/// Everything that one look at a source gave.
struct RunbookSourceRead {
    RunbookSourceState state{};
    QList<RunbookPtr> runbooks{};        ///< by path
    QList<RunbookCache::Kept> changed{}; ///< new, or other than at the last look
    QStringList paths{};
    bool isChanged = false;
    bool isSettled = true; ///< false: git rewrites the tree right now; what was known before still holds
};

/// One configured folder: its files, read where they changed, and what git says of it. Blocks; one thread at a time.
class RunbookFolderSource {
public:
    /// `clock` and `stop` outlive the source.
    RunbookFolderSource(QString name, RunbookConfig config, RunbookReader reader, const Clock &clock,
                        const std::atomic_bool *stop);

    const QString &name() const { return m_name; }
    const RunbookFolder &folder() const { return m_folder; }
    const RunbookConfig &config() const { return m_config; }

    /// Errors: those of RunbookFolder::read.
    Result<RunbookSourceRead> look();
    /// What became of the last fetch, in words; empty = all is well. Told by the next look.
    void setFetchProblem(const QString &words);

private:
    struct Known {
        QByteArray hash{};
        std::optional<Instant> lastChange{};
        RunbookPtr runbook{};
    };
    void askGit();
    void readChanged(const RunbookFolderRead &folder, RunbookSourceRead &into);
    QString problemWords(const RunbookFolderRead &folder) const;

    QString m_name;
    RunbookConfig m_config;
    RunbookReader m_reader;
    const Clock &m_clock;
    const std::atomic_bool *m_stop;
    RunbookFolder m_folder;
    bool m_gitSought = false;
    std::optional<GitCheckout> m_git{};
    GitState m_state{};
    QByteArray m_stateOf{}; ///< the tree's state that m_state was asked for
    QString m_changesOf{};  ///< the revision that m_changes belong to
    QHash<QString, Instant> m_changes{};
    QString m_gitProblem{};
    QString m_fetchProblem{};
    int m_unsettled = 0;
    QHash<QString, Known> m_known{};
    RunbookSourceState m_last{};
};

/// Asks the remote of a configured checkout, and goes forward to it where `pull` says so. Blocks; beside looks. Nothing
/// to do is Done. Errors: those of GitCheckout.
Result<Done> fetchRunbooks(const RunbookConfig &config, const std::atomic_bool *stop);

/// A name for each source: the folder's or the host's, told apart where two are equal.
QStringList runbookSourceNames(const QList<RunbookConfig> &configs);

} // namespace cockpit
