// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/result.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>

#include <atomic>
#include <optional>

namespace cockpit {

/// What git says of a checkout now.
struct GitState {
    QString revision{};                 ///< HEAD's short hash; empty before the first commit
    std::optional<Instant> changedAt{}; ///< time of the commit at HEAD
    std::optional<Instant> fetchedAt{}; ///< when the remote was last asked, by whomever
    QStringList urls{}; ///< the remotes as addresses of a forge: "https://github.com/o/r", no credentials
};

/// A checkout, asked through the person's own `git` program: no shell, no prompt, no standard input, no hooks, at most
/// 30 s a command. Every method blocks; one thread at a time.
class GitCheckout {
public:
    /// The checkout that a folder lies in; nothing inside when it lies in none. Errors: Unavailable (there is no git),
    /// Rejected (git refuses, for example for another owner), Timeout, Cancelled. `stop` outlives the checkout.
    static Result<std::optional<GitCheckout>> find(const QString &folder, const std::atomic_bool *stop);

    const QString &topLevel() const { return m_topLevel; }
    Result<GitState> state() const;
    /// Changes whenever git rewrites the tree: HEAD, the index and its lock. Cheap: runs nothing.
    QByteArray treeState() const;
    /// Git holds the lock of the index now.
    bool isBeingRewritten() const;

    /// Time of the last commit of each file below `folder` (inside the checkout), by path below it. One pass over the
    /// newest 20 000 commits.
    Result<QHash<QString, Instant>> lastChanges(const QString &folder) const;
    /// Time of the last commit of each line of a file (a path below the top), by line from 1; uncommitted ones are of now.
    /// Errors: those of git, and Unavailable for a shallow checkout, which cannot know.
    Result<QHash<int, Instant>> lineChanges(const QString &file) const;
    /// Paths below the top that differ from a revision, or are not known to git yet. Errors: those of git.
    Result<QStringList> changedSince(const QString &revision) const;
    /// Paths below the top that differ between the ends of "A..B" or "A...B", as git diff reads it; those that B no longer
    /// has are left out. Errors: those of git.
    Result<QStringList> changedBetween(const QString &range) const;
    /// Writes all files of a revision below an existing empty folder, with an index of its own in `indexFile`: the
    /// checkout's tree and index stay as they are. Errors: those of git.
    Result<Done> writeTree(const QString &revision, const QString &folder, const QString &indexFile) const;
    /// Asks the remote. Errors: Network, Timeout, Cancelled, Rejected; words hold no credentials.
    Result<Done> fetch() const;
    /// Fast-forward only, and only where nothing stands uncommitted. Errors: Conflict (it would not be one, or there is
    /// work in the tree), and those of fetch().
    Result<Done> pull() const;

private:
    GitCheckout(QString topLevel, QString gitFolder, const std::atomic_bool *stop);
    Result<QByteArray> git(const QStringList &arguments, qsizetype mostBytes = 1024 * 1024,
                           const QMap<QString, QString> &variables = {}) const;

    QString m_topLevel;
    QString m_gitFolder;
    const std::atomic_bool *m_stop;
};

/// A remote's address as one of its forge: "git@github.com:o/r.git" and "https://user:token@github.com/o/r.git" are
/// "https://github.com/o/r". Empty for a local path.
QString forgeAddress(const QString &remote);

} // namespace cockpit
